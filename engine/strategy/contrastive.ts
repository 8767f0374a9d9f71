import {Completion} from "../completion.ts";
import {cosine, HIDDEN, hiddenRows} from "../hidden.ts";
import {causalInput, causalInputs, pass, tokenize, warpFactsOf} from "../stages.ts";
import {position, tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {ContrastCandidate} from "../trace.ts";
import {warped} from "../warped.ts";
import {largest} from "./largest.ts";
import type {RunContext, Strategy, StrategyLoop} from "./strategy.ts";

type ContrastiveParams = {readonly penaltyAlpha: number; readonly topK: number};

/**
 * Contrastive search (Su et al., 2022; agrees with HF `_contrastive_search`): of the k most probable tokens the one
 * with the largest (1 - alpha) p - alpha max cos(h, h_j), h the hidden state that the LM head reads, h_j those of all
 * earlier positions. One pass reads all k candidates side by side, each after the same past; the next step goes on
 * from the one chosen. Deterministic: warpers that act only on drawing do not apply.
 */
export const contrastive: Strategy = {
  name: "contrastive",
  parameters: {
    penaltyAlpha: {kind: "number", default: 0.6, neutral: null, min: 0, max: 1, slider: [0, 1, 0.01]},
    topK: {kind: "number", default: 4, neutral: null, min: 1, max: 64, integer: true, slider: [1, 16, 1]}
  },
  samples: () => false,
  readsAgain: true
};

export const contrastiveLoop: StrategyLoop = async function* (context) {
  const {request, target} = context;
  const {penaltyAlpha, topK} = request.strategy.params as ContrastiveParams;
  const start = yield* read(context);
  const completion = new Completion(context, start);
  const {tokenIds, promptLength} = completion;
  const {vocabSize} = target.decoder.config;
  const cache = target.fork(); // the run's own stays at the prompt, for branches and for looking inside
  const facts = warpFactsOf(context);
  const hidden = [...start.hidden];
  let {logits} = start;
  let chosen = 0; // which sequence of the cache the text goes on from
  for (;;) {
    const {distribution} = warped(logits, {
      request,
      samples: false,
      tokenIds,
      promptLength,
      states: [],
      facts
    });
    const forced = request.forced.find((f) => f.position === tokenIds.length);
    const ids = forced
      ? [forced.tokenId]
      : largest([distribution.logits], [0], topK).map(({id}) => tokenId(id));
    const sequences = ids.map((id) => [...tokenIds, id]);
    const continues = ids.map(() => chosen);
    const read = yield* pass(
      "decode",
      {...causalInputs(sequences, cache.past, continues), taps: [HIDDEN]},
      cache
    );
    const states = hiddenRows(read.taps.get(HIDDEN)!, ids.length).map((rows) => rows.at(-1)!);

    const started = performance.now();
    const candidates = ids.map((id, i) =>
      candidateOf(id, distribution.standingOf(id).probability, states[i]!, hidden, penaltyAlpha)
    );
    chosen = bestOf(candidates);
    const measured = {ms: performance.now() - started, device: "cpu"};
    yield {
      stage: "contrast",
      position: position(tokenIds.length),
      alpha: penaltyAlpha,
      candidates,
      chosen,
      measured
    };
    const stop = yield* completion.append(ids[chosen]!);
    if (stop) return {stage: "stop", ...stop};
    hidden.push(states[chosen]!);
    logits = read.logits.subarray(chosen * vocabSize, (chosen + 1) * vocabSize);
  }
};

/**
 * The prompt in one pass, with the hidden state of each of its positions. Where the run goes on from another one's,
 * all is read again: the KV cache does not hold hidden states.
 */
async function* read({request, tokenizer, target, resume}: RunContext) {
  const tokenIds = resume?.tokenIds ?? (yield* tokenize(tokenizer, request.prompt));
  const input = {...causalInput(tokenIds, null), taps: [HIDDEN]};
  const {logits, taps} = yield* pass("prefill", input, target);
  const hidden = hiddenRows(taps.get(HIDDEN)!, 1)[0]!;
  return {tokenIds, promptLength: resume?.promptLength ?? tokenIds.length, logits, hidden};
}

function candidateOf(
  id: TokenId,
  probability: number,
  hidden: Float32Array,
  earlier: readonly Float32Array[],
  alpha: number
): ContrastCandidate {
  const similarities = Float32Array.from(earlier, (other) => cosine(hidden, other));
  let most = 0;
  for (let at = 1; at < similarities.length; ++at) if (similarities[at]! > similarities[most]!) most = at;
  const degeneration = similarities[most]!;
  return {
    tokenId: id,
    probability,
    degeneration,
    mostSimilar: position(most),
    similarities,
    score: contrastScore(probability, degeneration, alpha)
  };
}

/** What the candidate with the largest one is chosen by. */
export const contrastScore = (probability: number, degeneration: number, alpha: number): number =>
  (1 - alpha) * probability - alpha * degeneration;

/** Place of the largest score, the first on ties: the more probable one. */
function bestOf(candidates: readonly ContrastCandidate[]): number {
  let best = 0;
  candidates.forEach(({score}, i) => {
    if (score > candidates[best]!.score) best = i;
  });
  return best;
}
