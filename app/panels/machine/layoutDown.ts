import {splitLayers, type BoxName, type MachineLayout, type Rect} from "./machineMap.ts";

const PITCH = 50;
const BOX = 38;
const TOP = 26;
/** Room for a pill above each crossing. */
const PILL = 26;
/** The longest pill; it stays right of the arrow from the tokenizer. */
const PILL_WIDTH = 150;
/** Room for the small print of the KV cache. */
const NOTE = 10;
const KEY = 26;
const MOST_WIDTH = 216;
const STAY = 1;

const TENSOR_ROW = 1;
const HEAD_ROW = 4;
const WARPERS_ROW = 5;
const CPU_ROWS: readonly (BoxName | null)[] = [
  "tokenizer",
  "tensor",
  null,
  null,
  null,
  "warpers",
  "draw",
  "token",
  "detokenizer"
];

const rowY = (row: number): number =>
  TOP +
  row * PITCH +
  (row >= TENSOR_ROW ? PILL : 0) +
  (row >= HEAD_ROW ? NOTE : 0) +
  (row >= WARPERS_ROW ? PILL : 0);
const BOTTOM = rowY(CPU_ROWS.length - 1) + BOX + 10;

/** The map turned by 90 degrees: the CPU left, the backend right, the path runs down. */
export function layoutDown(width: number, nLayers: number): MachineLayout {
  const middle = width / 2;
  const cpuWidth = Math.min(middle - 40, MOST_WIDTH);
  const cpuX = middle - 22 - cpuWidth;
  const deviceX = middle + 14;
  const deviceWidth = Math.min(middle - 36, MOST_WIDTH + 12);
  const boxes = boxesOf(cpuX, cpuWidth, deviceX, deviceWidth);
  const kvY = rowY(2) + BOX + 8;
  const textWidth = width - deviceX - 6;
  const lane = (x: number, labelX: number) => ({
    x,
    y: 0,
    width: middle - 2,
    height: BOTTOM,
    label: {x: labelX, y: 17}
  });
  return {
    kind: "tall",
    width,
    height: BOTTOM + KEY,
    lanes: {cpu: lane(0, cpuX), device: lane(middle + 2, deviceX)},
    boundary: {x1: middle, y1: 0, x2: middle, y2: BOTTOM},
    boxes,
    layers: splitLayers(boxes.layers!, nLayers, 3),
    paths: pathsOf(boxes),
    counter: {x: cpuX, y: rowY(2) + 20, anchor: "start", width: cpuWidth + 14},
    loop: {x: cpuX, y: rowY(4) + 8, anchor: "start", width: cpuWidth + 14},
    key: {x: cpuX, y: BOTTOM + 8},
    pills: {
      down: {x: middle, y: rowY(TENSOR_ROW) - 19, anchor: "middle", width: PILL_WIDTH},
      up: {x: middle, y: rowY(WARPERS_ROW) - 19, anchor: "middle", width: PILL_WIDTH}
    },
    layersLabel: null,
    passTime: null,
    kv: {
      x: deviceX,
      y: kvY,
      width: deviceWidth,
      title: {x: deviceX, y: kvY + 30, anchor: "start", width: 20},
      bytes: {x: deviceX + 22, y: kvY + 30, anchor: "start", width: textWidth - 22},
      note: {x: deviceX, y: kvY + 46, anchor: "start", width: textWidth}
    },
    ledger: {x: deviceX, y: rowY(6) + 16, anchor: "start", width: textWidth},
    loadTime: null,
    engine: engineOf(boxes)
  };
}

const BESIDE = 5;
const TICK = 3;

/** A bracket right of the decoder and one right of the strategy; what they are together stands at the end. */
function engineOf(boxes: Partial<Record<BoxName, Rect>>): MachineLayout["engine"] {
  const {embedding, logits, warpers, draw, detokenizer} = boxes as Record<BoxName, Rect>;
  const beside = (from: Rect, to: Rect) => {
    const x = from.x + from.width + BESIDE;
    return `M${x - TICK} ${from.y}H${x}V${to.y + to.height}H${x - TICK}`;
  };
  const turned = ({x, width}: Rect, y: number) =>
    ({x: x + width + BESIDE + 13, y, anchor: "middle", turned: true}) as const;
  return {
    d: beside(embedding, logits) + beside(warpers, draw),
    decoder: turned(embedding, (embedding.y + logits.y + logits.height) / 2),
    strategy: turned(draw, middleY(draw)),
    whole: {x: embedding.x, y: middleY(detokenizer) - 4, anchor: "start", turned: false}
  };
}

function boxesOf(
  cpuX: number,
  cpuWidth: number,
  deviceX: number,
  deviceWidth: number
): Partial<Record<BoxName, Rect>> {
  const device = (row: number): Rect => ({x: deviceX, y: rowY(row), width: deviceWidth, height: BOX});
  const cpu = CPU_ROWS.flatMap((name, row) =>
    name ? [[name, {x: cpuX, y: rowY(row), width: cpuWidth, height: BOX}] as const] : []
  );
  return {
    ...Object.fromEntries(cpu),
    weights: device(0),
    embedding: device(TENSOR_ROW),
    layers: device(2),
    head: device(HEAD_ROW),
    logits: device(WARPERS_ROW)
  };
}

const middleY = ({y, height}: Rect): number => y + height / 2;
const centreX = ({x, width}: Rect): number => x + width / 2;
const below = (a: Rect, b: Rect, from = a.y + a.height): string => `M${centreX(a)} ${from}V${b.y - STAY}`;

function pathsOf(boxes: Partial<Record<BoxName, Rect>>): MachineLayout["paths"] {
  const {tokenizer, tensor, warpers, draw, token, detokenizer} = boxes as Record<BoxName, Rect>;
  const {embedding, layers, head, logits} = boxes as Record<BoxName, Rect>;
  return [
    {name: "loop", d: loopPath(token, tensor)},
    {name: "tokenizerTensor", d: below(tokenizer, tensor)},
    {name: "ids", d: `M${tensor.x + tensor.width} ${middleY(tensor)}H${embedding.x - STAY}`},
    {name: "embeddingLayers", d: below(embedding, layers)},
    {name: "layersHead", d: below(layers, head, head.y - 15)},
    {name: "headLogits", d: below(head, logits)},
    {name: "scores", d: `M${logits.x} ${middleY(logits)}H${warpers.x + warpers.width + STAY}`},
    {name: "warpersDraw", d: below(warpers, draw)},
    {name: "drawToken", d: below(draw, token)},
    {name: "tokenDetokenizer", d: below(token, detokenizer)}
  ];
}

/** From the token's left edge up along the margin and into the tensor. */
function loopPath(token: Rect, tensor: Rect): string {
  const r = 6;
  const x = tensor.x - 12;
  const [from, to] = [middleY(token), middleY(tensor)];
  return (
    `M${token.x} ${from}H${x + r}Q${x} ${from} ${x} ${from - r}` +
    `V${to + r}Q${x} ${to} ${x + r} ${to}H${tensor.x - STAY}`
  );
}
