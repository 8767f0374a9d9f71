import type {StrategyName, WarperSpec} from "../../../engine/index.ts";
import {formatCount, formatMs, formatPercent, formatTick} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";
import {smallDecoder} from "./smallDecoder.ts";
import {warp} from "./warp.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "top-p 0.95" */
function plain(spec: WarperSpec): string {
  const [first] = Object.values(spec.params);
  return `${warp.name(spec.name)} ${typeof first === "number" ? formatTick(first) : warp.parameters(spec)}`;
}

/** "Top-p 0.95" */
const named = (spec: WarperSpec): string => capital(plain(spec));

/** "The draft: ", of what the smaller decoder of a strategy did; nothing of the run's own. */
const lane = (small: StrategyName | null): string => (small ? `The ${smallDecoder(small)}: ` : "");

type Rows = {
  readonly length: number;
  readonly sequences: number;
  readonly drafted: number;
  readonly strategy: StrategyName;
  readonly small: boolean;
};

/** What a pass reads, and how many positions of it are run. */
function rows({length, sequences, drafted, strategy, small}: Rows): readonly string[] {
  const long = plural(length, "token");
  if (sequences > 1) {
    const each = plural(sequences, strategy === "beam" ? "beam" : "candidate");
    return [`${each}, each ${long} long now.`, "How many positions of each does the decoder run?"];
  }
  const of = drafted > 0 ? `, ${formatCount(drafted)} of them drafted` : "";
  if (!small) return [`The sequence is ${long} long now${of}.`, "How many positions does the decoder run?"];
  return [`${lane(strategy)}the sequence is ${long} long now${of}.`, "How many positions does it run?"];
}

/** The view for a projector: what it asks, what can be voted for, its last line. */
export const present = {
  panel: "The panel",
  letters: "ABCDEF",
  /** In parts: a line is broken between them rather than inside one. */
  question: {
    tokens: (characters: number) => [plural(characters, "character") + ".", "How many tokens will they be?"],
    rows,
    likeliest: (of: number, small: StrategyName | null) => [
      `${lane(small)}${formatCount(of)} logits, one per token.`,
      "Which token has the largest?"
    ],
    entropy: (spec: WarperSpec) => [`${named(spec)}:`, "does the distribution become sharper or flatter?"],
    first: (spec: WarperSpec) => [`${named(spec)}:`, "which token is first afterwards?"],
    mass: (spec: WarperSpec, of: number) => [
      `${named(spec)} of ${plural(of, "token")}:`,
      "how much of the mass is left?"
    ],
    kept: (spec: WarperSpec, of: number) => [
      `${named(spec)}:`,
      `how many of ${plural(of, "token")} are left?`
    ],
    draw: (left: number) =>
      left === 1
        ? ["One token is left.", "Does the coin matter?"]
        : [`${plural(left, "token")} are left.`, "Where will the coin land?"]
  },
  /** Where what the stage did is not what was asked. */
  answer: {
    likeliest: <T>(token: T, p: string, small: StrategyName | null): Pieces<T> => [
      ...(small ? [lane(small)] : []),
      token,
      ` has the largest: ${p} of the probability`
    ],
    /** Before what happened in a pass of the smaller decoder. */
    lane,
    stays: <T>(token: T): Pieces<T> => [token, " is still first"],
    changes: <T>(token: T): Pieces<T> => [token, " is first now"]
  },
  choice: {
    others: (count: number) => plural(count, "other"),
    /** Of the others: the one that it was. */
    oneOf: (count: number) => `1 of ${formatCount(count)}`,
    count: (from: number, to: number) =>
      to === Infinity
        ? `${formatCount(from)} or more`
        : to === from + 1
          ? formatCount(from)
          : `${formatCount(from)} to ${formatCount(to - 1)}`,
    note: {
      words: "one per word",
      characters: "one per character",
      all: "all of them",
      new: "the new one alone",
      newest: "the newest ones"
    },
    share: (from: number, to: number) => {
      if (from === 0) return `under ${formatTen(to)}`;
      return to === 1 ? `over ${formatTen(from)}` : `${100 * from} to ${formatTen(to)}`;
    },
    word: {
      sharper: ["sharper", "the likely gain, the others lose"],
      same: ["the same", "nobody gains, nobody loses"],
      flatter: ["flatter", "the others gain, the likely lose"]
    } satisfies Record<string, readonly [string, string]>,
    stays: <T>(token: T): Pieces<T> => ["still ", token],
    now: <T>(token: T): Pieces<T> => ["now ", token],
    another: "another one",
    yes: "yes",
    no: "no",
    p: formatPercent
  },
  /** What a pass ran and what it found in the cache, of each of its sequences. */
  ran: (from: number, to: number, each: boolean, ms: number | undefined) =>
    `${formatCount(to - from)} of ${plural(to, "position")}${each ? " of each" : ""} ran` +
    `${ms === undefined ? "" : `, ${formatMs(ms)}`}; ${formatCount(from)} ${from === 1 ? "was" : "were"} read from the cache`,
  hidden: "What comes next is still a question.",
  right: "✓",
  vote: "Vote",
  isRight: "this is it",
  foot: {
    /** "Pass 2, decode, cache on"; `phase` null: before the run knows. */
    pass: (pass: number, phase: "prefill" | "decode" | null, cache: boolean, small: StrategyName | null) =>
      pass === 0
        ? "Before the first pass"
        : [
            small ? `Pass ${formatCount(pass)} of the ${smallDecoder(small)}` : `Pass ${formatCount(pass)}`,
            ...(phase ? [phase] : []),
            `cache ${cache ? "on" : "off"}`
          ].join(", "),
    notRun: "settings changed in the lab: not run yet",
    warper: plain,
    warpers: (n: number) => plural(n, "warper"),
    ask: "ask what comes next",
    run: "run the decoder",
    back: "back",
    hide: "hide it again",
    help: "keys",
    leave: "leave",
    end: "the end",
    keys: {back: "←", on: "→", help: "?", leave: "Esc"}
  },
  keys: [
    ["→, Space, PageDown", "show the answer; then ask what comes next"],
    ["←, PageUp", "hide it again; then back"],
    ["T", "to just before the next token’s draw, or the strategy’s decision"],
    ["↑, ↓", "scroll a tall panel"],
    ["Home, End", "to the first stage, to the last one reached"],
    ["Esc, P", "back to the lab, to the same place"],
    ["?", "this list, and where the panel’s numbers come from"]
  ] as readonly (readonly [string, string])[]
};

/** A round share: "75 %" */
const formatTen = (share: number): string => `${Math.round(100 * share)}\u202F%`;
