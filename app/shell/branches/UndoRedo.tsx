import type {Strings} from "../../i18n/strings.ts";

export type UndoRedoProps = {
  /** Null where there is nothing to undo. */
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly strings: Strings["branches"]["tree"];
};

/** Undo and redo of changes to the tree. */
export function UndoRedo({onUndo, onRedo, strings}: UndoRedoProps) {
  return (
    <span className="undoredo">
      <button
        type="button"
        className="btn"
        disabled={!onUndo}
        aria-label={strings.undoHow}
        onClick={onUndo ?? undefined}
      >
        {strings.undo}
      </button>
      <button
        type="button"
        className="btn"
        disabled={!onRedo}
        aria-label={strings.redoHow}
        onClick={onRedo ?? undefined}
      >
        {strings.redo}
      </button>
    </span>
  );
}
