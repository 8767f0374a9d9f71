import type {ChainLink, WarperName, WarperSpec} from "../../../engine/index.ts";
import type {View} from "../../notebook.ts";
import type {About} from "./about.ts";
import {
  COIN_CHOICES,
  entropyChoices,
  firstChoices,
  keptChoices,
  likeliestChoices,
  massChoices,
  namingHit,
  rowChoices,
  segmentChoices,
  tokenCountChoices,
  type Choice
} from "./choices.ts";

/** What can be asked of a class before a stage is shown. */
export type Question =
  | {readonly kind: "tokens"; readonly characters: number}
  | {readonly kind: "rows"; readonly length: number}
  | {readonly kind: "likeliest"; readonly of: number}
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
      return ofRows(view);
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

function ofRows({frame: {event, tokenIds}}: View): Asked {
  const {choices, rightFor} = rowChoices(tokenIds.length);
  return {
    question: {kind: "rows", length: tokenIds.length},
    choices,
    right: event.stage === "decode" ? rightFor(event.positions.to - event.positions.from) : null
  };
}

function ofLogits({frame}: View): Asked | null {
  if (!frame.pass) return null;
  const {logits} = frame.pass;
  return {question: {kind: "likeliest", of: logits.length}, ...likeliestChoices(logits)};
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
