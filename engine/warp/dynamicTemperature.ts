import {countAlive, entropyBits, softmax} from "../math.ts";
import {numberOf, type Warper} from "./warper.ts";

const f32 = Math.fround;

/**
 * A temperature between two ends that grows with the entropy: `T = min + (max - min) * (H / ln n)^exponent`, n the
 * tokens that are left, `ln n` the largest entropy that they could have. Agrees with llama.cpp's dynatemp, which
 * writes the ends as temperature minus and plus a range. One token left: nothing changes.
 */
export const dynamicTemperature: Warper = {
  name: "dynamicTemperature",
  when: "sampling",
  parameters: {
    min: {
      kind: "number",
      default: 1,
      min: 0,
      minExclusive: true,
      max: 100,
      slider: [0.05, 2, 0.05],
      neutral: 1
    },
    max: {
      kind: "number",
      default: 1,
      min: 0,
      minExclusive: true,
      max: 100,
      slider: [0.05, 4, 0.05],
      neutral: 1
    },
    exponent: {
      kind: "number",
      default: 1,
      min: 0,
      minExclusive: true,
      max: 10,
      slider: [0.1, 4, 0.1],
      neutral: 1
    }
  },
  warp(logits, params) {
    const after = logits.slice();
    const T = temperatureOf(
      logits,
      numberOf(params, "min"),
      numberOf(params, "max"),
      numberOf(params, "exponent")
    );
    for (let id = 0; id < logits.length; ++id) after[id] = logits[id]! / T;
    return {logits: after, state: {temperature: T}};
  }
};

/** The temperature that these logits get; 1 where one token is left. */
export function temperatureOf(logits: Float32Array, min: number, max: number, exponent: number): number {
  const alive = countAlive(logits);
  if (alive <= 1) return 1;
  const share = Math.min(1, (entropyBits(softmax(logits)) * Math.LN2) / Math.log(alive));
  return f32(f32(min) + f32(f32(max - min) * f32(share ** exponent)));
}
