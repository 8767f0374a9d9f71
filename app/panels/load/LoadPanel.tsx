import type {ReactNode} from "react";
import type {BackendInfo, LoadEvent} from "../../../engine/index.ts";
import {formatBytes} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {FileBars} from "./FileBars.tsx";
import {LoadFacts} from "./LoadFacts.tsx";
import {isRuntime, totalOf, withAwaited, type FileProgress} from "./loadProgress.ts";
import {numberSizes, weightBytes} from "../../draw/weightBytes.ts";
import {WeightMap} from "./WeightMap.tsx";

type Props = {
  /** Null while the files are on their way. */
  readonly event: LoadEvent | null;
  /** What computes at the cursor, where that may be another one than the model was loaded onto. */
  readonly computes?: BackendInfo | null;
  readonly progress: readonly FileProgress[];
  /** The event was recorded: its files are still on their way. */
  readonly underWay?: boolean;
  /** Opens a weight's values, by its name. */
  readonly onMatrix?: (name: string) => void;
  /** The weight whose values are open, by its name. */
  readonly opened?: string | null;
  /** What the browser keeps of all this. */
  readonly kept?: ReactNode;
  readonly now?: boolean;
  readonly width: number;
  /** The room there is for the parameters, in px, where the page does not scroll. */
  readonly height?: number;
  readonly strings: Pick<Strings, "panel" | "load">;
};

/** The files on their way with their bytes; then what was loaded, onto what, and whether it computes right. */
export function LoadPanel(props: Props) {
  const {
    event,
    computes = null,
    progress,
    underWay = event === null,
    onMatrix,
    opened = null,
    kept,
    now = false,
    width,
    height,
    strings
  } = props;
  const text = strings.load;
  const isTold = event !== null && underWay;
  const needed = event?.files ?? [];
  const files = underWay
    ? withAwaited(progress, needed)
    : needed.map(({path, bytes}) => ({path, loaded: bytes, total: bytes}));
  const total = totalOf(files);
  const rows = files.map((file) => [
    file.path,
    formatBytes(file.loaded),
    file.total === null ? text.unknown : formatBytes(file.total)
  ]);
  return (
    <PanelFrame
      id="load"
      title={text.title}
      sub={
        underWay
          ? text.subLoading(total.done, files.length, files.some(isRuntime))
          : text.subLoaded(files.length, total.loaded)
      }
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      say={
        event && !underWay
          ? text.said(event.parameters, weightBytes(event), numberSizes(event))
          : text.sayLoading(total)
      }
      table={{head: text.table, rows}}
    >
      <div className={width >= 720 && event ? "load beside" : "load"}>
        <Part title={isTold ? text.here : null}>
          <FileBars files={files} total={underWay ? total : null} strings={text} />
          {underWay && kept}
        </Part>
        {event && (
          <Part title={isTold ? text.told : null}>
            <LoadFacts event={event} computes={computes} strings={text} />
            {!underWay && kept}
          </Part>
        )}
      </div>
      {event && event.tensors.length > 0 && (
        <WeightMap {...{event, width, height, onMatrix, opened}} strings={text.weights} />
      )}
    </PanelFrame>
  );
}

/** With a title where what happens here stands beside what was recorded elsewhere. */
function Part({title, children}: {readonly title: string | null; readonly children: ReactNode}) {
  return (
    <div>
      {title !== null && <h3>{title}</h3>}
      {children}
    </div>
  );
}
