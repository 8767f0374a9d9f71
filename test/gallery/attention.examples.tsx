import {example} from "gallery";
import {AttentionPanel} from "../../app/panels/attention/AttentionPanel.tsx";
import {patternName, type TapState} from "../../app/panels/attention/tapState.ts";
import {en} from "../../app/i18n/en/index.ts";
import {
  tokenId,
  type DecodeEvent,
  type DecoderConfig,
  type PassEvent,
  type PrefillEvent,
  type TokenId,
  type Vocabulary
} from "../../engine/index.ts";
import {
  bytesOf,
  config,
  DECODE_ATTENTION,
  frameOf,
  PREFILL_ATTENTION,
  trace,
  vocabulary
} from "./littleGirl.ts";

type Values = (head: number, query: number, key: number) => number;

/** A tap [head, query, key] of the third layer. */
function tap(heads: number, queries: number, keys: number, value: Values): TapState {
  const data = new Float32Array(heads * queries * keys);
  for (let head = 0; head < heads; ++head)
    for (let query = 0; query < queries; ++query)
      for (let key = 0; key <= keys - queries + query; ++key)
        data[(head * queries + query) * keys + key] = value(head, query, key);
  return {status: "ready", tap: {name: patternName(2), shape: [heads, queries, keys], data}};
}

type Chosen = {
  readonly head?: number | "all";
  readonly of?: DecoderConfig;
  readonly tokenIds?: readonly TokenId[];
  readonly entries?: Vocabulary;
  readonly prefillTap?: {readonly tap: TapState; readonly event: PassEvent};
};

const run = trace();
const {tokenIds: ids} = frameOf(run, "decode", 1).frame;

function draw(width: number, event: PassEvent, state: TapState, chosen: Chosen = {}) {
  const {head = "all", of = config, tokenIds = ids, entries = vocabulary, prefillTap} = chosen;
  return (
    <AttentionPanel
      {...{event, head, tokenIds, width}}
      tap={state}
      config={of}
      vocabulary={entries}
      layer={2}
      onLayer={() => {}}
      onHead={() => {}}
      {...(prefillTap && {prefillTap})}
      now
      strings={en}
    />
  );
}

const prefill = run.find((event) => event.stage === "prefill") as PrefillEvent;
const decode = run.filter((event) => event.stage === "decode")[1] as DecodeEvent;
const prompt = tap(6, 8, 8, (head, query, key) => PREFILL_ATTENTION[head]![query]![key]!);

example("attention-prefill", (width) => draw(width, prefill, prompt));
example("attention-prefill-one-head", (width) => draw(width, prefill, prompt, {head: 4}));
example("attention-prefill-one-head-narrow", () => draw(358, prefill, prompt, {head: 4}));
// what speculative decoding tests: a few positions, each with logits of its own
example("attention-several-rows", (width) =>
  draw(
    width,
    {...decode, positions: {from: 6, to: 10}, rows: [0, 1, 2, 3]},
    tap(6, 4, 10, (head, _, key) => DECODE_ATTENTION[head]![key]!),
    {head: 0}
  )
);
example("attention-prefill-loading", (width) => draw(width, prefill, {status: "loading"}));
example("attention-prefill-refused", (width) =>
  draw(width, prefill, {
    status: "refused",
    message: "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
  })
);
example("attention-decode", (width) =>
  draw(
    width,
    decode,
    tap(6, 1, 10, (head, _, key) => DECODE_ATTENTION[head]![key]!)
  )
);
const decodeRow = tap(6, 1, 10, (head, _, key) => DECODE_ATTENTION[head]![key]!);
example("attention-decode-beside-prefill", (width) =>
  draw(width, decode, decodeRow, {prefillTap: {tap: prompt, event: prefill}})
);
example("attention-decode-beside-prefill-loading", (width) =>
  draw(width, decode, decodeRow, {prefillTap: {tap: {status: "loading"}, event: prefill}})
);
example("attention-decode-loading", (width) => draw(width, decode, {status: "loading"}));

const fed = (from: number, to: number): DecodeEvent => ({...decode, positions: {from, to}});

/** Weights that fall off with distance, a little else in each head; every row sums to 1. */
const falling: Values = (head, query, key) => {
  const weight = (k: number) => 1 / (1 + Math.abs(query - k - head)) ** 2;
  let sum = 0;
  for (let k = 0; k <= query; ++k) sum += weight(k);
  return weight(key) / sum;
};
const story = Array.from({length: 512}, (_, i) => ids[i % ids.length]!);

example("attention-one-position", (width) =>
  draw(
    width,
    {...prefill, positions: {from: 0, to: 1}},
    tap(6, 1, 1, () => 1)
  )
);
example("attention-60-positions", (width) =>
  draw(width, {...prefill, positions: {from: 0, to: 60}}, tap(6, 60, 60, falling), {tokenIds: story})
);
example("attention-24-positions", (width) =>
  draw(width, {...prefill, positions: {from: 0, to: 24}}, tap(6, 24, 24, falling), {tokenIds: story, head: 3})
);
example("attention-400-positions", (width) =>
  draw(width, {...prefill, positions: {from: 0, to: 400}}, tap(6, 400, 400, falling), {
    tokenIds: story,
    head: 1
  })
);
example("attention-decode-120-positions", (width) =>
  draw(
    width,
    fed(119, 120),
    tap(6, 1, 120, (head, _, key) => falling(head, 119, key)),
    {tokenIds: story}
  )
);
example("attention-decode-first-position", (width) =>
  draw(
    width,
    fed(0, 1),
    tap(6, 1, 1, () => 1)
  )
);

// Four heads, each with keys and values of its own, in one of twelve layers; tokens of forty characters, scripts, a newline, half a character.
const texts = [
  "<|endoftext|>",
  " dragonfly-collecting-grandmothers-of-old",
  "\n",
  " 東京",
  " مرحبا",
  "👩",
  "\t\t",
  " a"
];
const odd: Vocabulary = [
  ...texts.map((text, i) => ({text, bytes: bytesOf(text), special: i === 0})),
  {text: null, bytes: bytesOf(" 🦊").slice(0, 3), special: false}
];
example("attention-odd-tokens", (width) =>
  draw(width, {...prefill, positions: {from: 0, to: 9}}, tap(4, 9, 9, falling), {
    of: {...config, nHeads: 4, nKvHeads: 4, nLayers: 12},
    tokenIds: odd.map((_, i) => tokenId(i)),
    entries: odd
  })
);

// cells of 23 px, and the prefill folded below what is said of them
example("attention-decode-narrow", () =>
  draw(
    358,
    fed(12, 13),
    tap(6, 1, 13, (head, _, key) => falling(head, 12, key)),
    {tokenIds: story, prefillTap: {tap: prompt, event: prefill}}
  )
);

example("attention-decode-beside-long-prefill", (width) =>
  draw(
    width,
    fed(119, 120),
    tap(6, 1, 120, (head, _, key) => falling(head, 119, key)),
    {
      tokenIds: story,
      prefillTap: {
        tap: tap(6, 110, 110, falling),
        event: {...prefill, positions: {from: 0, to: 110}}
      }
    }
  )
);
