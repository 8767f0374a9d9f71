import type {ReactNode} from "react";
import type {
  DecoderConfig,
  Frame,
  LoadEvent,
  Request,
  Stage,
  Step,
  Trace,
  Vocabulary
} from "../engine/index.ts";

export {formatBytes, formatCount, formatNumber, formatPercent} from "./draw/format.ts";
export {Sentence} from "./draw/Sentence.tsx";
export {Token} from "./draw/Token.tsx";
export {textShown, tokenPlain, tokenText} from "./draw/tokenText.ts";
export type {Pieces} from "./i18n/pieces.ts";

/** A trace seen from its cursor: what panels and the prose of a lesson are drawn from. */
export type View = {
  readonly trace: Trace;
  readonly frame: Frame;
  /** The request that the trace belongs to. */
  readonly request: Request;
  /** From the current pass's logits to the token; null before the pass has run. */
  readonly step: Step | null;
  readonly load: LoadEvent;
  readonly config: DecoderConfig;
  readonly vocabulary: Vocabulary;
};

/** Shown only once the reader has answered (or skipped) the prediction of this id. */
type After = {readonly after?: string};

/** A section's title; the contents list links to it. */
export type HeadingCell = After & {readonly kind: "heading"; readonly id: string; readonly text: string};

/** Text. Its numbers come from the view of generate cell `of`; null until that cell has got far enough. */
export type ProseCell = After & {
  readonly kind: "prose";
  readonly of?: string;
  readonly render: (view: View | null) => ReactNode;
};

/** A run that the reader can step, and whose sentence they can change. It begins at the first event of `until`. */
export type GenerateCell = After & {
  readonly kind: "generate";
  readonly id: string;
  readonly request: Request;
  readonly until: Stage;
};

/** The sentence and the steps of generate cell `of` once more, further down the page. */
export type StepsCell = After & {readonly kind: "steps"; readonly of: string};

/** The panel of a stage, for the newest such event of generate cell `of`. */
export type PanelCell = After & {readonly kind: "panel"; readonly stage: Stage; readonly of: string};

/** The curve on which a prediction is asked: a value for each whole number from 1 on, never falling. */
export type Curve = {
  readonly values: Float64Array;
  /** So many values are known before the reader answers; fewer where they would give the answer away. */
  readonly known: number;
  readonly x: string;
  readonly y: string;
};

/**
 * A question whose answer is the first place where a curve reaches `target`. The guess and the truth stand on the
 * same axes.
 */
export type PredictCell = After & {
  readonly kind: "predict";
  readonly id: string;
  readonly of: string;
  readonly question: (view: View | null) => string;
  readonly title: string;
  readonly how: string;
  readonly curve: (view: View) => Curve | null;
  /** Where the line is drawn at first, and what stands on it. */
  readonly target: {
    readonly value: (view: View | null) => number;
    readonly label: (value: number) => string;
  };
  /** What is said once the truth is drawn. `reached`: the curve's value at the guess. */
  readonly narrate: (answer: {
    readonly guess: number | null;
    readonly truth: number;
    readonly target: number;
    readonly reached: number;
  }) => ReactNode;
};

/** A sentence that asserts something. The page checks it on the trace in view, the tests on the embedded decoder. */
export type ClaimCell = After & {
  readonly kind: "claim";
  readonly of: string;
  readonly says: string;
  readonly holds: (trace: Trace) => boolean;
};

export type Cell = HeadingCell | ProseCell | GenerateCell | StepsCell | PanelCell | PredictCell | ClaimCell;

/** A page of the notebook. `id` is its folder's name and its place in the address. */
export type Lesson = {readonly id: string; readonly title: string; readonly cells: readonly Cell[]};

/** A lesson in a language; English where there is no other. */
export type LessonIn = (language: string) => Lesson;
