import {useEffect, useState} from "react";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Lesson} from "../notebook.ts";
import {isPrintable, printPlace} from "../url.ts";
import {createCellRuns, type CellRun} from "./cellRun.ts";
import {Contents} from "./Contents.tsx";
import {LessonCell} from "./LessonCell.tsx";
import {useKeys} from "./useKeys.ts";
import {useStore} from "./useView.ts";

type Props = {
  readonly engine: Engine;
  readonly lessons: readonly Lesson[];
  /** The lesson that the address names; null shows the first. */
  readonly lesson: string | null;
  readonly keysOn: boolean;
  readonly onHelp: () => void;
  readonly strings: Strings;
};

/** A page of the notebook. */
export function Notebook({lesson: id, ...rest}: Props) {
  const {lessons, strings} = rest;
  const lesson = id === null ? lessons[0] : lessons.find((other) => other.id === id);
  if (!lesson) return <NoLesson lessons={lessons} strings={strings} />;
  return <LessonPage key={lesson.id} lesson={lesson} {...rest} />;
}

type PageProps = Omit<Props, "lesson"> & {readonly lesson: Lesson};

/** What keys do here: they step the first run of the lesson, and leave scrolling alone. */
const KEYS = ["step", "back", "token", "help"] as const;

function LessonPage({engine, lesson, lessons, keysOn, onHelp, strings}: PageProps) {
  const [runs] = useState(() => createCellRuns(engine, lesson));
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const {status} = useStore(engine);
  useEffect(() => {
    if (status === "ready")
      for (const run of runs.values()) if (run.player.get().request === null) void run.begin();
  }, [status, runs]);
  const run = [...runs.values()][0];
  const player = run?.player;
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

type FootProps = Pick<PageProps, "lesson" | "lessons" | "strings"> & {readonly run: CellRun | undefined};

/** The lessons before and after; after the last, the lab. */
function Foot({lesson, lessons, run, strings}: FootProps) {
  const at = lessons.findIndex(({id}) => id === lesson.id);
  const before = lessons[at - 1];
  const after = lessons[at + 1];
  return (
    <nav className="lessonfoot" aria-label={strings.notebook.lessons}>
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
