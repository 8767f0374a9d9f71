import type {Frame, Request, TokenId} from "../../engine/index.ts";

export type ChipState = {
  readonly tokenId: TokenId;
  readonly position: number;
  readonly kind: "prompt" | "drawn";
  /** Fed in the pass at the cursor. */
  readonly input: boolean;
  /** Drawn in the pass at the cursor, and not yet part of the text. */
  readonly fresh: boolean;
};

export type SentenceLayout = {
  readonly chips: readonly ChipState[];
  /** The position of the token to come; null after the end, and where the new one is shown. */
  readonly slot: number | null;
};

/** The tokens at the cursor, the one just drawn, and the place of the one to come. */
export function layoutSentence(frame: Frame, request: Request): SentenceLayout {
  const {tokenIds, promptLength, inPass, event} = frame;
  const fed = fedPositions(frame, request);
  const chips: ChipState[] = tokenIds.map((tokenId, position) => ({
    tokenId,
    position,
    kind: position < promptLength ? "prompt" : "drawn",
    input: position >= fed.from && position < fed.to,
    fresh: event.stage === "append" && position === event.position
  }));
  const pending = inPass.sample && !inPass.append ? inPass.sample.tokenId : null;
  const at = tokenIds.length;
  if (pending !== null)
    chips.push({tokenId: pending, position: at, kind: "drawn", input: false, fresh: true});
  const found = event.stage === "expand" && event.done !== null;
  const open = event.stage !== "stop" && !found && pending === null && tokenIds.length > 0;
  return {chips, slot: open ? at : null};
}

/** What the pass at the cursor reads: of a pass that is being prepared, what it will. */
function fedPositions({pass, inPass, passes, tokenIds}: Frame, request: Request) {
  if (pass) return pass.positions;
  if (!inPass.transfer) return {from: 0, to: 0};
  return {from: request.cache && passes > 0 ? tokenIds.length - 1 : 0, to: tokenIds.length};
}
