import {position, strategyNames} from "../engine/index.ts";
import type {EventOf, Stage, TraceEvent} from "../engine/index.ts";
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
import {isPacked, readPackedIds} from "./packed.ts";
import {
  floats,
  readBackend,
  readBackendInfo,
  readEnd,
  readId,
  readLane,
  readRange,
  readShape
} from "./readParts.ts";
import {readExpand} from "./readExpand.ts";
import {readContrast, readLookahead, readOppose, readPropose, readVerify} from "./readStrategies.ts";
import {readLoad, readTokenize} from "./readStart.ts";
import {readSpec} from "./readWarper.ts";

const MANY = 2_000_000;

const ids: Read<Uint32Array> = (value, at) =>
  isPacked(value)
    ? readPackedIds(value, at)
    : Uint32Array.from(array(MANY)(value, at), (item) => count(item, at));

const tensor = record((o) => ({
  name: o.take("name", text),
  type: o.take("type", oneOf("int64", "float32", "bool")),
  shape: o.take("shape", readShape),
  bytes: o.take("bytes", count),
  ...o.maybe("data", list(number, 4096))
}));

const crossing = (o: Fields) => ({
  backend: o.take("backend", readBackend),
  tensors: o.take("tensors", list(tensor, 10_000)),
  bytes: o.take("bytes", count),
  ...o.maybe("lane", readLane)
});

const pass = (o: Fields) => ({
  passId: o.take("passId", count),
  positions: o.take("positions", readRange),
  rows: o.take("rows", list(count, MANY)),
  logits: o.take("logits", floats),
  ...o.maybe("rowLogits", floats),
  ...o.maybe("batch", integer(1, 10_000)),
  ...o.maybe("fed", list(readId, MANY)),
  ...o.maybe("at", list(count, MANY)),
  ...o.maybe("lane", readLane),
  taps: o.take(
    "taps",
    list(
      record((tap) => ({name: tap.take("name", text), shape: tap.take("shape", readShape)})),
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
  load: readLoad,
  tokenize: readTokenize,
  transfer: crossing,
  prefill: pass,
  decode: pass,
  fetch: crossing,
  warp: (o) => ({
    index: o.take("index", count),
    ...readSpec(o),
    applied: o.take("applied", flag),
    removed: o.take("removed", ids),
    kept: o.take("kept", count),
    massKept: o.take("massKept", number),
    entropyBefore: o.take("entropyBefore", number),
    entropy: o.take("entropy", number),
    state: o.take("state", nullable(numbers)),
    ...o.maybe("coin", number)
  }),
  sample: (o) => ({
    strategy: o.take("strategy", oneOf(...strategyNames)),
    coin: o.take("coin", nullable(number)),
    tokenId: o.take("tokenId", readId),
    probability: o.take("probability", number),
    rank: o.take("rank", count)
  }),
  expand: readExpand,
  contrast: readContrast,
  propose: readPropose,
  verify: readVerify,
  lookahead: readLookahead,
  oppose: readOppose,
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
    ...readEnd(o),
    ...o.maybe("error", text),
    ...o.maybe("message", text)
  })
};

const measured = record((o) => ({
  ms: o.take("ms", number),
  device: o.take("device", text),
  ...o.maybe("backend", readBackendInfo),
  ...o.maybe("notice", text)
}));

/** One event of a trace, with the fields of its stage and no others. @throws Malformed */
export const readEvent: Read<TraceEvent> = record((fields, at) => {
  const stage = fields.take("stage", text);
  if (!Object.hasOwn(stages, stage)) throw new Malformed(`${at}.stage names no stage`);
  const read = stages[stage as Stage];
  // one reader a stage: that the two belong together is more than the compiler sees
  return {stage, ...read(fields), ...fields.maybe("measured", measured)} as TraceEvent;
});
