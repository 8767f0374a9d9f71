import {argmax, type FetchEvent, type PassEvent} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Hex} from "./Hex.tsx";
import {BYTES, hexOf, numberBytes, numberText} from "./numberBytes.ts";

type Props = {
  readonly event: FetchEvent;
  /** Whose logits came. */
  readonly pass: PassEvent;
  readonly strings: Strings["transfer"];
};

const FIRST = 3;

/** Some of the logits that came, with their bytes: the first ones, and the largest; and how many bytes all are. */
export function LogitsBytes({event, pass, strings}: Props) {
  const {logits, rows, batch = 1} = pass;
  const tensor = event.tensors.find(({name}) => name === "logits");
  const count = batch * rows.length;
  if (!tensor || logits.length === 0 || tensor.bytes !== BYTES.float32 * count * logits.length) return null;
  const largest = argmax(logits);
  const ids = [...logits.subarray(0, FIRST).keys(), ...(largest < FIRST ? [] : [largest])];
  return (
    <section className="tensorbytes" aria-label={strings.bytesTitle}>
      <h3>
        {strings.bytesTitle} <span className="sub">{strings.bytesSub(null, ["float32"])}</span>
      </h3>
      <ol className="logits">
        {ids.map((id) => (
          <Logit key={id} {...{id, strings}} logit={logits[id]!} isLargest={id === largest} />
        ))}
      </ol>
      <p>
        {strings.sum(count, logits.length, BYTES.float32, tensor.bytes)}
        {count > 1 && ` ${strings.lastRow(batch > 1)}`}
      </p>
    </section>
  );
}

type LogitProps = Pick<Props, "strings"> & {
  readonly id: number;
  readonly logit: number;
  readonly isLargest: boolean;
};

function Logit({id, logit, isLargest, strings}: LogitProps) {
  const bytes = numberBytes("float32", logit);
  const text = numberText("float32", logit);
  const gap = isLargest && id > FIRST;
  return (
    <li className={gap ? "apart" : undefined}>
      <span className="sr">{strings.logit(id, text, hexOf(bytes), isLargest)}</span>
      <span aria-hidden="true">{strings.id(id)}</span>
      <b aria-hidden="true">{text}</b>
      <Hex bytes={bytes} />
      {isLargest && <span aria-hidden="true">{strings.largest}</span>}
    </li>
  );
}
