import {position, strategyNames, tokenId, warperNames} from "../engine/index.ts";
import type {EventOf, Stage, TokenId, TraceEvent} from "../engine/index.ts";
import {
  array,
  count,
  flag,
  integer,
  list,
  Malformed,
  nullable,
  number,
  numbers,
  oneOf,
  record,
  text,
  type Fields,
  type Read
} from "./check.ts";

const MANY = 2_000_000;
const size = integer(1, 1_000_000);

export const readId: Read<TokenId> = (value, at) => tokenId(integer(0, 9_999_999)(value, at));
const range = record((o) => ({from: o.take("from", count), to: o.take("to", count)}));
const shape = list(count, 8);
const backend = oneOf("webgpu", "wasm");

/** float32, row-major; the file has the shortest decimals that give the same numbers back. */
const floats: Read<Float32Array> = (value, at) =>
  Float32Array.from(array(MANY)(value, at), (item) => number(item, at));
const ids: Read<Uint32Array> = (value, at) =>
  Uint32Array.from(array(MANY)(value, at), (item) => count(item, at));

const tensor = record((o) => ({
  name: o.take("name", text),
  type: o.take("type", oneOf("int64", "float32", "bool")),
  shape: o.take("shape", shape),
  bytes: o.take("bytes", count),
  ...o.maybe("data", list(number, 4096))
}));

const weight = record((o) => ({
  name: o.take("name", text),
  shape: o.take("shape", shape),
  count: o.take("count", count),
  bytes: o.take("bytes", count),
  layer: o.take("layer", nullable(count)),
  kind: o.take(
    "kind",
    oneOf("embedding", "position", "qkv", "output", "gate_up", "down", "norm", "head", "other")
  )
}));

const config = record((o) => ({
  nLayers: o.take("nLayers", size),
  nHeads: o.take("nHeads", size),
  nKvHeads: o.take("nKvHeads", size),
  dModel: o.take("dModel", size),
  dHead: o.take("dHead", size),
  dMlp: o.take("dMlp", size),
  vocabSize: o.take("vocabSize", size),
  maxPositions: o.take("maxPositions", size),
  eosTokenIds: o.take("eosTokenIds", list(readId, 64))
}));

const preToken = record((o) => ({
  text: o.take("text", text),
  range: o.take("range", range),
  added: o.take("added", flag),
  bytes: o.take("bytes", list(integer(0, 255), MANY)),
  symbols: o.take("symbols", list(text, MANY)),
  merges: o.take("merges", list(merge(), MANY)),
  tokenIds: o.take("tokenIds", list(readId, MANY))
}));

function merge() {
  return record((o) => ({
    step: o.take("step", count),
    left: o.take("left", text),
    right: o.take("right", text),
    rank: o.take("rank", count),
    position: o.take("position", count)
  }));
}

const crossing = (o: Fields) => ({
  backend: o.take("backend", backend),
  tensors: o.take("tensors", list(tensor, 10_000)),
  bytes: o.take("bytes", count)
});

const pass = (o: Fields) => ({
  passId: o.take("passId", count),
  positions: o.take("positions", range),
  rows: o.take("rows", list(count, MANY)),
  logits: o.take("logits", floats),
  taps: o.take(
    "taps",
    list(
      record((tap) => ({name: tap.take("name", text), shape: tap.take("shape", shape)})),
      10_000
    )
  ),
  cache: o.take(
    "cache",
    record((cache) => ({length: cache.take("length", count), bytes: cache.take("bytes", count)}))
  )
});

/** One reader a stage: a stage without one does not compile. */
const stages: {readonly [S in Stage]: (fields: Fields) => Omit<EventOf<S>, "stage" | "measured">} = {
  load: (o) => ({
    model: o.take("model", text),
    config: o.take("config", config),
    parameters: o.take("parameters", count),
    tensors: o.take("tensors", list(weight, 100_000)),
    files: o.take(
      "files",
      list(
        record((file) => ({path: file.take("path", text), bytes: file.take("bytes", count)})),
        1000
      )
    ),
    backend: o.take(
      "backend",
      record((b) => ({
        name: b.take("name", backend),
        device: b.take("device", text),
        why: b.take("why", text)
      }))
    ),
    selfCheck: o.take(
      "selfCheck",
      nullable(
        record((check) => ({
          maxDifference: check.take("maxDifference", number),
          tolerance: check.take("tolerance", number),
          passed: check.take("passed", flag)
        }))
      )
    )
  }),
  tokenize: (o) => ({
    text: o.take("text", text),
    preTokens: o.take("preTokens", list(preToken, MANY)),
    tokenIds: o.take("tokenIds", list(readId, MANY)),
    offsets: o.take(
      "offsets",
      list(
        record((span) => ({
          from: span.take("from", count),
          to: span.take("to", count),
          partial: span.take("partial", flag)
        })),
        MANY
      )
    )
  }),
  transfer: crossing,
  prefill: pass,
  decode: pass,
  fetch: crossing,
  warp: (o) => ({
    index: o.take("index", count),
    warper: o.take("warper", oneOf(...warperNames)),
    params: o.take("params", numbers),
    applied: o.take("applied", flag),
    removed: o.take("removed", ids),
    kept: o.take("kept", count),
    massKept: o.take("massKept", number),
    entropyBefore: o.take("entropyBefore", number),
    entropy: o.take("entropy", number),
    state: o.take("state", nullable(numbers))
  }),
  sample: (o) => ({
    strategy: o.take("strategy", oneOf(...strategyNames)),
    coin: o.take("coin", nullable(number)),
    tokenId: o.take("tokenId", readId),
    probability: o.take("probability", number),
    rank: o.take("rank", count)
  }),
  append: (o) => ({
    position: position(o.take("position", count)),
    tokenId: o.take("tokenId", readId),
    forced: o.take("forced", flag)
  }),
  detokenize: (o) => ({
    text: o.take("text", text),
    heldBack: o.take("heldBack", list(integer(0, 255), 64))
  }),
  stop: (o) => ({
    reason: o.take(
      "reason",
      oneOf("eos", "stop-string", "max-new-tokens", "max-length", "context-length", "aborted", "error")
    ),
    ...o.maybe(
      "match",
      record((m) => ({
        text: m.take("text", text),
        characters: m.take("characters", range),
        positions: m.take("positions", range)
      }))
    ),
    ...o.maybe("message", text)
  })
};

const measured = record((o) => ({ms: o.take("ms", number), device: o.take("device", text)}));

/** One event of a trace, with the fields of its stage and no others. @throws Malformed */
export const readEvent: Read<TraceEvent> = record((fields, at) => {
  const stage = fields.take("stage", text);
  if (!Object.hasOwn(stages, stage)) throw new Malformed(`${at}.stage names no stage`);
  const read = stages[stage as Stage];
  // one reader a stage: that the two belong together is more than the compiler sees
  return {stage, ...read(fields), ...fields.maybe("measured", measured)} as TraceEvent;
});
