import type {Decoder, ForwardInput, Past, Tap} from "./decoder.ts";
import {InvalidRequest, PassDiffers} from "./errors.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {PassEvent} from "./trace.ts";

/** How far the logits of a pass run again may be from those recorded: sums are added up in another order. */
const TOLERANCE = 1e-4;

/**
 * Taps are not stored in a trace: they are answered by running the pass again with those outputs fetched. Of a pass
 * over several sequences side by side, the first one is run again, alone.
 *
 * @param tokenIds prompt and generated ids, at least up to the pass's end, or its start where it says what it was fed
 * @param past the run's cache, at its present length or any other; null, or one too short, runs what came before
 *   again too
 * @returns the taps in the order asked for, and the pass's logits, which equal those recorded
 * @throws InvalidRequest for a name that this decoder cannot give or a pass that cannot be run again, PassDiffers
 *   where they do not
 */
export async function passAgain(
  decoder: Decoder,
  event: PassEvent,
  tokenIds: readonly TokenId[],
  past: Past | null,
  names: readonly string[]
): Promise<{readonly taps: readonly Tap[]; readonly logits: Float32Array}> {
  checkNames(event, names);
  checkPlain(event);
  const {from, to} = event.positions;
  const again = async (before: Past | null) => {
    const input = plain(sequenceOf(event, tokenIds), from, to, before);
    const pass = await decoder.forward({...input, rows: event.rows, taps: names});
    if (pass.past.cache !== past?.cache) decoder.release(pass.past); // at its tip, the run's own cache grew
    checkLogits(event, pass.logits);
    return {taps: names.map((name) => pass.taps.get(name)!), logits: pass.logits};
  };
  if (past && past.cache.batch === 1 && from > 0 && from <= past.length) {
    try {
      return await again({cache: past.cache, length: from});
    } catch (error) {
      if (!(error instanceof PassDiffers)) throw error; // else the cache holds what came after a roll-back
    }
  }
  const before = from > 0 ? await prefix(decoder, tokenIds, from) : null;
  try {
    return await again(before);
  } finally {
    if (before) decoder.release(before);
  }
}

/**
 * The ids up to a pass's end: of its first sequence, where it read several.
 *
 * @param tokenIds at least up to the pass's start
 */
export function sequenceOf(
  {positions: {from, to}, fed}: PassEvent,
  tokenIds: readonly TokenId[]
): readonly TokenId[] {
  return fed ? [...tokenIds.slice(0, from), ...fed.slice(0, to - from)] : tokenIds;
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

/** @param logits float32 (rows, vocab_size): the last row is the one recorded */
function checkLogits({passId, logits: recorded}: PassEvent, logits: Float32Array): void {
  const difference = largestDifference(recorded, logits.subarray(-recorded.length));
  if (difference <= TOLERANCE) return;
  throw new PassDiffers(
    difference,
    `pass ${passId}, run again, gave logits that differ by up to ${difference.toPrecision(2)} from those recorded (allowed: ${TOLERANCE}), so its inside cannot be shown. Load the model again`
  );
}

/** Infinity where the lengths differ or one is no number; equal infinities do not differ. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; ++i) {
    const difference = a[i] === b[i] ? 0 : Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/** @throws InvalidRequest for a pass whose positions say nothing about what attends to what */
function checkPlain({at, passId}: PassEvent): void {
  if (!at) return;
  throw new InvalidRequest(
    "taps",
    `pass ${passId} read its tokens along a pattern of its own, which cannot be run again from what the trace holds`
  );
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
