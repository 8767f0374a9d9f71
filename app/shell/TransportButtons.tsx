import type {ReactNode} from "react";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {laneOf} from "./lane.ts";
import {drawnTokens, nameOfEvent, nameOfNext, passNumber, tellFuture, tellPast} from "./narrate.ts";
import {nextOf} from "./nextStage.ts";
import type {Loop, Player, PlayerState} from "./player.ts";
import {Said} from "./Said.tsx";

type BackProps = {readonly player: Player; readonly view: View | null; readonly strings: Strings};

/** One step back, with what that stage did. It works whatever the engine is doing. */
export function BackButton({player, view, strings}: BackProps) {
  const before = view?.trace[view.frame.cursor - 1];
  const words = strings.shell.transport;
  return (
    <button
      type="button"
      className="move back"
      disabled={!before}
      onClick={() => {
        player.stop();
        player.back();
      }}
    >
      <i aria-hidden="true">←</i>
      <b>{words.back}</b>
      <span>
        {view && before ? (
          <Said pieces={tellPast(before, view, drawnTokens(view.vocabulary), strings)} />
        ) : (
          words.start
        )}
      </span>
    </button>
  );
}

type NowProps = {
  readonly view: View | null;
  readonly state: PlayerState;
  /** There is no model, and none on its way. */
  readonly failed?: boolean;
  readonly strings: Strings;
};

/** What the stage at the cursor did; also read out. */
export function NowSaid({view, state, failed, strings}: NowProps) {
  const words = strings.shell.transport;
  if (!view)
    return (
      <div className="nowsay gpu">
        <small>{words.now}</small>
        <b>{failed ? words.notLoaded : words.loading}</b>
      </div>
    );
  const {frame, trace} = view;
  const tokens = frame.tokenIds.length - frame.promptLength;
  const name = nameOfEvent(frame.event, view, strings);
  const where = strings.narration.where(frame.cursor + 1, trace.length, passNumber(frame), name);
  return (
    <div className={`nowsay ${laneOf[frame.event.stage]}`} aria-live="polite" aria-atomic="true">
      <small>
        {isPulling(state.loop) ? words.pulling(trace.length, tokens) : where}
        {frame.event.measured?.notice && <b className="noticed">{words.noticed}</b>}
      </small>
      <b>
        <Said upper pieces={tellPast(frame.event, view, drawnTokens(view.vocabulary), strings)} />
      </b>
    </div>
  );
}

const isPulling = (loop: Loop | null): boolean => loop === "end" || loop === "token" || loop === "restore";

type StepProps = NowProps & {
  /** Other settings stand in the fields, and the step is none of theirs. */
  readonly differs?: boolean;
  readonly onStep: () => void;
};

/** The next stage's name and what it will do; what it is doing, while the engine computes it. */
export function StepButton({view, state, failed, differs = false, onStep, strings}: StepProps) {
  const words = strings.shell.transport;
  if (!view) return <StepFace busy title={words.step0} say={failed ? words.stepFailed : words.stepLoading} />;
  if (state.loop === "start") return <StepFace busy title={words.starting} say={words.startingSay} />;
  const next = nextOf(view.trace, view.frame, view.request, view.config);
  if (!next) return <StepFace busy title={words.ended} say={words.endedSay} />;
  const busy = state.waiting;
  const name = nameOfNext(next, view, strings);
  return (
    <StepFace
      busy={busy}
      old={differs}
      title={busy ? words.running(name) : words.step(name)}
      keyName={words.keys.step}
      say={
        <>
          {differs && words.asBefore}
          <Said upper={!differs} pieces={tellFuture(next, view, drawnTokens(view.vocabulary), strings)} />
        </>
      }
      onStep={onStep}
    />
  );
}

type FaceProps = {
  readonly busy: boolean;
  /** What it leads to is not what the reader is setting up. */
  readonly old?: boolean;
  readonly title: string;
  readonly keyName?: string;
  readonly say: ReactNode;
  readonly onStep?: () => void;
};

/** Stays focusable while busy, so that the keyboard does not lose its place. */
function StepFace({busy, old, title, keyName, say, onStep}: FaceProps) {
  return (
    <button
      type="button"
      className={`move go${busy ? " busy" : old ? " old" : ""}`}
      aria-disabled={busy || undefined}
      onClick={() => !busy && onStep?.()}
    >
      <i aria-hidden="true">→</i>
      <b>
        {title}
        {keyName && <kbd aria-hidden="true">{keyName}</kbd>}
      </b>
      <span>{say}</span>
    </button>
  );
}

/** "Next token", or "Token" where there is little room. */
export function TokenWord({strings}: {readonly strings: Strings["shell"]["transport"]}) {
  return (
    <>
      <span className="lg">{strings.token}</span>
      <span className="sm">{strings.tokenShort}</span>
    </>
  );
}
