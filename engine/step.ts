import {searchStart} from "./beams.ts";
import {coin, USE} from "./coin.ts";
import type {Request} from "./request.ts";
import {applyWarper, describeEffect, distributionOf, statesAfterDraw, type WarpInput} from "./stages.ts";
import {isSampling, strategies} from "./strategy/strategies.ts";
import type {Strategy} from "./strategy/strategy.ts";
import type {TokenId, Vocabulary} from "./tokenizer/vocabulary.ts";
import type {Frame} from "./frame.ts";
import type {SampleEvent, Trace, WarpEvent} from "./trace.ts";
import type {WarperSpec, WarperState} from "./warp/warper.ts";

/** One card of the chain: the distribution before and after a warper, and what the warper did. */
export type ChainLink = Pick<
  WarpEvent,
  "removed" | "kept" | "massKept" | "entropyBefore" | "entropy" | "applied" | "state" | "coin"
> & {
  readonly spec: WarperSpec;
  readonly before: Float32Array;
  readonly after: Float32Array;
};

/**
 * Everything between a pass's logits and the drawn token, computed again by the functions that ran. All arrays are
 * float32 (vocab_size).
 */
export type Step = {
  readonly logits: Float32Array;
  readonly chain: readonly ChainLink[];
  /** What the token is picked from: softmax of what the last warper left. */
  readonly probabilities: Float32Array;
  /** What the strategy picks from them with this position's coin. */
  readonly picked: {readonly tokenId: TokenId; readonly coin: number | null};
};

/**
 * The step that the current pass of a frame leads to, or null before the first pass. With another `request` than
 * the run's (other warpers, strategy or seed) it is a preview: what would happen here. Null also for a strategy that
 * does not pick a token from every pass: its own events say what it did.
 *
 * @param trace that the frame was taken from; later events are not looked at
 * @param vocabulary of the model that made the trace
 * @throws NonFiniteLogits where a warper leaves nothing to pick from (a temperature of 1e-40)
 */
export function stepOf(trace: Trace, frame: Frame, request: Request, vocabulary: Vocabulary): Step | null {
  if (!frame.pass) return null;
  const {pick}: Strategy = strategies[request.strategy.name];
  if (!pick) return null;
  const tokenIds = sequenceBefore(frame);
  const input: WarpInput = {
    request,
    samples: isSampling(request.strategy),
    tokenIds,
    promptLength: frame.promptLength,
    states: statesBefore(trace, frame, request),
    facts: {eosTokenIds: frame.latest.load?.config.eosTokenIds ?? [], vocabulary}
  };
  const chain: ChainLink[] = [];
  let from = distributionOf(frame.pass.logits);
  for (const [index, spec] of request.warpers.entries()) {
    const {logits, ...warped} = applyWarper(from.logits, index, input);
    const to = warped.applied ? distributionOf(logits) : from;
    chain.push({spec, ...warped, before: from.logits, after: logits, ...describeEffect(from, to)});
    from = to;
  }
  const picked = pick(from, () => coin(request.seed, tokenIds.length, USE.draw));
  return {logits: frame.pass.logits, chain, probabilities: from.probabilities, picked};
}

/** The sequence that the current pass's logits continue: without the token appended since. */
export function sequenceBefore(frame: Frame): readonly TokenId[] {
  const {expand} = frame.inPass;
  if (expand) return [...frame.tokenIds.slice(0, searchStart(expand)), ...(expand.beams[0]?.tokenIds ?? [])];
  return frame.inPass.append ? frame.tokenIds.slice(0, frame.inPass.append.position) : frame.tokenIds;
}

/**
 * What each warper carries over from the step before. A warper of another request takes over from that of the same
 * name (of several, the nth from the nth), wherever it stands in the chain; null where the run had none.
 */
export function statesBefore(trace: Trace, frame: Frame, request: Request): readonly WarperState[] {
  const {warps, sample} = stepBefore(trace, frame);
  const specs = warps.map(({warper: name, params}) => ({name, params}));
  const worked = warps.map(({state}) => state);
  const run = {request: {...request, warpers: specs}, samples: warps.every(({applied}) => applied)};
  const states = sample ? statesAfterDraw(run, worked, () => sample.probability) : worked;
  const left = warps.map(({warper: name}, i) => ({name, state: states[i] ?? null}));
  return request.warpers.map(({name}) => {
    const at = left.findIndex((one) => one.name === name);
    return at < 0 ? null : left.splice(at, 1)[0]!.state;
  });
}

/** The events between the pass before the frame's and the frame's that say what was carried over. */
function stepBefore(trace: Trace, frame: Frame): {warps: readonly WarpEvent[]; sample: SampleEvent | null} {
  let cursor = frame.cursor;
  while (cursor >= 0 && trace[cursor] !== frame.pass) --cursor;
  const warps: WarpEvent[] = [];
  let sample: SampleEvent | null = null;
  for (--cursor; cursor >= 0; --cursor) {
    const event = trace[cursor]!;
    if (event.stage === "warp") warps.unshift(event);
    if (event.stage === "sample") sample = event;
    if (event.stage === "prefill" || event.stage === "decode") break;
  }
  return {warps, sample};
}
