import type {CandidateLayer} from "../../../engine/index.ts";
import {decimalsApart} from "../../draw/decimalsApart.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly layers: readonly CandidateLayer[];
  readonly chosen: number;
  /** Of the decoder; undefined where it is not known. */
  readonly nLayers: number | undefined;
  readonly width: number;
  readonly strings: Strings["oppose"];
};

const ROW = 22;
/** Of the names left of the bars, and of the numbers right of them, in px. */
const [NAMES, VALUES] = [84, 70];

/** How different each candidate layer is from the last one, of one bit at most; the most different one is taken. */
export function LayerStrip({layers, chosen, nLayers, width, strings}: Props) {
  const room = Math.min(360, width - NAMES - VALUES);
  const end = NAMES + room;
  const height = layers.length * ROW + 2;
  const decimals = decimalsApart(layers.map(({divergence}) => divergence));
  return (
    <figure className="opposelayers">
      <figcaption>{strings.layers(layers.length, nLayers)}</figcaption>
      <svg
        width={end + VALUES}
        height={height}
        role="img"
        aria-label={strings.layersLabel(layers, chosen, decimals)}
      >
        <line x1={end} x2={end} y1="0" y2={height} />
        {layers.map(({layer, divergence}, i) => (
          <g key={i} transform={`translate(0 ${i * ROW})`} className={i === chosen ? "chosen" : ""}>
            <text x={NAMES - 8} y="15" textAnchor="end">
              {strings.layer(layer)}
            </text>
            <rect x={NAMES} y="4" width={Math.max(1, room * divergence)} height="14" rx="2" />
            <text x={end + 8} y="15">
              {strings.bits(divergence, decimals)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
