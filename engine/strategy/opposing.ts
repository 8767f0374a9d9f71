import {coin, USE} from "../coin.ts";
import type {Completion} from "../completion.ts";
import type {LogitsDistribution} from "../distribution.ts";
import {argmax, checkLogits, countAlive} from "../math.ts";
import {oppose, type Opposed} from "../oppose.ts";
import {statesAfterDraw, warpFactsOf, type CpuStageOf} from "../stages.ts";
import {position, tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {OpposedToken, OpposeEvent} from "../trace.ts";
import {warped} from "../warped.ts";
import type {WarperState} from "../warp/warper.ts";
import {largest} from "./largest.ts";
import {drawnBy} from "./multinomial.ts";
import type {RunContext, StrategyParameter, StrategyParams} from "./strategy.ts";

type OpposingParams = {readonly alpha: number; readonly mode: "greedy" | "sampling"};

/** How many tokens an event names of each kind: most probable in either distribution, best by score. */
const NAMED = 8;

/** What all strategies take that set one distribution against another. */
export const opposingParameters = {
  alpha: {kind: "number", default: 0.1, neutral: null, min: 0, max: 1, slider: [0, 1, 0.01]},
  mode: {kind: "choice", default: "greedy", options: ["greedy", "sampling"]}
} as const satisfies Readonly<Record<string, StrategyParameter>>;

export const opposingSamples = (params: StrategyParams): boolean => params["mode"] === "sampling";

/** Two rows of logits, float32 (vocab_size), and what the second one is. */
export type Opponents = {
  readonly own: Float32Array;
  readonly other: Float32Array;
  readonly against: OpposeEvent["against"];
  /** When the work on the event began. */
  readonly started: number;
};

/**
 * Picks the next token by the scores of two distributions. They are logits to the request's warpers, as to HF's; what
 * these leave gives the largest one, or is drawn from with the position's own coin.
 *
 * @param states that the warpers carry over from the step before
 * @throws NonFiniteLogits
 */
export function* pickOpposed(
  context: RunContext,
  {tokenIds, promptLength}: Completion,
  {own, other, against, started}: Opponents,
  states: readonly WarperState[]
): CpuStageOf<{readonly picked: TokenId; readonly states: readonly WarperState[]}> {
  const {request} = context;
  const {alpha} = request.strategy.params as OpposingParams;
  const samples = opposingSamples(request.strategy.params!);
  const at = tokenIds.length;
  const opposed = oppose(own, other, alpha);
  checkLogits(opposed.scores, () => request.strategy.name);
  const facts = warpFactsOf(context);
  const input = {request, samples, tokenIds, promptLength, states, facts};
  const {distribution, ...chain} = warped(opposed.scores, input);
  const toss = samples ? coin(request.seed, at, USE.draw) : null;
  const chosen =
    toss === null ? tokenId(argmax(distribution.logits)) : drawnBy(distribution.probabilities, toss);
  yield {
    stage: "oppose",
    position: position(at),
    against,
    alpha,
    plausible: countAlive(opposed.scores),
    scores: opposed.scores,
    tokens: tokensOf(opposed, distribution, chosen),
    chosen,
    coin: toss,
    measured: {ms: performance.now() - started, device: "cpu"}
  };
  const probability = () => distribution.standingOf(chosen).probability;
  return {picked: chosen, states: statesAfterDraw(input, chain.states, probability)};
}

/** The tokens worth naming; those that neither distribution can give are not. */
function tokensOf(
  {own, other, scores}: Opposed,
  {probabilities}: LogitsDistribution,
  chosen: TokenId
): readonly OpposedToken[] {
  const named = [own, other, scores].flatMap((row) => largest([row], [0], NAMED).map(({id}) => id));
  return [...new Set([...named, chosen])]
    .filter((id) => Number.isFinite(own[id]) && Number.isFinite(other[id]))
    .sort((a, b) => scores[b]! - scores[a]! || own[b]! - own[a]! || a - b)
    .map((id) => ({
      tokenId: tokenId(id),
      own: own[id]!,
      other: other[id]!,
      score: scores[id] === -Infinity ? null : scores[id]!,
      probability: probabilities[id]!
    }));
}
