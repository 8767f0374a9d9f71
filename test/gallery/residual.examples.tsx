import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import type {Asked} from "../../app/panels/asked.ts";
import {normsOf, residualNames, type ResidualNorms} from "../../app/panels/residual/normsOf.ts";
import {ResidualPanel} from "../../app/panels/residual/ResidualPanel.tsx";
import type {DecoderConfig, PassEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";
import {madeTap, passOver, sizes, story, wave} from "./madeTaps.ts";

function draw(width: number, event: PassEvent, norms: Asked<ResidualNorms>) {
  return (
    <ResidualPanel {...{event, norms, vocabulary, width}} tokenIds={story(event.positions.to)} strings={en} />
  );
}

/** A stream that grows with each addition; the first position is far longer than the others, as in real decoders. */
function ready(event: PassEvent, of = sizes): Asked<ResidualNorms> {
  const {from, to} = event.positions;
  const taps = residualNames(event.taps).map((name, depth) =>
    madeTap(name, [to - from, of.dModel], (_, position, i) => {
      const first = position === 0 && from === 0 && depth > 2 ? 6 : 1;
      return (0.3 + 0.16 * depth) * first * (1 + 0.3 * wave(position, depth)) * wave(position, i, depth);
    })
  );
  return {status: "ready", value: normsOf(taps)};
}

const eight = passOver(0, 8);
const decode = passOver(9, 10);
const one = passOver(0, 1);
const many = passOver(0, 500);
const deep: DecoderConfig = {...sizes, nLayers: 28};
const tall = passOver(0, 5, deep);

example("residual-prefill", (width) => draw(width, eight, ready(eight)));
example("residual-decode", (width) => draw(width, decode, ready(decode)));
example("residual-one-position", (width) => draw(width, one, ready(one)));
example("residual-500-positions", (width) => draw(width, many, ready(many)));
example("residual-28-layers", (width) => draw(width, tall, ready(tall, deep)));
example("residual-loading", (width) => draw(width, eight, {status: "loading"}));
example("residual-refused", (width) =>
  draw(
    width,
    {...eight, taps: []},
    {
      status: "refused",
      message: "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
    }
  )
);
