import {useMemo} from "react";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {textShown} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import type {Aligned} from "./alignRuns.ts";
import {nameBeside} from "./branchName.tsx";
import type {CompareProps} from "./Compare.tsx";
import {endOfShared, textApart, type TextApart} from "./textApart.ts";

type Props = Pick<CompareProps, "a" | "b" | "nodes" | "vocabulary"> & {
  readonly aligned: Aligned;
  readonly strings: Strings["branches"];
};

/** Each run's name, and its text: the prompt, what both generated, then what is its own. */
export function CompareTexts({a, b, ...rest}: Props) {
  return (
    <div className="texts">
      <RunText node={a} other={b} side="a" {...rest} />
      <RunText node={b} other={a} side="b" {...rest} />
    </div>
  );
}

type RunTextProps = Omit<Props, "a" | "b"> & {
  readonly node: BranchNode;
  readonly other: BranchNode;
  readonly side: "a" | "b";
};

function RunText({node, other, side, nodes, vocabulary, aligned, strings}: RunTextProps) {
  const {prompt, shared, own, isCut} = useMemo(() => endOfShared(textApart(node, aligned)), [node, aligned]);
  return (
    <div className="runtext">
      <h3>
        <Side side={side} strings={strings.compare} />
        <span className="name">
          <Sentence pieces={nameBeside(node, other, nodes, vocabulary, strings)} />
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
