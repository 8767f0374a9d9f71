import {InvalidRequest} from "../errors.ts";
import {repetitionPenalty} from "./repetitionPenalty.ts";
import {temperature} from "./temperature.ts";
import {topK} from "./topK.ts";
import {topP} from "./topP.ts";
import type {ParameterRange, Warper, WarperName, WarperParams, WarperSpec} from "./warper.ts";

/** Every warper by name. To add one: its file, its name in warper.ts, a line here. */
export const warpers: Readonly<Record<WarperName, Warper>> = {repetitionPenalty, temperature, topK, topP};

/** Names in the order in which Hugging Face applies them. */
export const warperNames = Object.keys(warpers) as readonly WarperName[];

/** A spec whose parameters are those given, the others at their defaults. A lone number sets the first one. */
export function warper(name: WarperName, params: number | WarperParams): WarperSpec {
  const parameters = Object.entries(warpers[name].parameters);
  const given = typeof params === "number" ? {[parameters[0]![0]]: params} : params;
  return {
    name,
    params: Object.fromEntries(parameters.map(([key, range]) => [key, given[key] ?? range.default]))
  };
}

/**
 * Checks a spec that came from outside.
 * @throws InvalidRequest naming the parameter, the value and what is allowed
 */
export function checkWarper(spec: WarperSpec, field = "warpers"): void {
  const definition = Object.hasOwn(warpers, spec.name) ? warpers[spec.name] : undefined;
  if (!definition)
    throw new InvalidRequest(
      field,
      `unknown warper ${JSON.stringify(spec.name)}; known are ${warperNames.join(", ")}`
    );
  const {parameters} = definition;
  for (const key of Object.keys(spec.params)) {
    if (!Object.hasOwn(parameters, key))
      throw new InvalidRequest(
        field,
        `${spec.name} has no parameter "${key}"; it has ${Object.keys(parameters).join(", ")}`
      );
  }
  for (const [key, range] of Object.entries(parameters)) {
    const label = spec.name === key ? key : `${spec.name} ${key}`;
    checkNumber(
      field,
      label,
      spec.params[key],
      range,
      spec.name === "temperature" ? "; for greedy decoding use the strategy greedy" : ""
    );
  }
}

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
    throw new InvalidRequest(field, `${label} must be ${describeRange(range)}, got ${String(value)}${hint}`);
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
