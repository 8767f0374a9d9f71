import type {Request} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import type {Command} from "./keys.ts";
import {nextPass} from "./layoutTimeline.ts";
import type {Player} from "./player.ts";
import {focusPanel} from "./useKeys.ts";

export type Actions = ReturnType<typeof actionsOf>;

/** The moves of the transport bar. Before the first run each of them begins it. */
export function actionsOf(player: Player, draft: Request) {
  const begun = () => player.get().request !== null;
  const first = async (then: () => Promise<void>) => {
    if (!begun()) await player.start(draft);
    if (begun()) await then();
  };
  return {
    step: () => void (begun() ? player.step() : player.start(draft)),
    run: () => void first(player.run),
    token: () => void first(player.toToken),
    end: () => void first(player.toEnd),
    retry: async (engine: Engine) => {
      player.clearFailure();
      await engine.load(begun() ? player.get().request! : draft).catch(() => undefined);
    }
  };
}

/** Does what a key asks for. */
export function obey(command: Command, player: Player, actions: Actions, onHelp: () => void): void {
  const {loop} = player.get();
  const {trace, cursor} = player.session.get();
  if (loop !== null && command.do !== "step") player.stop();
  switch (command.do) {
    case "step":
      return actions.step();
    case "back":
      return player.back();
    case "token":
      return actions.token();
    case "toggle":
      return loop === null ? actions.run() : undefined;
    case "end":
      return actions.end();
    case "start":
      return player.seek(0);
    case "passBack":
      return player.seek(nextPass(trace, cursor, -1));
    case "passOn":
      return player.seek(nextPass(trace, cursor, 1));
    case "panel":
      return focusPanel(command.nth);
    case "help":
      return onHelp();
  }
}
