import {fitText, wrapText} from "../../draw/fitText.ts";
import type {MachineInput} from "./boxTexts.ts";
import {counterTexts, laneKey, ledgerLines, loopText, plainText} from "./labelTexts.ts";
import {crossingDown, crossingUp, loadNow, passNow} from "./machineNumbers.ts";
import type {Label, MachineLayout} from "./machineMap.ts";
import type {MachineState} from "./machineState.ts";
import {Pill} from "./Pill.tsx";

type Props = {
  readonly layout: MachineLayout;
  readonly state: MachineState;
  readonly input: MachineInput;
};

/** Everything written beside the boxes: lanes, counter, loop, bytes, layers, ledger, key. */
export function MachineLabels({layout, state, input}: Props) {
  const {frame, next, request, strings} = input;
  const {lanes, layersLabel, passTime, loadTime} = layout;
  const {transfer, fetch} = frame?.inPass ?? {};
  const loadMs = loadNow(frame)?.measured?.ms;
  const {ms} = passNow(frame, request);
  const lane = laneKey(input);
  return (
    <>
      <text className="s lanename cpu" x={lanes.cpu.label.x} y={lanes.cpu.label.y}>
        {strings.lanes.cpu}
      </text>
      <text className="s lanename device" x={lanes.device.label.x} y={lanes.device.label.y}>
        {strings.lanes[lane]}
      </text>
      <Counter layout={layout} input={input} />
      <Loop layout={layout} state={state} input={input} />
      {layersLabel && <text {...layersLabel}>{strings.layersLabel}</text>}
      {passTime && ms !== null && (
        <text {...passTime} textAnchor="end">
          {strings.passTime(ms)}
        </text>
      )}
      {loadTime && loadMs !== undefined && <text {...loadTime}>{strings.loadTime(loadMs)}</text>}
      <Pill
        at={layout.pills.down}
        crossing={crossingDown(frame, next, request)}
        ms={transfer?.measured?.ms ?? null}
        down
        input={input}
      />
      <Pill
        at={layout.pills.up}
        crossing={crossingUp(frame, next)}
        ms={fetch?.measured?.ms ?? null}
        down={false}
        input={input}
      />
      <Ledger at={layout.ledger} input={input} />
      <Key layout={layout} input={input} />
    </>
  );
}

type Part = {readonly layout: MachineLayout; readonly input: MachineInput};

function Counter({layout, input}: Part) {
  const {x, y, anchor, width} = layout.counter;
  const {title, parts} = counterTexts(input);
  const isTall = layout.kind === "tall"; // it has no room for the plain words
  const lines = isTall ? parts.flatMap((part) => wrapText(part, width, 12)) : [parts.join(", ")];
  const plain = isTall ? [] : wrapText(plainText(input), width, 12);
  return (
    <>
      <text className="s counter" x={x} y={y} textAnchor={anchor}>
        {title}
      </text>
      {lines.map((line, i) => (
        <text key={i} x={x} y={y + 19 + 16 * i} textAnchor={anchor}>
          {fitText(line, width, 12)}
        </text>
      ))}
      {plain.map((line, i) => (
        <text key={i} className="plain" x={x} y={y + 41 + 15 * i} textAnchor={anchor}>
          {line}
        </text>
      ))}
    </>
  );
}

function Loop({layout, state, input}: Part & {readonly state: MachineState}) {
  const {x, y, anchor, width} = layout.loop;
  const lines = wrapText(loopText(input, state), width, 12);
  return lines.map((line, i) => (
    <text
      key={i}
      className={state.paths.loop === "rest" ? "quiet" : ""}
      x={x}
      y={y + 15 * i}
      textAnchor={anchor}
    >
      {line}
    </text>
  ));
}

function Ledger({at, input}: {readonly at: Label; readonly input: MachineInput}) {
  const lines = ledgerLines(input);
  const pitch = lines.length > 5 ? 14 : lines.length > 4 ? 16 : 18; // all lines end inside the lane
  return lines.map((line, i) => (
    <text key={i} className={i === 0 ? "s" : ""} x={at.x} y={at.y + pitch * i}>
      {fitText(line, at.width, 12, i === 0 ? "strong" : "ui")}
    </text>
  ));
}

function Key({layout: {key}, input: {strings}}: Part) {
  const places = [
    ["now", 0],
    ["done", 62],
    ["next", 192]
  ] as const;
  return places.map(([state, dx]) => (
    <g key={state} className="key" data-state={state}>
      <rect x={key.x + dx} y={key.y} width="14" height="11" rx="2" />
      <text x={key.x + dx + 20} y={key.y + 10}>
        {strings.key[state]}
      </text>
    </g>
  ));
}
