import {InvalidRequest} from "../errors.ts";
import {parseValue, printValue, type Parameter} from "./parameters.ts";
import type {WarperName, WarperSpec} from "./warper.ts";
import {checkWarper, warper, warpers} from "./warpers.ts";

/**
 * "repetitionPenalty=1.1,topK=40:exactly": the chain, in order; several parameters of one warper are joined by ":",
 * and those after the last that is not as usual are left out.
 */
export const printWarpers = (chain: readonly WarperSpec[]): string =>
  chain.map((spec) => `${spec.name}=${printParams(spec)}`).join(",");

/** "40:exactly": what stands after a warper's name. */
export function printParams({name, params}: WarperSpec): string {
  const parameters = Object.entries(warpers[name].parameters);
  const values = parameters.map(([key, parameter]) => printValue(params[key]!, parameter));
  const isUsual = (i: number) => values[i] === printValue(parameters[i]![1].default, parameters[i]![1]);
  let count = values.length;
  while (count > 1 && isUsual(count - 1)) --count;
  return values.slice(0, count).join(":");
}

/** The reverse of `printWarpers`. @throws InvalidRequest */
export function parseWarpers(text: string): readonly WarperSpec[] {
  if (text.trim() === "") return [];
  return text.split(",").map((part) => {
    const at = part.indexOf("=");
    const name = (at < 0 ? part : part.slice(0, at)).trim();
    return parseWarper(name, at < 0 ? null : part.slice(at + 1));
  });
}

/** One warper, from its name and what was written after it. */
function parseWarper(name: string, text: string | null): WarperSpec {
  if (!Object.hasOwn(warpers, name)) return checked({name: name as WarperName, params: {}});
  const known = name as WarperName;
  const parameters = Object.entries(warpers[known].parameters);
  const values = splitValues(text ?? "", parameters);
  const isEmptyList = text !== null && isList(parameters[0]![1]);
  if (values.length > parameters.length || (!isEmptyList && (text ?? "").trim() === ""))
    throw new InvalidRequest(
      "warpers",
      `${name} takes ${describeValues(name, parameters)}, got ${JSON.stringify(text ?? "")}`
    );
  const params = values.map((value, i) => [parameters[i]![0], parseValue(value, parameters[i]![1])]);
  return checked(warper(known, Object.fromEntries(params) as WarperSpec["params"]));
}

function checked(spec: WarperSpec): WarperSpec {
  checkWarper(spec);
  return spec;
}

type Entries = readonly (readonly [key: string, parameter: Parameter])[];

const isList = ({kind}: Parameter): boolean => kind !== "number" && kind !== "choice";

/** What stands last, where it is a list, may have ":" itself. */
function splitValues(text: string, parameters: Entries): readonly string[] {
  const values = text.split(":");
  const last = parameters.length - 1;
  if (!isList(parameters[last]![1]) || values.length <= last) return values;
  return [...values.slice(0, last), values.slice(last).join(":")];
}

const EXAMPLES = {ids: "5 17", biases: "5:2.5 17:-1", texts: "%0A %22"};

function describeValues(name: string, parameters: Entries): string {
  const written = parameters.map(([, parameter]) => {
    const {kind} = parameter;
    return kind === "number" || kind === "choice" ? printValue(parameter.default, parameter) : EXAMPLES[kind];
  });
  const count = parameters.length === 1 ? "one value" : `up to ${parameters.length} values`;
  return `${count}, written ${name}=${written.join(":")}`;
}
