import type {KeyboardEvent} from "react";
import {flushSync} from "react-dom";
import {focusUndoing} from "../focus.ts";
import type {BranchRowProps} from "./BranchRow.tsx";

type Props = BranchRowProps & {readonly name: string};

/** Compare and remove. Only those of the row that Tab enters are tab stops. */
export function BranchActions(props: Props) {
  const {node, row, active, compared, going, onCompare, onRemove, onGoing, item, name} = props;
  const words = props.strings.branches.tree;
  const {tabIndex} = item;
  const isCompared = compared === node.id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onGoing(null);
  };
  return (
    <span className="actions" onKeyDown={onKeyDown}>
      {node.id !== active && (
        <button
          type="button"
          className="btn"
          tabIndex={tabIndex}
          aria-pressed={isCompared}
          aria-label={words.compareWith(name)}
          onClick={() => onCompare(isCompared ? null : node.id)}
        >
          {words.compare}
        </button>
      )}
      {node.parent !== null && (
        <button
          type="button"
          className="btn"
          tabIndex={tabIndex}
          aria-label={words.removes(name, row.descendants.length)}
          onClick={(event) => {
            const above = rowAbove(event.currentTarget);
            flushSync(() => onRemove(node.id));
            if (above?.isConnected) above.focus();
            else focusUndoing(0);
          }}
          onFocus={() => onGoing(node.id)}
          onBlur={() => onGoing(null)}
          onPointerEnter={() => onGoing(node.id)}
          onPointerLeave={() => onGoing(null)}
        >
          {words.remove}
        </button>
      )}
      {going && <span className="goes">{words.goes}</span>}
    </span>
  );
}

/** The branch above, which stays when this one goes: where the focus is not lost. */
const rowAbove = (button: HTMLElement): HTMLElement | null | undefined =>
  button.closest("li")?.previousElementSibling?.querySelector<HTMLElement>(".branch");
