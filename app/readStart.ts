import type {EventOf} from "../engine/index.ts";
import {count, flag, integer, list, nullable, number, oneOf, record, text, type Fields} from "./check.ts";
import {readBackendInfo, readId, readLane, readRange, readShape} from "./readParts.ts";

const MANY = 2_000_000;
const size = integer(1, 1_000_000);

const weight = record((o) => ({
  name: o.take("name", text),
  shape: o.take("shape", readShape),
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
  range: o.take("range", readRange),
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

type Of<S extends "load" | "tokenize"> = Omit<EventOf<S>, "stage" | "measured">;

/** How the model was loaded. */
export const readLoad = (o: Fields): Of<"load"> => ({
  ...o.maybe("lane", readLane),
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
  backend: o.take("backend", readBackendInfo),
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
});

/** How the prompt became ids. */
export const readTokenize = (o: Fields): Of<"tokenize"> => ({
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
});
