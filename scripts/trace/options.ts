import {
  checkRequest,
  defaultRequest,
  InvalidRequest,
  limits,
  parseWarpers,
  strategyNames,
  warper,
  warperNames,
  warpers,
  type BackendName,
  type Request,
  type StrategyName,
  type WarperName,
  type WarperSpec
} from "../../engine/index.ts";
import {
  firstParameter,
  one,
  oneOf,
  optionOf,
  readNumber,
  readValues,
  type Range,
  type Values
} from "./commandLine.ts";

/** What the command line asks for. */
export type TraceOptions = {
  readonly request: Request;
  /** Null is the embedded model. */
  readonly folder: string | null;
  readonly json: boolean;
  readonly arrays: boolean;
  readonly taps: readonly string[];
};

/**
 * Reads and checks a command line.
 *
 * @param args without node and script
 * @returns null where help was asked for
 * @throws InvalidRequest whose message says what is wrong and what is allowed
 */
export function readOptions(args: readonly string[]): TraceOptions | null {
  const {values, prompts} = readValues(args);
  if (values.has("help")) return null;
  if (prompts.length !== 1)
    throw new InvalidRequest("prompt", `one prompt is needed, in quotes, got ${prompts.length}; try --help`);
  const taps = splitNames(values);
  const request = requestOf(prompts[0]!, values);
  checkRequest(request);
  const folder = one(values, "model") ?? null;
  return {request, folder, json: values.has("json"), arrays: !values.has("no-arrays"), taps};
}

function requestOf(prompt: string, values: Values): Request {
  const chain = readChain(values);
  const number = (option: string, range: Range) => {
    const text = one(values, option);
    return text === undefined ? undefined : readNumber(option, text, range);
  };
  return {
    ...defaultRequest,
    prompt,
    model: one(values, "model") ?? defaultRequest.model,
    seed: number("seed", limits.seed) ?? defaultRequest.seed,
    warpers: chain,
    strategy: {name: readStrategy(values, chain)},
    maxNewTokens: number("max-new-tokens", limits.maxNewTokens) ?? defaultRequest.maxNewTokens,
    maxLength: number("max-length", limits.maxLength) ?? null,
    stopStrings: values.get("stop") ?? [],
    cache: !values.has("no-cache"),
    backend: readBackend(values)
  };
}

/** The chain of --warpers, or the single options in Hugging Face's order. */
function readChain(values: Values): readonly WarperSpec[] {
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

function readStrategy(values: Values, chain: readonly WarperSpec[]): StrategyName {
  const drawing = values.has("seed") || chain.some(({name}) => warpers[name].when === "sampling");
  return oneOf(values, "strategy", strategyNames) ?? (drawing ? "multinomial" : "greedy");
}

function readBackend(values: Values): BackendName | "auto" {
  const backend = oneOf(values, "backend", ["auto", "wasm", "webgpu"] as const) ?? "auto";
  if (backend === "webgpu")
    throw new InvalidRequest(
      "backend",
      "--backend webgpu needs a browser, and this is Node; auto and wasm run here"
    );
  return backend;
}

function splitNames(values: Values): readonly string[] {
  const names =
    one(values, "taps")
      ?.split(",")
      .map((name) => name.trim()) ?? [];
  if (names.includes("")) throw new InvalidRequest("taps", "--taps needs names, with commas between them");
  return [...new Set(names)];
}
