import type {Strings} from "../../i18n/strings.ts";

type Props = {readonly x: number; readonly y: number; readonly strings: Strings["draw"]};

/** The disc of the token that greedy takes. */
export function GreedyMark({x, y, strings}: Props) {
  return (
    <g className="greedy" transform={`translate(${x},${y})`}>
      <circle r="7" />
      <text y="3.5" textAnchor="middle">
        {strings.greedyMark}
      </text>
    </g>
  );
}
