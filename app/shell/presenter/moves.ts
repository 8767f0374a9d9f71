import type {Request} from "../../../engine/index.ts";
import type {View} from "../../notebook.ts";
import type {Player} from "../player.ts";
import {aboutEvent, aboutNext} from "./about.ts";
import {questionOf} from "./questionOf.ts";

/** A place in the presenter: an event, and whether what comes after it is being asked. */
export type Asking = {
  /** The cursor at which the next stage is a question; null: none is. It ends where the cursor moves. */
  readonly askedAt: number | null;
  readonly onAskedAt: (cursor: number | null) => void;
};

/** Whether the next stage is a question now. */
export function isAsking({frame, ...view}: View, {askedAt}: Asking): boolean {
  const about = askedAt === frame.cursor ? aboutNext({frame, ...view}) : null;
  return about !== null && questionOf({frame, ...view}, about) !== null;
}

/**
 * On: from an answer to the next question, from a question to its answer; where a stage has none, straight to it.
 * Back is the same way again.
 */
export function movesOf(player: Player, view: View | null, draft: Request, asking: Asking) {
  const {onAskedAt} = asking;
  const cursor = () => player.session.get().cursor;
  const begun = player.get().request !== null;
  return {
    on(): void {
      if (!view) return;
      if (player.get().loop !== null) return player.stop();
      const next = aboutNext(view);
      if (!next) return;
      if (!isAsking(view, asking) && questionOf(view, next)) return onAskedAt(view.frame.cursor);
      void (begun ? player.step() : start(player, draft));
    },
    back(): void {
      if (!view) return;
      player.stop();
      if (isAsking(view, asking)) return onAskedAt(null);
      const {event} = view.frame;
      if (cursor() < 1) return;
      onAskedAt(questionOf(view, aboutEvent(event)) ? cursor() - 1 : null);
      player.back();
    },
    async token(): Promise<void> {
      if (!view) return;
      if (!begun) await start(player, draft);
      await player.toDraw();
      onAskedAt(cursor());
    },
    start: () => player.seek(0),
    end: () => player.seek(player.session.get().length - 1)
  };
}

/** A run has its first two events from the start: the answer to the first question is the second. */
const start = (player: Player, draft: Request): Promise<void> => player.start(draft);
