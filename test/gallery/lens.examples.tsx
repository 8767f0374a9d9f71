import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {LensPanel} from "../../app/panels/lens/LensPanel.tsx";
import type {Asked} from "../../app/panels/asked.ts";
import {tokenId, type DecoderConfig, type Lens, type PassEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";
import {madeLens, passOver, sizes, story} from "./madeTaps.ts";

function draw(width: number, event: PassEvent, lens: Asked<Lens>) {
  return (
    <LensPanel {...{event, lens, vocabulary, width}} tokenIds={story(event.positions.to)} strings={en} now />
  );
}

const ready = (event: PassEvent, layers: number): Asked<Lens> => ({
  status: "ready",
  value: madeLens(event, story(event.positions.to + 1), layers)
});

const PERIOD = tokenId(14);
const eight = passOver(0, 8);
const one = passOver(0, 1);
const decode = passOver(9, 10);
const long = passOver(0, 40);
const deep: DecoderConfig = {...sizes, nLayers: 28};
const tall = passOver(0, 5, deep);

example("lens-prefill", (width) => draw(width, eight, ready(eight, 6)));
example("lens-decode", (width) => draw(width, decode, ready(decode, 6)));
example("lens-punctuation", (width) =>
  draw(width, decode, {status: "ready", value: madeLens(decode, [...story(10), PERIOD], 6)})
);
example("lens-one-position", (width) => draw(width, one, ready(one, 6)));
example("lens-40-positions", (width) => draw(width, long, ready(long, 6)));
example("lens-28-layers", (width) => draw(width, tall, ready(tall, 28)));
example("lens-loading", (width) => draw(width, eight, {status: "loading"}));
example("lens-refused", (width) =>
  draw(
    width,
    {...eight, taps: []},
    {
      status: "refused",
      message: "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
    }
  )
);
