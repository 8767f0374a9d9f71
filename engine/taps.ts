import type {Decoder, ForwardInput, Past, Tap} from "./decoder.ts";
import {InvalidRequest} from "./errors.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {PassEvent} from "./trace.ts";

/**
 * Taps are not stored in a trace: they are answered by running the pass again with those outputs fetched.
 *
 * @param tokenIds prompt and generated ids, at least up to the pass's end
 * @param past the run's cache, at its present length or any other; null, or one too short, runs what came before
 *   again too
 * @returns the taps in the order asked for, and the pass's logits, which equal those recorded
 * @throws InvalidRequest for a name that this decoder cannot give
 */
export async function passAgain(
  decoder: Decoder,
  event: PassEvent,
  tokenIds: readonly TokenId[],
  past: Past | null,
  names: readonly string[]
): Promise<{readonly taps: readonly Tap[]; readonly logits: Float32Array}> {
  checkNames(event, names);
  const {from, to} = event.positions;
  const shared = past !== null && from > 0 && from <= past.length;
  const before = shared
    ? {cache: past.cache, length: from}
    : from > 0
      ? await prefix(decoder, tokenIds, from)
      : null;
  try {
    const pass = await decoder.forward({...plain(tokenIds, from, to, before), rows: event.rows, taps: names});
    if (pass.past.cache !== past?.cache) decoder.release(pass.past); // at its tip, the run's own cache grew
    return {taps: names.map((name) => pass.taps.get(name)!), logits: pass.logits};
  } finally {
    if (before && !shared) decoder.release(before);
  }
}

async function prefix(decoder: Decoder, tokenIds: readonly TokenId[], length: number): Promise<Past> {
  return (await decoder.forward(plain(tokenIds, 0, length, null))).past;
}

function plain(tokenIds: readonly TokenId[], from: number, to: number, past: Past | null): ForwardInput {
  return {
    tokenIds: tokenIds.slice(from, to),
    positions: {from, to},
    bias: null,
    past,
    rows: [to - from - 1],
    batch: 1
  };
}

function checkNames(event: PassEvent, names: readonly string[]): void {
  for (const name of names) {
    if (event.taps.some((tap) => tap.name === name)) continue;
    throw new InvalidRequest(
      "taps",
      event.taps.length === 0
        ? "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
        : `this decoder has no tap ${JSON.stringify(name)}; it has ${event.taps.map((tap) => tap.name).join(", ")}`
    );
  }
}
