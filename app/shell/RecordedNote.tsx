import type {EngineState} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import {totalOf, withAwaited} from "../panels/load/loadProgress.ts";
import type {Recording} from "../recording.ts";
import type {PlayerState} from "./player.ts";

type Props = {
  /** What the trace in view is of; null where it is computed here. */
  readonly recording: Recording | null;
  readonly state: PlayerState;
  readonly engine: EngineState;
  readonly strings: Strings["recorded"];
};

/**
 * That the trace in view was recorded, and what the model is doing; that the model's own run has taken its place is
 * read out, and shown where the two differ.
 */
export function RecordedNote({recording, state, engine, strings}: Props) {
  const differs = state.replaced?.at ?? null;
  return (
    <>
      {recording && (
        <p className="recorded">
          <b>{strings.tag}</b>
          {`: ${sentenceOf(engine, recording, state, strings)}`}
        </p>
      )}
      <p className={differs === null ? "sr" : "recorded"} role="status">
        {!recording && state.replaced && (differs === null ? strings.replaced : strings.differs(differs))}
      </p>
    </>
  );
}

function sentenceOf(
  engine: EngineState,
  {load}: Recording,
  {loop}: PlayerState,
  strings: Strings["recorded"]
): string {
  if (engine.status !== "loading") return strings[engine.status];
  const {loaded, total} = totalOf(withAwaited(engine.progress, load.files));
  return (loop === "start" || loop === "branch" ? strings.asked : strings.loading)(loaded, total);
}
