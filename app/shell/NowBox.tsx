import type {ReactNode} from "react";
import type {EngineState, FileProgress} from "../engine.ts";
import type {Failure} from "../failure.ts";
import type {Strings} from "../i18n/strings.ts";
import {LoadPanel} from "../panels/load/LoadPanel.tsx";
import {plainText} from "../panels/machine/labelTexts.ts";
import {WaysOn} from "../panels/stop/WaysOn.tsx";
import type {Ways} from "../panels/stop/waysOn.ts";
import {Breakable} from "./Breakable.tsx";
import {KeptBox} from "./KeptBox.tsx";
import {laneOf, type Lane} from "./lane.ts";
import type {PanelContext} from "./panelContext.ts";
import {stagePanels} from "./stagePanels.tsx";
import {TrainTokenizer} from "./TrainTokenizer.tsx";

type BoxProps = {
  readonly lane: Lane;
  /** Where the notch points, in px from the left; null draws none. */
  readonly notch: number | null;
  readonly label: string;
  readonly children: ReactNode;
};

/** The only boxed panel of the page: the stage at the cursor, tied to the map by its notch. */
export function NowBox({lane, notch, label, children}: BoxProps) {
  return (
    <section className={`nowbox ${lane}`} aria-label={label}>
      {notch !== null && <i className="notch" style={{left: notch}} aria-hidden="true" />}
      {children}
    </section>
  );
}

/** Below it the map has no room for the plain words. */
const NARROW = 620;

type StageProps = {readonly context: PanelContext; readonly width: number; readonly notch: number | null};

/** The now box with the panel of the stage at the cursor. */
export function StageBox({context, width, notch}: StageProps) {
  const {frame, request} = context.view;
  const {event} = frame;
  const Panel = stagePanels[event.stage];
  return (
    <NowBox lane={laneOf[event.stage]} notch={notch} label={context.strings.shell.now.label}>
      {event.measured?.notice && <p className="notice">{event.measured.notice}</p>}
      {width < NARROW && (
        <p className="plain">{plainText({frame, request, strings: context.strings.machine})}.</p>
      )}
      <Panel context={context} width={width} now />
      {event.stage === "tokenize" && <TrainTokenizer context={context} width={width} />}
    </NowBox>
  );
}

type LoadProps = {
  readonly state: EngineState;
  readonly width: number;
  readonly strings: Strings;
  readonly failure: ReactNode;
};

/** The now box while a model is on its way: its files in bytes, or what went wrong. */
export function LoadBox({state, width, strings, failure}: LoadProps) {
  const progress: readonly FileProgress[] = state.status === "loading" ? state.progress : [];
  return (
    <NowBox lane="gpu" notch={null} label={strings.shell.now.label}>
      {failure ?? (
        <LoadPanel
          event={null}
          progress={progress}
          kept={<KeptBox strings={strings.load} />}
          now
          width={width}
          strings={strings}
        />
      )}
    </NowBox>
  );
}

type FailureProps = {
  readonly failure: Exclude<Failure, {kind: "request"}>;
  /** Loads the model. */
  readonly onRetry: () => void;
  /** Offered where another backend may load it. */
  readonly onWasm: (() => void) | null;
  /** How to go on after the engine stopped. */
  readonly ways: Ways;
  readonly strings: Strings["errors"];
};

/** What went wrong, what is kept, and what to press. */
export function FailureNote({failure, onRetry, onWasm, ways, strings}: FailureProps) {
  return (
    <div className="failure" role="alert">
      <h2>{titleOf(failure, strings)}</h2>
      <p>
        <Breakable text={failure.message} />
      </p>
      <p className="muted">{strings[failure.kind].keep}</p>
      {failure.kind === "crash" ? (
        <WaysOn error={failure.error} ways={ways} strings={strings} />
      ) : (
        <p className="choices">
          <button type="button" className="btn primary" onClick={onRetry}>
            {strings.model.retry}
          </button>
          {onWasm && (
            <button type="button" className="btn" onClick={onWasm}>
              {strings.model.wasm}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

export const titleOf = (failure: FailureProps["failure"], strings: Strings["errors"]): string =>
  failure.kind === "crash" ? strings.crash.title(failure.error) : strings.model.title;
