import type {PassEvent, Tap} from "../../../engine/index.ts";
import {parseTapName} from "../../draw/tapName.ts";

/** Where in the decoder a norm was taken: after the embedding, after attention, after the MLP. */
export type StreamPoint = {
  /** Tap name. */
  readonly name: string;
  readonly part: "embedding" | "mid" | "post";
  /** From 0; of the embedding -1. */
  readonly layer: number;
};

/** The length of the residual stream's vectors, as (point, position), from the embedding up. */
export type ResidualNorms = {
  readonly points: readonly StreamPoint[];
  readonly values: readonly Float32Array[];
};

/** Points among these taps, from the embedding up. What a layer begins with is what the one before left. */
export function streamPoints(taps: readonly {readonly name: string}[]): readonly StreamPoint[] {
  return taps
    .flatMap(({name}) => pointOf(name) ?? [])
    .sort((a, b) => a.layer - b.layer || Number(a.part === "post") - Number(b.part === "post"));
}

function pointOf(name: string): StreamPoint | null {
  const {layer, kind} = parseTapName(name);
  if (kind === "hook_embed") return {name, part: "embedding", layer: -1};
  if (layer === null) return null;
  if (kind === "hook_resid_mid") return {name, part: "mid", layer};
  return kind === "hook_resid_post" ? {name, part: "post", layer} : null;
}

/** The taps that the norms are computed from, in order. */
export const residualNames = (taps: PassEvent["taps"]): readonly string[] =>
  streamPoints(taps).map(({name}) => name);

/** @param taps float32 (position, d_model) each, in any order; other taps among them are left out */
export function normsOf(taps: readonly Tap[]): ResidualNorms {
  const points = streamPoints(taps);
  const byName = new Map(taps.map((tap) => [tap.name, tap]));
  return {points, values: points.map(({name}) => rowNorms(byName.get(name)!))};
}

function rowNorms({shape, data}: Tap): Float32Array {
  const [positions = 0, size = 0] = shape;
  return Float32Array.from({length: positions}, (_, position) => {
    let squares = 0;
    for (let i = position * size; i < (position + 1) * size; ++i) squares += data[i]! ** 2;
    return Math.sqrt(squares);
  });
}
