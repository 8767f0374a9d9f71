import {parseArgs} from "node:util";
import {
  describeRange,
  InvalidRequest,
  strategies,
  strategyNames,
  warperNames,
  warpers,
  type Parameter,
  type ParameterRange,
  type Strategy,
  type StrategyName,
  type WarperName
} from "../../engine/index.ts";

/** What was written after each option, by its name without dashes. */
export type Values = ReadonlyMap<string, readonly string[]>;

const FLAGS = ["json", "no-arrays", "no-cache", "help"];
const REPEATABLE = ["stop"];
/** repetitionPenalty -> repetition-penalty */
export const optionOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** What a strategy takes, by name. */
export function parametersOf(name: StrategyName): readonly string[] {
  const {parameters}: Strategy = strategies[name];
  return Object.keys(parameters);
}
const TAKING_A_VALUE = [
  "max-new-tokens",
  "max-length",
  "seed",
  "strategy",
  ...new Set([...warperNames, ...strategyNames.flatMap(parametersOf)].map(optionOf)),
  "warpers",
  "preset",
  "stop",
  "backend",
  "model",
  "draft",
  "taps"
];
const OPTIONS = [...TAKING_A_VALUE, ...FLAGS];

/** The parameter that a single value sets. */
export const firstParameter = (name: WarperName): Parameter => Object.values(warpers[name].parameters)[0]!;

/** Sorts arguments into prompts and options. The library is not asked to judge: its sentences span lines. */
export function readValues(args: readonly string[]): {values: Values; prompts: readonly string[]} {
  const options = Object.fromEntries([
    ...TAKING_A_VALUE.map((name) => [name, {type: "string", multiple: true}] as const),
    ...FLAGS.map((name) => [name, {type: "boolean"}] as const)
  ]);
  const {tokens} = parseArgs({args: [...args], options, strict: false, tokens: true});
  const values = new Map<string, readonly string[]>();
  const prompts: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") prompts.push(token.value);
    if (token.kind !== "option") continue;
    const before = values.get(token.name) ?? [];
    checkOption(token.name, token.rawName, token.value, token.inlineValue ?? false);
    if (before.length > 0 && !REPEATABLE.includes(token.name))
      throw new InvalidRequest(token.name, `${token.rawName} is given twice; give it once`);
    values.set(token.name, [...before, token.value ?? ""]);
  }
  return {values, prompts};
}

function checkOption(name: string, written: string, value: string | undefined, inline: boolean): void {
  const fail = (message: string) => {
    throw new InvalidRequest(name, message);
  };
  if (!OPTIONS.includes(name) || !written.startsWith("--"))
    fail(`unknown option ${written}; known are ${OPTIONS.map((option) => `--${option}`).join(", ")}`);
  if (FLAGS.includes(name) && value !== undefined)
    fail(`${written} takes no value, got ${JSON.stringify(value)}`);
  if (FLAGS.includes(name)) return;
  const isNextOption = !inline && value !== undefined && OPTIONS.includes(value.replace(/^--|=.*/gs, ""));
  if (value === undefined || (isNextOption && value.startsWith("--")))
    fail(`${written} needs a value: ${written}=VALUE`);
}

/** The value of an option that is given at most once. */
export const one = (values: Values, option: string): string | undefined => values.get(option)?.[0];

/** What a number may be. */
export type Range = Pick<ParameterRange, "min" | "max" | "minExclusive" | "integer">;

/** @throws InvalidRequest with the range and what was written */
export function readNumber(option: string, text: string, range: Range, hint = ""): number {
  const value = text.trim() === "" ? NaN : Number(text);
  const {min, max, minExclusive, integer} = range;
  const fits = (minExclusive ? value > min : value >= min) && value <= max;
  if (fits && (!integer || Number.isInteger(value))) return value;
  const got = JSON.stringify(text);
  throw new InvalidRequest(option, `--${option} must be ${describeRange(range)}, got ${got}${hint}`);
}

/** @throws InvalidRequest with the names allowed and what was written */
export function oneOf<T extends string>(
  values: Values,
  option: string,
  allowed: readonly T[]
): T | undefined {
  const text = one(values, option);
  const found = allowed.find((name) => name === text);
  if (text !== undefined && found === undefined)
    throw new InvalidRequest(
      option,
      `--${option} must be one of ${allowed.join(", ")}, got ${JSON.stringify(text)}`
    );
  return found;
}
