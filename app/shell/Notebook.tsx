import {Suspense, use, useEffect, useState} from "react";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Lesson, LessonEntry} from "../notebook.ts";
import {isPrintable, printPlace} from "../url.ts";
import {cellRunsOf, type CellRun} from "./cellRun.ts";
import {Contents} from "./Contents.tsx";
import {LessonCell} from "./LessonCell.tsx";
import {useKeys} from "./useKeys.ts";
import {useStore} from "./useView.ts";
import "../styles/lesson.css";

type Props = {
  readonly engine: Engine;
  readonly lessons: readonly LessonEntry[];
  /** The lesson that the address names; null shows the first. */
  readonly lesson: string | null;
  readonly keysOn: boolean;
  readonly onHelp: () => void;
  readonly strings: Strings;
};

/** A page of the notebook. */
export function Notebook({lesson: id, ...rest}: Props) {
  const {lessons, strings} = rest;
  const entry = id === null ? lessons[0] : lessons.find((other) => other.id === id);
  if (!entry) return <NoLesson lessons={lessons} strings={strings} />;
  return (
    <Suspense key={entry.id} fallback={<Fetching entry={entry} {...rest} />}>
      <Fetched entry={entry} {...rest} />
    </Suspense>
  );
}

type EntryProps = Omit<Props, "lesson"> & {readonly entry: LessonEntry};

function Fetched({entry, ...rest}: EntryProps) {
  return <LessonPage lesson={use(entry.load())} {...rest} />;
}

function Fetching({entry, lessons, strings}: EntryProps) {
  return (
    <main className="wrap lesson" tabIndex={-1}>
      <LessonList current={entry.id} lessons={lessons} strings={strings} />
      <h1>{entry.title}</h1>
      <p className="muted" role="status">
        {strings.notebook.fetching}
      </p>
    </main>
  );
}

type PageProps = Omit<Props, "lesson"> & {readonly lesson: Lesson};

/** What keys do here: they step a run of the lesson, and leave scrolling alone. */
const KEYS = ["step", "back", "token", "help"] as const;

function LessonPage({engine, lesson, lessons, keysOn, onHelp, strings}: PageProps) {
  const [runs] = useState(() => cellRunsOf(engine, lesson));
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const {status} = useStore(engine);
  useEffect(() => {
    if (status === "ready")
      for (const run of runs.values()) if (run.cell.kind === "generate") void run.resume();
  }, [status, runs]);
  const [run] = runs.values();
  const player = steppedOf(runs)?.player;
  useKeys(
    keysOn,
    (command) => {
      if (command.do === "help") onHelp();
      if (command.do === "step") void player?.step();
      if (command.do === "back") player?.back();
      if (command.do === "token") void player?.toToken();
    },
    () => player?.stop(),
    KEYS
  );
  const cells = lesson.cells.filter((cell) => cell.after === undefined || answered.has(cell.after));
  return (
    <main className="wrap lesson" tabIndex={-1}>
      <Contents lesson={lesson} cells={cells} strings={strings.notebook} />
      <LessonList current={lesson.id} lessons={lessons} strings={strings} />
      <h1>{lesson.title}</h1>
      {cells.map((cell) => (
        <LessonCell
          key={lesson.cells.indexOf(cell)}
          cell={cell}
          engine={engine}
          runs={runs}
          answered={answered}
          keysOn={keysOn}
          onAnswered={(predicted) => setAnswered((before) => new Set(before).add(predicted))}
          strings={strings}
        />
      ))}
      <Foot lesson={lesson} lessons={lessons} run={run} strings={strings} />
    </main>
  );
}

/** The run that keys step: the first that is not run to its end by itself. */
function steppedOf(runs: ReadonlyMap<string, CellRun>): CellRun | undefined {
  const all = [...runs.values()];
  return all.find(({cell}) => cell.until !== "stop") ?? all[0];
}

type ListProps = Pick<Props, "lessons" | "strings"> & {readonly current: string};

/** All lessons, in their order, the one in view marked. */
function LessonList({lessons, current, strings}: ListProps) {
  return (
    <nav className="lessonlist" aria-label={strings.notebook.lessons}>
      <ol>
        {lessons.map(({id, title}) => (
          <li key={id}>
            <a href={`#/notebook/${id}`} aria-current={id === current ? "page" : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

type FootProps = Pick<PageProps, "lesson" | "lessons" | "strings"> & {readonly run: CellRun | undefined};

/** The lessons before and after; after the last, the lab. */
function Foot({lesson, lessons, run, strings}: FootProps) {
  const at = lessons.findIndex(({id}) => id === lesson.id);
  const before = lessons[at - 1];
  const after = lessons[at + 1];
  return (
    <nav className="lessonfoot" aria-label={strings.notebook.others}>
      {before ? <a href={`#/notebook/${before.id}`}>← {before.title}</a> : <span />}
      {after ? (
        <a href={`#/notebook/${after.id}`}>{after.title} →</a>
      ) : (
        run && <LabLink run={run} strings={strings} />
      )}
    </nav>
  );
}

/** Takes what the reader has written here to the lab. */
function LabLink({run, strings}: {readonly run: CellRun; readonly strings: Strings}) {
  const request = useStore(run.draft);
  const href = isPrintable(request) ? printPlace({page: {name: "lab"}, request, cursor: -1}) : "#/lab";
  return <a href={href}>{strings.notebook.lab}</a>;
}

function NoLesson({lessons, strings}: Pick<Props, "lessons" | "strings">) {
  return (
    <main className="wrap lesson" tabIndex={-1}>
      <p className="prose">{strings.notebook.none}</p>
      <ul className="prose">
        {lessons.map(({id, title}) => (
          <li key={id}>
            <a href={`#/notebook/${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </main>
  );
}
