import {tokenId, type TokenId} from "../engine/index.ts";
import {count, integer, list, oneOf, record, text, type Read} from "./check.ts";

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
