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
  /** The trace was recorded: what it tells has not happened here. */
  readonly recorded?: boolean;
};

/** Shown only once the reader has answered (or skipped) the prediction of this id. */
type After = {readonly after?: string};

/** A section's title; the contents list links to it. */
export type HeadingCell = After & {readonly kind: "heading"; readonly id: string; readonly text: string};

/** The run that a cell is about, by the id of its generate or run cell; or several runs of one sentence. */
export type Of = string | readonly string[];

/** Text. Its numbers come from the views of the runs `of`, in that order; null until a run has got far enough. */
export type ProseCell = After & {
  readonly kind: "prose";
  readonly of?: Of;
  readonly render: (...views: readonly (View | null)[]) => ReactNode;
};

/** A run that the reader can step, and whose sentence they can change. It begins at the first event of `until`. */
export type GenerateCell = After & {
  readonly kind: "generate";
  readonly id: string;
  readonly request: Request;
  readonly until: Stage;
};

/**
 * Another run of the sentence of generate cell `follows`, with settings of its own. It begins with that cell's run, and
 * draws nothing: the steps, panels, prose and comparisons that are of it do.
 */
export type RunCell = After & {
  readonly kind: "run";
  readonly id: string;
  readonly follows: string;
  /** Its prompt is that of the cell followed. */
  readonly request: Request;
  readonly until: Stage;
};

/** The sentence and the steps of a run, further down the page. */
export type StepsCell = After & {readonly kind: "steps"; readonly of: string};

/** The panel of a stage, for the newest such event of a run; "logits": those of the newest pass, once fetched. */
export type PanelCell = After & {
  readonly kind: "panel";
  readonly stage: Stage | "logits";
  readonly of: string;
};

/** What several runs made of one sentence: their texts and measures side by side, as far as each has run. */
export type BesideCell = After & {
  readonly kind: "beside";
  readonly of: readonly string[];
  /** One a run. */
  readonly names: readonly string[];
};

/** The curve on which a prediction is asked: a value for each whole number from 1 on, never falling. */
export type Curve = {
  readonly values: Float64Array;
  /** So many values are known before the reader answers; fewer where they would give the answer away. */
  readonly known: number;
  readonly x: string;
  readonly y: string;
  /** Left out: values are shares of 1, and so many places that their axis is logarithmic. */
  readonly scale?: CurveScale;
};

/** Of a curve that is no share: places as wide as each other, values up to `most`. */
export type CurveScale = {
  readonly most: number;
  /** A value with its unit. */
  readonly format: (value: number) => string;
};

/**
 * A question whose answer is the first place where a curve reaches `target`. The guess and the truth stand on the
 * same axes.
 */
export type PredictCell = After & {
  readonly kind: "predict";
  readonly id: string;
  readonly of: Of;
  readonly question: (...views: readonly (View | null)[]) => string;
  readonly title: string;
  readonly how: string;
  /** Null until the runs have got far enough. */
  readonly curve: (...views: readonly View[]) => Curve | null;
  /** Where the line is drawn at first, and what stands on it. */
  readonly target: {
    readonly value: (...views: readonly (View | null)[]) => number;
    readonly label: (value: number) => string;
  };
  readonly narrate: (answer: Answer) => ReactNode;
};

/** What is said about once the truth is drawn. */
export type Answer = {
  readonly guess: number | null;
  /** The first place where the curve reaches the target; its last place where it never does. */
  readonly truth: number;
  readonly isReached: boolean;
  readonly target: number;
  /** The curve's values at the guess and at the truth. */
  readonly reached: number;
  readonly needed: number;
};

/**
 * A sentence that asserts something. The page checks it on the trace in view, up to the cursor, the tests on the
 * embedded decoder. One about several runs is checked on all of them, once each has come to its end.
 */
export type ClaimCell = After & {
  readonly kind: "claim";
  readonly of: Of;
  readonly says: string;
  /** Null: there is nothing in these traces that it is about. */
  readonly holds: (...traces: readonly Trace[]) => boolean | null;
};

export type Cell =
  | HeadingCell
  | ProseCell
  | GenerateCell
  | RunCell
  | StepsCell
  | PanelCell
  | BesideCell
  | PredictCell
  | ClaimCell;

/** A page of the notebook. `id` is its folder's name and its place in the address. */
export type Lesson = {readonly id: string; readonly title: string; readonly cells: readonly Cell[]};

/** A lesson's title by language, in a file of its own: known before the lesson has been fetched. */
export type Titles = Readonly<Record<string, string>> & {readonly en: string};

/** A page of the notebook as the other pages know it. */
export type LessonEntry = {
  readonly id: string;
  readonly title: string;
  /** Fetched once. */
  readonly load: () => Promise<Lesson>;
};

/** A lesson in a language; English where there is no other. */
export type LessonIn = (language: string) => Lesson;
