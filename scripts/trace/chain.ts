import {
  InvalidRequest,
  parseWarpers,
  preset,
  presetNames,
  warper,
  warperNames,
  type Ignored,
  type PresetName,
  type WarperName,
  type WarperSpec,
  type WhyIgnored
} from "../../engine/index.ts";
import {firstParameter, one, oneOf, optionOf, readNumber, type Values} from "./commandLine.ts";

/** The chain that a command line asks for, and what --preset makes of it. */
export type Chain = {
  readonly warpers: readonly WarperSpec[];
  /** As written, before the preset. */
  readonly wanted: readonly WarperSpec[];
  /** A sentence for each warper that the engine of --preset would not apply. */
  readonly notes: readonly string[];
};

/** The chain of --warpers, or the single options in Hugging Face's order; either as the engine of --preset has it. */
export function readChain(values: Values): Chain {
  const wanted = readWanted(values);
  const engine = oneOf(values, "preset", presetNames);
  if (!engine) return {warpers: wanted, wanted, notes: []};
  const {warpers, ignored} = preset(engine, wanted);
  return {warpers, wanted, notes: ignored.map((item) => sayIgnored(engine, item))};
}

const WHY: Readonly<Record<WhyIgnored, (engine: PresetName, name: WarperName) => string>> = {
  lacks: (engine, name) => `${engine} has no ${name}: it is left out`,
  silent: (engine, name) =>
    `${engine} takes ${name} and does nothing with it, without a word: it is left out`,
  once: (engine, name) => `${engine} applies ${name} once only: the second is left out`,
  instead: (engine, name) =>
    `${engine} does not apply ${name} beside another warper of this chain: it is left out`
};

const sayIgnored = (engine: PresetName, {name, why}: Ignored): string => WHY[why](engine, name);

function readWanted(values: Values): readonly WarperSpec[] {
  const given = warperNames.filter((name) => values.has(optionOf(name)));
  const chain = one(values, "warpers");
  if (chain === undefined)
    return given.map((name) => readWarper(name, optionOf(name), one(values, optionOf(name))!));
  if (given.length > 0)
    throw new InvalidRequest(
      "warpers",
      `--warpers sets the whole chain, so --${optionOf(given[0]!)} cannot stand beside it; write ${given[0]}=... into the chain`
    );
  return inContext("--warpers", () => parseWarpers(chain));
}

/** One value sets a warper's first parameter; several, with ":" between them, all of them. */
function readWarper(name: WarperName, option: string, text: string): WarperSpec {
  const hint = name === "temperature" ? "; for greedy decoding use --strategy greedy" : "";
  const first = firstParameter(name);
  if (first.kind === "number" && !text.includes(":"))
    return warper(name, readNumber(option, text, first, hint));
  return inContext(`--${option}`, () => parseWarpers(`${name}=${text}`)[0]!);
}

/** Puts the option before the engine's sentence. */
function inContext<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidRequest) throw new InvalidRequest(error.field, `${option}: ${error.message}`);
    throw error;
  }
}
