import type {PassEvent, Tap} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {parseTapName} from "../../draw/tapName.ts";
import {lookOf, namesOfKind} from "./tapKinds.ts";

/** One heat map: a head, a layer, or all there is. Rows are this pass's positions. */
export type TapMap = {
  readonly layer: number | null;
  readonly head: number | null;
  readonly rows: number;
  readonly columns: number;
  /** (rows, columns), row-major, NaN where masked; null: not here yet. */
  readonly values: Float32Array | null;
};

type Asks = {
  readonly event: PassEvent;
  readonly name: string;
  readonly tap: Asked<Tap>;
  /** Of every layer, in order; undefined: one layer is shown. */
  readonly tapsOfKind: readonly Asked<Tap>[] | undefined;
  readonly head: number | "all";
};

/** The maps to draw: over layers when those are asked for, else over heads. Sizes are known before values. */
export function mapsOf({event, name, tap, tapsOfKind, head}: Asks): readonly TapMap[] {
  if (!tapsOfKind) return mapsOfTap(event, name, tap, head);
  const one = head === "all" ? 0 : head;
  return namesOfKind(event.taps, name).flatMap((layerName, i) =>
    mapsOfTap(event, layerName, tapsOfKind[i] ?? {status: "loading"}, one)
  );
}

function mapsOfTap(
  event: PassEvent,
  name: string,
  asked: Asked<Tap>,
  head: number | "all"
): readonly TapMap[] {
  const {layer, kind} = parseTapName(name);
  const shape = event.taps.find((tap) => tap.name === name)?.shape ?? [];
  const data = asked.status === "ready" && fits(asked.value, name, shape) ? asked.value.data : null;
  const [columns = 0, rows = 0, heads = null] = shape.toReversed();
  const size = rows * columns;
  const cut = (at: number) => data && masked(kind, data.subarray(at * size, (at + 1) * size), event, columns);
  if (heads === null) return [{layer, head: null, rows, columns, values: cut(0)}];
  const shown = head === "all" ? Array.from({length: heads}, (_, i) => i) : [Math.min(head, heads - 1)];
  return shown.map((at) => ({layer, head: at, rows, columns, values: cut(at)}));
}

const fits = (tap: Tap, name: string, shape: readonly number[]): boolean =>
  tap.name === name && tap.shape.join() === shape.join();

/** Attention over later keys is no value: the mask has taken it. */
function masked(kind: string, values: Float32Array, {positions}: PassEvent, columns: number): Float32Array {
  if (lookOf(kind).columns !== "keys") return values;
  const kept = values.slice();
  for (let row = 0; row * columns < kept.length; ++row)
    kept.fill(NaN, row * columns + Math.min(columns, positions.from + row + 1), (row + 1) * columns);
  return kept;
}
