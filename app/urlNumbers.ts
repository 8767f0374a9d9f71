import {limits} from "../engine/index.ts";

type Range = {readonly min: number; readonly max: number};

const stage: Range = {min: 0, max: 9_999_999};
const place: Range = {min: 0, max: 999_999};

/** The whole numbers of a link, by their key, and what they may be. */
const numbers: Readonly<Record<string, Range>> = {
  seed: limits.seed,
  "max-new-tokens": limits.maxNewTokens,
  "max-length": limits.maxLength,
  at: stage,
  layer: place,
  head: place,
  merge: place,
  train: place
};

/** A number of a link that is none, or out of its range. */
type WrongNumber = Range & {readonly key: string; readonly text: string};

/** The first number of a link, or of one of its branches, that cannot be one; null where all can. */
export function wrongNumber(query: URLSearchParams): WrongNumber | null {
  const branches = query.getAll("branch").map((text) => new URLSearchParams(text.split("~")[2] ?? ""));
  for (const part of [query, ...branches])
    for (const [key, {min, max}] of Object.entries(numbers)) {
      const text = part.get(key);
      if (text !== null && !isAllowed(key, text, {min, max})) return {key, text, min, max};
    }
  return null;
}

/** An empty "max-length" is none at all; "train=all" is the end of the training. */
function isAllowed(key: string, text: string, {min, max}: Range): boolean {
  if ((key === "max-length" && text === "") || (key === "train" && text === "all")) return true;
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isInteger(value) && value >= min && value <= max;
}
