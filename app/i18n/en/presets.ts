import type {Ignored, PresetName, WarperName, WarperSpec} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";
import {warperNames, warperShort} from "./warpers.ts";

/** A hyphen at which no line breaks. */
const unbroken = (name: string): string => name.replaceAll("-", "\u2011");

/** The same settings by the order and rules of known engines. */
export const presets = {
  title: "The same settings in other engines",
  sub: "what this step would be drawn from; a column per engine (HF: Hugging Face)",
  how:
    "Each engine’s own order and rules, applied to this step’s logits by the warpers of this engine, with the values " +
    "of the chain in use.",
  show: "Compare with other engines",
  hide: "Close the comparison",
  column: (name: PresetName | "own"): string => (name === "own" ? "your order" : name),
  runs: "same as yours",
  runsShort: "yours",
  order: "order",
  chain: (warpers: readonly WarperSpec[]): string =>
    warpers.map(({name}) => unbroken(warperNames[name])).join(" → ") || "nothing",
  /** What an engine leaves out of the chain. */
  without: (ignored: readonly Ignored[]): string =>
    `does not run ${ignored.map(({name}) => unbroken(warperNames[name])).join(", ")}`,
  /** One below the other, where columns are narrow. */
  chainShort: (warpers: readonly WarperSpec[]): string =>
    warpers.map(({name}) => warperShort[name]).join("\n") || "none",
  withoutShort: (ignored: readonly Ignored[]): string =>
    ignored.map(({name}) => `not ${warperShort[name]}`).join("\n"),
  keyShort: (names: readonly WarperName[]): string =>
    [
      "✕ removed",
      ...names
        .filter((name) => warperShort[name] !== warperNames[name])
        .map((name) => `${warperShort[name]} ${unbroken(warperNames[name])}`)
    ].join("; "),
  kept: "tokens kept",
  picks: "takes",
  removed: "removed",
  failed: "fails",
  token: "token",
  id: "id",
  caption: (columns: number, rows: number) =>
    `${plural(columns, "engine")}, ${plural(rows, "token")}: the first that all keep, then those on which they differ`,
  bold: (hidden: number) =>
    `Bold: tokens on which they differ${hidden > 0 ? `, and ${formatCount(hidden)} more that are not shown` : ""}`,
  said: <T>(a: {
    contested: T;
    fewest: {name: string; kept: string};
    most: {name: string; kept: string};
  }): Pieces<T> => [
    a.contested,
    ` tokens live or die by the engine alone: ${a.fewest.name} keeps ${a.fewest.kept}, ${a.most.name} ${a.most.kept}. `
  ],
  same: (engines: number, kept: string) => `All ${formatCount(engines)} keep the same ${kept} tokens. `,
  picked: (n: number) =>
    n === 1
      ? "With the same coin all take the same token here."
      : `With the same coin they take ${formatCount(n)} different tokens.`,
  nothing: "None of these chains leaves anything to pick from."
};
