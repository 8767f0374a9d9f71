import {plain} from "./plain.ts";
import type {BackendName, Range, StopReason, StrategyName, WarperName} from "../../../engine/index.ts";
import {formatBytes, formatCount, formatMs} from "../../draw/format.ts";
import {plural} from "./plural.ts";
import {smallDecoder} from "./smallDecoder.ts";
import {warperShort} from "./warpers.ts";

const positions = ({from, to}: Range): string =>
  to - from === 1
    ? `position ${formatCount(from)}`
    : `positions ${formatCount(from)} to ${formatCount(to - 1)}`;

const ended: Readonly<Record<StopReason, string>> = {
  eos: "ended by the end-of-sequence token",
  "stop-string": "ended by a stop string",
  "max-new-tokens": "ended at the number of tokens asked for",
  "max-length": "ended at the longest length asked for",
  "context-length": "ended where the context is full",
  aborted: "stopped by hand",
  error: "ended by an error"
};

type Summary = {
  readonly lanes: readonly string[];
  readonly counter: string;
  readonly now: string;
  readonly next: string;
  readonly down: string | null;
  readonly up: string | null;
  readonly cache: string | null;
  readonly ledger: string;
};

export const machine = {
  name: "The machine",
  buttons:
    "The machine's boxes, in the order of the path. Arrow keys move along it, Enter opens a box's panel.",
  lanes: {cpu: "CPU", webgpu: "GPU", wasm: "WASM", unknown: "Device"},
  laneNames: {
    cpu: "CPU",
    webgpu: "GPU",
    wasm: "WebAssembly heap, memory of the CPU; nothing crosses to a GPU",
    unknown: "device, not known before the model is loaded"
  },
  boxes: {
    weights: "Weights",
    text: "Text",
    tokenizer: "Tokenizer",
    tensor: "Tensor",
    embedding: "Embedding",
    layers: "Decoder layers",
    head: "LM head",
    logits: "Logits",
    warpers: "Warpers",
    draw: "Draw",
    token: "Token",
    detokenizer: "Detokenizer",
    completion: "Text"
  },
  /** What the box is called in which a strategy decides; its stage has the same name. */
  picks: {
    greedy: "Pick",
    multinomial: "Draw",
    beam: "Expand",
    contrastive: "Contrast",
    speculative: "Verify",
    lookahead: "Lookahead",
    contrastiveDecoding: "Compare",
    dola: "Compare"
  } satisfies Readonly<Record<StrategyName, string>>,
  draft: "Draft",
  /** What a screen reader hears besides the name, where two boxes have the same one. */
  which: {text: "the prompt", completion: "prompt and completion"},
  tokenTensor: "Token tensor",
  layersLabel: "Decoder layers",
  states: {now: "now", done: "done in this pass", next: "next", rest: "not in this pass so far"},
  key: {now: "now", done: "done in this pass", next: "next"},
  notReached: "nothing to open yet",
  engine: {
    decoder: "decoder",
    strategy: "decoding strategy",
    strategyShort: "strategy",
    whole: ["inference engine"],
    wholeShort: ["decoder and strategy:", "the inference engine"],
    said: "The decoder, from embedding to logits, and the decoding strategy, warpers and draw, are together the inference engine."
  },
  loadTime: (ms: number) => `loaded in ${formatMs(ms)}`,
  timed: (text: string, ms: number) => `${text}, ${formatMs(ms)}`,
  characters: (n: number) => plural(n, "char"),
  tokens: (n: number) => plural(n, "token"),
  layers: (n: number) => plural(n, "layer"),
  layersAsOne: (n: number) => `× ${formatCount(n)}`,
  tokensKept: (n: number) => `${plural(n, "token")} kept`,
  weights: (bytes: number, numbers: number) => [
    `${formatBytes(bytes)}, ${(numbers / 1e6).toFixed(1)} M numbers`,
    formatBytes(bytes)
  ],
  int64: (shape: string) => `${shape} int64`,
  /** @param known warpers of the chain, none of which acts */
  noWarper: (known: number) => (known > 0 ? "none acts" : "none"),
  warpers: (n: number) => plural(n, "warper"),
  warperAt: (name: string, at: number, of: number) => `${name}, ${at} of ${of}`,
  warper: (name: WarperName) => warperShort[name],
  coin: "coin",
  beams: (n: number) => [`the best ${plural(n, "beam")}`, plural(n, "beam")],
  largest: ["the largest", "largest"],
  noToken: "none yet",
  idsToText: "ids → text",
  heldBack: (n: number) => [`holds ${plural(n, "byte")}`, `holds ${formatBytes(n)}`],
  noPass: "No pass yet",
  small: smallDecoder,
  /** @param small what the smaller decoder is called, where it is a pass of that one */
  pass: (number: number, kind: "prefill" | "decode", small: string | null) =>
    `${small ? `${small[0]!.toUpperCase()}${small.slice(1)} pass` : "Pass"} ${formatCount(number)}: ${kind}`,
  phases: {
    waiting: "the model is being loaded",
    failed: "the model could not be loaded",
    load: "the weights were loaded",
    recorded: "in the recording the weights were loaded",
    tokenize: "the prompt has become ids",
    initiation: "initiation phase",
    generation: "generation phase"
  },
  plain,
  ended: (reason: StopReason) => ended[reason],
  fed: positions,
  /** Of a pass whose tokens are told other positions than their places in the cache. */
  slots: (range: Range) => positions(range).replace("position", "cache slot"),
  loop: "the loop",
  loopNext: (text: string) => `next: ${text}`,
  loopBack: (tokens: number, bytes: number) =>
    `the loop: ${tokens === 1 ? "one token" : plural(tokens, "token")}, ${plural(bytes, "byte")}, back in`,
  idsDown: (bytes: number, all: number) =>
    all > bytes ? `${formatBytes(bytes)} of ids, ${formatBytes(all)} in all` : `${formatBytes(bytes)} of ids`,
  logitsUp: (bytes: number, all: number) =>
    all > bytes
      ? `${formatBytes(bytes)} of logits, ${formatBytes(all)} in all`
      : `${formatBytes(bytes)} of logits`,
  short: (bytes: number) => formatBytes(bytes),
  next: (text: string) => `next: ${text}`,
  kv: "KV cache",
  kvShort: "KV",
  kvBytes: (bytes: number, fresh: number) =>
    fresh > 0 && fresh < bytes
      ? `${formatBytes(bytes)} (+${bytes < 1e5 ? formatCount(fresh) : formatBytes(fresh)})`
      : formatBytes(bytes),
  kvOff: (recomputed: number | null) =>
    recomputed === null || recomputed === 0
      ? "off: nothing is kept"
      : `off: ${plural(recomputed, "row")} recomputed in this pass`,
  kvBinned: (each: number) => `1 slot = ${formatCount(each)} positions`,
  kvPositions: (n: number) => `${plural(n, "position")} held`,
  across: (backend: BackendName | null) =>
    backend === "wasm" ? "In and out of WASM so far" : "Across the boundary so far",
  crossed: (down: number, up: number) => `${formatBytes(down)} in, ${formatBytes(up)} out`,
  passes: (n: number, ofSmall: number, small: string) =>
    ofSmall > 0
      ? `${plural(n, "pass", "passes")}, and ${formatCount(ofSmall)} of the ${small}`
      : plural(n, "pass", "passes"),
  passTime: (ms: number) => formatMs(ms),
  thisPass: (ms: number) => `this one ${formatMs(ms)}`,
  noTimes: "times not recorded",
  wasmDevice: "nothing crosses to a GPU",
  summary: ({lanes, counter, now, next, down, up, cache, ledger}: Summary) =>
    [
      `The machine, two lanes: ${lanes.join(" and ")}. ${counter}.`,
      now ? `Now: ${now}.` : "Nothing has run.",
      next && `Next: ${next}.`,
      down && `Into the lower lane: ${down}.`,
      up && `Back from it: ${up}.`,
      cache && `KV cache ${cache}.`,
      ledger && `${ledger}.`,
      machine.engine.said
    ]
      .filter(Boolean)
      .join(" ")
};
