import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {CachePanel, type Unread} from "../../app/panels/cache/CachePanel.tsx";
import type {KeysAndValues} from "../../app/panels/cache/cacheValues.ts";
import type {Asked} from "../../app/panels/asked.ts";
import type {DecoderConfig, PassEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";
import {madeTap, passOver, sizes, story, wave} from "./madeTaps.ts";

function held(positions: number, of: DecoderConfig = sizes): Asked<KeysAndValues> {
  const shape = [of.nKvHeads, positions, of.dHead];
  const k = madeTap("blocks.2.attn.hook_rot_k", shape, (h, p, d) => 4 * wave(d, p, h) + (d === 7 ? 3 : 0));
  const v = madeTap("blocks.2.attn.hook_v", shape, (h, p, d) => wave(p, d, h + 9));
  return {status: "ready", value: {k, v}};
}

type Chosen = {
  readonly of?: DecoderConfig;
  readonly cacheOn?: boolean;
  readonly shared?: number;
  readonly slots?: number;
  readonly unread?: Unread;
};

function draw(width: number, event: PassEvent, kv: Asked<KeysAndValues>, chosen: Chosen = {}) {
  const {of = sizes, cacheOn = true, shared = 0, slots = 19, unread = null} = chosen;
  return (
    <CachePanel
      {...{event, kv, cacheOn, slots, width, vocabulary, unread}}
      config={of}
      sharedPositions={shared}
      layer={2}
      onLayer={() => {}}
      tokenIds={story(event.positions.to)}
      strings={en}
    />
  );
}

const loading = {status: "loading"} as const;

example("cache-prefill", (width) => draw(width, passOver(0, 8), held(8)));
example("cache-decode", (width) => draw(width, passOver(9, 10), held(10)));
example("cache-branch", (width) => draw(width, passOver(12, 13), held(13), {shared: 11}));
example("cache-branch-several-columns", (width) => draw(width, passOver(9, 12), held(12), {shared: 9}));
const [next] = story(14).slice(-1);
example("cache-next", (width) =>
  draw(width, passOver(12, 13), held(13), {unread: {tokenId: next!, ended: false}})
);
example("cache-end", (width) =>
  draw(width, passOver(12, 13), held(13), {unread: {tokenId: next!, ended: true}})
);
example("cache-full", (width) => draw(width, passOver(18, 19), held(19)));
example("cache-one-position", (width) => draw(width, passOver(0, 1), held(1), {slots: 1}));
example("cache-500-positions", (width) => draw(width, passOver(499, 500), held(500), {slots: 512}));
const many: DecoderConfig = {...sizes, nLayers: 12, nHeads: 24, nKvHeads: 12, dHead: 64};
example("cache-12-kv-heads", (width) => draw(width, passOver(9, 10, many), held(10, many), {of: many}));
const single: DecoderConfig = {...sizes, nKvHeads: 1};
example("cache-one-kv-head", (width) => draw(width, passOver(9, 10, single), held(10, single), {of: single}));
example("cache-loading", (width) => draw(width, passOver(9, 10), loading));
example("cache-refused", (width) =>
  draw(width, passOver(9, 10), {
    status: "refused",
    message: "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
  })
);
const off: PassEvent = {...passOver(0, 10), stage: "decode", cache: {length: 0, bytes: 0}};
example("cache-off", (width) => draw(width, off, held(10), {cacheOn: false}));
