import {InvalidRequest} from "../engine/index.ts";
import {firstLooks, insideNames, themes, type Looks, type Theme, type Training} from "./looks.ts";

/** The query parameters of what is not as usual: "layer=2", "inside=lens.tap". */
export function printLooks({
  layer,
  head,
  mergeStep,
  training,
  inside,
  tap,
  matrix
}: Looks): readonly (readonly [string, string])[] {
  const query: (readonly [string, string])[] = [];
  if (layer !== null) query.push(["layer", String(layer)]);
  if (head !== "all") query.push(["head", String(head)]);
  if (mergeStep !== null) query.push(["merge", String(mergeStep)]);
  if (training) query.push(["train", training.step === null ? ALL : String(training.step)]);
  if (training?.text != null) query.push(["train-text", training.text]);
  if (inside.join() !== firstLooks.inside.join()) query.push(["inside", inside.join(".")]);
  if (tap !== null) query.push(["tap", tap]);
  if (matrix !== null) query.push(["matrix", matrix]);
  return query;
}

/** The reverse of `printLooks`. @throws InvalidRequest naming what could not be read */
export function parseLooks(query: URLSearchParams): Looks {
  const number = (key: string): number | null => {
    const text = query.get(key);
    return text === null ? null : parseCount(key, text);
  };
  const inside = query.get("inside");
  return {
    layer: number("layer"),
    head: number("head") ?? "all",
    mergeStep: number("merge"),
    training: parseTraining(query),
    inside: inside === null ? firstLooks.inside : parseInside(inside),
    tap: parseName(query, "tap"),
    matrix: parseName(query, "matrix")
  };
}

/** "train=all", "train=3&train-text=a+rat+sat". */
function parseTraining(query: URLSearchParams): Training | null {
  const step = query.get("train");
  if (step === null) return null;
  return {step: step === ALL ? null : parseCount("train", step), text: query.get("train-text")};
}

const ALL = "all";

function parseInside(text: string): Looks["inside"] {
  const names = text === "" ? [] : text.split(".");
  for (const name of names) oneOf("inside", name, insideNames);
  return insideNames.filter((name) => names.includes(name));
}

/** @throws InvalidRequest */
export function parseTheme(text: string): Theme {
  return oneOf("theme", text, themes);
}

/** @throws InvalidRequest for a language that there is not */
export function parseLanguage(text: string, known: readonly string[]): string {
  return oneOf("lang", text, known);
}

/** The name of a tensor, or null where none is given. */
function parseName(query: URLSearchParams, key: string): string | null {
  const name = query.get(key);
  if (name === null || /^[\w.:/-]{1,120}$/.test(name)) return name;
  throw new InvalidRequest(key, `${key} must be the name of a tensor, got ${JSON.stringify(name)}`);
}

function parseCount(key: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidRequest(key, `${key} must be a whole number, got ${JSON.stringify(text)}`);
}

function oneOf<T extends string>(key: string, text: string, known: readonly T[]): T {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidRequest(key, `${key} must be one of ${known.join(", ")}, got ${JSON.stringify(text)}`);
}
