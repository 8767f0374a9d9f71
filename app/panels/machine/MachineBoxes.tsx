import type {ReactNode} from "react";
import {textWidth} from "../../draw/fitText.ts";
import {boxValues, nameOf, type MachineInput} from "./boxTexts.ts";
import {Chain, fitting, isSmall, TokenValue, Value} from "./BoxValue.tsx";
import {loadNow} from "./machineNumbers.ts";
import {BOXES, LANE_OF, MOST_LAYERS, type BoxName, type MachineLayout, type Rect} from "./machineMap.ts";
import type {MachineState, MarkState} from "./machineState.ts";

type Props = {
  readonly layout: MachineLayout;
  readonly state: MachineState;
  readonly input: MachineInput;
};

/** Every box with its name and what it holds now. */
export function MachineBoxes({layout, state, input}: Props) {
  const values = boxValues(input);
  return BOXES.map((name) => {
    const rect = layout.boxes[name];
    if (!rect) return null;
    const mark = shownState(name, state, layout);
    if (name === "layers") return <Layers key={name} {...{layout, mark, input}} />;
    const label = labelOf(name, rect, input);
    if (name === "warpers")
      return <Box key={name} {...{name, rect, mark, label}} value={<Chain {...{rect, input}} />} />;
    if (name === "token")
      return <Box key={name} {...{name, rect, mark, label}} value={<TokenValue {...{rect, input}} />} />;
    return (
      <Box
        key={name}
        {...{name, rect, mark, label}}
        value={values[name].length > 0 && <Value rect={rect}>{fitting(values[name], rect.width - 4)}</Value>}
      />
    );
  });
}

/** Without boxes for the texts at either end, their neighbours stand for them. */
export function shownState(name: BoxName, {boxes}: MachineState, layout: MachineLayout): MarkState {
  if (name === "detokenizer" && !layout.boxes.completion && boxes.completion === "now") return "now";
  return boxes[name];
}

/** The longer name where it fits. */
function labelOf(name: BoxName, {width}: Rect, input: MachineInput): string {
  const own = nameOf(name, input);
  const longer = name === "tensor" ? input.strings.tokenTensor : own;
  return textWidth(longer, isSmall(width) ? 12 : 13, "strong") <= width - 12 ? longer : own;
}

type BoxProps = {
  readonly name: BoxName;
  readonly rect: Rect;
  readonly mark: MarkState;
  readonly label: string;
  readonly value: ReactNode;
};

function Box({name, rect, mark, label, value}: BoxProps) {
  const {x, y, width, height} = rect;
  return (
    <g className={isSmall(width) ? "small" : ""} data-box={name} data-state={mark} data-lane={LANE_OF[name]}>
      <rect className="box" x={x} y={y} width={width} height={height} rx="4" />
      <text className="s" x={x + width / 2} y={y + height / 2 + (value ? -4 : 5)} textAnchor="middle">
        {label}
      </text>
      {value}
    </g>
  );
}

type LayersProps = {readonly layout: MachineLayout; readonly mark: MarkState; readonly input: MachineInput};

/** One slim box a layer; many layers are one box that says how many, and so are layers not counted yet. */
function Layers({layout, mark, input}: LayersProps) {
  const nLayers = loadNow(input.frame)?.config.nLayers ?? 0;
  return (
    <g data-box="layers" data-state={mark} data-lane="device">
      {layout.layers.map(({x, y, width, height}, i) => (
        <g key={i}>
          <rect className="box" x={x} y={y} width={width} height={height} rx="3" />
          <text className="s layer" x={x + width / 2} y={y + height / 2 + 4} textAnchor="middle">
            {nLayers > MOST_LAYERS
              ? input.strings.layersAsOne(nLayers)
              : nLayers > 0
                ? i + 1
                : input.strings.layersLabel}
          </text>
        </g>
      ))}
    </g>
  );
}
