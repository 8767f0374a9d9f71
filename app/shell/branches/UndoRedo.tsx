import {flushSync} from "react-dom";
import type {Strings} from "../../i18n/strings.ts";
import {focusUndoing} from "../focus.ts";

export type UndoRedoProps = {
  /** Null where there is nothing to undo. */
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly strings: Strings["branches"]["tree"];
};

/** Undo and redo of changes to the tree. They may then stand elsewhere: the focus goes along. */
export function UndoRedo({onUndo, onRedo, strings}: UndoRedoProps) {
  const press = (nth: 0 | 1, act: (() => void) | null) => () => {
    if (act) flushSync(act);
    focusUndoing(nth);
  };
  return (
    <span className="undoredo">
      <button
        type="button"
        className="btn"
        disabled={!onUndo}
        aria-label={strings.undoHow}
        onClick={press(0, onUndo)}
      >
        {strings.undo}
      </button>
      <button
        type="button"
        className="btn"
        disabled={!onRedo}
        aria-label={strings.redoHow}
        onClick={press(1, onRedo)}
      >
        {strings.redo}
      </button>
    </span>
  );
}
