import {useState, type ReactNode} from "react";
import {useWidth} from "../draw/useWidth.ts";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Trace} from "../../engine/index.ts";
import type {Cell, ClaimCell as Claim, Of, PanelCell as PanelOf, View} from "../notebook.ts";
import {hasEnded, useCellView, useTogether, type CellRun} from "./cellRun.ts";
import {checkClaim, type ClaimCheck} from "./checkClaim.ts";
import {CellSteps, GenerateCell, RunFailure} from "./GenerateCell.tsx";
import {laneOf} from "./lane.ts";
import {firstLooks, type Looks} from "./panelContext.ts";
import {PredictCell} from "./PredictCell.tsx";
import {lazily} from "./lazily.tsx";
import {Sentence} from "./Sentence.tsx";
import {Logits, stagePanels} from "./stagePanels.tsx";
import {useStore} from "./useView.ts";

const BesideCell = lazily(() => import("./BesideCell.tsx").then((module) => module.BesideCell));

type Props = {
  readonly cell: Cell;
  readonly engine: Engine;
  readonly runs: ReadonlyMap<string, CellRun>;
  readonly answered: ReadonlySet<string>;
  readonly onAnswered: (id: string) => void;
  readonly keysOn: boolean;
  readonly strings: Strings;
};

/** One cell of a lesson. */
export function LessonCell({cell, ...rest}: Props) {
  const {engine, runs, strings, answered, onAnswered, keysOn} = rest;
  const seen = (of: Of, draw: SeenProps["draw"]) => <Seen of={of} engine={engine} runs={runs} draw={draw} />;
  const seenOne = (of: string, draw: (view: View | null, run: CellRun) => ReactNode) =>
    seen(of, ([view], [run]) => draw(view!, run!));
  switch (cell.kind) {
    case "heading":
      return (
        <h2 className="q" id={cell.id}>
          {cell.text}
        </h2>
      );
    case "prose":
      return cell.of === undefined ? cell.render(null) : seen(cell.of, (views) => cell.render(...views));
    case "generate":
      return seenOne(cell.id, (view, run) => (
        <GenerateCell engine={engine} run={run} view={view} strings={strings} />
      ));
    case "run":
      return null;
    case "steps":
      return seenOne(cell.of, (view, run) => (
        <Steps engine={engine} run={run} view={view} strings={strings} />
      ));
    case "panel":
      return seenOne(cell.of, (view, run) => (
        <PanelCell cell={cell} run={run} view={view} strings={strings} />
      ));
    case "beside":
      return seen(cell.of, (views, of) => (
        <BesideCell cell={cell} engine={engine} runs={of} views={views} strings={strings} />
      ));
    case "predict":
      return seen(cell.of, (views) => (
        <PredictCell
          cell={cell}
          views={views}
          answered={answered.has(cell.id)}
          onAnswered={() => onAnswered(cell.id)}
          keysOn={keysOn}
          strings={strings}
        />
      ));
    case "claim":
      return seen(cell.of, (views) => <ClaimCell cell={cell} views={views} strings={strings} />);
  }
}

type SeenProps = {
  readonly of: Of;
  readonly engine: Engine;
  readonly runs: ReadonlyMap<string, CellRun>;
  readonly draw: (views: readonly (View | null)[], runs: readonly CellRun[]) => ReactNode;
};

/** Draws with what the runs of a cell have come to. */
function Seen({of, runs, ...rest}: SeenProps) {
  const each = (typeof of === "string" ? [of] : of).map((id) => {
    const run = runs.get(id);
    if (run) return run;
    throw new Error(`a cell of this lesson is about ${JSON.stringify(id)}, which no run has as its id`);
  });
  return <SeenNext runs={each} views={[]} {...rest} />;
}

type NextProps = Pick<SeenProps, "engine" | "draw"> & {
  readonly runs: readonly CellRun[];
  /** Of the runs that were seen already. */
  readonly views: readonly (View | null)[];
};

/** Sees one run, and inside of it the next. */
function SeenNext({runs, views, engine, draw}: NextProps) {
  const view = useCellView(engine, runs[views.length]!);
  const seen = [...views, view];
  if (runs.length === 1) return draw(seen, runs);
  if (seen.length === runs.length) return <SeenTogether runs={runs} views={seen} draw={draw} />;
  return <SeenNext runs={runs} views={seen} engine={engine} draw={draw} />;
}

function SeenTogether({runs, views, draw}: Omit<NextProps, "engine">) {
  return draw(useTogether(views), runs);
}

type ViewProps = {readonly run: CellRun; readonly view: View | null; readonly strings: Strings};

/** The same run again, further down the page. */
function Steps({engine, run, view, strings}: ViewProps & {readonly engine: Engine}) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  return (
    <section className="cell" aria-label={strings.notebook.generate.steps}>
      <div ref={ref}>
        <Sentence
          view={view}
          prompt={run.draft.get().prompt}
          width={width}
          ids
          strings={strings.shell.sentence}
        />
        <RunFailure engine={engine} run={run} strings={strings} />
        <CellSteps run={run} view={view} strings={strings} />
      </div>
    </section>
  );
}

/** Fetched from the backend, they lie in the CPU's memory. */
const LOGITS = {Panel: Logits, lane: "cpu", stage: "fetch"} as const;

function PanelCell({cell, run, view, strings}: ViewProps & {readonly cell: PanelOf}) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const [looks, setLooks] = useState<Looks>(firstLooks);
  const {loop} = useStore(run.player);
  const {Panel, lane, stage} =
    cell.stage === "logits"
      ? LOGITS
      : {Panel: stagePanels[cell.stage], lane: laneOf[cell.stage], stage: cell.stage};
  const reached = view !== null && view.frame.latest[stage] !== undefined;
  return (
    <div className={`cell ${lane}`}>
      <div ref={ref}>
        {reached ? (
          <Panel
            context={{
              view,
              strings,
              looks,
              onLooks: (change) => setLooks((before) => ({...before, ...change})),
              inside: run.inside,
              shared: 0,
              quiet: loop !== null && loop !== "run",
              progress: []
            }}
            width={width}
          />
        ) : (
          <p className="muted">{view ? strings.notebook.notReached : strings.notebook.loading}</p>
        )}
      </div>
    </div>
  );
}

type ClaimProps = {
  readonly cell: Claim;
  readonly views: readonly (View | null)[];
  readonly strings: Strings;
};

function ClaimCell({cell, views, strings}: ClaimProps) {
  const words = strings.notebook.claim;
  const traces = tracesFor(views);
  const check = traces && checkClaim(cell, ...traces);
  const n = views.length;
  return (
    <div className="claim" role="note" aria-label={words.label}>
      <p className="prose">{cell.says}</p>
      <p className="hint">{check && check.looked > 0 ? toldOf(check, n, words) : words.waiting(n)}</p>
    </div>
  );
}

function toldOf({holds, looked}: ClaimCheck, runs: number, words: Strings["notebook"]["claim"]): string {
  if (holds === null) return words.nothing(looked, runs);
  return holds ? words.holds(looked, runs) : words.fails(looked, runs);
}

/** What a claim is checked on: one run up to its cursor, or all of several that have ended; null before that. */
function tracesFor(views: readonly (View | null)[]): readonly Trace[] | null {
  const there = views.flatMap((view) => view ?? []);
  if (there.length < views.length) return null;
  if (there.length === 1) return there.map(({trace, frame}) => trace.slice(0, frame.cursor + 1));
  return there.every(({trace}) => hasEnded(trace)) ? there.map(({trace}) => trace) : null;
}
