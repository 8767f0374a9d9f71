import {useId} from "react";
import type {BackendName, TensorInfo} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {CrossingTensor} from "./CrossingTensor.tsx";
import {BOUNDARY, LANE, layoutCrossing} from "./layoutCrossing.ts";

type Props = {
  readonly tensors: readonly TensorInfo[];
  readonly backend: BackendName;
  /** Down to the backend, or up from it. */
  readonly down: boolean;
  readonly width: number;
  readonly label: string;
  readonly strings: Strings["transfer"];
};

/** Each tensor in the lane it comes from and in the one it goes to, its bytes on the boundary between them. */
export function Crossing({tensors, backend, down, width, label, strings}: Props) {
  const id = useId();
  const layout = layoutCrossing(width, tensors);
  return (
    <svg className="crossing" width={width} height={layout.height} role="img" aria-label={label}>
      <defs>
        <marker
          id={id}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
          markerUnits="userSpaceOnUse"
        >
          <path d="M0 .5 7.5 4 0 7.5z" fill="var(--gpu)" />
        </marker>
      </defs>
      {layout.rows.map((y) => (
        <Lanes key={y} y={y} width={width} names={[strings.cpu, strings.lanes[backend]]} />
      ))}
      {tensors.map((tensor, i) => (
        <CrossingTensor
          key={tensor.name}
          {...{tensor, down, layout, strings}}
          place={layout.places[i]!}
          head={`url(#${id})`}
        />
      ))}
    </svg>
  );
}

type LanesProps = {readonly y: number; readonly width: number; readonly names: readonly [string, string]};

function Lanes({y, width, names}: LanesProps) {
  return (
    <g transform={`translate(0,${y})`}>
      <rect className="lane cpu" width={width} height={BOUNDARY - 2} rx="4" />
      <rect className="lane device" y={BOUNDARY + 2} width={width} height={BOUNDARY - 2} rx="4" />
      <line className="boundary" x1="0" x2={width} y1={BOUNDARY} y2={BOUNDARY} />
      <text className="s cpu" x="8" y={LANE / 2 + 4}>
        {names[0]}
      </text>
      <text className="s device" x="8" y={BOUNDARY + LANE / 2 + 14}>
        {names[1]}
      </text>
    </g>
  );
}
