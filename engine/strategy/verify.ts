import {argmax} from "../math.ts";
import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {VerifiedToken, VerifyEvent} from "../trace.ts";
import type {Draft} from "./drafters.ts";
import {drawnBy} from "./multinomial.ts";
import type {Distribution} from "./strategy.ts";

const f32 = Math.fround;

/** The three coins of a verification, by the place of a token in the draft (the last place is the extra token's). */
export type VerifyCoins = {
  readonly accept: (place: number) => number;
  readonly residual: (place: number) => number;
  readonly draw: (place: number) => number;
};

export type Verified = Pick<VerifyEvent, "tokens" | "accepted" | "extra" | "residual">;

/**
 * Speculative sampling's test (Leviathan et al., 2022): a proposed token x is accepted where a coin is below
 * p(x) / q(x); at the first rejection one is drawn from norm(max(p - q, 0)), else one more from the target's own
 * distribution. What comes out is distributed as the target's own tokens are. (The paper accepts at equality too; a
 * coin can be exactly 0, which must not accept a token that the target never gives.)
 *
 * @param p the target's distribution at a place of the draft, after warping; asked for in order, as far as needed
 * @param coins null accepts what is the target's largest logit, as greedy decoding would
 */
export function verifyDraft(
  draft: Draft,
  p: (place: number) => Distribution,
  coins: VerifyCoins | null
): Verified {
  const tokens: VerifiedToken[] = [];
  for (const [place, {tokenId: id}] of draft.tokens.entries()) {
    const target = p(place);
    const token = tested(draft, place, target, coins?.accept(place) ?? null);
    tokens.push(token);
    if (token.accepted) continue;
    const rest = draft.tokens.slice(place + 1).map(untested);
    return {
      tokens: [...tokens, ...rest],
      accepted: place,
      ...replaced(draft.q[place]!, id, target, place, coins)
    };
  }
  const place = draft.tokens.length;
  return {tokens, accepted: place, extra: drawn(p(place), place, coins), residual: null};
}

function tested({tokens, q}: Draft, place: number, target: Distribution, toss: number | null): VerifiedToken {
  const token = tokens[place]!;
  const p = target.probabilities[token.tokenId]!;
  const ratio = p / token.q;
  const accepted = toss === null ? token.tokenId === argmax(target.logits) : toss < ratio;
  const overlap = toss === null ? null : overlapOf(target.probabilities, q[place]!, token.tokenId);
  return {...token, p, ratio, acceptCoin: toss, accepted, overlap};
}

const untested = (token: Draft["tokens"][number]): VerifiedToken => ({
  ...token,
  p: null,
  ratio: null,
  acceptCoin: null,
  accepted: null,
  overlap: null
});

/** Sum of min(p, q); a null q has all its mass on one token. */
function overlapOf(p: Float32Array, q: Float32Array | null, id: TokenId): number {
  if (!q) return p[id]!;
  let sum = 0;
  for (let i = 0; i < p.length; ++i) sum += Math.min(p[i]!, q[i]!);
  return sum;
}

/** The token in place of one that was rejected. */
function replaced(
  q: Float32Array | null,
  id: TokenId,
  target: Distribution,
  place: number,
  coins: VerifyCoins | null
): Pick<Verified, "extra" | "residual"> {
  if (!coins) return {extra: drawn(target, place, coins), residual: null};
  const residual = residualOf(target.probabilities, q, id);
  const coin = coins.residual(place);
  const drawnId = drawnBy(residual, coin);
  return {extra: {tokenId: drawnId, from: "residual", probability: residual[drawnId]!, coin}, residual};
}

/** norm(max(p - q, 0)), float32 (vocab_size). A rejection means that some of p lies above q. */
export function residualOf(p: Float32Array, q: Float32Array | null, id: TokenId): Float32Array {
  const rest = p.map((value, i) => Math.max(0, value - (q ? q[i]! : i === id ? 1 : 0)));
  let sum = 0;
  for (const value of rest) sum += value;
  return rest.map((value) => f32(value / sum));
}

function drawn(target: Distribution, place: number, coins: VerifyCoins | null): Verified["extra"] {
  const coin = coins?.draw(place) ?? null;
  const id = coin === null ? tokenId(argmax(target.logits)) : drawnBy(target.probabilities, coin);
  return {tokenId: id, from: "target", probability: target.probabilities[id]!, coin};
}
