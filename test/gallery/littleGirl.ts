import {
  frameAt,
  position,
  tokenId,
  warper,
  defaultRequest,
  type BackendInfo,
  type DecodeEvent,
  type DecoderConfig,
  type Frame,
  type LoadEvent,
  type PrefillEvent,
  type PreToken,
  type Request,
  type TensorInfo,
  type TokenizeEvent,
  type Trace,
  type TraceEvent,
  type TransferEvent,
  type Vocabulary,
  type VocabularyEntry,
  type WarpEvent
} from "../../engine/index.ts";
import {SHOWN_ELEMENTS} from "../../engine/trace.ts";
import {weightsOf} from "./madeWeights.ts";

/**
 * A run of the first embedded decoder, "Once upon a time there was a little" with seed 36, as events: what the
 * panels' examples and tests are drawn from. Logits are left out; no panel here reads them.
 */
const WORDS: readonly (readonly [string, number, readonly (readonly [string, string, number, number])[]])[] =
  [
    [
      "Once",
      2914,
      [
        ["c", "e", 71, 2],
        ["O", "n", 1332, 0],
        ["On", "ce", 2657, 0]
      ]
    ],
    [
      " upon",
      654,
      [
        ["o", "n", 33, 3],
        ["Ġ", "u", 69, 0],
        ["Ġu", "p", 128, 0],
        ["Ġup", "on", 397, 0]
      ]
    ],
    [" a", 259, [["Ġ", "a", 2, 0]]],
    [
      " time",
      541,
      [
        ["Ġ", "t", 0, 0],
        ["i", "m", 53, 1],
        ["Ġt", "im", 257, 0],
        ["Ġtim", "e", 284, 0]
      ]
    ],
    [
      " there",
      449,
      [
        ["Ġ", "t", 0, 0],
        ["h", "e", 1, 1],
        ["Ġt", "he", 3, 0],
        ["r", "e", 8, 1],
        ["Ġthe", "re", 192, 0]
      ]
    ],
    [
      " was",
      308,
      [
        ["Ġ", "w", 5, 0],
        ["a", "s", 26, 1],
        ["Ġw", "as", 51, 0]
      ]
    ],
    [" a", 259, [["Ġ", "a", 2, 0]]],
    [
      " little",
      476,
      [
        ["i", "t", 21, 2],
        ["Ġ", "l", 31, 0],
        ["l", "e", 45, 3],
        ["it", "t", 167, 1],
        ["itt", "le", 208, 1],
        ["Ġl", "ittle", 219, 0]
      ]
    ]
  ];

/** Drawn tokens: id, text, coin, probability, rank. */
const STEPS = [
  [834, " girl", 0.956158, 0.545824, 1],
  [3799, " named", 0.942677, 0.4991, 1],
  [525, " L", 0.254812, 0.120854, 3],
  [743, "ily", 0.162973, 1, 1],
  [14, ".", 0.81513, 0.93632, 1],
  [671, " She", 0.852309, 0.840379, 1],
  [2132, " loved", 0.58508, 0.56324, 1],
  [274, " to", 0.96327, 1, 1],
  [959, " play", 0.765401, 0.974127, 1],
  [343, " with", 0.200291, 0.944102, 1],
  [344, " her", 0.520292, 0.583439, 1],
  [274, " to", 0.355902, 0.844831, 1]
] as const;

/** Top-k and top-p of each step: tokens kept, mass kept, entropy after; before that the entropy after temperature. */
const WARPS = [
  [4.5871, 2.3261, 0.961361, 1.7993, 8, 0.955423, 1.392],
  [3.792, 2.5265, 0.987411, 2.3456, 6, 0.953768, 1.9647],
  [5.7549, 4.5361, 0.95205, 4.0567, 23, 0.951565, 3.7685],
  [0.8419, 0.1854, 0.998418, 0.1539, 1, 0.9853, 0],
  [2.3747, 0.9654, 0.99371, 0.8637, 4, 0.954918, 0.4407],
  [3.0866, 1.578, 0.992123, 1.4611, 9, 0.951387, 1.014],
  [2.9118, 2.0559, 0.995715, 1.9915, 4, 0.950511, 1.5894],
  [0.9222, 0.2006, 0.99783, 0.1594, 1, 0.985589, 0],
  [3.1381, 1.0243, 0.976144, 0.6834, 4, 0.955112, 0.2128],
  [2.4763, 0.9595, 0.991901, 0.831, 4, 0.954988, 0.3915],
  [4.3898, 2.7141, 0.97249, 2.3664, 11, 0.950983, 1.9619],
  [3.9329, 1.824, 0.97413, 1.4657, 10, 0.954247, 1.0434]
] as const;

/** Attention of layer 3 in the first pass: head, query, the keys up to the query. */
export const PREFILL_ATTENTION: readonly (readonly (readonly number[])[])[] = [
  [
    [1],
    [0.741, 0.259],
    [0.007, 0.665, 0.328],
    [0.001, 0.057, 0.938, 0.004],
    [0, 0, 0.013, 0.987, 0],
    [0, 0, 0.005, 0.071, 0.924, 0],
    [0.001, 0, 0.001, 0, 0.105, 0.882, 0.01],
    [0.008, 0.001, 0.003, 0.013, 0.14, 0.686, 0.136, 0.013]
  ],
  [
    [1],
    [0.636, 0.364],
    [0, 0.115, 0.884],
    [0, 0.033, 0.964, 0.003],
    [0.092, 0.231, 0.607, 0.025, 0.045],
    [0, 0.001, 0.007, 0.007, 0.983, 0.001],
    [0.001, 0.005, 0.327, 0.013, 0.558, 0.08, 0.016],
    [0, 0, 0, 0, 0, 0.014, 0.986, 0]
  ],
  [
    [1],
    [0.704, 0.296],
    [0.214, 0.052, 0.733],
    [0, 0, 0.179, 0.821],
    [0.045, 0, 0.006, 0.616, 0.333],
    [0.874, 0.004, 0.004, 0.111, 0.003, 0.004],
    [0.588, 0.198, 0.031, 0.069, 0.008, 0.082, 0.023],
    [0, 0, 0, 0, 0.002, 0.084, 0.912, 0.002]
  ],
  [
    [1],
    [0.004, 0.996],
    [0, 0.056, 0.944],
    [0, 0.003, 0.006, 0.991],
    [0, 0, 0.001, 0.99, 0.009],
    [0, 0, 0, 0.036, 0.958, 0.006],
    [0, 0, 0, 0, 0.011, 0.012, 0.977],
    [0, 0, 0, 0, 0.001, 0.005, 0.95, 0.043]
  ],
  [
    [1],
    [0.963, 0.037],
    [0.415, 0.222, 0.363],
    [0.194, 0.413, 0.218, 0.175],
    [0.332, 0.031, 0.355, 0.263, 0.02],
    [0.05, 0.184, 0.359, 0.095, 0.047, 0.266],
    [0.118, 0.249, 0.031, 0.244, 0.145, 0.19, 0.023],
    [0.687, 0.078, 0.014, 0.206, 0.008, 0.005, 0.001, 0.002]
  ],
  [
    [1],
    [0.99, 0.01],
    [0.817, 0.008, 0.175],
    [0.884, 0.003, 0.006, 0.106],
    [0.704, 0.004, 0.034, 0.251, 0.008],
    [0.553, 0.001, 0.006, 0.164, 0.275, 0],
    [0.102, 0.002, 0.023, 0.348, 0.522, 0, 0.002],
    [0.032, 0.003, 0.039, 0.567, 0.323, 0.033, 0.001, 0.002]
  ]
];

/** Attention of layer 3 in the third pass: head, key. */
export const DECODE_ATTENTION: readonly (readonly number[])[] = [
  [0.0363, 0.0021, 0.0057, 0.0084, 0.1447, 0.7301, 0.0594, 0.0006, 0.005, 0.0075],
  [0.0015, 0.002, 0.0027, 0.001, 0.0525, 0.0068, 0.9077, 0.0026, 0.0195, 0.0035],
  [0.0102, 0.0015, 0.0372, 0.2405, 0.0007, 0.0319, 0.0088, 0.0236, 0.539, 0.1067],
  [0.0001, 0.0004, 0.0682, 0.1777, 0.0625, 0.0539, 0.3215, 0.0086, 0.3061, 0.001],
  [0.2897, 0.015, 0.0014, 0.1893, 0.2262, 0.0043, 0.0003, 0.0041, 0.1266, 0.1431],
  [0.0354, 0, 0.0009, 0.0153, 0.0001, 0.0005, 0.0001, 0.0001, 0.0004, 0.9474]
];

export const config: DecoderConfig = {
  nLayers: 6,
  nHeads: 6,
  nKvHeads: 3,
  dModel: 192,
  dHead: 32,
  dMlp: 512,
  vocabSize: 4096,
  maxPositions: 512,
  eosTokenIds: [tokenId(0)]
};

const encoder = new TextEncoder();
export const bytesOf = (text: string): readonly number[] => [...encoder.encode(text)];

const entry = (text: string): VocabularyEntry => ({bytes: bytesOf(text), text, special: false});

/** Only the entries of this run, at their ids. */
export const vocabulary: Vocabulary = (() => {
  const entries: VocabularyEntry[] = [];
  entries[0] = {bytes: bytesOf("<|endoftext|>"), text: "<|endoftext|>", special: true};
  for (const [text, id] of WORDS) entries[id] = entry(text);
  for (const [id, text] of STEPS) entries[id] = entry(text);
  return entries;
})();

export const webgpu: BackendInfo = {
  name: "webgpu",
  device: "Example GPU",
  why: "The browser offers WebGPU on a graphics card."
};
export const wasm: BackendInfo = {
  name: "wasm",
  device: "CPU, 4 threads",
  why: "The browser has no WebGPU adapter."
};

export const load = (backend: BackendInfo): LoadEvent => ({
  stage: "load",
  model: "embedded",
  config,
  parameters: 3_221_952,
  tensors: weightsOf(6),
  files: [
    {path: "config.json", bytes: 603},
    {path: "generation_config.json", bytes: 66},
    {path: "onnx/inspect.onnx", bytes: 38_041},
    {path: "onnx/model.onnx_data", bytes: 6_514_432},
    {path: "tokenizer.json", bytes: 103_386},
    {path: "tokenizer_config.json", bytes: 195}
  ],
  backend,
  selfCheck: {maxDifference: 3.1e-5, tolerance: 1e-4, passed: true},
  measured: {ms: 412, device: backend.device}
});

const preTokens: readonly PreToken[] = WORDS.map(([text, id, merges], i) => {
  const from = WORDS.slice(0, i).reduce((sum, [before]) => sum + before.length, 0);
  return {
    text,
    range: {from, to: from + text.length},
    added: false,
    bytes: bytesOf(text),
    symbols: [...text.replace(" ", "Ġ")],
    merges: merges.map(([left, right, rank, at], step) => ({left, right, rank, position: at, step})),
    tokenIds: [tokenId(id)]
  };
});

export const tokenize: TokenizeEvent = {
  stage: "tokenize",
  text: WORDS.map(([text]) => text).join(""),
  preTokens,
  tokenIds: preTokens.flatMap((preToken) => preToken.tokenIds),
  offsets: preTokens.map(({range}) => ({...range, partial: false})),
  measured: {ms: 0.42, device: "cpu"}
};

/** The ids of the whole run; a longer one begins again. */
const RUN_IDS = [...WORDS.map(([, id]) => id), ...STEPS.map(([id]) => id)];

/** What the inspecting graph takes: ids, positions, the causal mask, and whose logits are wanted. */
export function transfer(backend: BackendInfo, from: number, to: number): TransferEvent {
  const n = to - from;
  const tensor = (
    name: string,
    type: TensorInfo["type"],
    shape: readonly number[],
    each: number,
    data?: readonly number[]
  ): TensorInfo => ({
    name,
    type,
    shape,
    bytes: each * shape.reduce((a, b) => a * b, 1),
    ...(data && {data})
  });
  const positions = Array.from({length: n}, (_, i) => from + i);
  const ids = positions.map((at) => RUN_IDS[at % RUN_IDS.length]!);
  const bias = positions.flatMap((at) => Array.from({length: to}, (_, key) => (key > at ? -1e9 : 0)));
  const tensors = [
    tensor("input_ids", "int64", [n], 8, ids),
    tensor("position_ids", "int64", [n], 8, positions),
    tensor("attention_bias", "float32", [n, to], 4, bias.length <= SHOWN_ELEMENTS.float32 ? bias : undefined),
    tensor("logits_rows", "int64", [1], 8, [n - 1])
  ];
  const bytes = tensors.reduce((sum, tensor) => sum + tensor.bytes, 0);
  return {
    stage: "transfer",
    backend: backend.name,
    tensors,
    bytes,
    measured: {ms: 0.12, device: backend.device}
  };
}

function pass(
  backend: BackendInfo,
  number: number,
  from: number,
  to: number,
  cache: boolean
): PrefillEvent | DecodeEvent {
  const length = cache ? to : 0;
  const fields = {
    passId: number,
    positions: {from, to},
    rows: [to - from - 1],
    logits: new Float32Array(0),
    taps: [],
    cache: {length, bytes: 2 * 6 * 3 * 32 * 4 * length},
    measured: {ms: number === 1 ? 18.6 : 12.4, device: backend.device}
  };
  return number === 1 ? {stage: "prefill", ...fields} : {stage: "decode", ...fields};
}

function warps(step: number): readonly WarpEvent[] {
  const [before, temperature, massK, topK, keptP, massP, topP] = WARPS[step]!;
  const event = (
    index: number,
    kept: number,
    massKept: number,
    entropyBefore: number,
    entropy: number
  ): WarpEvent => ({
    stage: "warp",
    index,
    warper: chain[index]!.name,
    params: chain[index]!.params,
    applied: true,
    removed: new Uint32Array(0),
    kept,
    massKept,
    entropyBefore,
    entropy,
    state: null
  });
  return [
    event(0, 4096, 1, before, temperature),
    event(1, 40, massK, temperature, topK),
    event(2, keptP, massP, topK, topP)
  ];
}

const chain = [warper("temperature", 0.8), warper("topK", 40), warper("topP", 0.95)];
const PROMPT = WORDS.length;

export type Run = {readonly backend?: BackendInfo; readonly cache?: boolean; readonly steps?: number};

/** The run's request. */
export const request = ({cache = true, steps = STEPS.length}: Run = {}): Request => ({
  ...defaultRequest,
  prompt: tokenize.text,
  seed: 36,
  warpers: chain,
  maxNewTokens: steps,
  cache
});

/** The whole run as a trace. */
export function trace({backend = webgpu, cache = true, steps = STEPS.length}: Run = {}): Trace {
  const events: TraceEvent[] = [load(backend), tokenize];
  for (const [k, [id, text, coin, probability, rank]] of STEPS.slice(0, steps).entries()) {
    const to = PROMPT + k;
    const from = k > 0 && cache ? to - 1 : 0;
    const fetched: TensorInfo = {name: "logits", type: "float32", shape: [1, 4096], bytes: 16_384};
    const measured = {ms: 0.31, device: backend.device};
    events.push(
      transfer(backend, from, to),
      pass(backend, k + 1, from, to, cache),
      {stage: "fetch", backend: backend.name, tensors: [fetched], bytes: 16_384, measured},
      ...warps(k),
      {stage: "sample", strategy: "multinomial", coin, tokenId: tokenId(id), probability, rank},
      {stage: "append", position: position(to), tokenId: tokenId(id), forced: false},
      {stage: "detokenize", text, heldBack: []}
    );
  }
  return [...events, {stage: "stop", reason: "max-new-tokens"}];
}

/** The frame at the nth event of a stage (from 0), and the stage that follows it. */
export function frameOf(
  events: Trace,
  stage: TraceEvent["stage"],
  nth = 0
): {frame: Frame; next: TraceEvent["stage"] | null} {
  const cursors = events.flatMap((event, i) => (event.stage === stage ? [i] : []));
  const cursor = cursors[nth]!;
  return {frame: frameAt(events, cursor), next: events[cursor + 1]?.stage ?? null};
}
