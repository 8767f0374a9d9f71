import type {Decoder} from "../decoder.ts";
import {ModelError} from "../errors.ts";
import {argmax} from "../math.ts";
import {causalInput} from "../stages.ts";
import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {SelfCheck} from "../trace.ts";
import type {Json} from "./config.ts";

export const SELF_CHECK = "selfcheck.json";

/**
 * How far a logit may be from the reference. Backends that compute rightly differ by less than a thousandth of this,
 * and a logit that is off by it moves a probability by at most 2 %.
 */
export const SELF_CHECK_TOLERANCE = 2e-2;

/** Logits that the trained weights gave when they were exported, after a short prompt: the highest few. */
export type Reference = {
  readonly tokenIds: readonly TokenId[];
  readonly topIds: readonly number[];
  /** One for each of `topIds`. */
  readonly topLogits: readonly number[];
  readonly greedyId: number;
};

/** What was measured; `problem` says in words why it did not pass. */
export type CheckResult = SelfCheck & {readonly problem: string | null};

/** @throws ModelError "corrupt" naming the entry that cannot be */
export function readReference(json: Json, vocabSize: number): Reference {
  const isId = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < vocabSize;
  const list = (key: string, fits: (value: unknown) => boolean): readonly number[] => {
    const values: unknown = Object.hasOwn(json, key) ? json[key] : null;
    if (Array.isArray(values) && values.length > 0 && values.every(fits)) return values as readonly number[];
    throw wrong(`${key} must be a list of ${key === "topLogits" ? "numbers" : `ids below ${vocabSize}`}`);
  };
  const [ids, topIds] = [list("ids", isId), list("topIds", isId)];
  const topLogits = list("topLogits", Number.isFinite);
  if (topIds.length !== topLogits.length) throw wrong("topIds and topLogits must be equally long");
  return {tokenIds: ids.map(tokenId), topIds, topLogits, greedyId: list("greedyIds", isId)[0]!};
}

const wrong = (what: string) =>
  new ModelError("corrupt", SELF_CHECK, `${what} in ${SELF_CHECK}. Export the model again`);

/**
 * Reads the reference's prompt in one pass and compares.
 *
 * @throws what `forward` throws
 */
export async function selfCheck(decoder: Decoder, reference: Reference): Promise<CheckResult> {
  const {past, logits} = await decoder.forward(causalInput(reference.tokenIds, null));
  decoder.release(past);
  const tolerance = SELF_CHECK_TOLERANCE;
  const maxDifference = largestDifference(logits, reference);
  const best = argmax(logits);
  const allowed = `(allowed: ${tolerance})`;
  if (maxDifference === Infinity)
    return {maxDifference, tolerance, passed: false, problem: `some of them are no numbers ${allowed}`};
  if (maxDifference > tolerance)
    return {
      maxDifference,
      tolerance,
      passed: false,
      problem: `they differ by up to ${shown(maxDifference)} ${allowed}`
    };
  if (best === reference.greedyId) return {maxDifference, tolerance, passed: true, problem: null};
  const problem = `they differ by up to ${shown(maxDifference)} ${allowed}, but the most probable token is ${best} instead of ${reference.greedyId}`;
  return {maxDifference, tolerance, passed: false, problem};
}

const shown = (difference: number): string => String(Number(difference.toPrecision(2)));

/** Over the reference's ids; Infinity where any logit at all is no finite number. */
function largestDifference(logits: Float32Array, {topIds, topLogits}: Reference): number {
  if (!logits.every(Number.isFinite)) return Infinity;
  return Math.max(...topIds.map((id, i) => Math.abs(logits[id]! - topLogits[i]!)));
}
