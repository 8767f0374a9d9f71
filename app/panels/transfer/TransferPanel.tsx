import type {FetchEvent, PassEvent, TransferEvent} from "../../../engine/index.ts";
import {formatBytes, formatMs, formatShape} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {Crossing} from "./Crossing.tsx";
import {LogitsBytes} from "./LogitsBytes.tsx";
import {TensorBytes} from "./TensorBytes.tsx";

type Props = {
  readonly event: TransferEvent | FetchEvent;
  /** Of a fetch: the pass whose logits came; without it none of them is written out. */
  readonly pass?: PassEvent | null;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "transfer">;
};

/** What crosses to the backend before a pass, or comes back after it; and what that means where there is no GPU. */
export function TransferPanel({event, pass = null, now = false, width, strings}: Props) {
  const text = strings.transfer;
  const {stage, backend, tensors, bytes, measured} = event;
  const down = stage === "transfer";
  const told = {count: tensors.length, bytes, ms: measured?.ms ?? null, device: measured?.device ?? null};
  const said = tensors.length === 0 ? text.nothing(down) : (down ? text.moved : text.fetched)[backend](told);
  const rows = tensors.map(({name, type, shape, bytes}) => [
    name,
    text.meanings[name] ?? "",
    type,
    formatShape(shape),
    formatBytes(bytes),
    tensors.length === 1 && measured ? formatMs(measured.ms) : text.notApart
  ]);
  const all = [text.total, "", "", "", formatBytes(bytes), measured ? formatMs(measured.ms) : text.notApart];
  return (
    <PanelFrame
      id={stage}
      title={down ? text.title : text.fetchTitle}
      sub={(down ? text.sub : text.fetchSub)[backend]}
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      say={said}
      table={{head: text.table, rows: [...rows, all]}}
    >
      {tensors.length > 0 && <Crossing {...{tensors, backend, down, width}} label={said} strings={text} />}
      {down && <TensorBytes {...{tensors, backend, width}} strings={text} />}
      {stage === "fetch" && pass && <LogitsBytes {...{event, pass}} strings={text} />}
    </PanelFrame>
  );
}
