import {
  lensOf,
  tokenId,
  type DecodeEvent,
  type DecoderConfig,
  type Lens,
  type PassEvent,
  type PrefillEvent,
  type Tap,
  type TokenId
} from "../../engine/index.ts";
import {config, frameOf, trace, vocabulary} from "./littleGirl.ts";

const run = trace();
export const ids = frameOf(run, "decode", 1).frame.tokenIds;
export const sizes = config;

/** Every tap of a decoder of this size, for a pass. */
export function tapsOf(of: DecoderConfig, n: number, keys: number): PassEvent["taps"] {
  const wide = [n, of.dModel];
  const heads = [of.nHeads, n, of.dHead];
  const kv = [of.nKvHeads, n, of.dHead];
  const square = [of.nHeads, n, keys];
  const layer = (i: number) => [
    {name: `blocks.${i}.hook_resid_pre`, shape: wide},
    {name: `blocks.${i}.attn.hook_rot_q`, shape: heads},
    {name: `blocks.${i}.attn.hook_rot_k`, shape: kv},
    {name: `blocks.${i}.attn.hook_v`, shape: kv},
    {name: `blocks.${i}.attn.hook_attn_scores`, shape: square},
    {name: `blocks.${i}.attn.hook_pattern`, shape: square},
    {name: `blocks.${i}.attn.hook_z`, shape: heads},
    {name: `blocks.${i}.hook_resid_mid`, shape: wide},
    {name: `blocks.${i}.mlp.hook_post`, shape: [n, of.dMlp]},
    {name: `blocks.${i}.hook_resid_post`, shape: wide}
  ];
  return [
    {name: "hook_embed", shape: wide},
    ...Array.from({length: of.nLayers}, (_, i) => layer(i)).flat(),
    {name: "ln_final.hook_normalized", shape: wide}
  ];
}

/** A pass of that run, over any positions and for a decoder of any size. */
export function passOver(from: number, to: number, of: DecoderConfig = config): PassEvent {
  const first = run.find((event) => event.stage === "prefill") as PrefillEvent;
  const decode = run.find((event) => event.stage === "decode") as DecodeEvent;
  return {
    ...(from > 0 ? decode : first),
    positions: {from, to},
    rows: [to - from - 1],
    logits: new Float32Array(of.vocabSize),
    taps: tapsOf(of, to - from, to),
    cache: {length: to, bytes: 2 * of.nLayers * of.nKvHeads * of.dHead * 4 * to}
  };
}

/** Ids for as many positions as are wanted: the run's, again and again. */
export const story = (length: number): readonly TokenId[] =>
  Array.from({length}, (_, i) => ids[i % ids.length]!);

/** A number that looks like none other near it, between -1 and 1, the same each time. */
export function wave(i: number, j: number, k = 0): number {
  const x = Math.sin(12.9898 * (i + 1) + 78.233 * (j + 1) + 37.719 * (k + 1)) * 43758.5453;
  const noise = 2 * (x - Math.floor(x)) - 1;
  return 0.55 * noise ** 3 + 0.45 * Math.sin(0.7 * j + 2 * k) * Math.cos(0.9 * i);
}

/** A tap with a value for each of its cells. */
export function madeTap(name: string, shape: readonly number[], value: (...at: number[]) => number): Tap {
  const [a = 1, b = 1, c = 1] = shape.length === 2 ? [1, ...shape] : shape;
  const data = new Float32Array(a * b * c);
  for (let i = 0; i < a; ++i)
    for (let j = 0; j < b; ++j) for (let k = 0; k < c; ++k) data[(i * b + j) * c + k] = value(i, j, k);
  return {name, shape, data};
}

/** Logits that grow, layer by layer, from the token itself towards what comes next. */
export function madeLens(event: PassEvent, tokens: readonly TokenId[], layers: number): Lens {
  const {from, to} = event.positions;
  const names = ["hook_embed", ...Array.from({length: layers}, (_, i) => `blocks.${i}.hook_resid_post`)];
  const size = vocabulary.length;
  const logits = names.map((_, depth) => {
    const rows = new Float32Array((to - from) * size);
    const share = depth / layers;
    for (let at = 0; at < to - from; ++at) {
      const row = rows.subarray(at * size, (at + 1) * size);
      for (let id = 0; id < size; ++id) row[id] = 3 * wave(depth, id, at);
      const own = tokens[from + at]!;
      const next = tokens[from + at + 1] ?? tokenId(834);
      row[own] = 14 * (1 - share) ** 2;
      row[next] = -6 + 15 * Math.sqrt(share) + 2 * wave(at, depth);
    }
    return rows;
  });
  return lensOf(names, logits, size);
}
