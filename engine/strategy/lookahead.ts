import {Completion} from "../completion.ts";
import {argmax, logProbabilityOf} from "../math.ts";
import type {Request} from "../request.ts";
import {initiate, pass, warpFactsOf, type StageOf} from "../stages.ts";
import type {Stop} from "../stop.ts";
import {position, tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {Ngram, VerifiedGuess} from "../trace.ts";
import {warped} from "../warped.ts";
import {inputOf, layOut, rowsWanted, type LookaheadLayout} from "./lookaheadPass.ts";
import {firstWindow, harvest, pooled, shifted, startingWith} from "./lookaheadWindow.ts";
import type {RunContext, Strategy, StrategyLoop} from "./strategy.ts";

type LookaheadParams = {readonly level: number; readonly window: number; readonly guesses: number};

/**
 * Lookahead decoding (Fu et al., 2023): every pass also reads a window of tokens far ahead, moved on a row a pass
 * (Jacobi iteration), whose columns fill a pool of n-grams, and up to `guesses` n-grams of the pool that begin with the
 * text's last token; the longest guess that agrees with the largest logits is taken at once. The text is greedy
 * decoding's, token for token. Without a model to help; with more positions a pass.
 */
export const lookahead: Strategy = {
  name: "lookahead",
  parameters: {
    level: {kind: "number", default: 4, neutral: null, min: 2, max: 8, integer: true, slider: [2, 8, 1]},
    window: {kind: "number", default: 5, neutral: null, min: 1, max: 16, integer: true, slider: [1, 16, 1]},
    guesses: {kind: "number", default: 5, neutral: null, min: 0, max: 16, integer: true, slider: [0, 16, 1]}
  },
  samples: () => false
};

export const lookaheadLoop: StrategyLoop = async function* (context) {
  const {request, target} = context;
  const params = request.strategy.params as LookaheadParams;
  const start = yield* initiate(context);
  const completion = new Completion(context, start);
  const {tokenIds, promptLength} = completion;
  const stop = yield* firstToken(context, completion, start.logits);
  if (stop) return {stage: "stop", ...stop};

  const prompt = tokenIds.slice(0, promptLength);
  let window = firstWindow(request.seed, prompt, tokenIds.at(-1)!, params.level, params.window);
  let pool: readonly Ngram[] = [];
  for (;;) {
    const last = tokenIds.at(-1)!;
    const at = tokenIds.length - 1;
    const held = target.past?.length ?? 0;
    window = startingWith(last, window);
    const ngrams = pool.filter(({key}) => key === last).slice(0, params.guesses);
    // near the end of the context there is no room to look ahead: what is left is a pass over the text
    const fits = at + params.level + params.window - 2 < target.decoder.config.maxPositions;
    const guesses = fits ? ngrams.map((ngram) => ngram.tokenIds) : [];
    const tried = fits ? window : [];
    const layout = layOut(tokenIds.slice(held), at, guesses, tried);
    const {logits} = yield* pass("decode", inputOf(layout, target.past), target, 1);

    const started = performance.now();
    const read = reading(context, promptLength, layout, logits);
    const verified = guesses.map((guess, i) => verifyGuess(guess, i, tokenIds, read));
    const chosen = mostAgreed(verified);
    const agreed = chosen === null ? [] : guesses[chosen]!.slice(0, verified[chosen]!.agreed);
    const emitted = [...agreed, read.after([...tokenIds, ...agreed], chosen, agreed.length)];
    const logProbabilities = emitted.map((id, i) =>
      logProbabilityOf(read.row(chosen, i), forcedOr(id, at + 1 + i, request))
    );
    const fresh = read.fresh();
    const harvested = harvest(tried, fresh);
    pool = pooled(pool, harvested, Math.max(1, params.guesses));
    const kept = target.past && chosen === 0 ? agreed.length : 0;
    const measured = {ms: performance.now() - started, device: "cpu"};
    yield {
      stage: "lookahead",
      position: position(at),
      window: tried,
      fresh,
      guesses: verified,
      chosen,
      emitted,
      logProbabilities,
      fed: fedBy(layout, guesses),
      kept,
      harvested,
      pool,
      measured
    };
    target.cut(held + layout.committed + kept);
    for (const id of emitted) {
      const there = tokenIds.length;
      const ended = yield* completion.append(id);
      if (ended) return {stage: "stop", ...ended};
      if (tokenIds[there] === id) continue;
      target.cut(there); // another token was forced here: what was read behind it is not the text's
      break;
    }
    if (fits) window = shifted(window, fresh, tokenIds.at(-1)!);
  }
};

/** The token that the pass over the prompt gives: there is no window yet. */
async function* firstToken(
  context: RunContext,
  completion: Completion,
  logits: Float32Array
): StageOf<Stop | null> {
  const {tokenIds, promptLength} = completion;
  const picked = largestOf(context, logits, tokenIds, promptLength);
  yield {
    stage: "lookahead",
    position: position(tokenIds.length - 1),
    window: [],
    fresh: [],
    guesses: [],
    chosen: null,
    emitted: [picked],
    logProbabilities: [logProbabilityOf(logits, forcedOr(picked, tokenIds.length, context.request))],
    fed: {committed: 0, guesses: 0, window: 0},
    kept: 0,
    harvested: [],
    pool: []
  };
  return yield* completion.append(picked);
}

/** The token that will stand at a position: the one picked, or the one that the request forces there. */
const forcedOr = (picked: TokenId, at: number, {forced}: Request): TokenId =>
  forced.find((f) => f.position === at)?.tokenId ?? picked;

/** What the logits of a pass say, each looked at when it is asked for. */
type Reading = {
  /** float32 (vocab_size): the logits after the text and the first `agreed` tokens of a guess (null: of none). */
  row(guess: number | null, agreed: number): Float32Array;
  /** The largest logit after a sequence that ends with the first `agreed` tokens of a guess (null: of none). */
  after(sequence: readonly TokenId[], guess: number | null, agreed: number): TokenId;
  /** The largest logit after each cell of the window's last row; guesses, so the warpers are not asked. */
  fresh(): readonly TokenId[];
};

/** The largest logit after a sequence, as the warpers leave them. */
function largestOf(
  context: RunContext,
  logits: Float32Array,
  tokenIds: readonly TokenId[],
  promptLength: number
): TokenId {
  const facts = warpFactsOf(context);
  const input = {request: context.request, samples: false, tokenIds, promptLength, states: [], facts};
  return tokenId(argmax(warped(logits, input).distribution.logits));
}

function reading(
  context: RunContext,
  promptLength: number,
  layout: LookaheadLayout,
  logits: Float32Array
): Reading {
  const {rows} = layout;
  const {vocabSize} = context.target.decoder.config;
  const order = rowsWanted(layout);
  const rowOf = (cell: number) => {
    const i = order.indexOf(cell);
    return logits.subarray(i * vocabSize, (i + 1) * vocabSize);
  };
  const row: Reading["row"] = (guess, agreed) =>
    rowOf(guess === null || agreed === 0 ? rows.text : rows.guesses[guess]![agreed - 1]!);
  return {
    row,
    after: (sequence, guess, agreed) => largestOf(context, row(guess, agreed), sequence, promptLength),
    fresh: () => rows.fresh.map((cell) => tokenId(argmax(rowOf(cell))))
  };
}

/** How many tokens of a guess are what greedy decoding would give. */
function verifyGuess(
  guess: readonly TokenId[],
  index: number,
  text: readonly TokenId[],
  read: Reading
): VerifiedGuess {
  let agreed = 0;
  while (agreed < guess.length) {
    const says = read.after([...text, ...guess.slice(0, agreed)], index, agreed);
    if (says !== guess[agreed]) break;
    ++agreed;
  }
  return {tokenIds: guess, agreed};
}

/** Place of the guess that agrees furthest, the first on ties; null where none does. */
function mostAgreed(guesses: readonly VerifiedGuess[]): number | null {
  let best: number | null = null;
  guesses.forEach(({agreed}, i) => {
    if (agreed > (best === null ? 0 : guesses[best]!.agreed)) best = i;
  });
  return best;
}

const fedBy = ({cells, committed}: LookaheadLayout, guesses: readonly (readonly TokenId[])[]) => {
  const ofGuesses = guesses.reduce((sum, guess) => sum + guess.length, 0);
  return {committed, guesses: ofGuesses, window: cells.length - committed - ofGuesses};
};
