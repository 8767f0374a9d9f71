import {
  checkRequest,
  defaultRequest,
  InvalidRequest,
  limits,
  needsDraft,
  type BackendName,
  type Request
} from "../../engine/index.ts";
import {readChain, type Chain} from "./chain.ts";
import {one, oneOf, readNumber, readValues, type Range, type Values} from "./commandLine.ts";
import {readStrategy, withoutStrategy} from "./strategyOptions.ts";

/** What the command line asks for. */
export type TraceOptions = {
  readonly request: Request;
  /** Null is the embedded model. */
  readonly folder: string | null;
  /** Of the model that drafts; null is the one beside the model. */
  readonly draft: string | null;
  readonly json: boolean;
  readonly arrays: boolean;
  readonly taps: readonly string[];
  /** What of the command line is left out, a sentence each. */
  readonly notes: readonly string[];
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
  const chain = readChain(withoutStrategy(values));
  const request = requestOf(prompts[0]!, values, chain);
  checkRequest(request);
  const folder = one(values, "model") ?? null;
  return {
    request,
    folder,
    draft: readDraft(values, request),
    json: values.has("json"),
    arrays: !values.has("no-arrays"),
    taps,
    notes: chain.notes
  };
}

function requestOf(prompt: string, values: Values, chain: Chain): Request {
  const number = (option: string, range: Range) => {
    const text = one(values, option);
    return text === undefined ? undefined : readNumber(option, text, range);
  };
  return {
    ...defaultRequest,
    prompt,
    model: one(values, "model") ?? defaultRequest.model,
    seed: number("seed", limits.seed) ?? defaultRequest.seed,
    warpers: chain.warpers,
    strategy: readStrategy(values, chain.wanted),
    maxNewTokens: number("max-new-tokens", limits.maxNewTokens) ?? defaultRequest.maxNewTokens,
    maxLength: number("max-length", limits.maxLength) ?? null,
    stopStrings: values.get("stop") ?? [],
    cache: !values.has("no-cache"),
    backend: readBackend(values)
  };
}

/** @throws InvalidRequest where nothing would be drafted */
function readDraft(values: Values, {strategy}: Request): string | null {
  const draft = one(values, "draft") ?? null;
  if (draft !== null && !needsDraft(strategy))
    throw new InvalidRequest("draft", `--draft names a model that drafts; ${strategy.name} needs none`);
  return draft;
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
