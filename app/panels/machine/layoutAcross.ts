import {
  splitLayers,
  type BoxName,
  type MachineLayout,
  type PathName,
  type Point,
  type Rect
} from "./machineMap.ts";

const HEIGHT = 248;
const BOX = 46;
const CPU_Y = 46;
const DEVICE_Y = 170;
const MIDDLE = 130;
const LOOP_Y = 32;
const STAY = 1; // an arrow ends this far before its box

/** Places of the CPU lane from left to right; three or four columns in the middle belong to the layers. */
const COLUMNS: readonly (BoxName | null)[] = [
  "text",
  "tokenizer",
  "tensor",
  null,
  null,
  null,
  null,
  "warpers",
  "draw",
  "token",
  "detokenizer",
  "completion"
];

type Grid = {
  readonly width: number;
  readonly wide: boolean;
  readonly columns: readonly (BoxName | null)[];
  readonly box: number;
  centre(column: number): number;
  columnOf(name: BoxName): number;
};

/** The map with lanes above each other: ids cross straight down at the tensor, logits straight up at the warpers. */
export function layoutAcross(width: number, nLayers: number, wide: boolean): MachineLayout {
  const grid = gridOf(width, wide);
  const boxes = boxesOf(grid);
  const layers = boxes.layers!;
  const tensor = grid.centre(grid.columnOf("tensor"));
  const scores = grid.centre(grid.columnOf("warpers"));
  const middle = (tensor + scores) / 2;
  const ledger = right(boxes.logits!) + (wide ? 34 : 24);
  const kv = {x: layers.x, y: layers.y + BOX + 11, width: layers.width};
  return {
    kind: wide ? "wide" : "medium",
    width,
    height: HEIGHT,
    lanes: {
      cpu: {x: 0, y: 22, width, height: MIDDLE - 24, label: {x: wide ? 14 : 6, y: CPU_Y + BOX / 2 + 5}},
      device: {
        x: 0,
        y: MIDDLE + 2,
        width,
        height: HEIGHT - MIDDLE - 2,
        label: {x: wide ? 14 : 6, y: DEVICE_Y + BOX / 2 + 5}
      }
    },
    boundary: {x1: 0, y1: MIDDLE, x2: width, y2: MIDDLE},
    boxes,
    layers: splitLayers(layers, nLayers, 4),
    paths: pathsOf(grid, boxes),
    counter: {x: middle, y: CPU_Y + 7, anchor: "middle", width: scores - tensor - grid.box - 8},
    loop: {x: middle, y: 17, anchor: "middle", width: scores - tensor},
    key: {x: width - 250, y: 7},
    pills: {
      down: {x: tensor + 10, y: MIDDLE, anchor: "start", width: (scores - tensor) / 2 - 14},
      up: {x: scores - 10, y: MIDDLE, anchor: "end", width: (scores - tensor) / 2 - 14}
    },
    layersLabel: nLayers > 0 ? {x: layers.x, y: DEVICE_Y - 6} : null,
    passTime: {x: right(layers), y: DEVICE_Y - 6},
    kv: {
      ...kv,
      title: {x: kv.x - 10, y: kv.y + 11, anchor: "end", width: 80},
      bytes: {x: kv.x, y: kv.y + 11, anchor: "start", width: width - kv.x - 8},
      note: {x: kv.x, y: kv.y + 11, anchor: "start", width: 0}
    },
    ledger: {x: ledger, y: MIDDLE + 42, anchor: "start", width: width - ledger - 8},
    loadTime: {x: boxes.weights!.x, y: kv.y + 11},
    engine: engineOf(boxes)
  };
}

const STRATEGY_Y = CPU_Y + BOX + 8;
const DECODER_Y = DEVICE_Y - 20;
const TICK = 4;

/** A bracket under the strategy and one over the decoder, joined through the boundary. */
function engineOf(boxes: Partial<Record<BoxName, Rect>>): MachineLayout["engine"] {
  const {embedding, layers, logits, warpers, draw} = boxes as Record<BoxName, Rect>;
  const riser = (right(logits) + draw.x) / 2;
  const label = (x: number, y: number, anchor: "start" | "middle" = "start") =>
    ({x, y, anchor, turned: false}) as const;
  return {
    d:
      `M${warpers.x} ${STRATEGY_Y - TICK}V${STRATEGY_Y}H${right(draw)}V${STRATEGY_Y - TICK}` +
      `M${riser} ${STRATEGY_Y}V${DECODER_Y}H${embedding.x}V${DECODER_Y + TICK}` +
      `M${right(logits)} ${DECODER_Y}V${DECODER_Y + TICK}`,
    decoder: label(layers.x + 0.72 * layers.width, DECODER_Y + 4, "middle"), // clear of the pills
    strategy: label(riser + 7, STRATEGY_Y + 15),
    whole: label(riser + 7, DECODER_Y + 3)
  };
}

function gridOf(width: number, wide: boolean): Grid {
  const columns = wide ? COLUMNS : COLUMNS.slice(1, -1);
  const left = wide ? 56 : 52;
  const pitch = (width - left) / columns.length;
  return {
    width,
    wide,
    columns,
    box: pitch - (pitch > 105 ? 22 : wide ? 14 : 10),
    centre: (column) => left + pitch * (column + 0.5),
    columnOf: (name) => columns.indexOf(name)
  };
}

function boxesOf({wide, columns, box, centre, columnOf}: Grid): Partial<Record<BoxName, Rect>> {
  const at = (column: number, y: number, to = column): Rect => ({
    x: centre(column) - box / 2,
    y,
    width: centre(to) - centre(column) + box,
    height: BOX
  });
  const tensor = columnOf("tensor");
  const warpers = columnOf("warpers");
  const cpu = columns.flatMap((name, column) => (name ? [[name, at(column, CPU_Y)] as const] : []));
  return {
    ...Object.fromEntries(cpu),
    weights: at(0, DEVICE_Y, wide ? 1 : 0),
    embedding: at(tensor, DEVICE_Y),
    layers: at(tensor + 1, DEVICE_Y, warpers - 2),
    head: at(warpers - 1, DEVICE_Y),
    logits: at(warpers, DEVICE_Y)
  };
}

const right = ({x, width}: Rect): number => x + width;
const centreX = ({x, width}: Rect): number => x + width / 2;

/** From the right edge of one box to the left edge of the next. */
const across = (a: Rect, b: Rect): string => `M${right(a)} ${a.y + a.height / 2}H${b.x - STAY}`;

function pathsOf({columnOf, centre}: Grid, boxes: Partial<Record<BoxName, Rect>>): MachineLayout["paths"] {
  const between = (name: PathName, a: BoxName, b: BoxName) => {
    const [from, to] = [boxes[a], boxes[b]];
    return from && to ? [{name, d: across(from, to)}] : [];
  };
  const tensor = boxes.tensor!;
  return [
    {name: "loop", d: loopPath({x: centre(columnOf("token")), y: CPU_Y}, centreX(tensor))},
    ...between("textTokenizer", "text", "tokenizer"),
    ...between("tokenizerTensor", "tokenizer", "tensor"),
    {name: "ids", d: `M${centreX(tensor)} ${tensor.y + BOX}V${DEVICE_Y - STAY}`},
    ...between("embeddingLayers", "embedding", "layers"),
    ...between("layersHead", "layers", "head"),
    ...between("headLogits", "head", "logits"),
    {name: "scores", d: `M${centreX(boxes.logits!)} ${DEVICE_Y}V${CPU_Y + BOX + STAY}`},
    ...between("warpersDraw", "warpers", "draw"),
    ...between("drawToken", "draw", "token"),
    ...between("tokenDetokenizer", "token", "detokenizer"),
    ...between("detokenizerCompletion", "detokenizer", "completion")
  ];
}

/** From the token's top along the upper edge of the lane and down into the tensor. */
function loopPath(token: Point, tensorX: number): string {
  const r = 6;
  return (
    `M${token.x} ${token.y}V${LOOP_Y + r}Q${token.x} ${LOOP_Y} ${token.x - r} ${LOOP_Y}` +
    `H${tensorX + r}Q${tensorX} ${LOOP_Y} ${tensorX} ${LOOP_Y + r}V${token.y - STAY}`
  );
}
