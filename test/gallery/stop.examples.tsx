import {example} from "gallery";
import {StopPanel} from "../../app/panels/stop/StopPanel.tsx";
import type {Ways} from "../../app/panels/stop/waysOn.ts";
import {en} from "../../app/i18n/en/index.ts";
import {tokenId, type Request, type StopEvent, type TokenId} from "../../engine/index.ts";
import {frameOf, request, trace, vocabulary} from "./littleGirl.ts";

const {tokenIds, text, promptLength} = frameOf(trace(), "stop").frame;

function draw(
  width: number,
  event: Omit<StopEvent, "stage">,
  asked: Partial<Request> = {},
  end: {readonly tokenIds: readonly TokenId[]; readonly text: string} = {tokenIds, text},
  ways: Ways = {},
  height?: number
) {
  return (
    <StopPanel
      {...{vocabulary, promptLength, width}}
      {...end}
      event={{stage: "stop", ...event}}
      request={{...request(), ...asked}}
      ways={ways}
      {...(height !== undefined && {height})}
      now
      strings={en}
    />
  );
}

/** The run cut after n new tokens. */
const cut = (n: number, shown: string) => ({tokenIds: tokenIds.slice(0, promptLength + n), text: shown});

example("stop-max-new-tokens", (width) => draw(width, {reason: "max-new-tokens"}));
const room = [683, 241] as const; // a projector's
example("stop-in-room", () => draw(room[0], {reason: "max-new-tokens"}, {}, {tokenIds, text}, {}, room[1]));
example("stop-long-in-room", () =>
  draw(
    room[0],
    {reason: "max-new-tokens"},
    {},
    {tokenIds, text: " The end of the day.".repeat(60)},
    {},
    room[1]
  )
);
example("stop-string", (width) =>
  draw(
    width,
    {
      reason: "stop-string",
      match: {text: "ily. S", characters: {from: 13, to: 19}, positions: {from: 11, to: 14}}
    },
    {stopStrings: ["ily. S", "The end"]},
    cut(6, " girl named Lily. She")
  )
);
example("stop-eos", (width) =>
  draw(
    width,
    {reason: "eos"},
    {maxNewTokens: 24},
    {
      tokenIds: [...tokenIds.slice(0, promptLength + 5), tokenId(0)],
      text: " girl named Lily."
    }
  )
);
example("stop-eos-at-once", (width) =>
  draw(width, {reason: "eos"}, {}, {tokenIds: [...tokenIds.slice(0, promptLength), tokenId(0)], text: ""})
);
example("stop-max-length", (width) =>
  draw(width, {reason: "max-length"}, {maxLength: 20, maxNewTokens: 100})
);
example("stop-context-length", (width) => draw(width, {reason: "context-length"}, {maxNewTokens: 1000}));
example("stop-aborted-before-a-token", (width) => draw(width, {reason: "aborted"}, {}, cut(0, "")));
const ways = {again: () => {}, wasm: () => {}, prompt: () => {}, settings: () => {}};
const failed = (error: string, message: string) => ({reason: "error", error, message}) as const;

example("stop-device-lost", (width) =>
  draw(
    width,
    failed(
      "device-lost",
      "the graphics device Example GPU was lost, and the model could not be opened again: no adapter. Load the model again"
    ),
    {},
    cut(2, " girl named"),
    ways
  )
);
example("stop-out-of-memory", (width) =>
  draw(
    width,
    failed(
      "out-of-memory",
      "a pass could not be computed on Example GPU: std::bad_alloc. Close other tabs or shorten the prompt, then run again"
    ),
    {},
    cut(0, ""),
    ways
  )
);
example("stop-not-a-number", (width) =>
  draw(
    width,
    failed(
      "NonFiniteLogits",
      "pass 3 on Example GPU gave token 0 the logit NaN, from which nothing can be picked"
    ),
    {},
    cut(2, " girl named"),
    ways
  )
);
example("stop-error-unknown", (width) =>
  draw(width, failed("TypeError", "x is not a function"), {}, cut(2, " girl named"))
);
