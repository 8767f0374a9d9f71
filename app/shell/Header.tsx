import {useEffect, useRef, type RefObject} from "react";
import type {BackendInfo, Request} from "../../engine/index.ts";
import {Segmented} from "../draw/Segmented.tsx";
import type {Engine, EngineState} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import {totalOf, withAwaited} from "../panels/load/loadProgress.ts";
import type {Recording} from "../recording.ts";
import type {Page} from "../url.ts";
import {KeptBox} from "./KeptBox.tsx";
import {nextTheme, useTheme} from "./theme.ts";
import {useStore} from "./useView.ts";

type Props = {
  readonly page: Page;
  readonly hrefs: {readonly lab: string; readonly present: string};
  readonly engine: Engine;
  /** What computes at the cursor; null where no run is in view. */
  readonly computes: BackendInfo | null;
  readonly backend: Request["backend"];
  readonly onBackend: (backend: Request["backend"]) => void;
  /** What the trace in view is of; null where it is computed here. */
  readonly recording: Recording | null;
  readonly onKeys: () => void;
  readonly strings: Strings;
};

/** Word mark, pages, what computes the numbers, theme. */
export function Header(props: Props) {
  const {page, hrefs, onKeys, strings} = props;
  const {shell} = strings;
  const links = [
    {name: "notebook", href: "#/notebook"},
    {name: "lab", href: hrefs.lab},
    {name: "present", href: hrefs.present}
  ] as const;
  return (
    <header className="wrap">
      <div className="top">
        <a className="word" href={hrefs.lab} aria-label={shell.title}>
          <Mark />
          <span>{shell.title}</span>
        </a>
        <nav aria-label={shell.nav}>
          {links.map(({name, href}) => (
            <a key={name} href={href} aria-current={page.name === name ? "page" : undefined}>
              {shell.pages[name]}
            </a>
          ))}
        </nav>
        <span className="sp" />
        <SourceLine {...props} />
        <button type="button" className="btn keysbutton" onClick={onKeys}>
          {shell.keys.open}
        </button>
        <ThemeButton strings={shell.theme} />
      </div>
    </header>
  );
}

/** Two tokens of the prompt and one that is drawn. */
function Mark() {
  return (
    <svg width="26" height="18" aria-hidden="true">
      <rect x="0" y="2" width="6" height="14" rx="1" fill="var(--prompt)" />
      <rect x="8" y="2" width="6" height="14" rx="1" fill="var(--prompt)" />
      <rect
        x="16.75"
        y="2.75"
        width="8"
        height="12.5"
        rx="1"
        fill="none"
        stroke="var(--drawn)"
        strokeWidth="1.5"
      />
    </svg>
  );
}

type SourceProps = Pick<Props, "engine" | "computes" | "backend" | "onBackend" | "recording" | "strings">;

/** Which model computes the numbers, with what, and why with that; another backend can be chosen. */
function SourceLine({engine, computes, backend, onBackend, recording, strings}: SourceProps) {
  const state = useStore(engine);
  const ref = useClosable();
  const words = strings.shell.source;
  const model = state.wanted.model === "embedded" ? words.embedded : state.wanted.model;
  const loaded = state.status === "ready" ? state.loaded.load : null;
  const runsOn = computes ?? loaded?.backend;
  return (
    <div className="src">
      <span>
        <b>{model}</b>
        {loaded && `, ${words.parameters(loaded.parameters)}`}
      </span>
      <details ref={ref} className="why">
        <summary>
          {recording
            ? sourceOfRecorded(state, recording, strings.recorded.source)
            : loaded && runsOn
              ? words.runsOn(runsOn)
              : statusOf(state, words)}
        </summary>
        <div className="popover">
          {runsOn && <p>{runsOn.why}</p>}
          <Segmented
            label={strings.settings.backend}
            options={(["auto", "webgpu", "wasm"] as const).map((value) => ({
              value,
              text: strings.settings.backends[value]
            }))}
            value={backend}
            onChange={onBackend}
          />
          <KeptBox strings={strings.load} />
        </div>
      </details>
    </div>
  );
}

function statusOf(state: EngineState, words: Strings["shell"]["source"]): string {
  if (state.status !== "loading") return words.failed;
  const {loaded, total} = totalOf(state.progress);
  return words.loading(loaded, total);
}

function sourceOfRecorded(
  state: EngineState,
  {load}: Recording,
  words: Strings["recorded"]["source"]
): string {
  if (state.status !== "loading") return words[state.status];
  const {loaded, total} = totalOf(withAwaited(state.progress, load.files));
  return words.loading(loaded, total);
}

function ThemeButton({strings}: {readonly strings: Strings["shell"]["theme"]}) {
  const [theme, setTheme] = useTheme();
  return (
    <button type="button" className="btn" onClick={() => setTheme(nextTheme(theme))}>
      {strings[theme]}
    </button>
  );
}

/** A details element that closes on Escape, which takes the focus back to what opened it, and on a click elsewhere. */
function useClosable(): RefObject<HTMLDetailsElement | null> {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const isEscape = event instanceof KeyboardEvent && event.key === "Escape";
      const isInside = ref.current?.contains(event.target as Node);
      if (!ref.current?.open || !(isEscape || (event.type === "pointerdown" && !isInside))) return;
      if (isInside) ref.current.querySelector("summary")?.focus();
      ref.current.open = false;
    };
    window.addEventListener("keydown", close);
    window.addEventListener("pointerdown", close);
    return () => {
      window.removeEventListener("keydown", close);
      window.removeEventListener("pointerdown", close);
    };
  }, []);
  return ref;
}
