import {useState, type ReactNode} from "react";
import {useWidth} from "../draw/useWidth.ts";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Cell, ClaimCell as Claim, PanelCell as PanelOf, View} from "../notebook.ts";
import {useCellView, type CellRun} from "./cellRun.ts";
import {checkClaim} from "./checkClaim.ts";
import {CellSteps, GenerateCell} from "./GenerateCell.tsx";
import {laneOf} from "./lane.ts";
import {firstLooks, type Looks} from "./panelContext.ts";
import {PredictCell} from "./PredictCell.tsx";
import {Sentence} from "./Sentence.tsx";
import {stagePanels} from "./stagePanels.tsx";
import {useStore} from "./useView.ts";

type Props<C extends Cell = Cell> = {
  readonly cell: C;
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
  switch (cell.kind) {
    case "heading":
      return (
        <h2 className="q" id={cell.id}>
          {cell.text}
        </h2>
      );
    case "prose":
      return cell.of === undefined ? (
        cell.render(null)
      ) : (
        <Seen of={cell.of} engine={engine} runs={runs} draw={(view) => cell.render(view)} />
      );
    case "generate":
      return (
        <Seen
          of={cell.id}
          engine={engine}
          runs={runs}
          draw={(view, run) => <GenerateCell engine={engine} run={run} view={view} strings={strings} />}
        />
      );
    case "steps":
      return (
        <Seen
          of={cell.of}
          engine={engine}
          runs={runs}
          draw={(view, run) => <Steps run={run} view={view} strings={strings} />}
        />
      );
    case "panel":
      return (
        <Seen
          of={cell.of}
          engine={engine}
          runs={runs}
          draw={(view, run) => <PanelCell cell={cell} run={run} view={view} strings={strings} />}
        />
      );
    case "predict":
      return (
        <Seen
          of={cell.of}
          engine={engine}
          runs={runs}
          draw={(view) => (
            <PredictCell
              cell={cell}
              view={view}
              answered={answered.has(cell.id)}
              onAnswered={() => onAnswered(cell.id)}
              keysOn={keysOn}
              strings={strings}
            />
          )}
        />
      );
    case "claim":
      return (
        <Seen
          of={cell.of}
          engine={engine}
          runs={runs}
          draw={(view) => <ClaimCell cell={cell} view={view} strings={strings} />}
        />
      );
  }
}

type SeenProps = {
  readonly of: string;
  readonly engine: Engine;
  readonly runs: ReadonlyMap<string, CellRun>;
  readonly draw: (view: View | null, run: CellRun) => ReactNode;
};

/** Draws with what a generate cell's run has come to. */
function Seen({of, engine, runs, draw}: SeenProps) {
  const run = runs.get(of);
  if (!run)
    throw new Error(
      `a cell of this lesson is about ${JSON.stringify(of)}, which no generate cell has as its id`
    );
  return <SeenOf run={run} engine={engine} draw={draw} />;
}

function SeenOf({run, engine, draw}: Omit<SeenProps, "of" | "runs"> & {readonly run: CellRun}) {
  return draw(useCellView(engine, run), run);
}

type ViewProps = {readonly run: CellRun; readonly view: View | null; readonly strings: Strings};

/** The same run again, further down the page. */
function Steps({run, view, strings}: ViewProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  return (
    <section className="cell" aria-label={strings.notebook.generate.steps}>
      <div ref={ref}>
        <Sentence
          view={view}
          prompt={run.draft.get().prompt}
          width={width}
          strings={strings.shell.sentence}
        />
        <CellSteps run={run} view={view} strings={strings} />
      </div>
    </section>
  );
}

function PanelCell({cell, run, view, strings}: ViewProps & {readonly cell: PanelOf}) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const [looks, setLooks] = useState<Looks>(firstLooks);
  const {loop} = useStore(run.player);
  const Panel = stagePanels[cell.stage];
  const reached = view !== null && view.frame.latest[cell.stage] !== undefined;
  return (
    <div className={`cell ${laneOf[cell.stage]}`}>
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

function ClaimCell({
  cell,
  view,
  strings
}: {
  readonly cell: Claim;
  readonly view: View | null;
  readonly strings: Strings;
}) {
  const words = strings.notebook.claim;
  const check = view && checkClaim(cell, view.trace.slice(0, view.frame.cursor + 1));
  const checked = check !== null && check.looked > 0;
  return (
    <div className="claim" role="note" aria-label={words.label}>
      <p className="prose">{cell.says}</p>
      <p className="hint">
        {checked ? (check.holds ? words.holds(check.looked) : words.fails(check.looked)) : words.waiting}
      </p>
    </div>
  );
}
