import {useMemo} from "react";
import {Sentence} from "../../draw/Sentence.tsx";
import {startOfEnd} from "../../draw/startOfEnd.ts";
import {Token} from "../../draw/Token.tsx";
import {textShown} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Aligned} from "./alignRuns.ts";
import {nameDrawn} from "./branchName.tsx";
import type {CompareProps} from "./Compare.tsx";
import {textApart} from "./textApart.ts";

type Props = Pick<CompareProps, "a" | "b" | "nodes" | "vocabulary"> & {
  readonly aligned: Aligned;
  readonly strings: Strings["branches"];
};

/** Each run's name, and its text: what both share in the colour of the prompt, then what is its own. */
export function CompareTexts({a, b, strings, ...rest}: Props) {
  return (
    <div className="texts">
      <RunText node={a} side="a" strings={strings} {...rest} />
      <RunText node={b} side="b" strings={strings} {...rest} />
    </div>
  );
}

/** Shared text before the place where they part. */
const SHARED = 60;

type RunTextProps = Omit<Props, "a" | "b"> & {readonly node: Props["a"]; readonly side: "a" | "b"};

function RunText({node, side, nodes, vocabulary, aligned, strings}: RunTextProps) {
  const {shared, own} = useMemo(() => textApart(node, aligned), [node, aligned]);
  const from = startOfEnd(shared, SHARED);
  return (
    <div className="runtext">
      <h3>
        <Side side={side} strings={strings.compare} />
        <span className="name">
          <Sentence pieces={nameDrawn(node, nodes, vocabulary, strings)} />
        </span>
      </h3>
      <p className="text" tabIndex={0}>
        <span className="shared">
          {from > 0 && "…"}
          <Token token={textShown(shared.slice(from))} />
        </span>
        <Token token={textShown(own)} />
      </p>
    </div>
  );
}

type SideProps = {readonly side: "a" | "b"; readonly strings: Strings["branches"]["compare"]};

/** The letter that stands for one of the two. */
export const Side = ({side, strings}: SideProps) => <span className="side">{strings[side]}</span>;
