import type {PresetName, WarperSpec} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";
import {warperNames, warperShort} from "./warpers.ts";

/** The same settings by the order and rules of known engines. */
export const presets = {
  title: "The same settings in other engines",
  sub: "what this step would be drawn from; a column an engine",
  how:
    "Each engine’s own order and rules, applied to this step’s logits by the warpers of this engine, with the values " +
    "of the chain in use.",
  show: "Compare with other engines",
  hide: "Close the comparison",
  column: (name: PresetName | "own"): string => (name === "own" ? "your order" : name),
  runs: "in use",
  order: "order",
  chain: (warpers: readonly WarperSpec[]): string =>
    warpers.map(({name}) => warperNames[name]).join(" → ") || "nothing",
  chainShort: (warpers: readonly WarperSpec[]): string =>
    warpers.map(({name}) => warperShort[name]).join(" → ") || "nothing",
  kept: "tokens kept",
  picks: "takes",
  removed: "removed",
  failed: "fails",
  token: "token",
  id: "id",
  caption: (columns: number, rows: number) =>
    `${plural(columns, "engine")}, ${plural(rows, "token")}: the first that all keep, then those on which they differ`,
  hidden: (n: number) => `and ${plural(n, "more token")} on which they differ`,
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
