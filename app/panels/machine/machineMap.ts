/** The boxes of the map, in the order of the path; the weights stand before it. */
export const BOXES = [
  "weights",
  "text",
  "tokenizer",
  "tensor",
  "embedding",
  "layers",
  "head",
  "logits",
  "warpers",
  "draw",
  "token",
  "detokenizer",
  "completion"
] as const;
export type BoxName = (typeof BOXES)[number];

/** The connections; `ids` and `scores` cross the boundary, `loop` leads from the token back to the tensor. */
export const PATHS = [
  "textTokenizer",
  "tokenizerTensor",
  "ids",
  "embeddingLayers",
  "layersHead",
  "headLogits",
  "scores",
  "warpersDraw",
  "drawToken",
  "tokenDetokenizer",
  "detokenizerCompletion",
  "loop"
] as const;
export type PathName = (typeof PATHS)[number];

export type LaneName = "cpu" | "device";
export const LANE_OF: Readonly<Record<BoxName, LaneName>> = {
  weights: "device",
  text: "cpu",
  tokenizer: "cpu",
  tensor: "cpu",
  embedding: "device",
  layers: "device",
  head: "device",
  logits: "device",
  warpers: "cpu",
  draw: "cpu",
  token: "cpu",
  detokenizer: "cpu",
  completion: "cpu"
};

export type Point = {readonly x: number; readonly y: number};
export type Rect = Point & {readonly width: number; readonly height: number};
export type Label = Point & {readonly anchor: "start" | "middle" | "end"; readonly width: number};

/** Where everything of the map stands, in CSS pixels. */
export type MachineLayout = {
  readonly kind: "wide" | "medium" | "tall";
  readonly width: number;
  readonly height: number;
  readonly lanes: Readonly<Record<LaneName, Rect & {readonly label: Point}>>;
  readonly boundary: {readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number};
  /** The narrower maps have no text at either end. */
  readonly boxes: Readonly<Partial<Record<BoxName, Rect>>>;
  /** One slim box a layer inside `boxes.layers`, or a single one. */
  readonly layers: readonly Rect[];
  readonly paths: readonly {readonly name: PathName; readonly d: string}[];
  readonly counter: Label;
  readonly loop: Label;
  readonly key: Point;
  /** Bytes beside the two crossings. */
  readonly pills: Readonly<Record<"down" | "up", Label>>;
  readonly layersLabel: Point | null;
  readonly passTime: Point | null;
  readonly kv: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly title: Label;
    readonly bytes: Label;
    readonly note: Label;
  };
  readonly ledger: Label;
  /** How long the weights took, under their box; null where there is no room. */
  readonly loadTime: Point | null;
  /** What together is the inference engine: lines beside the decoder and beside the strategy, and their names. */
  readonly engine: {
    readonly d: string;
    readonly decoder: EngineLabel;
    readonly strategy: EngineLabel;
    readonly whole: EngineLabel;
  };
};

/** A name beside a bracket; `turned` runs up. */
export type EngineLabel = Point & {readonly anchor: "start" | "middle"; readonly turned: boolean};

/** More layers than this are drawn as one box. */
export const MOST_LAYERS = 12;

/** Slim boxes side by side inside `rect`. */
export function splitLayers({x, y, width, height}: Rect, nLayers: number, gap: number): readonly Rect[] {
  const n = nLayers > MOST_LAYERS ? 1 : Math.max(1, nLayers);
  const each = (width - gap * (n - 1)) / n;
  return Array.from({length: n}, (_, i) => ({x: x + i * (each + gap), y, width: each, height}));
}
