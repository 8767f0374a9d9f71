import type {Decoder} from "../../engine/decoder.ts";
import {lensTaps, type LmHead} from "../../engine/index.ts";
import {scriptedDecoder, type Script} from "./scriptedDecoder.ts";

/**
 * A scripted decoder with residual streams, and the LM head that reads them: what the last position's stream says after
 * so many layers is the row of that number, at any position. Row 0 is the embedding's.
 *
 * @returns `decoder` counts, `withTaps` is to be run, `calls` has the streams that the head read, call by call
 */
export function layeredDecoder(script: Script, rows: readonly (readonly number[])[]) {
  const nLayers = rows.length;
  const decoder = scriptedDecoder(script, {nLayers});
  const names = lensTaps(nLayers);
  const streamOf = (name: string, n: number) =>
    Float32Array.from({length: 2 * n}, (_, i) => (i < 2 * n - 2 ? -1 : names.indexOf(name)));
  const withTaps: Decoder = {
    ...decoder,
    taps: (n) => names.map((name) => ({name, shape: [n, 2]})),
    async forward(input, uploaded) {
      const {taps = [], tokenIds} = input;
      const n = tokenIds.length;
      const pass = await decoder.forward(input, uploaded);
      const streams = taps.map((name) => [name, {name, shape: [n, 2], data: streamOf(name, n)}] as const);
      return {...pass, taps: new Map(streams)};
    }
  };
  const calls: (readonly number[])[] = [];
  const lens: LmHead = {
    open: () => Promise.resolve(),
    logits(residual) {
      const asked = [...residual].filter((_, i) => i % 2 === 0);
      calls.push(asked);
      return Promise.resolve(Float32Array.from(asked.flatMap((layer) => rows[layer]!)));
    }
  };
  return {decoder, withTaps, lens, calls};
}
