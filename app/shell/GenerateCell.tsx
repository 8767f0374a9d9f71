import {checkPrompt, InvalidRequest, type Request} from "../../engine/index.ts";
import {useWidth} from "../draw/useWidth.ts";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import type {CellRun} from "./cellRun.ts";
import {FailureNote, LoadBox} from "./NowBox.tsx";
import {PromptField} from "./PromptField.tsx";
import {Sentence} from "./Sentence.tsx";
import {BackButton, NowSaid, StepButton, TokenWord} from "./TransportButtons.tsx";
import {useTokenCount} from "./useTokenCount.ts";
import {useLoaded, useStore} from "./useView.ts";

type Props = {
  readonly engine: Engine;
  readonly run: CellRun;
  readonly view: View | null;
  readonly strings: Strings;
};

/** A run that the reader steps, on a sentence of their own. */
export function GenerateCell(props: Props) {
  const {engine, run, view, strings} = props;
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const engineState = useStore(engine);
  if (engineState.status !== "ready" && !view)
    return (
      <div ref={ref}>
        <LoadBox
          state={engineState}
          width={width - 42}
          strings={strings}
          failure={engineState.status === "failed" ? <CellFailure {...props} /> : null}
        />
      </div>
    );
  return (
    <section className="cell" aria-label={strings.notebook.generate.label}>
      <div ref={ref}>
        <CellPrompt {...props} />
        <Sentence
          view={view}
          prompt={run.draft.get().prompt}
          width={width}
          ids
          strings={strings.shell.sentence}
        />
        <CellFailure {...props} />
        <CellSteps run={run} view={view} strings={strings} />
      </div>
    </section>
  );
}

function CellPrompt({engine, run, strings}: Props) {
  const written = useStore(run.draft);
  const {request, failure, loop} = useStore(run.player);
  const count = useTokenCount(engine, useLoaded(engine), written.prompt);
  const words = strings.notebook.generate;
  const begin = () => void run.begin();
  const refused = failure?.kind === "request" ? failure.message : null;
  const differs = request !== null && request.prompt !== written.prompt;
  return (
    <div className="cellprompt">
      <PromptField
        value={written.prompt}
        onChange={(prompt) => run.draft.set({...written, prompt})}
        onSubmit={begin}
        count={count}
        problem={problemOf(written) ?? refused}
        strings={strings.settings}
      />
      <button
        type="button"
        className={`btn${differs ? " primary" : ""}`}
        disabled={loop !== null}
        onClick={begin}
      >
        {loop === null ? words.run : words.running}
      </button>
      {differs && (
        <p className="hint" role="status">
          {words.differs}
        </p>
      )}
    </div>
  );
}

function problemOf(request: Request): string | null {
  try {
    checkPrompt(request.prompt);
    return null;
  } catch (error) {
    return error instanceof InvalidRequest ? error.message : String(error);
  }
}

/** What went wrong with a run that has no field of its own; that of the model stands with the field. */
export function RunFailure({engine, run, strings}: Omit<Props, "view">) {
  const {failure} = useStore(run.player);
  const {status} = useStore(engine);
  if (run.cell.kind !== "run" || !failure || failure.kind === "request" || status === "failed") return null;
  const again = () => void run.begin();
  return (
    <FailureNote failure={failure} onRetry={again} onWasm={null} ways={{again}} strings={strings.errors} />
  );
}

function CellFailure({engine, run, strings}: Props) {
  const state = useStore(run.player);
  const engineState = useStore(engine);
  const failure = engineState.status === "failed" ? engineState.failure : state.failure;
  if (!failure || failure.kind === "request") return null;
  const reload = () => void engine.reload(engine.get().wanted).catch(() => undefined);
  const again = () => (state.request ? void run.player.goOn() : reload());
  return (
    <FailureNote failure={failure} onRetry={reload} onWasm={null} ways={{again}} strings={strings.errors} />
  );
}

type StepsProps = {readonly run: CellRun; readonly view: View | null; readonly strings: Strings};

/** Back, what just happened, and what one step does. */
export function CellSteps({run: {player}, view, strings}: StepsProps) {
  const state = useStore(player);
  if (!view) return null;
  return (
    <div className="ctl cellctl">
      <BackButton player={player} view={view} strings={strings} />
      <NowSaid view={view} state={state} strings={strings} />
      <StepButton view={view} state={state} onStep={() => void player.step()} strings={strings} />
      <div className="jump">
        <button
          type="button"
          className="btn"
          disabled={view.frame.event.stage === "stop"}
          onClick={() => void player.toToken()}
        >
          <TokenWord strings={strings.shell.transport} />
        </button>
      </div>
    </div>
  );
}
