import {Fragment, type ReactNode} from "react";
import type {Pieces} from "../i18n/pieces.ts";

/** A sentence whose values are drawn: tokens, bold numbers. */
export function Sentence({pieces}: {readonly pieces: Pieces<ReactNode>}) {
  return pieces.map((piece, i) => <Fragment key={i}>{piece}</Fragment>);
}

type SaidProps = {
  /** What the panel says at rest. */
  readonly rest: Pieces<ReactNode>;
  /** What it says of the mark that is read; null: none is. */
  readonly read: Pieces<ReactNode> | null;
};

/** A panel's sentence, or that of the mark in focus, in the same room: nothing below moves while marks are read. */
export function Said({rest, read}: SaidProps) {
  if (!read) return <Sentence pieces={rest} />;
  return (
    <span className="said">
      <span className="unsaid" aria-hidden="true">
        <Sentence pieces={rest} />
      </span>
      <span>
        <Sentence pieces={read} />
      </span>
    </span>
  );
}

/** A sentence for a label or a screen reader. */
export const spoken = (pieces: Pieces<string>): string => pieces.join("");
