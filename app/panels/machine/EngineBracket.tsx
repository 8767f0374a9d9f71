import type {MachineInput} from "./boxTexts.ts";
import {passNow} from "./machineNumbers.ts";
import type {EngineLabel, MachineLayout} from "./machineMap.ts";

type Props = {readonly layout: MachineLayout; readonly input: MachineInput};

/** The decoder and the decoding strategy, bracketed: together they are the inference engine. */
export function EngineBracket({layout: {kind, engine}, input: {frame, request, strings}}: Props) {
  const {engine: text} = strings;
  const {lane} = passNow(frame, request);
  const isTall = kind === "tall";
  return (
    <g className="engine">
      <path d={engine.d} />
      <Name at={engine.decoder} lines={[lane ? strings.small(request.strategy.name) : text.decoder]} />
      <Name at={engine.strategy} lines={[isTall ? text.strategyShort : text.strategy]} />
      <Name at={engine.whole} lines={isTall ? text.wholeShort : text.whole} />
    </g>
  );
}

function Name({at, lines}: {readonly at: EngineLabel; readonly lines: readonly string[]}) {
  const {x, y, anchor, turned} = at;
  return lines.map((line, i) => (
    <text
      key={line}
      textAnchor={anchor}
      {...(turned ? {transform: `translate(${x} ${y}) rotate(-90)`} : {x, y: y + 15 * i})}
    >
      {line}
    </text>
  ));
}
