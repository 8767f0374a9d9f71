import {useState} from "react";
import {SignedKey} from "../../draw/SignedKey.tsx";
import type {Strings} from "../../i18n/strings.ts";
import type {Axis} from "./matrixValues.ts";

type Props = {
  /** Rows to go to by number; 0: there is nowhere to go. */
  readonly rows: number;
  readonly axis: Axis | null;
  /** The value of full colour; 0: nothing has a colour. */
  readonly domain: number;
  readonly onRow: (row: number) => void;
  readonly onClose: (() => void) | undefined;
  readonly strings: Strings["matrix"];
};

/** The colour scale, a row by its number, and the way back. */
export function MatrixControls({rows, axis, domain, onRow, onClose, strings}: Props) {
  return (
    <>
      {domain > 0 && <SignedKey colour="gpu" domain={domain} />}
      {rows > 0 && <GoTo {...{rows, axis, onRow, strings}} />}
      {onClose && (
        <button type="button" className="link" onClick={onClose}>
          {strings.close}
        </button>
      )}
    </>
  );
}

function GoTo({rows, axis, onRow, strings}: Pick<Props, "rows" | "axis" | "onRow" | "strings">) {
  const [typed, setTyped] = useState("");
  const row = /^\d+$/.test(typed) ? Number(typed) : -1;
  const isThere = row >= 0 && row < rows;
  return (
    <form
      className="goto"
      onSubmit={(event) => {
        event.preventDefault();
        if (isThere) onRow(row);
      }}
    >
      <label>
        {strings.goTo(axis)}{" "}
        <input
          inputMode="numeric"
          size={6}
          value={typed}
          aria-invalid={typed !== "" && !isThere}
          onChange={(event) => setTyped(event.target.value.trim())}
        />
      </label>
      <button type="submit" disabled={!isThere}>
        {strings.go}
      </button>
    </form>
  );
}
