import {useId, type KeyboardEvent} from "react";
import {warpers, type WarperSpec} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {ParameterFields} from "./ParameterFields.tsx";
import type {CardDrag} from "./useDragOrder.ts";

type Props = {
  readonly spec: WarperSpec;
  readonly index: number;
  /** Cards in the chain. */
  readonly count: number;
  /** Whether the strategy draws, so that every warper applies. */
  readonly applies: boolean;
  readonly drag: CardDrag;
  readonly onChange: (spec: WarperSpec) => void;
  /** Asked with the place that it should have. */
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly strings: Strings["settings"];
};

/** One warper of the chain: its handle, what it does, its fields, and the ways to move it and to take it out. */
export function ChainCard(props: Props) {
  const {spec, index, count, applies, drag, onChange, onMove, onRemove, strings} = props;
  const id = useId();
  const words = strings.chain;
  const name = words.name(spec.name);
  const isIdle = !applies && warpers[spec.name].when === "sampling";
  const classes = ["chaincard", drag.isDragged && "dragged", drag.landing, isIdle && "idle"];
  return (
    <li className={classes.filter(Boolean).join(" ")}>
      <div role="group" aria-labelledby={`${id}-name`}>
        <button
          type="button"
          className="grip"
          aria-label={words.grip(name, index + 1, count)}
          title={words.gripHint}
          onKeyDown={(event) => arrowMoves(event, index, onMove)}
          {...drag.handle}
        >
          <span aria-hidden="true">⠿</span>
        </button>
        <span className="what">
          <b id={`${id}-name`}>
            <i aria-hidden="true">{index + 1}</i>
            {name}
          </b>
          <small>{isIdle ? words.idle : strings.hints[spec.name]}</small>
        </span>
        <ParameterFields {...{spec, onChange, strings}} />
        <span className="moves">
          <button
            type="button"
            aria-label={words.up(name)}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            ↑
          </button>
          <button
            type="button"
            aria-label={words.down(name)}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          >
            ↓
          </button>
          <button type="button" className="takeout" aria-label={words.takeOut(name)} onClick={onRemove}>
            ×
          </button>
        </span>
      </div>
    </li>
  );
}

const PLACES: Readonly<Record<string, (index: number) => number>> = {
  ArrowUp: (index) => index - 1,
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  ArrowRight: (index) => index + 1,
  Home: () => 0,
  End: () => Infinity
};

/** Keys on the handle: these are not the page's keys to step. */
function arrowMoves(event: KeyboardEvent, index: number, onMove: (to: number) => void): void {
  const place = PLACES[event.key];
  if (!place) return;
  event.preventDefault();
  event.stopPropagation();
  onMove(place(index));
}
