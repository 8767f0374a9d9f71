import type {ChainLink} from "../../../engine/index.ts";
import {entropyBits} from "../../../engine/index.ts";
import {rank, type Ranking} from "../../draw/ranking.ts";
import {changeOf, type Change} from "./changeOf.ts";
import {layoutCard, type Bar, type Card} from "./layoutWarp.ts";
import {shiftsOf, type Shifts} from "./shiftsOf.ts";

/**
 * What may be drawn of a card: `done` in and out; `next` what comes in; `waits` nothing, since what comes in is not
 * known before the card ahead of it was applied; `skipped` was or will be passed by.
 */
export type CardState = "done" | "next" | "waits" | "skipped";

export type CardData = {
  /** null: the card that stands for an empty chain. */
  readonly link: ChainLink | null;
  readonly state: CardState;
  readonly before: Ranking;
  readonly after: Ranking;
  readonly card: Card;
  readonly shifts: Shifts | null;
  readonly change: Change | null;
  readonly entropyBefore: number;
  readonly entropy: number;
};

/** A ranking for each side of each warper; one a array of logits, since what one leaves is what the next one gets. */
export function rankChain(logits: Float32Array, chain: readonly ChainLink[]): readonly Ranking[] {
  const rankings = [rank(chain[0]?.before ?? logits)];
  for (const {after} of chain) {
    const last = rankings.at(-1)!;
    rankings.push(after === last.logits ? last : rank(after));
  }
  return rankings;
}

/** The cards of a chain; one card for an empty one. */
export function cardsOf(
  chain: readonly ChainLink[],
  rankings: readonly Ranking[],
  reached: number,
  width: number
): readonly CardData[] {
  if (chain.length === 0) return [emptyCard(rankings[0]!, width)];
  return chain.map((link, i) => {
    const [before, after] = [rankings[i]!, rankings[i + 1]!];
    const {entropyBefore, entropy} = link;
    const shifts = shiftsOf(link, before, after);
    return {
      link,
      state: stateOf(link, i, reached),
      before,
      after,
      card: layoutCard(before, after, width),
      shifts,
      change: changeOf(link, shifts, before, after),
      entropyBefore,
      entropy
    };
  });
}

/** Whether the warper is one that picks out some logits, and moved this token's. */
export const isMoved = ({shifts, before, after}: CardData, {id, state}: Bar): boolean =>
  shifts !== null && state === "kept" && before.logits[id] !== after.logits[id];

function stateOf(link: ChainLink, index: number, reached: number): CardState {
  if (index < reached) return link.applied ? "done" : "skipped";
  return index === reached ? "next" : "waits";
}

function emptyCard(ranking: Ranking, width: number): CardData {
  const entropy = entropyBits(ranking.probabilities);
  return {
    link: null,
    state: "done",
    before: ranking,
    after: ranking,
    card: layoutCard(ranking, ranking, width),
    shifts: null,
    change: null,
    entropyBefore: entropy,
    entropy
  };
}
