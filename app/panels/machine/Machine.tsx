import {useId, useMemo} from "react";
import type {Frame, Request, Stage, Vocabulary} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Datum} from "./Datum.tsx";
import {EngineBracket} from "./EngineBracket.tsx";
import {layoutMachine} from "./layoutMachine.ts";
import {MachineBoxes} from "./MachineBoxes.tsx";
import {MachineButtons} from "./MachineButtons.tsx";
import {MachineLabels} from "./MachineLabels.tsx";
import {MachinePaths} from "./MachinePaths.tsx";
import {loadNow} from "./machineNumbers.ts";
import {machineState} from "./machineState.ts";
import {summary} from "./summary.ts";
import {KvStrip} from "./KvStrip.tsx";

type Props = {
  /** Null while the model is being loaded: the map at rest. */
  readonly frame: Frame | null;
  /** The stage that a step would run. */
  readonly next: Stage | null;
  readonly request: Request;
  readonly vocabulary: Vocabulary;
  /** How many positions the KV strip has room for: where the run may end. */
  readonly maxPositionsShown: number;
  /** There is no model, and none on its way. */
  readonly failed?: boolean;
  /** The frame is of a trace that was recorded. */
  readonly recorded?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "machine">;
  /** Opens the panel of a box. */
  readonly onOpen?: (stage: Stage) => void;
};

/** The map of the whole path: two lanes, the boundary between them, and where the cursor stands. */
export function Machine({
  frame,
  next,
  request,
  vocabulary,
  maxPositionsShown,
  failed = false,
  recorded = false,
  width,
  strings,
  onOpen
}: Props) {
  const id = useId();
  const input = {frame, next, request, vocabulary, failed, recorded, strings: strings.machine};
  const nLayers = loadNow(frame)?.config.nLayers ?? 0;
  const layout = useMemo(() => layoutMachine(width, nLayers), [width, nLayers]);
  const state = machineState(frame, next, request);
  return (
    <div className={`machine ${layout.kind}`} style={{width, height: layout.height}}>
      <svg width={width} height={layout.height} role="img" aria-label={summary(input, state)}>
        <MachinePaths layout={layout} state={state} id={id} />
        <EngineBracket layout={layout} input={input} />
        <KvStrip layout={layout} input={input} positions={maxPositionsShown} />
        <MachineBoxes layout={layout} state={state} input={input} />
        <MachineLabels layout={layout} state={state} input={input} />
      </svg>
      <Datum cursor={frame?.cursor ?? -1} layout={layout} state={state} />
      {onOpen && <MachineButtons layout={layout} state={state} input={input} onOpen={onOpen} />}
    </div>
  );
}
