import {Completion} from "../completion.ts";
import type {Tap} from "../decoder.ts";
import {InvalidRequest} from "../errors.ts";
import {lensTaps, type LmHead} from "../lens.ts";
import {argmax, checkLogits, softmax} from "../math.ts";
import {divergenceBits} from "../oppose.ts";
import {causalInput, pass, tokenize} from "../stages.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import {opposingParameters, opposingSamples, pickOpposed, type Opponents} from "./opposing.ts";
import type {RunContext, Strategy, StrategyLoop} from "./strategy.ts";

type DolaLayers = "low" | "high";

/** Decoders with more layers compare every second one, those of up to so many every one. */
const SHALLOW = 12;
/** With more layers than this, candidates are the first or the last `MOST` of them (HF). */
const DEEP = 40;
const MOST = 20;

/**
 * DoLa, decoding by contrasting layers (Chuang et al., 2024): the last layer's distribution is set against that of an
 * earlier one, read through the same LM head: of some candidates the one with the largest Jensen-Shannon divergence
 * from it, at each token anew. The score of a plausible token is log p_last - log p_earlier.
 *
 * As HF's `_dola_decoding`, but for two things. Earlier layers go through the final norm, as the logit lens has it; HF
 * gives the LM head the bare residual stream. The divergence is the paper's, KL(p || m) and KL(q || m); HF's code and
 * the authors' exchange the arguments. The repetition penalty that both recommend (1.2) is the warper of that name.
 */
export const dola: Strategy = {
  name: "dola",
  parameters: {
    ...opposingParameters,
    layers: {kind: "choice", default: "low", options: ["low", "high"]}
  },
  samples: opposingSamples,
  readsAgain: true
};

export const dolaLoop: StrategyLoop = async function* (context) {
  const {request, target} = context;
  const layers = candidateLayers(
    target.decoder.config.nLayers,
    request.strategy.params!["layers"] as DolaLayers
  );
  const reader = await readerOf(context, layers);
  const start = yield* begin(context, reader.taps);
  const completion = new Completion(context, start);
  const {tokenIds} = completion;
  let {logits, taps} = start.read;
  let {states} = start;
  for (;;) {
    const opponents = await reader.opponents(logits, taps);
    const next = yield* pickOpposed(context, completion, opponents, states);
    ({states} = next);
    const stop = yield* completion.append(next.picked);
    if (stop) return {stage: "stop", ...stop};
    ({logits, taps} = yield* readOn(context, "decode", tokenIds, reader.taps));
  }
};

/**
 * The layers that may be set against the last one, counted as HF counts hidden states: 0 is the embedding, n what the
 * nth layer leaves. "low" ends before the middle, "high" begins there. The embedding is left out: where the LM head is
 * the same matrix, it says little more than the token that was read. Of deep decoders these are HF's, every second one;
 * that would leave a shallow one with nothing to choose from.
 */
export function candidateLayers(nLayers: number, which: DolaLayers): readonly number[] {
  const step = nLayers > SHALLOW ? 2 : 1;
  const isDeep = nLayers > DEEP;
  const middle = Math.floor(nLayers / 2);
  const [from, to] =
    which === "low"
      ? [step, isDeep ? MOST : middle]
      : [isDeep ? nLayers - MOST : Math.max(middle, 1), nLayers];
  const layers: number[] = [];
  for (let layer = from; layer < to; layer += step) layers.push(layer);
  return layers.length > 0 ? layers : [Math.min(1, nLayers - 1)];
}

/** What reads earlier layers. */
type LayerReader = {
  /** Names of the residual streams that a pass must bring. */
  readonly taps: readonly string[];
  /** The last layer's logits, float32 (vocab_size), and those of the earlier layer most different from them. */
  opponents(logits: Float32Array, taps: ReadonlyMap<string, Tap>): Promise<Opponents>;
};

/** @throws InvalidRequest where the decoder gives no residual stream, or nothing reads it */
async function readerOf({lens, target}: RunContext, layers: readonly number[]): Promise<LayerReader> {
  const {decoder} = target;
  const {nLayers, dModel} = decoder.config;
  const names = layers.map((layer) => lensTaps(nLayers)[layer]!);
  const known = decoder.taps(1, 0);
  if (!names.every((name) => known.some((tap) => tap.name === name)))
    throw new InvalidRequest(
      "strategy",
      "DoLa reads what earlier layers leave, and this model has no inspect.onnx to give it; export it with taps"
    );
  if (!lens)
    throw new InvalidRequest(
      "strategy",
      "DoLa reads earlier layers through the final norm and the LM head, and this model has no lens.onnx; export it with one"
    );
  await lens.open();
  return {
    taps: names,
    async opponents(logits, taps) {
      const started = performance.now();
      const rows = await earlierRows(
        lens,
        names.map((name) => lastRow(taps.get(name)!, dModel))
      );
      const p = softmax(logits);
      const divergences = rows.map((row) => divergenceBits(p, softmax(row)));
      const chosen = argmax(Float32Array.from(divergences));
      const candidates = layers.map((layer, i) => ({
        layer: layer === 0 ? null : layer - 1,
        divergence: divergences[i]!
      }));
      return {
        own: logits,
        other: rows[chosen]!,
        against: {kind: "layer", layers: candidates, chosen},
        started
      };
    }
  };
}

/** @param tap of a pass over one sequence, (position, d_model) */
const lastRow = ({data}: Tap, dModel: number): Float32Array => data.subarray(data.length - dModel);

/**
 * What each residual stream already says, all in one go.
 *
 * @param residuals float32 (d_model) each
 * @returns float32 (vocab_size) each
 */
async function earlierRows(
  lens: LmHead,
  residuals: readonly Float32Array[]
): Promise<readonly Float32Array[]> {
  const size = residuals[0]!.length;
  const together = new Float32Array(size * residuals.length);
  residuals.forEach((residual, i) => together.set(residual, i * size));
  const logits = await lens.logits(together);
  const vocabSize = logits.length / residuals.length;
  return residuals.map((_, i) => {
    const row = logits.subarray(i * vocabSize, (i + 1) * vocabSize);
    checkLogits(row, () => "an earlier layer, through the LM head,");
    return row;
  });
}

function readOn(
  {target}: RunContext,
  stage: "prefill" | "decode",
  sequence: readonly TokenId[],
  taps: readonly string[]
) {
  return pass(stage, {...causalInput(sequence, target.past), taps}, target);
}

/**
 * The prompt in one pass. Where the run goes on from another one's pass, that pass's last position is read again: what
 * the layers left there was not kept.
 */
async function* begin(context: RunContext, taps: readonly string[]) {
  const {request, tokenizer, target, resume} = context;
  if (!resume) {
    const tokenIds = yield* tokenize(tokenizer, request.prompt);
    const read = yield* readOn(context, "prefill", tokenIds, taps);
    return {tokenIds, promptLength: tokenIds.length, states: [], read};
  }
  const {tokenIds, promptLength, states} = resume;
  target.cut(tokenIds.length - 1);
  const read = yield* readOn(context, "decode", tokenIds, taps);
  return {tokenIds, promptLength, states, read};
}
