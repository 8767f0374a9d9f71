import type {Request, TokenId} from "../../engine/index.ts";
import {settingsOf, type Wish} from "../branching.ts";
import type {Engine} from "../engine.ts";
import type {Command} from "./keys.ts";
import {nextPass} from "./layoutTimeline.ts";
import type {Onward} from "./onward.ts";
import type {Player} from "./player.ts";
import {focusPanel, focusStep} from "./focus.ts";

export type Actions = ReturnType<typeof actionsOf>;

/**
 * The moves of the transport bar, and those between branches. Before the first run each of the first begins it; the
 * others put the settings of the branch that is then in view into the fields.
 */
export function actionsOf(player: Player, draft: Request, onDraft: (draft: Request) => void) {
  const begun = () => player.get().request !== null;
  const isLive = () => begun() && !player.isRecorded();
  const first = async (then: () => Promise<void>) => {
    if (!begun()) await player.start(draft);
    if (begun()) await then();
  };
  const fields = () => {
    const {nodes, active} = player.session.get();
    const settings = settingsOf(nodes, active);
    if (settings) onDraft(settings);
  };
  const branch = async (wish: Wish) => {
    const before = player.session.get().active;
    await player.branch(wish);
    if (player.session.get().active !== before) fields();
  };
  return {
    step: () => void (begun() ? player.step() : player.start(draft)),
    run: () => void first(player.run),
    token: () => void first(player.toToken),
    end: () => void first(player.toEnd),
    retry: (engine: Engine) => {
      player.clearFailure();
      return void engine.reload(isLive() ? player.get().request! : draft).catch(() => undefined);
    },
    /** Goes on after an error; on another backend, of which the fields then know. */
    goOn: (engine: Engine, backend?: Request["backend"]) => {
      if (backend) onDraft({...draft, backend});
      if (isLive()) return void player.goOn(backend);
      player.clearFailure();
      return void engine.reload(backend ? {...draft, backend} : draft).catch(() => undefined);
    },
    start: () => void player.start(draft),
    /** The same by a button that then goes. */
    startAgain: () => {
      focusStep();
      void player.start(draft);
    },
    /** Puts a token in place of the one picked at the cursor. */
    force: (tokenId: TokenId) => {
      focusStep();
      void branch({kind: "force", tokenId});
    },
    /** Goes on from the step at the cursor with the settings of the fields. */
    runOn: () => {
      focusStep();
      void branch({kind: "settings", request: draft});
    },
    /** Leads on from the end: to the stage that now stands in its place, or to the start of another run. */
    onward: async ({tokens, request}: Onward): Promise<void> => {
      if (tokens === null) {
        onDraft(request);
        return player.start(request);
      }
      const {length} = player.session.get();
      await branch({kind: "settings", request});
      for (let at = player.session.get().cursor; at < length - 1; ++at) await player.step();
    },
    /** Runs the settings of the fields beside the run in view. Answers with the id of the latter. */
    beside: async (): Promise<number> => {
      focusStep();
      const before = player.session.get().active;
      await player.beside(draft);
      if (player.session.get().active !== before) fields();
      return before;
    },
    fields,
    select: (id: number) => {
      player.select(id);
      fields();
    },
    remove: (id: number) => {
      player.remove(id);
      fields();
    },
    undo: () => {
      player.undo();
      fields();
    },
    redo: () => {
      player.redo();
      fields();
    }
  };
}

/** What keys open beside the lab. */
type Doors = {readonly onHelp: () => void; readonly onPresent: () => void};

/** Does what a key asks for. */
export function obey(command: Command, player: Player, actions: Actions, {onHelp, onPresent}: Doors): void {
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
    case "undo":
      return actions.undo();
    case "redo":
      return actions.redo();
    case "panel":
      return focusPanel(command.nth);
    case "present":
      return onPresent();
    case "help":
      return onHelp();
  }
}
