import {
  hierarchy,
  treemap,
  treemapDice,
  treemapSlice,
  treemapSquarify,
  type HierarchyRectangularNode
} from "d3";
import type {WeightInfo, WeightKind} from "../../../engine/index.ts";

/** A weight's place in CSS pixels; its area is in proportion to its count of numbers. */
export type WeightCell = {
  readonly weight: WeightInfo;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** All weights of one layer, or of what stands before or after the layers. */
export type WeightGroup = {
  readonly layer: number | null;
  /** Of weights in no layer: the first one's kind, which names the group. */
  readonly kind: WeightKind;
  /** With those of its weights that are too small to be drawn. */
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type WeightsLayout = {
  /** Groups side by side, below each other, or wherever they fit. */
  readonly kind: "columns" | "rows" | "tiles";
  readonly width: number;
  readonly height: number;
  /** Room for the groups' names, above columns or left of rows. */
  readonly top: number;
  readonly left: number;
  readonly groups: readonly WeightGroup[];
  /** In the order of the layers, inside a layer in that of the file. */
  readonly cells: readonly WeightCell[];
  /** Too few numbers to be drawn to scale, in the same order. */
  readonly small: readonly WeightInfo[];
};

/** More groups than this are tiled. */
const MOST_IN_LINE = 16;
const NARROW = 640;
const TOP = 20;
const LEFT = 74;
/** Columns are at least so high. */
const LOWEST = 120;
/** Smaller cells than this, in square pixels, are not drawn. */
const LEAST_AREA = 64;

type Branch = {readonly weights: readonly WeightInfo[]; readonly parts: readonly Branch[]};

/**
 * The parameters as a treemap by layer, part of the layer and matrix. Nothing is lost: what is too small is listed.
 *
 * @param room for groups side by side, in px, their names included
 */
export function layoutWeights(width: number, weights: readonly WeightInfo[], room = Infinity): WeightsLayout {
  const total = sum(weights);
  const all = groupsOf(weights);
  const inLayers = all.flat();
  const isTiled = all.length > MOST_IN_LINE;
  const kind = isTiled ? "tiles" : width < NARROW ? "rows" : "columns";
  const height =
    kind === "columns"
      ? Math.max(LOWEST, Math.min(300, room - TOP))
      : kind === "tiles"
        ? 420
        : Math.max(200, 62 * all.length);
  const [top, left] = kind === "columns" ? [TOP, 0] : kind === "rows" ? [0, LEFT] : [0, 0];
  const least = (LEAST_AREA * total) / ((width - left) * height);
  const shown = weights.filter(({count}) => count >= least);
  const root = treemap<Branch>()
    .size([width - left, height])
    .tile((node, ...box) => tile(node, isTiled, ...box))(
    hierarchy<Branch>({weights: shown, parts: groupsOf(shown).map(branchOf)}, ({parts}) => parts).sum(
      ({weights, parts}) => (parts.length > 0 ? 0 : sum(weights))
    )
  );
  const boxOf = ({x0, y0, x1, y1}: HierarchyRectangularNode<Branch>) => ({
    x: left + x0,
    y: top + y0,
    width: x1 - x0,
    height: y1 - y0
  });
  return {
    kind,
    width,
    height: shown.length > 0 ? top + height : 0,
    top,
    left,
    groups: (root.children ?? []).map((node) => {
      const [first] = node.data.weights;
      const whole = all.find((group) => group.includes(first!)) ?? [];
      return {layer: first!.layer, kind: whole[0]!.kind, count: sum(whole), ...boxOf(node)};
    }),
    cells: inOrder(
      root.leaves().flatMap((node) => node.data.weights.map((weight) => ({weight, ...boxOf(node)}))),
      inLayers
    ),
    small: inLayers.filter(({count}) => count < least)
  };
}

export const sum = (weights: readonly WeightInfo[]): number =>
  weights.reduce((total, {count}) => total + count, 0);

/** By layer, in the order of the layers; what belongs to none stands before or after them, as in the file. */
export function groupsOf(weights: readonly WeightInfo[]): readonly (readonly WeightInfo[])[] {
  const first = weights.findIndex(({layer}) => layer !== null);
  const isBefore = (i: number) => first < 0 || i < first;
  const layers = [...new Set(weights.flatMap(({layer}) => (layer === null ? [] : [layer])))];
  return [
    weights.filter(({layer}, i) => layer === null && isBefore(i)),
    ...layers.sort((a, b) => a - b).map((n) => weights.filter(({layer}) => layer === n)),
    weights.filter(({layer}, i) => layer === null && !isBefore(i))
  ].filter((group) => group.length > 0);
}

/** A layer's attention apart from its MLP, each matrix a leaf. */
function branchOf(weights: readonly WeightInfo[]): Branch {
  const isAttention = ({kind}: WeightInfo) => kind === "qkv" || kind === "output";
  const halves = [weights.filter(isAttention), weights.filter((weight) => !isAttention(weight))];
  const leaf = (weight: WeightInfo): Branch => ({weights: [weight], parts: []});
  return {
    weights,
    parts: halves.filter((half) => half.length > 0).map((half) => ({weights: half, parts: half.map(leaf)}))
  };
}

type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** Along the longer side, in order; many layers as squares. */
function tile(node: HierarchyRectangularNode<Branch>, isTiled: boolean, ...box: Box): void {
  const [x0, y0, x1, y1] = box;
  const along = x1 - x0 >= y1 - y0 ? treemapDice : treemapSlice;
  (isTiled && node.depth === 0 ? treemapSquarify : along)(node, ...box);
}

function inOrder(cells: readonly WeightCell[], weights: readonly WeightInfo[]): readonly WeightCell[] {
  const place = new Map(weights.map((weight, i) => [weight, i]));
  return [...cells].sort((a, b) => place.get(a.weight)! - place.get(b.weight)!);
}
