import type {Strings} from "../../i18n/strings.ts";
import type {TreeScale} from "./treeScale.ts";

type Props = {readonly scale: TreeScale; readonly strings: Strings["branches"]["tree"]};

/** The numbers of the positions, above the lines. */
export function PositionAxis({scale: {width, ticks}, strings}: Props) {
  return (
    <svg className="positions" width={width} height="34" aria-hidden="true">
      <text className="q" x="0" y="11">
        {strings.axis}
      </text>
      {ticks.map(({at, text, anchor}) => (
        <g key={at}>
          <line className="axis" x1={at} x2={at} y1="29" y2="34" />
          <text x={at} y="26" textAnchor={anchor ?? "middle"}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}
