import {useRef, useState, type KeyboardEvent} from "react";
import type {Stage} from "../../../engine/index.ts";
import type {MachineInput} from "./boxTexts.ts";
import {shownState} from "./MachineBoxes.tsx";
import {BOXES, type BoxName, type MachineLayout} from "./machineMap.ts";
import {stageOfBox, type MachineState} from "./machineState.ts";
import {boxName} from "./summary.ts";

type Props = {
  readonly layout: MachineLayout;
  readonly state: MachineState;
  readonly input: MachineInput;
  readonly onOpen: (stage: Stage) => void;
};

const STEPS: Readonly<Record<string, number>> = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};

/** A real button over each box, one tab stop for all: arrow keys move along the path, Enter opens. */
export function MachineButtons({layout, state, input, onOpen}: Props) {
  const [chosen, setChosen] = useState<BoxName | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const names = BOXES.filter((box) => layout.boxes[box]);
  const active =
    names.find((box) => box === chosen) ?? names.find((box) => state.boxes[box] === "now") ?? names[0];

  function move(event: KeyboardEvent, from: BoxName): void {
    const to = target(event.key, names, from);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation(); // on the boxes these keys do not step the run
    setChosen(to);
    group.current?.querySelector<HTMLElement>(`[data-for="${to}"]`)?.focus();
  }

  return (
    <div
      ref={group}
      role="toolbar"
      aria-label={input.strings.buttons}
      aria-orientation={layout.kind === "tall" ? "vertical" : "horizontal"}
    >
      {names.map((box) => {
        const {x, y, width, height} = layout.boxes[box]!;
        const stage = stageOfBox(box, input.frame);
        const reached = input.frame?.latest[stage] !== undefined;
        return (
          <button
            key={box}
            type="button"
            data-for={box}
            style={{left: x, top: y, width, height}}
            tabIndex={box === active ? 0 : -1}
            aria-disabled={!reached || undefined}
            aria-label={boxName(box, shownState(box, state, layout), input, reached)}
            onFocus={() => setChosen(box)}
            onKeyDown={(event) => move(event, box)}
            onClick={() => reached && onOpen(stage)}
          />
        );
      })}
    </div>
  );
}

function target(key: string, names: readonly BoxName[], from: BoxName): BoxName | undefined {
  if (key === "Home") return names[0];
  if (key === "End") return names.at(-1);
  const step = STEPS[key];
  return step === undefined ? undefined : names[names.indexOf(from) + step];
}
