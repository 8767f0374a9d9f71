import type {ReactNode} from "react";
import {
  formatNumber,
  formatPercent,
  Sentence,
  Token,
  tokenText,
  type Curve,
  type Pieces,
  type View
} from "../../app/notebook.ts";
import {softmax, tokenId, type PassEvent, type Trace} from "../../engine/index.ts";

/** How many of the ranked tokens the logits panel draws one by one. */
export const SHOWN = 12;
export const isPass = (event: Trace[number]): event is PassEvent =>
  event.stage === "prefill" || event.stage === "decode";

/** A number in the prose, in the colour of probabilities. */
export const K = ({children}: {readonly children: ReactNode}) => <b className="n k">{children}</b>;
/** What stands for a number until the model has given it. */
export const PENDING = "…";

/** The pass that read the reader's sentence. */
const prefillOf = (view: View | null) => view?.frame.latest.prefill ?? null;

/** Ids and probabilities from the most probable down; ties go to the lower id. */
type Ranking = {readonly ids: readonly number[]; readonly p: Float32Array; readonly logits: Float32Array};
const rankings = new WeakMap<Float32Array, Ranking>();

function rankingOf(logits: Float32Array): Ranking {
  const known = rankings.get(logits);
  if (known) return known;
  const p = softmax(logits);
  const ids = Array.from(logits, (_, id) => id).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const ranking = {ids, p, logits};
  rankings.set(logits, ranking);
  return ranking;
}

/** The probabilities from the largest down, added up. */
function cumulative({ids, p}: Ranking): Float64Array {
  let sum = 0;
  return Float64Array.from(ids, (id) => (sum += p[id]!));
}

export function curveOf(view: View, axes: Pick<Curve, "x" | "y">): Curve | null {
  const pass = prefillOf(view);
  if (!pass) return null;
  const values = cumulative(rankingOf(pass.logits));
  return {values, known: SHOWN, ...axes};
}

export const Prose = ({children}: {readonly children: ReactNode}) => <p className="prose">{children}</p>;
export const say = (pieces: Pieces<ReactNode>) => (
  <Prose>
    <Sentence pieces={pieces} />
  </Prose>
);

/** What the prose says about the scores after the reader's sentence; nothing but dots until they are there. */
export function factsOf(view: View | null) {
  const pass = prefillOf(view);
  if (!view || !pass) return null;
  const {ids, p, logits} = rankingOf(pass.logits);
  const sums = cumulative({ids, p, logits});
  const n = ids.length;
  const at = (rank: number) => Math.min(rank, n) - 1;
  const token = (rank: number) => <Token token={tokenText(view.vocabulary, tokenId(ids[at(rank)]!))} />;
  return {
    n,
    sums,
    tokens: view.frame.promptLength,
    token,
    logit: (rank: number) => <K>{formatNumber(logits[ids[at(rank)]!]!)}</K>,
    p: (rank: number) => <K>{formatPercent(p[ids[at(rank)]!]!)}</K>,
    upTo: (rank: number) => <K>{formatPercent(sums[at(rank)]!)}</K>,
    beyond: (rank: number) => <K>{formatPercent(Math.max(0, 1 - sums[at(rank)]!))}</K>
  };
}
