import type {RefObject} from "react";
import {useCommands} from "../useKeys.ts";
import type {movesOf} from "./moves.ts";
import {presentCommandOf, type PresentCommand} from "./presentKeys.ts";

type Keys = {
  /** Off: Escape alone acts. */
  readonly on: boolean;
  readonly moves: ReturnType<typeof movesOf>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** How far up and down scroll, in px. */
  readonly stride: number;
  readonly onHelp: () => void;
  readonly onLeave: () => void;
  readonly onAny: () => void;
};

/** The presenter's keys. */
export function usePresentKeys({on, moves, scroller, stride, onHelp, onLeave, onAny}: Keys): void {
  const scroll = (by: number) => scroller.current?.scrollBy({top: by});
  const acts: Readonly<Record<PresentCommand, () => void>> = {
    on: moves.on,
    back: moves.back,
    token: () => void moves.token(),
    start: moves.start,
    end: moves.end,
    up: () => scroll(-stride),
    down: () => scroll(stride),
    leave: onLeave,
    help: onHelp
  };
  useCommands(
    (event) => (on || event.key === "Escape" ? presentCommandOf(event) : null),
    (command) => acts[command](),
    onAny
  );
}
