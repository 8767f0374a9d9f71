import {Fragment, useState, type ReactNode} from "react";
import {
  checkPrompt,
  InvalidRequest,
  picksEveryPass,
  type BackendInfo,
  type Request
} from "../../engine/index.ts";
import type {Engine, Loaded} from "../engine.ts";
import type {Failure} from "../failure.ts";
import type {Strings} from "../i18n/strings.ts";
import {FieldNote} from "./NumberField.tsx";
import {PromptField} from "./PromptField.tsx";
import {sameRequest} from "./draft.ts";
import {lazily} from "./lazily.tsx";
import {useTokenCount, type TokenCount} from "./useTokenCount.ts";

const Settings = lazily(() => import("./Settings.tsx").then((module) => module.Settings));

type Props = {
  readonly engine: Engine;
  readonly loaded: Loaded | null;
  /** Tokens of the draft's prompt where a trace in view tells them, for as long as no model counts. */
  readonly counted: TokenCount | null;
  readonly draft: Request;
  readonly onDraft: (draft: Request) => void;
  /** The request of the trace in view; null before the first run. */
  readonly running: Request | null;
  readonly onStart: () => void;
  readonly failure: Failure | null;
  /** Stands in place of what says how the trace in view differs, where its step can be tried out. */
  readonly preview: ReactNode | null;
  /** Everything behind one button, until it is opened. */
  readonly compact: boolean;
  readonly strings: Strings["settings"];
};

/** The next run: its prompt, its settings, and what sets it apart from the trace in view. */
export function Setup(props: Props) {
  const {engine, loaded, draft, onDraft, running, onStart, failure, preview, compact, strings} = props;
  const [open, setOpen] = useState(false);
  const counted = useTokenCount(engine, loaded, draft.prompt);
  const count = counted.status === "waiting" ? (props.counted ?? counted) : counted;
  const problem = problemOfPrompt(draft.prompt, count, strings);
  const differs = running !== null && !sameRequest(running, draft) && (
    <>
      {preview ?? (
        <Differs
          running={running}
          draft={draft}
          onStart={problem === null ? onStart : null}
          onDraft={onDraft}
          strings={strings}
        />
      )}
    </>
  );
  if (compact && !open && failure?.kind !== "request" && problem === null)
    return (
      <section className="setup" aria-label={strings.label}>
        <button type="button" className="link" aria-expanded={false} onClick={() => setOpen(true)}>
          {strings.open}
        </button>
        {differs}
      </section>
    );
  return (
    <section className="setup" aria-label={strings.label}>
      <SetupFields {...props} count={count} problem={problem} />
      {differs}
    </section>
  );
}

type FieldsProps = Props & {readonly count: TokenCount; readonly problem: string | null};

function SetupFields(props: FieldsProps) {
  const {loaded, draft, onDraft, running, onStart, failure, count, problem, strings} = props;
  const [open, setOpen] = useState(false);
  const refused = (field: string) => (isAbout(failure, field) ? failure.message : null);
  const isRefusedBelow = failure?.kind === "request" && failure.field !== "prompt";
  const showSettings = open || isRefusedBelow;
  return (
    <>
      <div className="setuprow">
        <PromptField
          value={draft.prompt}
          onChange={(prompt) => onDraft({...draft, prompt})}
          onSubmit={() => problem === null && onStart()}
          count={count}
          problem={problem ?? refused("prompt")}
          strings={strings}
        />
        <button
          type="button"
          className="btn settingsbutton"
          aria-expanded={showSettings}
          onClick={() => setOpen(!showSettings)}
        >
          <b>{strings.settings}</b>
          <Summary items={strings.summary(draft)} />
        </button>
      </div>
      {isRefusedBelow && !PLACED.includes(failure.field) && <FieldNote problem={failure.message} />}
      {showSettings && (
        <Settings
          draft={draft}
          onDraft={onDraft}
          refused={refused}
          backend={backendOf(loaded)}
          strings={strings}
        />
      )}
      {showSettings && running === null && picksEveryPass(draft.strategy) && (
        <p className="muted">{strings.tryOut}</p>
      )}
    </>
  );
}

/** Lines break between items. */
const Summary = ({items}: {readonly items: readonly string[]}) => (
  <span className="summary">
    {items.map((item, i) => (
      <Fragment key={i}>
        <span>{i < items.length - 1 ? `${item} ·` : item}</span>{" "}
      </Fragment>
    ))}
  </span>
);

/** Fields of a request that have a place of their own on the screen. */
const PLACED = ["prompt", "strategy", "seed", "warpers", "maxNewTokens", "stopStrings", "backend"];

const backendOf = (loaded: Loaded | null): BackendInfo | null => loaded?.load.backend ?? null;

const isAbout = (failure: Failure | null, field: string): failure is Failure & {kind: "request"} =>
  failure?.kind === "request" && failure.field === field;

/** What is wrong with a prompt before anything is run. */
function problemOfPrompt(prompt: string, count: TokenCount, strings: Strings["settings"]): string | null {
  try {
    checkPrompt(prompt);
  } catch (error) {
    return error instanceof InvalidRequest ? error.message : String(error);
  }
  if (count.status === "waiting" || count.tokens < count.of) return null;
  return strings.count.tooLong(count.tokens, count.of);
}

type DiffersProps = {
  readonly running: Request;
  readonly draft: Request;
  /** Null where the draft cannot be run. */
  readonly onStart: (() => void) | null;
  readonly onDraft: (draft: Request) => void;
  readonly strings: Strings["settings"];
};

/** Says which request the trace in view belongs to, and offers the two ways out. */
function Differs({running, draft, onStart, onDraft, strings}: DiffersProps) {
  return (
    <div className="differs" role="status">
      <p>{strings.differs(running, draft)}</p>
      <span>
        <button type="button" className="btn primary" disabled={!onStart} onClick={onStart ?? undefined}>
          {strings.startAgain}
        </button>
        <button type="button" className="btn" onClick={() => onDraft(running)}>
          {strings.undo}
        </button>
      </span>
    </div>
  );
}
