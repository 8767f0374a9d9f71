import {labelStep, MOST_POSITIONS} from "../../draw/columnLabels.ts";
import {textWidth} from "../../draw/fitText.ts";
import {formatCount} from "../../draw/format.ts";
import type {Cell, Shape} from "./pattern.ts";

/** Where the cells of a figure stand, in CSS pixels. A block is one head. */
export type AttentionLayout = {
  readonly kind: "maps" | "rows";
  readonly width: number;
  readonly height: number;
  /** Room for names left of the first block; 0: none are drawn. */
  readonly labels: number;
  readonly cell: {readonly width: number; readonly height: number};
  /** Drawn smaller, so that neighbours stay apart; 0 for dense figures. */
  readonly gap: number;
  readonly blocks: readonly {readonly head: number; readonly x: number; readonly y: number}[];
  /** Height of the column labels above a block; their slope in degrees (0: upright text, position below). */
  readonly top: number;
  readonly slope: number;
  /** Every nth column and row is labelled. */
  readonly every: number;
  /** Every nth column has its position between its name and its cells; 0: none has. */
  readonly places: number;
  /** Too many cells for one element each. */
  readonly dense: boolean;
};

const LABEL = 54;
/** Side of a head drawn alone. */
const LARGE = 720;
const TITLE = 18;
const MAP_GAP = 22;
/** More cells than this are drawn on canvas, and so is a crowd of positions. */
const MOST_CELLS = 2600;
/** Letters of a sloping label. */
export const LABEL_LETTERS = 9;
/** And of the last row's name, the one that matters. */
const LAST_LETTERS = 16;
/** Between the rows' names and the cells. */
export const NAME_GAP = 8;
/** From the cells up to the names' baseline, without and with positions between them. */
export const NAME_BASE = {plain: 6, placed: 18};

/**
 * @param names of the keys, as drawn
 * @param room the height that there is for a row of maps
 */
export function layoutMaps(
  width: number,
  shape: Shape,
  heads: readonly number[],
  names: readonly string[],
  room = Infinity
): AttentionLayout {
  const {queries, keys} = shape;
  const wide = heads.length === 1 ? layoutWide(width, shape, heads[0]!, names, room) : null;
  if (wide) return wide;
  const labels = nameRoom(names) + (width >= 560 || heads.length === 1 ? 2 * NAME_GAP : NAME_GAP);
  const per = Math.min(heads.length, width >= 1100 ? 6 : width >= 560 ? 3 : 2);
  const overhang = Math.ceil(longest(names) * 0.5);
  const across = (width - labels - overhang - MAP_GAP * (per - 1)) / per;
  const top = TITLE + Math.ceil(longest(names) * 0.87) + 10;
  const most = Math.min(
    heads.length === 1 ? Math.min(48, LARGE / keys) : 36,
    Math.max(1, (room - top) / queries)
  );
  const raw = Math.min(across / keys, most);
  const side = raw >= 4 ? Math.floor(raw) : raw;
  const block = top + side * queries + 18;
  const pitch =
    per > 1 ? Math.min((width - labels - overhang - side * keys) / (per - 1), side * keys + 90) : 0;
  return {
    kind: "maps",
    width,
    height: block * Math.ceil(heads.length / per) - 12,
    labels,
    cell: {width: side, height: side},
    gap: side >= 8 ? 1.5 : side >= 5 ? 1 : 0,
    blocks: heads.map((head, i) => ({
      head,
      x: labels + (i % per) * pitch,
      y: Math.floor(i / per) * block + top
    })),
    top,
    slope: 60,
    every: labelStep(side, keys, true),
    places: 0,
    dense: isDense(keys, (heads.length * queries * (keys + 1)) / 2)
  };
}

/** Rows of a map of wide cells. */
const WIDE_ROW = {usual: 32, lowest: 14};

/** One head alone, in cells as wide as the room allows, with their values; null where names do not fit above them. */
function layoutWide(
  width: number,
  {queries, keys}: Shape,
  head: number,
  names: readonly string[],
  room: number
): AttentionLayout | null {
  const labels = Math.max(LABEL, nameRoom(names) + 2 * NAME_GAP);
  const cell = Math.min((width - labels) / keys, WIDEST_CELL);
  const row = Math.min(WIDE_ROW.usual, Math.floor((room - UPRIGHT.top - 4) / queries));
  if (!isUpright(cell, names) || row < WIDE_ROW.lowest) return null;
  return {
    kind: "maps",
    width,
    height: UPRIGHT.top + row * queries + 4,
    labels,
    cell: {width: cell, height: row},
    gap: 2,
    blocks: [{head, x: labels, y: UPRIGHT.top}],
    top: UPRIGHT.top,
    slope: 0,
    every: 1,
    places: 1,
    dense: isDense(keys, (queries * (keys + 1)) / 2)
  };
}

/** `tallest`: where rows stand beside something taller than they would be. */
const ROW = {usual: 24, lowest: 18, tallest: 40};
const WITHIN = 2;
const BETWEEN = 7;
const WIDEST_CELL = 120;
/** The narrowest cell with a name upright above it, and the height of name and position. */
const UPRIGHT = {least: 44, top: 32};

const isUpright = (cell: number, names: readonly string[]): boolean =>
  cell >= Math.max(UPRIGHT.least, longest(names) + 4);

/**
 * @param perKvHead query heads that share a kv-head stand closer together
 * @param room the height that there is
 * @param beside the height of what stands beside the rows
 */
export function layoutRows(
  width: number,
  {keys}: Shape,
  heads: readonly number[],
  perKvHead: number,
  names: readonly string[],
  room = Infinity,
  beside = 0
): AttentionLayout {
  const cell = Math.min((width - LABEL) / keys, WIDEST_CELL);
  const upright = isUpright(cell, names);
  const top = upright ? UPRIGHT.top : Math.ceil(longest(names) * 0.94) + NAME_BASE.placed + 6;
  const pairs = (head: number) => Math.floor(head / perKvHead) - Math.floor(heads[0]! / perKvHead);
  const spaces = heads.length * WITHIN + pairs(heads.at(-1)!) * (BETWEEN - WITHIN);
  const rowIn = (height: number) => Math.floor((height - top - 4 - spaces) / heads.length);
  const wanted = Math.min(ROW.tallest, Math.max(ROW.usual, rowIn(beside)));
  const row = Math.max(ROW.lowest, Math.min(wanted, rowIn(room)));
  const y = (i: number, head: number) => top + i * (row + WITHIN) + pairs(head) * (BETWEEN - WITHIN);
  const last = y(heads.length - 1, heads.at(-1)!);
  return {
    kind: "rows",
    width,
    height: last + row + 4,
    labels: LABEL,
    cell: {width: cell, height: row},
    gap: cell >= 8 ? 2 : cell >= 5 ? 1 : 0,
    blocks: heads.map((head, i) => ({head, x: LABEL, y: y(i, head)})),
    top,
    slope: upright ? 0 : 70,
    every: upright ? 1 : labelStep(cell, keys, true),
    places: upright ? 1 : labelStep(cell, keys, false, textWidth(formatCount(keys - 1), 11) + 4),
    dense: isDense(keys, heads.length * keys)
  };
}

const isDense = (keys: number, cells: number): boolean => keys > MOST_POSITIONS || cells > MOST_CELLS;

const widthOf = (name: string, letters: number): number =>
  textWidth([...name].slice(0, letters).join(""), 11, "mono");

const longest = (names: readonly string[]): number =>
  Math.max(14, ...names.map((name) => widthOf(name, LABEL_LETTERS)));

const nameRoom = (names: readonly string[]): number =>
  Math.ceil(Math.max(longest(names), widthOf(names.at(-1) ?? "", LAST_LETTERS)));

/** The cell under a point of the figure, or null beside the cells. */
export function cellAt(
  {blocks, cell}: AttentionLayout,
  {queries, keys}: Shape,
  x: number,
  y: number
): Cell | null {
  for (const block of blocks) {
    const key = Math.floor((x - block.x) / cell.width);
    const query = Math.floor((y - block.y) / cell.height);
    if (key >= 0 && key < keys && query >= 0 && query < queries) return {head: block.head, query, key};
  }
  return null;
}
