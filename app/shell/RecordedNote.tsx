import type {ReactNode} from "react";
import {Sentence} from "../draw/Sentence.tsx";
import type {EngineState} from "../engine.ts";
import type {Failure} from "../failure.ts";
import type {Pieces} from "../i18n/pieces.ts";
import type {Strings} from "../i18n/strings.ts";
import {totalOf, withAwaited} from "../panels/load/loadProgress.ts";
import type {Recording} from "../recording.ts";
import {Breakable} from "./Breakable.tsx";
import type {PlayerState} from "./player.ts";

type Props = {
  /** What the trace in view is of; null where it is computed here. */
  readonly recording: Recording | null;
  readonly state: PlayerState;
  readonly engine: EngineState;
  /** Why no model came; null where one is there, or may still come. */
  readonly failure: (Failure & {kind: "model"}) | null;
  /** Loads the model. */
  readonly onRetry: () => void;
  /** Offered where another backend may load it. */
  readonly onWasm: (() => void) | null;
  readonly strings: Pick<Strings, "recorded" | "errors">;
};

/**
 * That the trace in view was recorded, and what the model is doing, or why there is none; that the model's own run has
 * taken its place is read out, and shown where the two differ.
 */
export function RecordedNote(props: Props) {
  const {recording, state, failure, strings} = props;
  const differs = state.replaced?.at ?? null;
  const words = strings.recorded;
  return (
    <>
      {recording && (
        <p
          key={failure ? "failed" : "told"}
          className={failure ? "recorded failure" : "recorded"}
          role={failure ? "alert" : undefined}
        >
          <span>
            <b>{words.tag}</b>: <Sentence pieces={piecesOf(recording, props)} />
          </span>
          {failure && <Ways {...props} />}
        </p>
      )}
      <p className={differs === null ? "sr" : "recorded"} role="status">
        {!recording && state.replaced && (differs === null ? words.replaced : words.differs(differs))}
      </p>
    </>
  );
}

/** What to press where no model came. */
function Ways({onRetry, onWasm, strings: {errors}}: Pick<Props, "onRetry" | "onWasm" | "strings">) {
  return (
    <span>
      <button type="button" className="btn primary" onClick={onRetry}>
        {errors.model.retry}
      </button>
      {onWasm && (
        <button type="button" className="btn" onClick={onWasm}>
          {errors.model.wasm}
        </button>
      )}
    </span>
  );
}

function piecesOf({load}: Recording, {engine, state, failure, strings}: Props): Pieces<ReactNode> {
  const words = strings.recorded;
  if (failure) return [words.failed, ...words.cause<ReactNode>(<Breakable text={failure.message} />)];
  if (engine.status !== "loading") return [words[engine.status]];
  const {loaded, total} = totalOf(withAwaited(engine.progress, load.files));
  const isAsked = state.loop === "start" || state.loop === "branch";
  return [(isAsked ? words.asked : words.loading)(loaded, total)];
}
