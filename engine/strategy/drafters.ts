import {coin, USE} from "../coin.ts";
import {argmax} from "../math.ts";
import type {RunCache} from "../runCache.ts";
import {causalInput, pass, statesAfterDraw, warpFactsOf, type StageOf} from "../stages.ts";
import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {ProposedToken, Range} from "../trace.ts";
import {warped} from "../warped.ts";
import type {WarperState} from "../warp/warper.ts";
import {drawnBy} from "./multinomial.ts";
import type {RunContext} from "./strategy.ts";

/** How a text could go on: tokens, each with the distribution that it was drawn from. */
export type Draft = {
  readonly tokens: readonly ProposedToken[];
  /** float32 (vocab_size) each; null stands for all mass on the token. */
  readonly q: readonly (Float32Array | null)[];
  /** Of a lookup: where the continuation was found. */
  readonly found: Range | null;
};

/** What is known of the text when a draft is asked for. */
export type DraftFrom = {
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  readonly states: readonly WarperState[];
  readonly samples: boolean;
  /** Tokens wanted. */
  readonly count: number;
  /** Whether the draft was asked before: its first pass is its initiation phase. */
  readonly drafted: boolean;
};

/** The smaller decoder writes on, one token a pass, its distributions warped as the target's are. */
export async function* draftByModel(
  context: RunContext,
  cache: RunCache,
  {tokenIds, promptLength, states, samples, count, drafted}: DraftFrom
): StageOf<Draft> {
  const {request} = context;
  const facts = warpFactsOf(context);
  const sequence = [...tokenIds];
  const tokens: ProposedToken[] = [];
  const q: Float32Array[] = [];
  let carried = states;
  while (tokens.length < count) {
    const stage = drafted || tokens.length > 0 ? "decode" : "prefill";
    const {logits} = yield* pass(stage, causalInput(sequence, cache.past), cache);
    const input = {request, samples, tokenIds: sequence, promptLength, states: carried, facts};
    const {distribution, ...chain} = warped(logits, input);
    const toss = samples ? coin(request.seed, sequence.length, USE.draft) : null;
    const id =
      toss === null ? tokenId(argmax(distribution.logits)) : drawnBy(distribution.probabilities, toss);
    const {probability} = distribution.standingOf(id);
    carried = statesAfterDraw(input, chain.states, () => probability);
    tokens.push({tokenId: id, q: probability, coin: toss});
    q.push(distribution.probabilities);
    sequence.push(id);
  }
  return {tokens, q, found: null};
}

/**
 * Prompt lookup (Saxena, 2023): what followed the newest earlier place where the last `ngram` ids stood. Costs no pass;
 * finds nothing in a text that does not repeat itself.
 */
export function draftByLookup(tokenIds: readonly TokenId[], ngram: number, count: number): Draft {
  const n = tokenIds.length;
  const nothing: Draft = {tokens: [], q: [], found: null};
  if (count === 0) return nothing;
  const matches = (end: number) => {
    for (let back = 1; back <= ngram; ++back) if (tokenIds[end - back] !== tokenIds[n - back]) return false;
    return true;
  };
  for (let end = n - 1; end >= ngram; --end) {
    if (!matches(end)) continue;
    const found = {from: end, to: Math.min(n, end + count)};
    const tokens = tokenIds
      .slice(found.from, found.to)
      .map((id): ProposedToken => ({tokenId: id, q: 1, coin: null}));
    return {tokens, q: tokens.map(() => null), found};
  }
  return nothing;
}
