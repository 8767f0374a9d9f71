import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import type {Asked} from "../../app/panels/asked.ts";
import {TapPanel} from "../../app/panels/tap/TapPanel.tsx";
import {namesOfKind} from "../../app/panels/tap/tapKinds.ts";
import type {PassEvent, Tap} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";
import {madeTap, passOver, story, wave} from "./madeTaps.ts";

type Value = (...at: number[]) => number;

function ready(event: PassEvent, name: string, value: Value): Asked<Tap> {
  const {shape} = event.taps.find((tap) => tap.name === name)!;
  return {status: "ready", value: madeTap(name, shape, value)};
}

function draw(
  width: number,
  event: PassEvent,
  name: string,
  tap: Asked<Tap>,
  tapsOfKind?: readonly Asked<Tap>[]
) {
  return (
    <TapPanel
      {...{event, name, tap, vocabulary, width}}
      {...(tapsOfKind && {tapsOfKind})}
      taps={event.taps}
      onName={() => {}}
      onAllLayers={() => {}}
      tokenIds={story(event.positions.to)}
      strings={en}
    />
  );
}

const eight = passOver(0, 8);
const decode = passOver(9, 10);
const one = passOver(0, 1);
const many = passOver(0, 400);
const resid = "blocks.2.hook_resid_post";
const pattern = "blocks.2.attn.hook_pattern";
const scores = "blocks.2.attn.hook_attn_scores";
const stream: Value = (_, p, d) => 3 * wave(p, d) + (d === 40 ? 25 : 0);

/** Rows that sum to 1 over the keys up to the query. */
const attention =
  (first: number): Value =>
  (head, query, key) => {
    const weight = (k: number) => 1 / (1 + Math.abs(first + query - k - head)) ** 2;
    let sum = 0;
    for (let k = 0; k <= first + query; ++k) sum += weight(k);
    return key > first + query ? 0 : weight(key) / sum;
  };
const scored: Value = (head, query, key) => (key > query ? -1e9 : 6 * wave(query, key, head));

example("tap-residual-stream", (width) => draw(width, eight, resid, ready(eight, resid, stream)));
example("tap-residual-stream-every-layer", (width) =>
  draw(
    width,
    eight,
    resid,
    ready(eight, resid, stream),
    namesOfKind(eight.taps, resid).map((name, layer) =>
      layer === 4 ? {status: "loading"} : ready(eight, name, (_, p, d) => (1 + layer) * wave(p, d, layer))
    )
  )
);
const keys = "blocks.2.attn.hook_rot_k";
example("tap-keys", (width) =>
  draw(
    width,
    eight,
    keys,
    ready(eight, keys, (h, p, d) => 4 * wave(d, p, h))
  )
);
example("tap-scores", (width) => draw(width, eight, scores, ready(eight, scores, scored)));
example("tap-pattern-decode", (width) => draw(width, decode, pattern, ready(decode, pattern, attention(9))));
example("tap-one-position", (width) => draw(width, one, pattern, ready(one, pattern, attention(0))));
example("tap-400-positions", (width) => draw(width, many, resid, ready(many, resid, stream)));
example("tap-pattern-400-positions", (width) =>
  draw(width, many, pattern, ready(many, pattern, attention(0)))
);
const embed = "hook_embed";
example("tap-all-zero", (width) =>
  draw(
    width,
    eight,
    embed,
    ready(eight, embed, () => 0)
  )
);
example("tap-loading", (width) => draw(width, eight, pattern, {status: "loading"}));
const refused = {
  status: "refused",
  message: "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
} as const;
example("tap-refused", (width) => draw(width, {...eight, taps: []}, resid, refused));
