import type {ChainLink, StrategyName, WarperName, WarperSpec} from "../../../engine/index.ts";
import type {View} from "../../notebook.ts";
import type {About} from "./about.ts";
import {askRows, type RowsQuestion} from "./askRows.ts";
import {
  COIN_CHOICES,
  entropyChoices,
  firstChoices,
  keptChoices,
  likeliestChoices,
  massChoices,
  namingHit,
  segmentChoices,
  tokenCountChoices,
  type Choice
} from "./choices.ts";

/** What can be asked of a class before a stage is shown. */
export type Question =
  | {readonly kind: "tokens"; readonly characters: number}
  | RowsQuestion
  /** `small`: the strategy whose smaller decoder gave the logits; null: they are the run's own. */
  | {readonly kind: "likeliest"; readonly of: number; readonly small: StrategyName | null}
  | {readonly kind: "entropy" | "first"; readonly spec: WarperSpec}
  | {readonly kind: "mass" | "kept"; readonly spec: WarperSpec; readonly of: number}
  | {readonly kind: "draw"; readonly left: number};

/** A question with what can be voted for. `right`: its index among the choices; null while it is not known. */
export type Asked = {
  readonly question: Question;
  readonly choices: readonly Choice[];
  readonly right: number | null;
};

/**
 * The question that a stage answers, seen from its event or from the one before it; null for stages that are shown
 * without one.
 */
export function questionOf(view: View, about: About): Asked | null {
  switch (about.stage) {
    case "tokenize":
      return ofTokens(view);
    case "decode":
      return askRows(view);
    case "fetch":
      return ofLogits(view);
    case "warp": {
      const link = view.step?.chain[about.warp!];
      return link?.applied ? ofWarp(link) : null;
    }
    case "sample":
      return ofDraw(view);
    default:
      return null;
  }
}

function ofTokens({frame, request}: View): Asked {
  const {choices, rightFor} = tokenCountChoices(request.prompt);
  const event = frame.latest.tokenize;
  return {
    question: {kind: "tokens", characters: [...request.prompt].length},
    choices,
    right: event ? rightFor(event.tokenIds.length) : null
  };
}

/** Of one row of logits: where a pass gives several, none of them is the pass's. */
function ofLogits({frame: {pass}, request}: View): Asked | null {
  if (!pass || pass.rowLogits || pass.at) return null;
  const small = pass.lane ? request.strategy.name : null;
  return {question: {kind: "likeliest", of: pass.logits.length, small}, ...likeliestChoices(pass.logits)};
}

/** What is asked of a warper; of all others, how many tokens they keep. */
const WARP_KINDS: Readonly<Partial<Record<WarperName, "entropy" | "first" | "mass">>> = {
  temperature: "entropy",
  logitBias: "first",
  repetitionPenalty: "first",
  frequencyPenalty: "first",
  presencePenalty: "first",
  noRepeatNgram: "first",
  minNewTokens: "first",
  suppressTokens: "first",
  topK: "mass"
};

function ofWarp(link: ChainLink): Asked {
  const {spec, kept, removed} = link;
  const of = kept + removed.length;
  const kind = WARP_KINDS[spec.name] ?? "kept";
  switch (kind) {
    case "entropy":
      return {question: {kind, spec}, ...entropyChoices(link)};
    case "first":
      return {question: {kind, spec}, ...firstChoices(link)};
    case "mass":
      return {question: {kind, spec, of}, ...massChoices(link)};
    case "kept":
      return {question: {kind, spec, of}, ...keptChoices(link)};
  }
}

function ofDraw({frame, step}: View): Asked | null {
  if (!step || step.picked.coin === null) return null;
  const {left, choices, rightFor} = segmentChoices(step.probabilities);
  const sample = frame.inPass.sample;
  const question = {kind: "draw", left} as const;
  if (left === 1) return {question, choices: COIN_CHOICES, right: sample ? COIN_CHOICES.length - 1 : null};
  if (!sample) return {question, choices, right: null};
  const right = rightFor(sample.tokenId);
  const isOther = choices[right]?.kind === "others";
  const told = isOther ? namingHit(choices, sample.tokenId, step.probabilities[sample.tokenId]!) : choices;
  return {question, choices: told, right};
}
