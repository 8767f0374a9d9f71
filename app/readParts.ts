import {tokenId, type TokenId} from "../engine/index.ts";
import {count, integer, list, oneOf, record, type Read} from "./check.ts";

/** Parts that events of several stages have. */

export const readId: Read<TokenId> = (value, at) => tokenId(integer(0, 9_999_999)(value, at));
export const readRange = record((o) => ({from: o.take("from", count), to: o.take("to", count)}));
export const readShape = list(count, 8);
export const readLane = oneOf("draft");
export const readBackend = oneOf("webgpu", "wasm");
