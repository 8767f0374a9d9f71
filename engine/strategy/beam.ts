import {Completion} from "../completion.ts";
import type {RunCache} from "../runCache.ts";
import {causalInputs, initiate, pass, warpFactsOf, type StageOf} from "../stages.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {Beam} from "../trace.ts";
import {beamParams, BeamSearch} from "./beamSearch.ts";
import {endingsAfter} from "./endings.ts";
import type {RunContext, Strategy, StrategyLoop} from "./strategy.ts";

/**
 * Beam search as Hugging Face's `_beam_search` does it without sampling: the `numBeams` sequences with the largest sums
 * of log-probabilities go on side by side, one pass for all of them; those that reach an end are compared by their sum
 * divided by length^lengthPenalty. Textbook beam search is earlyStopping "never", lengthPenalty 0.
 *
 * Where fewer than `numBeams` continuations exist there are fewer beams; Hugging Face fills up with copies at -1e9.
 */
export const beam: Strategy = {
  name: "beam",
  parameters: {
    numBeams: {kind: "number", default: 4, min: 1, max: 16, integer: true, slider: [1, 8, 1], neutral: null},
    lengthPenalty: {kind: "number", default: 1, min: -10, max: 10, slider: [-1, 2, 0.1], neutral: null},
    earlyStopping: {kind: "choice", default: "false", options: ["false", "true", "never"]},
    numReturnSequences: {
      kind: "number",
      default: 1,
      min: 1,
      max: 16,
      integer: true,
      slider: [1, 8, 1],
      neutral: null
    }
  },
  samples: () => false,
  problem(params) {
    const {numBeams, numReturnSequences} = beamParams(params);
    if (numReturnSequences <= numBeams) return null;
    return `numReturnSequences must be at most numBeams, ${numBeams}, got ${numReturnSequences}: a search ends with no more hypotheses than it has beams`;
  }
};

export const beamLoop: StrategyLoop = async function* (context) {
  const start = yield* initiate(context);
  const best = yield* search(context, start.tokenIds, start.promptLength, start.logits);
  const completion = new Completion(context, start);
  for (const tokenId of best) {
    const stop = yield* completion.append(tokenId);
    if (stop) return {stage: "stop", ...stop};
  }
  throw new Error("a hypothesis of beam search has no end"); // the rules that ended it end it again
};

/**
 * The search: a pass over the last token of every beam, a step over all of their continuations.
 *
 * @param logits float32 (vocab_size), what `sequence` continues with
 * @returns the tokens of the best hypothesis
 */
async function* search(
  context: RunContext,
  sequence: readonly TokenId[],
  promptLength: number,
  logits: Float32Array
): StageOf<readonly TokenId[]> {
  const {request, target} = context;
  const endings = endingsAfter(context, sequence, promptLength);
  const facts = warpFactsOf(context);
  const searching = new BeamSearch({request, sequence, promptLength, endings, facts}, target.decoder.config);
  const cache = target.fork();
  let rows = logits;
  for (;;) {
    const started = performance.now();
    const step = searching.step(rows);
    const copied = step.done ? 0 : copiedBy(step.running, cache);
    yield {stage: "expand", ...step, copied, measured: {ms: performance.now() - started, device: "cpu"}};
    if (step.done) return step.finished[0]!.tokenIds;
    const sequences = step.running.map(({tokenIds}) => [...sequence, ...tokenIds]);
    const parents = step.running.map(({parent}) => parent);
    rows = (yield* pass("decode", causalInputs(sequences, cache.past, parents), cache)).logits;
  }
}

/** Positions copied where beams do not go on each in its own place. */
function copiedBy(running: readonly Beam[], {past}: RunCache): number {
  if (!past) return 0;
  const inPlace = running.length === past.cache.batch && running.every(({parent}, place) => parent === place);
  return inPlace ? 0 : running.length * past.length;
}
