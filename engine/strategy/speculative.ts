import {coin, USE} from "../coin.ts";
import {Completion} from "../completion.ts";
import type {Request} from "../request.ts";
import type {RunCache} from "../runCache.ts";
import {causalInput, initiate, pass, statesAfterDraw, warpFactsOf} from "../stages.ts";
import type {StageOf, WarpInput} from "../stages.ts";
import {position, type TokenId} from "../tokenizer/vocabulary.ts";
import type {ProposeEvent, RollBack} from "../trace.ts";
import {warped, type WarpedLogits} from "../warped.ts";
import type {WarperState} from "../warp/warper.ts";
import {draftByLookup, draftByModel, type Draft, type DraftFrom} from "./drafters.ts";
import type {RunContext, Strategy, StrategyLoop, StrategyParams} from "./strategy.ts";
import {verifyDraft, type VerifyCoins} from "./verify.ts";

type SpeculativeParams = {
  readonly gamma: number;
  readonly mode: "sampling" | "greedy";
  readonly drafter: ProposeEvent["drafter"];
  readonly ngram: number;
};

const paramsOf = (params: StrategyParams): SpeculativeParams => params as SpeculativeParams;

/**
 * Speculative sampling (Leviathan et al., 2022; Chen et al., 2023): a draft proposes up to gamma tokens, one pass of
 * the target reads them all and accepts the first so many; see verify.ts. The tokens are distributed as the target's
 * own; greedy, they are the target's own. The draft is the smaller decoder, or what the text itself repeats (prompt
 * lookup). A draft is never longer than the run has room for, and ends before a forced token.
 */
export const speculative: Strategy = {
  name: "speculative",
  parameters: {
    gamma: {kind: "number", default: 4, neutral: null, min: 1, max: 16, integer: true, slider: [1, 8, 1]},
    mode: {kind: "choice", default: "sampling", options: ["sampling", "greedy"]},
    drafter: {kind: "choice", default: "model", options: ["model", "prompt-lookup"]},
    ngram: {
      kind: "number",
      default: 2,
      neutral: null,
      min: 1,
      max: 8,
      integer: true,
      slider: [1, 4, 1],
      onlyIf: {parameter: "drafter", is: "prompt-lookup"}
    }
  },
  samples: (params) => paramsOf(params).mode === "sampling",
  needsDraft: (params) => paramsOf(params).drafter === "model"
};

export const speculativeLoop: StrategyLoop = async function* (context) {
  const {request, target, draft: draftCache} = context;
  const {mode, drafter} = paramsOf(request.strategy.params!);
  const samples = mode === "sampling";
  const {maxPositions} = target.decoder.config;
  const start = yield* initiate(context);
  const completion = new Completion(context, start);
  const {tokenIds, promptLength} = completion;
  const facts = warpFactsOf(context);
  let {states} = start;
  let drafted = false;
  let logits: Float32Array | null = start.logits; // of the next token, where a pass has already given them
  for (;;) {
    const at = tokenIds.length;
    const count = draftLength(request, at, promptLength, maxPositions);
    const draft: Draft = yield* propose(context, {tokenIds, promptLength, states, samples, count, drafted});
    drafted ||= draft.tokens.length > 0;
    yield {stage: "propose", position: position(at), drafter, tokens: draft.tokens, found: draft.found};
    const sequence = [...tokenIds, ...draft.tokens.map((token) => token.tokenId)];
    const rows = yield* targetRows(target, sequence, draft.tokens.length + 1, logits);
    logits = null;

    const started = performance.now();
    const input = {request, samples, promptLength, states, facts};
    const chain = createChain(rows, sequence, at, input);
    const verified = verifyDraft(
      draft,
      (place) => chain(place).distribution,
      samples ? coinsFrom(request.seed, at) : null
    );
    const {accepted, extra} = verified;
    const {distribution, ...last} = chain(accepted);
    states = statesAfterDraw(input, last.states, () => distribution.standingOf(extra.tokenId).probability);
    const rollBack = {
      target: rolledBack(target, at + accepted),
      draft: draftCache && rolledBack(draftCache, at + accepted)
    };
    const measured = {ms: performance.now() - started, device: "cpu"};
    yield {stage: "verify", position: position(at), ...verified, rollBack, measured};
    for (const id of [...sequence.slice(at, at + accepted), extra.tokenId]) {
      const stop = yield* completion.append(id);
      if (stop) return {stage: "stop", ...stop};
    }
  }
};

/**
 * How many tokens to draft: one comes from the target in any case, and a forced one is nobody's to propose.
 *
 * @param at position of the first of them
 */
export function draftLength(
  request: Request,
  at: number,
  promptLength: number,
  maxPositions: number
): number {
  const {gamma} = paramsOf(request.strategy.params!);
  const {maxNewTokens, maxLength, forced} = request;
  const end = Math.min(promptLength + maxNewTokens, maxLength ?? Infinity, maxPositions);
  const nextForced = forced.filter((f) => f.position >= at).map((f) => f.position - at);
  return Math.max(0, Math.min(gamma, end - at - 1, ...nextForced));
}

async function* propose(context: RunContext, from: DraftFrom): StageOf<Draft> {
  const {ngram} = paramsOf(context.request.strategy.params!);
  if (context.draft) return yield* draftByModel(context, context.draft, from);
  return draftByLookup(from.tokenIds, ngram, from.count);
}

/**
 * The target's logits behind each of the last `count` tokens of a sequence, from one pass over what its cache does not
 * hold; no pass where the only ones wanted are known.
 *
 * @param known of the first of them, where an earlier pass gave them
 * @returns float32 (vocab_size) each
 */
async function* targetRows(
  target: RunCache,
  sequence: readonly TokenId[],
  count: number,
  known: Float32Array | null
): StageOf<readonly Float32Array[]> {
  const wanted = known ? count - 1 : count;
  if (known && wanted === 0) return [known];
  const input = causalInput(sequence, target.past);
  const n = input.tokenIds.length;
  const rows = Array.from({length: wanted}, (_, i) => n - wanted + i);
  const {logits} = yield* pass("decode", {...input, rows}, target);
  const {vocabSize} = target.decoder.config;
  const read = rows.map((_, i) => logits.subarray(i * vocabSize, (i + 1) * vocabSize));
  return known ? [known, ...read] : read;
}

/**
 * Warps the rows of a pass one after the other, each when it is first asked for: what one leaves, the next one gets.
 *
 * @param at where in the sequence the token stands that the first row gives
 */
function createChain(
  rows: readonly Float32Array[],
  sequence: readonly TokenId[],
  at: number,
  input: Omit<WarpInput, "tokenIds">
): (place: number) => WarpedLogits {
  const done: WarpedLogits[] = [];
  const statesFor = (place: number): readonly WarperState[] => {
    const before = done[place - 1];
    if (!before) return input.states;
    const drawn = sequence[at + place - 1]!;
    return statesAfterDraw(input, before.states, () => before.distribution.standingOf(drawn).probability);
  };
  return (place) => {
    for (let next = done.length; next <= place; ++next)
      done.push(
        warped(rows[next]!, {...input, tokenIds: sequence.slice(0, at + next), states: statesFor(next)})
      );
    return done[place]!;
  };
}

const coinsFrom = (seed: number, at: number): VerifyCoins => ({
  accept: (place) => coin(seed, at + place, USE.accept),
  residual: (place) => coin(seed, at + place, USE.residual),
  draw: (place) => coin(seed, at + place, USE.draw)
});

/** Forgets what was read from `length` on. @returns null where there is no cache */
function rolledBack(cache: RunCache, length: number): RollBack | null {
  const before = cache.past?.length;
  cache.cut(length);
  return before === undefined ? null : {before, after: cache.past!.length};
}
