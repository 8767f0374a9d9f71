import type {Strings} from "../../i18n/strings.ts";
import {UndoRedo} from "./UndoRedo.tsx";

type Props = {
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly strings: Strings["branches"]["tree"];
};

/** All that there is to say of branches while one run is the only one: that what was before it can come back. */
export function UndoLine({onUndo, onRedo, strings}: Props) {
  return (
    <p className="undoline">
      {onUndo ? strings.before : strings.undone}
      <UndoRedo {...{onUndo, onRedo, strings}} />
    </p>
  );
}
