import {useState} from "react";
import type {BackendName, TensorInfo} from "../../../engine/index.ts";
import {formatCount, formatShape} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {hexOf, int64Bytes, spokenBytes} from "./int64Bytes.ts";

type Props = {
  readonly tensors: readonly TensorInfo[];
  readonly backend: BackendName;
  readonly width: number;
  readonly strings: Strings["transfer"];
};

/** Room for a number and its eight bytes. */
const VALUE = 218;
const ROWS = 3;

/** Every number of the small tensors that moved, and the bytes it is made of. */
export function TensorBytes({tensors, backend, width, strings}: Props) {
  const shown = tensors.filter(({data}) => data && data.length > 0);
  if (shown.length === 0) return null;
  const hidden = tensors.filter((tensor) => !shown.includes(tensor) && tensor.bytes > 0);
  const longest = Math.max(...shown.map(({data}) => data!.length));
  const columns = evenColumns(longest, Math.max(1, Math.min(6, Math.floor(width / VALUE))));
  return (
    <section className="tensorbytes" aria-label={strings.bytesTitle}>
      <h3>
        {strings.bytesTitle} <span className="sub">{strings.bytesSub(backend)}</span>
      </h3>
      {shown.map((tensor) => (
        <Values key={tensor.name} {...{tensor, columns, strings}} />
      ))}
      {hidden.length > 0 && <p>{strings.hidden(hidden)}</p>}
    </section>
  );
}

/** As many columns as fill the fewest rows most evenly: 8 numbers where 6 have room stand as 4 and 4. */
export const evenColumns = (count: number, most: number): number =>
  Math.ceil(count / Math.ceil(count / most));

type ValuesProps = {
  readonly tensor: TensorInfo;
  readonly columns: number;
  readonly strings: Strings["transfer"];
};

/** The first rows of one tensor; the others when asked for. */
function Values({tensor: {name, shape, data = []}, columns, strings}: ValuesProps) {
  const [all, setAll] = useState(false);
  const few = Math.max(8, ROWS * columns);
  const isLong = data.length > few;
  const shown = all || !isLong ? data : data.slice(0, few);
  const rest = data.length - shown.length;
  return (
    <div>
      <h4>
        <b className="mono">{name}</b> <span className="mono">{formatShape(shape)}</span>{" "}
        {strings.meanings[name]}
      </h4>
      <ol style={{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>
        {shown.map((value, i) => (
          <Value key={i} {...{name, value, strings}} index={i} />
        ))}
      </ol>
      {isLong && (
        <p>
          {rest > 0 && `${strings.moreValues(rest, 8 * rest)} `}
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? strings.showFewer : strings.showAll}
          </button>
        </p>
      )}
    </div>
  );
}

type ValueProps = Pick<ValuesProps, "strings"> & {
  readonly name: string;
  readonly index: number;
  readonly value: number;
};

function Value({name, index, value, strings}: ValueProps) {
  const bytes = int64Bytes(value);
  const n = spokenBytes(bytes);
  return (
    <li>
      <span className="sr">{strings.value(name, index, value, hexOf(bytes))}</span>
      <b aria-hidden="true">{formatCount(value)}</b>
      <span className="mono" aria-hidden="true">
        {hexOf(bytes.slice(0, n))} <i>{hexOf(bytes.slice(n))}</i>
      </span>
    </li>
  );
}
