import {InvalidRequest} from "../errors.ts";

/** One token and what is added to its logit. */
export type IdBias = readonly [id: number, bias: number];

/** What a parameter is set to: plain data. */
export type ParameterValue = number | string | readonly number[] | readonly string[] | readonly IdBias[];

/** A number's allowed values, what it means when absent, and where a slider would put its ends. */
export type ParameterRange = {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The value at `min` itself is refused. */
  readonly minExclusive?: boolean;
  readonly integer?: boolean;
  readonly slider: readonly [from: number, to: number, step: number];
  /** The value at which the warper changes nothing; null where none does. */
  readonly neutral: number | null;
};

/**
 * How a parameter is checked, written and set. `onlyIf`: it has a say only where a choice beside it is that. `minor`:
 * a detail that few readers ask for.
 */
export type Parameter = (
  | (ParameterRange & {readonly kind: "number"})
  | {readonly kind: "choice"; readonly default: string; readonly options: readonly string[]}
  | {readonly kind: "ids"; readonly default: readonly number[]}
  | {readonly kind: "biases"; readonly default: readonly IdBias[]; readonly min: number; readonly max: number}
  | {readonly kind: "texts"; readonly default: readonly string[]}
) & {readonly onlyIf?: {readonly parameter: string; readonly is: string}; readonly minor?: true};

type OfKind<K extends Parameter["kind"]> = Extract<Parameter, {readonly kind: K}>;

/** Largest id that a list may name: more than any vocabulary has. */
const MAX_ID = 9_999_999;
/** Longest list. */
const MAX_ITEMS = 1000;
/** Longest text of a list, in characters; llama.cpp cuts breakers there. */
const MAX_TEXT = 40;

/**
 * @param label the parameter in words, the subject of the message
 * @throws InvalidRequest saying what is allowed and what was given
 */
export function checkParameter(
  field: string,
  label: string,
  value: unknown,
  parameter: Parameter,
  hint = ""
): void {
  switch (parameter.kind) {
    case "number":
      return checkNumber(field, label, value, parameter, hint);
    case "choice":
      if (!parameter.options.includes(value as string))
        fail(field, `${label} must be one of ${parameter.options.join(", ")}, got ${written(value)}`);
      return;
    case "ids":
      return checkIds(field, label, listOf(field, label, value));
    case "biases":
      return checkBiases(field, label, listOf(field, label, value), parameter);
    case "texts":
      return checkTexts(field, label, listOf(field, label, value));
  }
}

function listOf(field: string, label: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return fail(field, `${label} must be a list, got ${written(value)}`);
  if (value.length > MAX_ITEMS)
    fail(field, `${label} must be a list of at most ${MAX_ITEMS}, got ${value.length}`);
  return value;
}

function checkIds(field: string, label: string, ids: readonly unknown[]): void {
  for (const id of ids)
    checkNumber(field, `a token id of ${label}`, id, {min: 0, max: MAX_ID, integer: true});
  checkOnce(field, label, ids);
}

function checkBiases(field: string, label: string, pairs: readonly unknown[], range: OfKind<"biases">): void {
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2)
      fail(field, `${label} must be pairs of token id and number, got ${written(pair)}`);
    checkNumber(field, `a number of ${label}`, (pair as unknown[])[1], range);
  }
  const ids = (pairs as readonly IdBias[]).map(([id]) => id);
  checkIds(field, label, ids);
}

function checkTexts(field: string, label: string, texts: readonly unknown[]): void {
  for (const text of texts)
    if (typeof text !== "string" || text === "" || text.length > MAX_TEXT || !text.isWellFormed())
      fail(field, `${label} must be whole texts of 1 to ${MAX_TEXT} characters, got ${written(text)}`);
  checkOnce(field, label, texts);
}

function checkOnce(field: string, label: string, items: readonly unknown[]): void {
  const twice = items.find((item, i) => items.indexOf(item) < i);
  if (twice !== undefined) fail(field, `${label} has ${written(twice)} twice; give it once`);
}

function fail(field: string, message: string): never {
  throw new InvalidRequest(field, message);
}

const written = (value: unknown): string =>
  typeof value === "number" ? String(value) : JSON.stringify(value);

/** @throws InvalidRequest unless the value is a number in the range */
export function checkNumber(
  field: string,
  label: string,
  value: unknown,
  range: Pick<ParameterRange, "min" | "max" | "minExclusive" | "integer">,
  hint = ""
): asserts value is number {
  const ok =
    typeof value === "number" &&
    (range.minExclusive ? value > range.min : value >= range.min) &&
    value <= range.max &&
    (!range.integer || Number.isInteger(value));
  if (!ok)
    fail(
      field,
      `${label} must be ${describeRange(range)}, got ${Number.isNaN(value) ? "no number" : String(value)}${hint}`
    );
}

/** "a number above 0, at most 1" */
export function describeRange({
  min,
  max,
  minExclusive,
  integer
}: Pick<ParameterRange, "min" | "max" | "minExclusive" | "integer">): string {
  const kind = integer ? "a whole number" : "a number";
  return minExclusive ? `${kind} above ${min}, at most ${max}` : `${kind} from ${min} to ${max}`;
}

/** A value as links and command lines have it: 0.9, "last", "5 17", "5:2.5 17:-1", "%0A %22". */
export function printValue(value: ParameterValue, {kind}: Parameter): string {
  if (kind === "texts") return (value as readonly string[]).map(encodeURIComponent).join(" ");
  if (kind === "biases") return (value as readonly IdBias[]).map((pair) => pair.join(":")).join(" ");
  return kind === "ids" ? (value as readonly number[]).join(" ") : String(value);
}

/** The reverse of `printValue`; what cannot be read becomes a value that `checkParameter` refuses. */
export function parseValue(text: string, {kind}: Parameter): ParameterValue {
  if (kind === "number") return toNumber(text);
  if (kind === "choice") return text.trim();
  const items = text.split(" ").filter((item) => item !== "");
  if (kind === "ids") return items.map(toNumber);
  if (kind === "texts") return items.map(decoded);
  return items.map((item): IdBias => {
    const at = item.indexOf(":");
    return at < 0 ? [toNumber(item), NaN] : [toNumber(item.slice(0, at)), toNumber(item.slice(at + 1))];
  });
}

/** NaN for what is no number, also for nothing at all. */
export const toNumber = (text: string): number => (text.trim() === "" ? NaN : Number(text) + 0); // + 0: of "-0" is 0

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
