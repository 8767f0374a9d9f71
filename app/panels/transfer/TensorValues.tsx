import {useState} from "react";
import type {TensorInfo} from "../../../engine/index.ts";
import {formatShape} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Hex} from "./Hex.tsx";
import {BYTES, hexOf, numberBytes, numberText} from "./numberBytes.ts";

type Props = {
  readonly tensor: TensorInfo;
  /** All that moved. */
  readonly tensors: readonly TensorInfo[];
  /** Below its boxes, which say what it is. */
  readonly isBelow: boolean;
  readonly width: number;
  readonly strings: Strings["transfer"];
};

const ROWS = 3;
const LEAST = 8;
/** Columns at most. */
const MOST = 6;
/** Room for a number, and for each of its bytes. */
const VALUE = 50;
const BYTE = 21;

/** As many columns as fill the fewest rows most evenly: 8 numbers where 6 have room stand as 4 and 4. */
export const evenColumns = (count: number, most: number): number =>
  Math.ceil(count / Math.ceil(count / most));

/** The first numbers of one tensor, the others when asked for; or that the trace has none of them. */
export function TensorValues({tensor, tensors, isBelow, width, strings}: Props) {
  const {name, type, shape, bytes, data = []} = tensor;
  const [all, setAll] = useState(false);
  const most = Math.min(MOST, Math.floor(width / (VALUE + BYTE * BYTES[type])));
  const columns = evenColumns(data.length, Math.max(1, most));
  const few = Math.max(LEAST, ROWS * columns);
  const isLong = data.length > 1.5 * few; // it takes a line to say that there are more
  const shown = all || !isLong ? data : data.slice(0, few);
  const rest = data.length - shown.length;
  const note = noteOf(tensor, tensors, strings);
  return (
    <div>
      <h4>
        <b className="mono">{name}</b>
        {!isBelow && (
          <>
            {" "}
            <span className="mono">{formatShape(shape)}</span> {strings.meanings[name]}
          </>
        )}
      </h4>
      {shown.length > 0 && (
        <ol style={{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>
          {shown.map((value, i) => (
            <Value key={i} {...{tensor, value, strings}} index={i} />
          ))}
        </ol>
      )}
      {isLong && (
        <p>
          {rest > 0 && `${strings.moreValues(rest, BYTES[type] * rest)} `}
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? strings.showFewer : strings.showAll}
          </button>
        </p>
      )}
      {data.length === 0 && bytes > 0 && <p>{strings.notHeld(bytes / BYTES[type], type, bytes)}</p>}
      {note && <p>{note}</p>}
    </div>
  );
}

/** What numbers mean that do not say it themselves. */
function noteOf(
  {name, data = []}: TensorInfo,
  tensors: readonly TensorInfo[],
  strings: Props["strings"]
): string | null {
  const [row] = data;
  if (row === undefined) return null;
  if (name === "attention_bias") return data.every((bias) => bias === 0) ? strings.biasAll : strings.bias;
  const fed = tensors.find((tensor) => tensor.name === "input_ids")?.shape.at(-1);
  return name === "logits_rows" && data.length === 1 && fed !== undefined ? strings.row(row, fed) : null;
}

type ValueProps = Pick<Props, "tensor" | "strings"> & {readonly index: number; readonly value: number};

function Value({tensor: {name, type}, index, value, strings}: ValueProps) {
  const bytes = numberBytes(type, value);
  const text = numberText(type, value);
  return (
    <li>
      <span className="sr">{strings.value(name, index, text, hexOf(bytes))}</span>
      <b aria-hidden="true">{text}</b>
      <Hex bytes={bytes} />
    </li>
  );
}
