import {useRef} from "react";
import type {Strings} from "../../i18n/strings.ts";

export type ShareBarProps = {
  readonly onCopyLink: () => void;
  /** Null where no panel is in view. */
  readonly onCopyData: (() => void) | null;
  /** Null where there is no trace. */
  readonly onExport: (() => void) | null;
  readonly onImport: (file: File) => void;
  /** What came of the last one, in a sentence; null for nothing to say. */
  readonly status: string | null;
  readonly strings: Pick<Strings, "branches">;
};

/** The link, a panel's data, the trace as a file: what a reader can keep and pass on. */
export function ShareBar({onCopyLink, onCopyData, onExport, onImport, status, strings}: ShareBarProps) {
  const words = strings.branches.share;
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="sharebar" role="group" aria-label={words.label}>
      <Button text={words.link} onClick={onCopyLink} />
      <Button text={words.data} onClick={onCopyData} />
      <Button text={words.export} onClick={onExport} />
      <Button text={words.import} onClick={() => file.current?.click()} />
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = ""; // the same file can be chosen again
          if (chosen) onImport(chosen);
        }}
      />
      <span className="status" role="status">
        {status}
      </span>
    </div>
  );
}

function Button({text, onClick}: {readonly text: string; readonly onClick: (() => void) | null}) {
  return (
    <button type="button" className="btn" disabled={!onClick} onClick={onClick ?? undefined}>
      {text}
    </button>
  );
}
