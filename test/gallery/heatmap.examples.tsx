import {example} from "gallery";
import {attentionColour, signedColour} from "../../app/draw/colour.ts";
import {HeatmapCanvas} from "../../app/draw/HeatmapCanvas.tsx";

/** A causal pattern: each row sums to 1, NaN above the diagonal. */
function causal(n: number): Float32Array {
  const values = new Float32Array(n * n).fill(NaN);
  for (let q = 0; q < n; ++q) {
    let sum = 0;
    for (let k = 0; k <= q; ++k)
      sum += values[q * n + k] = Math.exp(3 * Math.cos((q - k) * 0.7) - (q - k) / 6);
    for (let k = 0; k <= q; ++k) values[q * n + k] = values[q * n + k]! / sum;
  }
  return values;
}

const keyColour = (share: number) => signedColour("key", share);

for (const n of [1, 64, 512])
  example(`heatmap-causal-${n}`, () => (
    <HeatmapCanvas
      values={causal(n)}
      rows={n}
      columns={n}
      width={200}
      height={200}
      domain={1}
      colour={attentionColour}
      label={`A causal pattern of ${n} positions`}
    />
  ));

example("heatmap-signed", () => (
  <HeatmapCanvas
    values={Float32Array.from({length: 32 * 40}, (_, i) => Math.sin(i / 7) * Math.cos(i / 61))}
    rows={32}
    columns={40}
    width={300}
    height={96}
    domain={1}
    colour={keyColour}
    label="Values between minus one and one, 32 rows of 40"
  />
));
