import {tokenId, type TokenId} from "../engine/index.ts";
import {array, count, integer, list, number, oneOf, record, text, type Fields, type Read} from "./check.ts";
import {isPacked, readPackedLogits} from "./packed.ts";

/** Parts that events of several stages have. */

export const readId: Read<TokenId> = (value, at) => tokenId(integer(0, 9_999_999)(value, at));
export const readRange = record((o) => ({from: o.take("from", count), to: o.take("to", count)}));
export const readShape = list(count, 8);
export const readLane = oneOf("draft");
export const readBackend = oneOf("webgpu", "wasm");

/** Which backend, on what device, and why. */
export const readBackendInfo = record((b) => ({
  name: b.take("name", readBackend),
  device: b.take("device", text),
  why: b.take("why", text)
}));

/** float32, row-major; the file has the shortest decimals that give the same numbers back, or packs them. */
export const floats: Read<Float32Array> = (value, at) =>
  isPacked(value)
    ? readPackedLogits(value, at)
    : Float32Array.from(array(2_000_000)(value, at), (item) => number(item, at));

export const readReason = oneOf(
  "eos",
  "stop-string",
  "max-new-tokens",
  "max-length",
  "context-length",
  "aborted",
  "error"
);

/** Why a sequence ended, and the stop string that ended it. */
export const readEnd = (o: Fields) => ({
  reason: o.take("reason", readReason),
  ...o.maybe(
    "match",
    record((match) => ({
      text: match.take("text", text),
      characters: match.take("characters", readRange),
      positions: match.take("positions", readRange)
    }))
  )
});
