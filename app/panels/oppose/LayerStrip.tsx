import type {CandidateLayer} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {layerShares} from "./layoutOppose.ts";

type Props = {
  readonly layers: readonly CandidateLayer[];
  readonly chosen: number;
  readonly width: number;
  readonly strings: Strings["oppose"];
};

const ROW = 22;

/** How different each candidate layer is from the last one; the most different is what that is set against. */
export function LayerStrip({layers, chosen, width, strings}: Props) {
  const names = 84;
  const room = Math.min(360, width - names - 60);
  const shares = layerShares(layers);
  return (
    <figure className="opposelayers">
      <figcaption>{strings.layers}</figcaption>
      <svg
        width={names + room + 60}
        height={layers.length * ROW + 2}
        role="img"
        aria-label={strings.layersLabel(layers, chosen)}
      >
        {layers.map(({layer, divergence}, i) => {
          const length = Math.max(1, room * shares[i]!);
          return (
            <g key={i} transform={`translate(0 ${i * ROW})`} className={i === chosen ? "chosen" : ""}>
              <text x={names - 8} y="15" textAnchor="end">
                {strings.layer(layer)}
              </text>
              <rect x={names} y="4" width={length} height="14" rx="2" />
              <text x={names + length + 6} y="15">
                {formatNumber(divergence, 4)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
