import {textWidth} from "../../draw/fitText.ts";
import type {MachineInput} from "./boxTexts.ts";
import {pillText} from "./labelTexts.ts";
import type {Crossing} from "./machineNumbers.ts";
import type {Label} from "./machineMap.ts";

type PillProps = {
  readonly at: Label;
  readonly crossing: Crossing | null;
  /** Measured, once it has happened. */
  readonly ms: number | null;
  readonly down: boolean;
  readonly input: MachineInput;
};

/** Bytes in a paper-coloured pill on the boundary; dashed before the crossing has happened. */
export function Pill({at, crossing, ms, down, input}: PillProps) {
  if (!crossing) return null;
  const text = pillText(crossing, ms, down, at.width - 18, input.strings);
  const width = textWidth(text, 12, "strong") + 20;
  const x = at.anchor === "start" ? at.x : at.anchor === "end" ? at.x - width : at.x - width / 2;
  return (
    <g className="pill" data-state={crossing.when}>
      <rect x={x} y={at.y - 10} width={width} height="20" rx="10" />
      <text className="s" x={x + width / 2} y={at.y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
