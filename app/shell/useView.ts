import {useMemo, useState, useSyncExternalStore} from "react";
import {frameAt, type Request, type Trace} from "../../engine/index.ts";
import {ownerOf, positionAt} from "../branching.ts";
import type {Engine, Loaded} from "../engine.ts";
import type {View} from "../notebook.ts";
import type {Recording} from "../recording.ts";
import {useSession} from "../session.ts";
import type {Player} from "./player.ts";
import {createStepMemo} from "./stepMemo.ts";

/** The state of anything that has `get` and `subscribe`. */
export const useStore = <T>(store: {get(): T; subscribe(listener: () => void): () => void}): T =>
  useSyncExternalStore(store.subscribe, store.get);

/** The model that is there, also while another one is loading: the trace in view still belongs to it. */
export function useLoaded(engine: Engine): Loaded | null {
  useStore(engine);
  return engine.newest();
}

/** The recording that a player's trace is of, or would begin with; null where it is computed here. */
export function useRecording(player: Player, draft: Request, loaded: Loaded | null): Recording | null {
  const {trace, length} = useSession(player.session);
  const recording = useStore(player.recording);
  const isOf = length > 0 ? trace[0] === recording?.load : loaded === null && player.recording.isOf(draft);
  return isOf ? recording : null;
}

/**
 * What the cursor of a player sees. Before the first run it is the loaded model alone, seen with the request that
 * would run; null until there is a model, unless the trace was recorded or came from a file, with its vocabulary.
 */
export function useView(player: Player, draft: Request, loaded: Loaded | null): View | null {
  const {trace, length, cursor, nodes, active} = useSession(player.session);
  const [stepAt] = useState(() => createStepMemo());
  const recording = useRecording(player, draft, loaded);
  const first = loaded?.load ?? recording?.load;
  const before = useMemo<Trace>(() => (first ? [first] : []), [first]);
  return useMemo(() => {
    const seen = length > 0 ? trace : before;
    const vocabulary = recording?.vocabulary ?? player.vocabularyOf(seen) ?? loaded?.vocabulary;
    if (!vocabulary || seen.length === 0) return null;
    const frame = frameAt(seen, Math.max(0, cursor));
    const request = ownerOf(nodes, active, positionAt(frame))?.request ?? draft;
    const load = frame.latest.load!;
    return {
      trace: seen,
      frame,
      request,
      step: stepAt(seen, frame, request, vocabulary),
      load,
      config: load.config,
      vocabulary,
      recorded: recording !== null
    };
  }, [player, loaded, recording, trace, length, cursor, nodes, active, draft, before, stepAt]);
}
