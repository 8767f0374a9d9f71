import {useMemo} from "react";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {textShown} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Aligned} from "./alignRuns.ts";
import {nameDrawn} from "./branchName.tsx";
import type {CompareProps} from "./Compare.tsx";
import {areStrategiesApart} from "./describeBranch.ts";
import {endOfShared, textApart, type TextApart} from "./textApart.ts";

type Props = Pick<CompareProps, "a" | "b" | "nodes" | "vocabulary"> & {
  readonly aligned: Aligned;
  readonly strings: Strings["branches"];
};

/** Each run's name, and its text: the prompt, what both generated, then what is its own. */
export function CompareTexts({a, b, strings, ...rest}: Props) {
  const {byStrategy} = strings.compare;
  const named =
    areStrategiesApart(a.request, b.request) &&
    byStrategy(a.request.strategy) !== byStrategy(b.request.strategy);
  return (
    <div className="texts">
      <RunText node={a} side="a" {...{named, strings}} {...rest} />
      <RunText node={b} side="b" {...{named, strings}} {...rest} />
    </div>
  );
}

type RunTextProps = Omit<Props, "a" | "b"> & {
  readonly node: Props["a"];
  readonly side: "a" | "b";
  /** By the strategy, which is all that differs. */
  readonly named: boolean;
};

function RunText({node, side, named, nodes, vocabulary, aligned, strings}: RunTextProps) {
  const {prompt, shared, own, isCut} = useMemo(() => endOfShared(textApart(node, aligned)), [node, aligned]);
  return (
    <div className="runtext">
      <h3>
        <Side side={side} strings={strings.compare} />
        <span className="name">
          {named ? (
            strings.compare.byStrategy(node.request.strategy)
          ) : (
            <Sentence pieces={nameDrawn(node, nodes, vocabulary, strings)} />
          )}
        </span>
      </h3>
      <p className="text" tabIndex={0}>
        {isCut && <span className="prompt">… </span>}
        <Part name="prompt" text={prompt} />
        <Part name="shared" text={shared} />
        <Part name="own" text={own} />
      </p>
    </div>
  );
}

const Part = ({name, text}: {readonly name: keyof TextApart; readonly text: string}) =>
  text !== "" && (
    <span className={name}>
      <Token token={textShown(text)} />
    </span>
  );

type SideProps = {readonly side: "a" | "b"; readonly strings: Strings["branches"]["compare"]};

/** The letter that stands for one of the two. */
export const Side = ({side, strings}: SideProps) => <span className="side">{strings[side]}</span>;
