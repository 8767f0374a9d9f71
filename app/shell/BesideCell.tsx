import {useMemo} from "react";
import {useWidth} from "../draw/useWidth.ts";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {BesideCell as Cell, View} from "../notebook.ts";
import {isPrintable, printPlace} from "../url.ts";
import {Beside, type BesideRun} from "./Beside.tsx";
import type {CellRun} from "./cellRun.ts";
import {RunFailure} from "./GenerateCell.tsx";

type Props = {
  readonly cell: Cell;
  readonly engine: Engine;
  readonly runs: readonly CellRun[];
  readonly views: readonly (View | null)[];
  readonly strings: Strings;
};

/** What several runs of the reader's sentence came to, and what went wrong with the first that failed. */
export function BesideCell({cell, engine, runs, views, strings}: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const vocabulary = views.find((view) => view !== null)?.vocabulary ?? null;
  const {names} = cell;
  const besides = useMemo(
    () =>
      views.map((view, i): BesideRun => ({
        name: names[i]!,
        trace: view && view.trace,
        lab: view && isPrintable(view.request) ? labOf(view) : "#/lab"
      })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the views one by one: their list is a new one each time
    [names, ...views]
  );
  return (
    <div className="cell" ref={ref}>
      <Beside
        id={`beside-${cell.of.join("-")}`}
        runs={besides}
        vocabulary={vocabulary}
        width={width}
        strings={strings}
      />
      {runs.map((run) => (
        <RunFailure key={run.cell.id} engine={engine} run={run} strings={strings} />
      ))}
    </div>
  );
}

const labOf = ({request}: View): string => printPlace({page: {name: "lab"}, request, cursor: -1});
