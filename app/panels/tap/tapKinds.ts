import type {PassEvent} from "../../../engine/index.ts";
import {parseTapName} from "../../draw/tapName.ts";

export type Taps = PassEvent["taps"];

/** Taps of one kind, by layer; a kind outside the layers has one, of layer null. */
export type TapKind = {
  readonly kind: string;
  readonly members: readonly {readonly name: string; readonly layer: number | null}[];
};

/** The kinds in the order in which a pass comes by them. */
export function kindsOf(taps: Taps): readonly TapKind[] {
  const kinds = new Map<string, {name: string; layer: number | null}[]>();
  for (const {name} of taps) {
    const {kind, layer} = parseTapName(name);
    const members = kinds.get(kind) ?? [];
    kinds.set(kind, [...members, {name, layer}]);
  }
  return [...kinds].map(([kind, members]) => ({
    kind,
    members: members.sort((a, b) => (a.layer ?? -1) - (b.layer ?? -1))
  }));
}

/** The names of all layers' taps of the kind that `name` is, in order: what `tapsOfKind` answers. */
export const namesOfKind = (taps: Taps, name: string): readonly string[] =>
  kindsOf(taps)
    .find(({members}) => members.some((member) => member.name === name))
    ?.members.map((member) => member.name) ?? [];

/** The tap of another kind nearest to the layer in view. */
export function nearestOf({members}: TapKind, layer: number | null): string {
  const at = members.find((member) => member.layer === layer) ?? members[0]!;
  return at.name;
}

/** What the columns are, and how values are coloured. */
export type TapLook = {
  readonly columns: "dimensions" | "keys";
  /** A colour of tokens.css for what lies above zero. */
  readonly colour: "key" | "value" | "query" | "gpu";
  /** Heads that the first of three axes counts; null: there is none. */
  readonly heads: "head" | "kvHead" | null;
  /** Probabilities: nothing below zero, full colour is 1. */
  readonly isShare: boolean;
};

export function lookOf(kind: string): TapLook {
  if (/hook_pattern$/.test(kind)) return {columns: "keys", colour: "query", heads: "head", isShare: true};
  if (/attn_scores$/.test(kind)) return {columns: "keys", colour: "query", heads: "head", isShare: false};
  if (/hook_rot_q$/.test(kind))
    return {columns: "dimensions", colour: "query", heads: "head", isShare: false};
  if (/hook_rot_k$/.test(kind))
    return {columns: "dimensions", colour: "key", heads: "kvHead", isShare: false};
  if (/hook_v$/.test(kind)) return {columns: "dimensions", colour: "value", heads: "kvHead", isShare: false};
  const heads = /hook_z$/.test(kind) ? "head" : null;
  return {columns: "dimensions", colour: "gpu", heads, isShare: false};
}
