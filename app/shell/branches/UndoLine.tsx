import {UndoRedo, type UndoRedoProps} from "./UndoRedo.tsx";

/** All that there is to say of branches while one run is the only one: that what was before it can come back. */
export function UndoLine({onUndo, onRedo, strings}: UndoRedoProps) {
  return (
    <p className="undoline">
      {onUndo ? strings.before : strings.undone}
      <UndoRedo {...{onUndo, onRedo, strings}} />
    </p>
  );
}
