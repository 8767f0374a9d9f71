import {
  printParams,
  type BranchSettings,
  type Ngrams,
  type Request,
  type StopReason,
  type WarperName,
  type WarperSpec
} from "../../../engine/index.ts";
import {formatCount, formatTick} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";
import {strategyInWords, strategyNamed} from "./settings.ts";
import {paramsText, warperNames} from "./warpers.ts";

type Plain = Exclude<keyof BranchSettings, "warpers">;
type Part = Plain | WarperName | "order";

const partNames: Readonly<Record<Part, string>> = {
  strategy: "strategy",
  seed: "seed",
  maxNewTokens: "new tokens at most",
  maxLength: "tokens in all at most",
  stopStrings: "stop strings",
  cache: "KV cache",
  ...warperNames,
  order: "order of the warpers"
};

const plainValues: Readonly<Record<Plain, (request: Request) => string>> = {
  strategy: ({strategy}) => strategyInWords(strategy),
  seed: ({seed}) => String(seed),
  maxNewTokens: ({maxNewTokens}) => formatCount(maxNewTokens),
  maxLength: ({maxLength}) => (maxLength === null ? "no limit" : formatCount(maxLength)),
  stopStrings: ({stopStrings}) =>
    stopStrings.length === 0 ? "none" : stopStrings.map((s) => `“${s.replaceAll("\n", "↵")}”`).join(" "),
  cache: ({cache}) => (cache ? "on" : "off")
};

function valueOf(part: Exclude<Part, "order">, request: Request): string {
  if (part in plainValues) return plainValues[part as Plain](request);
  const specs = request.warpers.filter(({name}) => name === part);
  return specs.map(paramsOf).join(" and ") || "off";
}

/** "beam search, width 4 → greedy"; in full where the names do not tell the two apart. */
function briefStrategy({strategy: before}: Request, {strategy: after}: Request): string | null {
  const [from, to] = [strategyNamed(before), strategyNamed(after)];
  return from === to ? null : `${from} → ${to}`;
}

const changeOf = (part: Part, before: Request, after: Request): string =>
  part === "order"
    ? partNames.order
    : `${partNames[part]} ${valueOf(part, before)} → ${valueOf(part, after)}`;

/** "temperature 0.3", "beam search, width 4": how a setting stands that is another one in `other`. */
function standsAt(part: Part, request: Request, other: Request): string {
  if (part === "order") return request.warpers.map(({name}) => warperNames[name]).join(", ");
  if (part !== "strategy") return `${partNames[part]} ${valueOf(part, request)}`;
  const name = strategyNamed(request.strategy);
  return name === strategyNamed(other.strategy) ? strategyInWords(request.strategy) : name;
}

/** "0.8" where the first parameter says it all, else each in words. */
const paramsOf = (spec: WarperSpec): string => {
  const first = Object.values(spec.params)[0];
  return typeof first === "number" && printParams(spec) === String(first)
    ? formatTick(first)
    : paramsText(spec);
};

const ends: Readonly<Record<StopReason, string>> = {
  eos: "ended: end-of-sequence token",
  "stop-string": "ended: stop string",
  "max-new-tokens": "ended: limit of new tokens",
  "max-length": "ended: longest length",
  "context-length": "ended: context full",
  aborted: "stopped by hand",
  error: "ended: error"
};

const from = (position: number): string => `position ${formatCount(position)}`;

/** The tree of branches, two of them side by side, the search for a token, the preview, and what can be passed on. */
export const branches = {
  /** "temperature 0.8 → 1.2" */
  part: changeOf,
  standsAt,
  /** The same in a name: of a strategy, its first parameter alone. */
  partInName: (part: Part, before: Request, after: Request): string =>
    (part === "strategy" ? briefStrategy(before, after) : null) ?? changeOf(part, before, after),
  name: {
    root: <T>(prompt: T): Pieces<T> => ["“", prompt, "”"],
    force: <T>(token: T, instead: T | null, at: number): Pieces<T> =>
      instead === null ? [token, ` at ${from(at)}`] : [token, " instead of ", instead, ` at ${from(at)}`],
    settings: (parts: readonly string[], at: number): string =>
      parts.length === 0 ? `nothing changed, from ${from(at)}` : `${parts.join(", ")}, from ${from(at)}`
  },
  end: (reason: StopReason | null): string => (reason === null ? "so far" : ends[reason]),
  tree: {
    title: "Branches",
    sub: "position across; a branch leaves its parent where it can first differ",
    how:
      "Each branch shares the events of its parent up to the pass whose token it changes, and the KV cache of the " +
      "positions before; what follows was computed anew.",
    list: "Branches, each below the one that it left",
    axis: "position",
    undo: "Undo",
    redo: "Redo",
    before: "The run before this one is kept.",
    undone: "What was undone is kept.",
    undoHow: "Undo the last change to the branches",
    redoHow: "Redo the change to the branches",
    changed: (came: readonly string[], went: readonly string[]): string =>
      [...came.map((name) => `Added: ${name}.`), ...went.map((name) => `Taken away: ${name}.`)].join(" "),
    compare: "Compare",
    compareWith: (name: string) => `Compare with the branch in view: ${name}`,
    remove: "Remove",
    removes: (name: string, others: number) =>
      `Remove: ${name}${others > 0 ? `, and ${plural(others, "branch", "branches")} made of it` : ""}`,
    goes: "would go",
    inView: "in view",
    imported: "from a file",
    facts: (own: number, shared: number, end: string): string =>
      shared === 0
        ? `${plural(own, "token")} generated, ${end}`
        : `${plural(own, "token")} of its own, ${plural(shared, "position")} shared, ${end}`,
    factsShort: (own: number, end: string): string => `${plural(own, "token")}, ${end}`,
    row: (a: {name: string; depth: number; text: string; facts: string; active: boolean}) =>
      `${a.name}${a.depth > 0 ? `, level ${a.depth}` : ""}: ${a.text}. ${a.facts}${a.active ? ", in view" : ""}`,
    noText: (ended: boolean) => (ended ? "no text" : "no text yet"),
    none: "Nothing was run yet: the first run is where branches grow from.",
    alone:
      "One run, no branches yet. Put another token in the place of one, or run on with other settings, and a branch leaves it there.",
    say: (n: number, deepest: number): string =>
      `${plural(n, "branch", "branches")} of one run${deepest === 1 ? "" : `, up to ${formatCount(deepest)} changes deep`}. A line down is where a branch leaves.`,
    table: ["branch", "level", "from", "tokens", "shared positions", "state"]
  },
  compare: {
    title: "Side by side",
    sub: (isApart: boolean) =>
      isApart ? "token by token, from a little before the first that differs" : "token by token",
    how:
      "p is the probability after the warpers, what the coin saw; of a token that beam search or lookahead found, the " +
      "decoder’s own. Summed log-probabilities are natural logarithms over all generated tokens. Passes and positions " +
      "are those of the events, shared ones included; a draft’s are counted apart.",
    a: "A",
    b: "B",
    position: "position",
    token: "token",
    p: "p",
    coin: (coin: string) => `coin ${coin}`,
    coinHead: "coin",
    prompt: "prompt",
    forced: "put there",
    noCoin: "no coin",
    cell: (run: string, position: number) => `To ${run}, ${from(position)}:`,
    rows: "Tokens of both, row by row",
    more: (n: number) => `${plural(n, "more row")}`,
    none: {ended: "ended", yet: "none yet"},
    differ: <T>(at: number, a: T | null, b: T | null, coins: "same" | "other" | null): Pieces<T> => [
      `${at === 1 ? "The first token is" : `The first ${plural(at, "token")} are`} the same. At ${from(at)} A has `,
      a ?? "none",
      " and B has ",
      b ?? "none",
      coins === "same" ? ", with the same coin." : coins === "other" ? ", with another coin." : "."
    ],
    /** `n` tokens were generated by each; `ended`: no more will be. */
    same: (n: number, ended: boolean): string =>
      n === 0
        ? `Neither has generated a token${ended ? "." : " yet."}`
        : ended
          ? `${n === 1 ? "The generated token is" : `All ${plural(n, "generated token")} are`} the same.`
          : `${n === 1 ? "The token generated so far is" : `The ${plural(n, "token")} generated so far are`} the same.`,
    totals: {
      label: "What each came to",
      tokens: "tokens generated",
      logP: "summed log-probability, the decoder’s",
      logDrawn: "summed log-probability, as drawn",
      passes: "passes",
      fed: "positions fed, prompt included",
      distinct: (n: number) =>
        ["distinct tokens", "distinct pairs", "distinct triples"][n - 1] ?? `distinct ${n}-grams`,
      end: "state"
    },
    /** Where there is no number. */
    notThere: "–",
    each: (sum: string, mean: string | null) => (mean === null ? sum : `${sum} (${mean} a token)`),
    passesOf: (own: number, draft: number) =>
      draft === 0 ? formatCount(own) : `${formatCount(own)}, and ${formatCount(draft)} of the draft`,
    fedOf: (all: number, shared: number, draft: number) =>
      (shared === 0
        ? formatCount(all)
        : `${formatCount(all)} (${formatCount(shared)} in shared passes, ${formatCount(all - shared)} of its own)`) +
      (draft === 0 ? "" : `, and ${formatCount(draft)} of the draft`),
    distinctOf: ({distinct, all}: Ngrams) => `${formatCount(distinct)} of ${formatCount(all)}`,
    logs:
      "The decoder’s: its own probabilities, before any warper, so runs with other settings compare. As drawn: after " +
      "the warpers, where each token was picked from one distribution. Distinct: of the tokens, pairs and triples " +
      "in the generated text, how many are different ones; the fewer, the more it repeats."
  },
  search: {
    placeholder: "text or id",
    hint: (n: number) =>
      `Any of ${plural(n, "token")}: type some of its text, or its id. A leading space is optional; ↵ is written \\n.`,
    results: "Tokens found",
    none: (query: string) =>
      `No token contains “${query}”. The tokenizer would make several tokens of it; try its beginning.`,
    found: (n: number) => `${plural(n, "token")} found, exact ones first, then by logit.`,
    more: (n: number) => `${plural(n, "more token")} found; type more of it.`,
    head: {token: "token", id: "id", rank: "rank", p: "p at draw", logit: "logit"},
    removed: "removed by the warpers",
    special: "special",
    force: "Put it here",
    row: (a: {token: string; id: string; rank: string; of: string; p: string; logit: string; note: string}) =>
      `Put ${a.token} here: id ${a.id}, rank ${a.rank} of ${a.of}, p ${a.p}, logit ${a.logit}${a.note ? `, ${a.note}` : ""}`
  },
  preview: {
    label: "Preview of this step",
    title: "Preview",
    changed: (parts: readonly string[]) => parts.join(", "),
    other: <T>(settings: string, coin: T | null, token: T, instead: T): Pieces<T> => [
      `With ${settings}, `,
      ...(coin === null ? ["this step takes "] : ["the same coin, ", coin, ", draws "]),
      token,
      " instead of ",
      instead,
      "."
    ],
    otherCoin: <T>(settings: string, coin: T, token: T, instead: T): Pieces<T> => [
      `With ${settings}, the coin is `,
      coin,
      " and draws ",
      token,
      " instead of ",
      instead,
      "."
    ],
    same: <T>(settings: string, token: T): Pieces<T> => [
      `With ${settings}, this step still gives `,
      token,
      "."
    ],
    unchanged: <T>(token: T): Pieces<T> => ["These are the run’s own settings: ", token, "."],
    elsewhere: <T>(settings: string, token: T): Pieces<T> => [
      `With ${settings}, this step is as it was and gives `,
      token,
      "; what changes shows later."
    ],
    rows: {
      token: "token",
      p: <T>(token: T): Pieces<T> => ["p of ", token],
      coin: "coin",
      kept: "tokens kept",
      entropy: "entropy"
    },
    run: "run",
    preview: "preview",
    noCoin: "none",
    table: "Run and preview of this step",
    kept: (n: number) => formatCount(n),
    stale: (n: number): string =>
      n === 0
        ? "The run has not gone further than the logits of this step."
        : n === 1
          ? "The stage after the logits of this step is the run’s: stale under these settings, and left as it is."
          : `The ${plural(n, "stage")} after the logits of this step are the run’s: stale under these settings, and left as they are.`,
    runOn: "Run on from here",
    runOnHow: "Running on makes a branch; the run stays.",
    reset: "Back to the run’s settings"
  },
  share: {
    label: "Keep and pass on",
    link: "Copy link",
    data: "Copy this panel’s data",
    export: "Export trace",
    import: "Import trace"
  }
};
