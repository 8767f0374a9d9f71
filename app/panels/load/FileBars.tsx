import {formatBytes} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {FileProgress, TotalProgress} from "./loadProgress.ts";

type Props = {
  readonly files: readonly FileProgress[];
  /** While loading: drawn above the files. */
  readonly total: TotalProgress | null;
  readonly strings: Strings["load"];
};

/** A bar a file, all on one scale: the largest file is full width. */
export function FileBars({files, total, strings}: Props) {
  const largest = Math.max(1, ...files.map(({loaded, total}) => total ?? loaded));
  return (
    <div className="files">
      {total && <Total total={total} strings={strings} />}
      <ul>
        {files.map((file) => (
          <li key={file.path}>
            <span className="mono name">{file.path}</span>
            <span className="bytes">{strings.bytes(file)}</span>
            <Bar loaded={file.loaded / largest} of={file.total === null ? null : file.total / largest} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type BarProps = {readonly loaded: number; readonly of: number | null};

/** What is here, in what there will be; a dashed end where that is not known. */
function Bar({loaded, of}: BarProps) {
  const percent = (share: number) => `${100 * Math.min(1, share)}%`;
  return (
    <span className={of === null ? "bar open" : "bar"} aria-hidden="true">
      {of !== null && <i className="track" style={{width: percent(of)}} />}
      {loaded > 0 && <i className="fill" style={{width: percent(loaded)}} />}
    </span>
  );
}

function Total({
  total: {loaded, total, share},
  strings
}: {
  readonly total: TotalProgress;
  readonly strings: Strings["load"];
}) {
  const known = share !== null && total !== null;
  return (
    <div
      className="total"
      role="progressbar"
      aria-label={strings.total}
      aria-valuetext={strings.totalText(loaded, total)}
      {...(known && {"aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": loaded})}
    >
      <b>{known ? strings.share(share) : formatBytes(loaded)}</b>
      <span className="bytes">{known ? strings.totalText(loaded, total) : strings.sizeUnknown}</span>
      <Bar loaded={share ?? 0} of={known ? 1 : null} />
    </div>
  );
}
