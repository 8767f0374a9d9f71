import type {ComponentType, ReactNode} from "react";
import {tokenPlain} from "../draw/tokenText.ts";
import {insideNames, type Inside} from "../looks.ts";
import {InsidePanel} from "./insidePanels.tsx";
import {lanePlan, type LanePanel} from "./lanePanels.ts";
import type {Lane} from "./lane.ts";
import {LookInside} from "./LookInside.tsx";
import type {PanelContext, StagePanelProps} from "./panelContext.ts";
import {Logits, stagePanels} from "./stagePanels.tsx";

type Props = {readonly context: PanelContext; readonly width: number; readonly narrow: boolean};

const GUTTER = 48;

function PanelBelow({panel, ...props}: StagePanelProps & {readonly panel: LanePanel}) {
  if (isInside(panel)) return <InsidePanel part={panel} {...props} />;
  const Panel: ComponentType<StagePanelProps> = panel === "logits" ? Logits : stagePanels[panel];
  return <Panel {...props} />;
}

const isInside = (panel: LanePanel): panel is Inside => insideNames.some((name) => name === panel);

/** The other panels of this pass, each under the lane that made its numbers. */
export function Lanes({context, width, narrow}: Props) {
  const {frame, request, load, vocabulary} = context.view;
  const {recorded, looks} = context;
  const plan = lanePlan(frame, recorded === "failed" ? [] : looks.inside, recorded !== "failed");
  if (plan.backend.length + plan.cpu.length === 0 && !plan.looksInside) return null;
  const words = context.strings.shell.lanes;
  const one = narrow || plan.columns === "one";
  const left = one ? width : Math.floor(((width - GUTTER) * (plan.columns === "7:5" ? 7 : 5)) / 12);
  const right = one ? width : width - GUTTER - left;
  const {pass} = frame;
  const fed = pass ? pass.positions.to - pass.positions.from : 0;
  const first = pass?.fed?.[fed - 1];
  const backend = (frame.backend ?? load.backend).name;
  return (
    <div
      className={`lanes${one ? " one" : ""}`}
      style={one ? undefined : {gridTemplateColumns: `${left}px ${right}px`}}
    >
      <LaneColumn
        lane="gpu"
        name={plan.backendWhen === "also" ? words.also(backend) : words.earlier(backend)}
        sub={words.fed(
          fed,
          request.cache,
          pass?.batch ?? 1,
          pass?.lane !== undefined,
          first === undefined ? "" : tokenPlain(vocabulary, first),
          request.strategy.name
        )}
        panels={plan.backend}
        looksInside={plan.looksInside}
        context={context}
        width={left}
      />
      <LaneColumn
        lane="cpu"
        name={frame.pass ? words.earlierCpu : words.beforeCpu}
        panels={plan.cpu}
        context={context}
        width={right}
      />
    </div>
  );
}

type ColumnProps = {
  readonly lane: Lane;
  readonly name: string;
  readonly sub?: ReactNode;
  readonly panels: readonly LanePanel[];
  readonly looksInside?: boolean;
  readonly context: PanelContext;
  readonly width: number;
};

function LaneColumn({lane, name, sub, panels, looksInside = false, context, width}: ColumnProps) {
  if (panels.length === 0 && !looksInside) return null;
  return (
    <section className={`lane ${lane}`} aria-label={name}>
      <div className="lanehead">
        {name} <span>{sub}</span>
      </div>
      {looksInside && (
        <LookInside
          chosen={context.looks.inside}
          onChosen={(inside) => context.onLooks({inside})}
          strings={context.strings.shell.lanes}
        />
      )}
      {panels.map((panel) => (
        <PanelBelow key={panel} panel={panel} context={context} width={width} />
      ))}
    </section>
  );
}
