import {
  comingAppend,
  comingPass,
  type Frame,
  type Range,
  type Request,
  type TokenId
} from "../../engine/index.ts";

export type ChipState = {
  readonly tokenId: TokenId;
  readonly position: number;
  readonly kind: "prompt" | "drawn";
  /** Fed in the pass at the cursor. */
  readonly input: boolean;
  /** Drawn in the pass at the cursor, and not yet part of the text. */
  readonly fresh: boolean;
  /** Picked, and not yet part of the sequence. */
  readonly pending: boolean;
};

export type SentenceLayout = {
  readonly chips: readonly ChipState[];
  /** The position of the token to come; null after the end, and where the new one is shown. */
  readonly slot: number | null;
};

/** The tokens at the cursor, the one just drawn, and the place of the one to come. */
export function layoutSentence(frame: Frame, request: Request): SentenceLayout {
  const {tokenIds, promptLength, event} = frame;
  const fed = fedPositions(frame, request);
  const chips: ChipState[] = tokenIds.map((tokenId, position) => ({
    tokenId,
    position,
    kind: position < promptLength ? "prompt" : "drawn",
    input: position >= fed.from && position < fed.to,
    fresh: event.stage === "append" && position === event.position,
    pending: false
  }));
  const picked = pickedBy(frame);
  const at = tokenIds.length;
  if (picked !== null)
    chips.push({tokenId: picked, position: at, kind: "drawn", input: false, fresh: true, pending: true});
  const found = event.stage === "expand" && event.done !== null;
  const open = event.stage !== "stop" && !found && picked === null && tokenIds.length > 0;
  return {chips, slot: open ? at : null};
}

/** The next token to be appended, once it is decided; what a search has found stands in the sequence already. */
function pickedBy(frame: Frame): TokenId | null {
  const {event, inPass, latest} = frame;
  if (event.stage === "stop") return null; // what was found beyond the limit is not appended
  if (inPass.sample) return inPass.append ? null : inPass.sample.tokenId;
  return latest.expand ? null : (comingAppend(frame)?.tokenId ?? null);
}

/** What the pass at the cursor reads: of a pass that is being prepared, what it will. */
function fedPositions(frame: Frame, request: Request): Range {
  const {pass, inPass} = frame;
  if (pass) return pass.positions;
  return (inPass.transfer && comingPass(frame, request)?.positions) ?? {from: 0, to: 0};
}
