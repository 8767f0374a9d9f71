import {InvalidRequest} from "./errors.ts";
import {checkStrategy, parseStrategy, printStrategy, strategy} from "./strategy/strategies.ts";
import type {StrategySpec} from "./strategy/strategy.ts";
import {position, tokenId, type Position, type TokenId} from "./tokenizer/vocabulary.ts";
import type {BackendName} from "./trace.ts";
import {parseWarpers, printWarpers} from "./warp/chainText.ts";
import {checkNumber, toNumber} from "./warp/parameters.ts";
import type {WarperSpec} from "./warp/warper.ts";
import {checkWarper, warper} from "./warp/warpers.ts";

/** A token put at a position instead of the one the strategy picked. */
export type Forced = {readonly position: Position; readonly tokenId: TokenId};

/**
 * Everything that defines a run: the same request gives the same trace. Plain data; it is in the link, on the
 * command line and in an exported trace.
 */
export type Request = {
  readonly version: 1;
  readonly prompt: string;
  /** "embedded", or the address of a folder that the reader named. */
  readonly model: string;
  /** Unsigned 32-bit. */
  readonly seed: number;
  /** In the order in which they apply. */
  readonly warpers: readonly WarperSpec[];
  readonly strategy: StrategySpec;
  readonly maxNewTokens: number;
  /** Prompt and completion together; null leaves it to the decoder's context. */
  readonly maxLength: number | null;
  readonly stopStrings: readonly string[];
  /** Off: every decode step feeds the whole sequence. */
  readonly cache: boolean;
  readonly backend: BackendName | "auto";
  readonly forced: readonly Forced[];
};

export const defaultRequest: Request = {
  version: 1,
  prompt: "Once upon a time there was a little",
  model: "embedded",
  seed: 7,
  warpers: [warper("temperature", 0.8), warper("topK", 40), warper("topP", 0.95)],
  strategy: strategy("multinomial"),
  maxNewTokens: 24,
  maxLength: null,
  stopStrings: [],
  cache: true,
  backend: "auto",
  forced: []
};

/** Allowed values of the plain numbers of a request. */
export const limits = {
  seed: {min: 0, max: 2 ** 32 - 1, integer: true},
  maxNewTokens: {min: 1, max: 100_000, integer: true},
  maxLength: {min: 1, max: 1_000_000, integer: true},
  /** Position and id of a forced token. */
  forced: {min: 0, max: 9_999_999, integer: true}
} as const;

/**
 * Checks everything that can be known without a model.
 * @throws InvalidRequest whose `field` is the request's key
 */
export function checkRequest(request: Request): void {
  checkPrompt(request.prompt);
  checkNumber("seed", "seed", request.seed, limits.seed);
  checkNumber("maxNewTokens", "maxNewTokens", request.maxNewTokens, limits.maxNewTokens);
  if (request.maxLength !== null) checkNumber("maxLength", "maxLength", request.maxLength, limits.maxLength);
  for (const spec of request.warpers) checkWarper(spec);
  checkStrategy(request.strategy);
  oneOf("backend", request.backend, ["auto", "webgpu", "wasm"]);
  for (const stop of request.stopStrings) checkText("stopStrings", "a stop string", stop);
  checkText("model", "the model's address", request.model);
  checkForced(request.forced);
}

export function checkPrompt(prompt: string): void {
  checkText("prompt", "the prompt", prompt);
}

function checkText(field: string, label: string, text: string): void {
  if (text === "") throw new InvalidRequest(field, `${label} is empty; write at least one character`);
  const at = loneSurrogate(text);
  if (at !== null)
    throw new InvalidRequest(
      field,
      `${label} has half a character at place ${at + 1} (the lone surrogate U+${text.charCodeAt(at).toString(16).toUpperCase()}); delete it or type the whole character`
    );
}

function checkForced(forced: readonly Forced[]): void {
  const seen = new Set<number>();
  for (const {position, tokenId} of forced) {
    checkNumber("forced", "the position of a forced token", position, limits.forced);
    checkNumber("forced", "the id of a forced token", tokenId, limits.forced);
    if (seen.has(position))
      throw new InvalidRequest(
        "forced",
        `two tokens are forced at position ${position}; only one can be there`
      );
    seen.add(position);
  }
}

/** Index of the first UTF-16 surrogate without its other half, or null. */
export function loneSurrogate(text: string): number | null {
  const found = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text);
  return found ? found.index : null;
}

function oneOf(field: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string))
    throw new InvalidRequest(
      field,
      `${field} must be one of ${allowed.join(", ")}, got ${JSON.stringify(value)}`
    );
}

/** Only what differs from the default request, as query parameters in a fixed order. */
export function printRequest(request: Request): string {
  const query = new URLSearchParams({v: "1"});
  const add = (key: string, value: string, usual: string) => value !== usual && query.set(key, value);
  const d = defaultRequest;
  add("prompt", request.prompt, d.prompt);
  add("model", request.model, d.model);
  add("seed", String(request.seed), String(d.seed));
  add("warpers", printWarpers(request.warpers), printWarpers(d.warpers));
  add("strategy", printStrategy(request.strategy), printStrategy(d.strategy));
  add("max-new-tokens", String(request.maxNewTokens), String(d.maxNewTokens));
  add("max-length", String(request.maxLength ?? ""), "");
  for (const stop of request.stopStrings) query.append("stop", stop);
  add("cache", request.cache ? "on" : "off", "on");
  add("backend", request.backend, d.backend);
  add("forced", request.forced.map((f) => `${f.position}:${f.tokenId}`).join(","), "");
  return query.toString();
}

/** The reverse of `printRequest`. @throws InvalidRequest naming what could not be read */
export function parseRequest(text: string): Request {
  const query = new URLSearchParams(text);
  const version = query.get("v") ?? "1";
  if (version !== "1")
    throw new InvalidRequest("version", `this link is of version ${version}; this page reads version 1`);
  const d = defaultRequest;
  const request: Request = {
    version: 1,
    prompt: query.get("prompt") ?? d.prompt,
    model: query.get("model") ?? d.model,
    seed: parseNumber(query.get("seed"), d.seed),
    warpers: query.has("warpers") ? parseWarpers(query.get("warpers")!) : d.warpers,
    strategy: query.has("strategy") ? parseStrategy(query.get("strategy")!) : d.strategy,
    maxNewTokens: parseNumber(query.get("max-new-tokens"), d.maxNewTokens),
    maxLength: query.get("max-length") ? parseNumber(query.get("max-length"), 0) : null,
    stopStrings: query.getAll("stop"),
    cache: parseSwitch(query.get("cache")),
    backend: (query.get("backend") ?? d.backend) as Request["backend"],
    forced: parseForced(query.get("forced") ?? "")
  };
  checkRequest(request);
  return request;
}

function parseSwitch(text: string | null): boolean {
  oneOf("cache", text ?? "on", ["on", "off"]);
  return text !== "off";
}

const parseNumber = (text: string | null, usual: number): number => (text === null ? usual : toNumber(text));

function parseForced(text: string): readonly Forced[] {
  if (text === "") return [];
  return text.split(",").map((pair) => {
    const match = /^(\d{1,7}):(\d{1,7})$/.exec(pair);
    if (!match)
      throw new InvalidRequest(
        "forced",
        `forced tokens are written position:id, got ${JSON.stringify(pair)}`
      );
    return {position: position(Number(match[1])), tokenId: tokenId(Number(match[2]))};
  });
}
