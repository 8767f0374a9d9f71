import {useId, type KeyboardEvent} from "react";
import {warpers, type WarperSpec} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {ParameterFields} from "./ParameterFields.tsx";
import type {CardDrag} from "./useDragOrder.ts";
import type {CardPart} from "./useFocusCard.ts";
import {useTwoRows} from "./useTwoRows.ts";

type Props = {
  readonly spec: WarperSpec;
  readonly index: number;
  /** Cards in the chain. */
  readonly count: number;
  /** Whether the strategy draws, so that every warper applies. */
  readonly applies: boolean;
  readonly drag: CardDrag;
  readonly onChange: (spec: WarperSpec) => void;
  /** Asked with the place that it should have, and what of the card was used for it. */
  readonly onMove: (to: number, by: CardPart) => void;
  readonly onRemove: () => void;
  readonly strings: Strings["settings"];
};

/** One warper of the chain: its handle, what it does, its fields, and the ways to move it and to take it out. */
export function ChainCard(props: Props) {
  const {spec, index, count, applies, drag, onChange, onMove, strings} = props;
  const id = useId();
  const words = strings.chain;
  const name = words.name(spec.name);
  const isIdle = !applies && warpers[spec.name].when === "sampling";
  const isTwoRows = useTwoRows();
  const moves = <Moves {...props} name={name} />;
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
        {isTwoRows && moves}
        <ParameterFields {...{spec, onChange, strings}} />
        {!isTwoRows && moves}
      </div>
    </li>
  );
}

/** The buttons that move a card, and the one that takes it out. */
function Moves({index, count, name, onMove, onRemove, strings}: Props & {readonly name: string}) {
  return (
    <span className="moves">
      <button
        type="button"
        className="up"
        aria-label={strings.chain.up(name)}
        disabled={index === 0}
        onClick={() => onMove(index - 1, "up")}
      >
        ↑
      </button>
      <button
        type="button"
        className="down"
        aria-label={strings.chain.down(name)}
        disabled={index === count - 1}
        onClick={() => onMove(index + 1, "down")}
      >
        ↓
      </button>
      <button type="button" className="takeout" aria-label={strings.chain.takeOut(name)} onClick={onRemove}>
        ×
      </button>
    </span>
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
function arrowMoves(event: KeyboardEvent, index: number, onMove: Props["onMove"]): void {
  const place = PLACES[event.key];
  if (!place) return;
  event.preventDefault();
  event.stopPropagation();
  onMove(place(index), "grip");
}
