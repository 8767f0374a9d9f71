import type {TensorInfo} from "../../../engine/index.ts";
import {formatBytes, formatShape} from "../../draw/format.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {BOUNDARY, type CrossingLayout} from "./layoutCrossing.ts";

type Props = {
  readonly tensor: TensorInfo;
  readonly down: boolean;
  readonly layout: CrossingLayout;
  readonly place: {readonly x: number; readonly row: number};
  readonly head: string;
  readonly strings: Strings["transfer"];
};

/** One tensor where it was and where it is now, and its bytes between. */
export function CrossingTensor({tensor, down, layout: {box, rows}, place: {x, row}, head, strings}: Props) {
  const upper = 10;
  const lower = 2 * BOUNDARY - 10 - box.height;
  const [from, to] = down ? [upper, lower] : [lower, upper];
  const middle = box.width / 2;
  const bytes = formatBytes(tensor.bytes);
  const pill = textWidth(bytes, 12, "strong") + 18;
  const line = down
    ? `M${middle} ${upper + box.height}V${lower - 1}`
    : `M${middle} ${lower}V${upper + box.height + 1}`;
  const name = fitText(tensor.name, box.width - 10, 12, "mono");
  const shape = formatShape(tensor.shape);
  const kind = `${shape} ${tensor.type}`;
  const fits = textWidth(kind, 11, "mono") <= box.width - 6;
  return (
    <g transform={`translate(${x},${rows[row]!})`}>
      <path className="path" d={line} markerEnd={head} />
      <rect className="pill" x={middle - pill / 2} y={BOUNDARY - 10} width={pill} height="20" rx="10" />
      <text className="s" x={middle} y={BOUNDARY + 4} textAnchor="middle">
        {bytes}
      </text>
      <Box
        y={from}
        box={box}
        name={name}
        note={fitText(strings.meanings[tensor.name] ?? "", box.width - 6, 11)}
        lit={false}
      />
      <Box
        y={to}
        box={box}
        name={name}
        note={fits ? kind : fitText(shape, box.width - 6, 11, "mono")}
        lit
        lane={down ? "device" : "cpu"}
      />
    </g>
  );
}

type BoxProps = {
  readonly y: number;
  readonly box: CrossingLayout["box"];
  readonly name: string;
  readonly note: string;
  readonly lit: boolean;
  readonly lane?: "cpu" | "device";
};

function Box({y, box, name, note, lit, lane}: BoxProps) {
  return (
    <g className={lit ? `tensor lit ${lane}` : "tensor"}>
      <rect x="0" y={y} width={box.width} height={box.height} rx="4" />
      <text className="m name" x={box.width / 2} y={y + (note ? 18 : 26)} textAnchor="middle">
        {name}
      </text>
      <text className={lit ? "m" : "note"} x={box.width / 2} y={y + 33} textAnchor="middle">
        {note}
      </text>
    </g>
  );
}
