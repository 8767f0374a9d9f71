import type {WarperName, WarperSpec} from "../../../engine/index.ts";
import {formatCount, formatTick} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";
import {massText, paramsText, warperNames} from "./warpers.ts";

/** What a warper worked with, by its key. */
const stateNames: Readonly<Record<string, string>> = {mu: "μ", temperature: "T used"};

/** A name at the beginning of a sentence. */
const sentence = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Where logits went. */
const ways = {down: "lowered", up: "raised", both: "moved"} as const;

/** They look for tokens of the text. */
const ofText: readonly WarperName[] = ["repetitionPenalty", "frequencyPenalty", "presencePenalty", "dry"];

/** @param bits as formatted; null where they are those that come out, too */
const entropyFrom = (bits: string | null): string =>
  bits === null ? "entropy stays " : `entropy ${bits}\u00A0→\u00A0`;

export const warp = {
  title: "Warp",
  sub: "from logits to the distribution that is drawn from",
  how:
    "Each card is the softmax of the logits before and after one warper, over the whole vocabulary, " +
    "computed again by the functions that ran.",
  name: (name: WarperName) => warperNames[name],
  parameters: paramsText,
  key: {out: "out, renormalised", removed: "removed", in: "in"},
  kept: (n: number) => `${formatCount(n)} kept`,
  rest: "rest",
  facts: {tokens: "tokens", mass: "mass kept", entropy: "entropy", order: "order"},
  change: (from: string, to: string) => (from === to ? to : `${from}\u00A0→\u00A0${to}`),
  mass: massText,
  /** A card folded to a line. */
  folded: (tokens: string, entropy: string) => `${tokens}\u00A0tokens, ${entropy}`,
  worked: {
    state: (key: string, value: string) => ({
      name: stateNames[key] ?? key,
      value: key === "mu" ? `${value}\u202Fbits` : value
    }),
    coin: (coin: string) => ({name: "coin", value: coin})
  },
  /** @param marked some have an asterisk in the plot */
  shifted: (n: number, marked: boolean) =>
    `${marked ? "* " : ""}${n === 1 ? "1 logit" : `${formatCount(n)} logits`} moved`,
  shift: (from: string, to: string, by: string) => `${from} → ${to} (${by})`,
  moreShifted: (n: number) => `and ${formatCount(n)} more`,
  sameOrder: "unchanged",
  moved: (n: number) => `${plural(n, "rank")} changed`,
  fell: <T>(token: T, from: string, to: string): Pieces<T> => [
    "; ",
    token,
    `\u00A0${from}\u00A0→\u00A0${to}`
  ],
  notApplied: "Not applied: it acts only when sampling, as in Hugging Face.",
  waits: "not reached",
  read: (name: string) => `${name}: probabilities by rank`,
  ranks: (n: number) =>
    `Bars are ranks 1 to ${n}, in the order before each warper, on one scale in all cards. ` +
    "The strip under the axis shows which tokens are left, the bar below it how much of the mass.",
  none: "No warper: the logits go to the draw as they are.",
  noneName: "no warper",
  nothingRemoved: (name: string) => `${sentence(name)} removed nothing`,
  /** The value that all logits were divided by, where the setting says it. */
  temperature: (spec: WarperSpec) =>
    spec.name === "temperature"
      ? `temperature ${formatTick(Number(spec.params["temperature"]))}`
      : warperNames[spec.name],
  tempered: (name: string, sharpened: boolean) =>
    `${sentence(name)} ${sharpened ? "favours the likely tokens" : "evens the chances out"}: `,
  movedLogits: (name: WarperName, n: number, way: "down" | "up" | "both") =>
    `${sentence(warperNames[name])} ${ways[way]} ${n === 1 ? "the logit of 1 token" : `the logits of ${formatCount(n)} tokens`}` +
    `${ofText.includes(name) ? ` that ${n === 1 ? "was" : "were"} there before` : ""}: `,
  fromTo: <T>(from: string, to: T): Pieces<T> => [` ${from}\u00A0→\u00A0`, to],
  keptOf: <T>(a: {name: string; kept: T; from: string; mass: T}): Pieces<T> => [
    `${sentence(a.name)} kept `,
    a.kept,
    ` of ${a.from} tokens, `,
    a.mass,
    " of the mass"
  ],
  /** After what a warper did. @param bits as formatted before it; null where they are those that come out, too */
  entropyNow: <T>(bits: string | null, entropy: T): Pieces<T> => [`; ${entropyFrom(bits)}`, entropy, ". "],
  whole: <T>(a: {kept: T; from: string; entropyIn: string | null; entropy: T}): Pieces<T> => [
    "All warpers together kept ",
    a.kept,
    ` of ${a.from} tokens; ${entropyFrom(a.entropyIn)}`,
    a.entropy,
    ". "
  ],
  cardIn: (name: string, n: number, entropy: string, isNext: boolean) =>
    `${sentence(name)}${isNext ? ", not applied yet" : ""}: ${plural(n, "token comes", "tokens come")} in, entropy ${entropy}.`,
  cardNotApplied: (name: string) =>
    `${sentence(name)} is not applied: it acts only when sampling, as in Hugging Face. `,
  cardWaits: (name: string) => `${sentence(name)}, not reached.`,
  focusKept: <T>(a: {name: string; token: T; rank: string; before: T; after: T}): Pieces<T> => [
    `${sentence(a.name)}, rank ${a.rank}: `,
    a.token,
    " comes in with ",
    a.before,
    ", goes out with ",
    a.after,
    "."
  ],
  focusRemoved: <T>(a: {name: string; token: T; rank: string; before: T}): Pieces<T> => [
    `${sentence(a.name)}, rank ${a.rank}: `,
    a.token,
    " came in with ",
    a.before,
    " and was removed."
  ],
  focusIn: <T>(a: {name: string; token: T; rank: string; before: T}): Pieces<T> => [
    `${sentence(a.name)}, rank ${a.rank}: `,
    a.token,
    " comes in with ",
    a.before,
    "."
  ],
  table: {token: "token", id: "id", in: "in", removed: "removed", others: (n: number) => plural(n, "other")}
};
