import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {OpposePanel} from "../../app/panels/oppose/OpposePanel.tsx";
import {divergenceBits, oppose, position, softmax, tokenId, type OpposeEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";

const TEXTS = [" girl", " named", " She", " loved", " play", " with", " her", " to"];
const SIZE = 4096;
const idOf = (text: string) => tokenId(vocabulary.findIndex((entry) => entry?.text === text));

/** Logits in which the named tokens have these probabilities, and all others nearly none. */
function logitsOf(p: readonly number[]): Float32Array {
  const logits = new Float32Array(SIZE).fill(Math.log(1e-7));
  p.forEach((each, i) => (logits[idOf(TEXTS[i]!)] = Math.log(each)));
  return logits;
}

const OWN = [0.46, 0.22, 0.12, 0.08, 0.06, 0.03, 0.02, 0.01];
const OTHER = [0.62, 0.03, 0.12, 0.01, 0.12, 0.06, 0.001, 0.039];

type Made = {
  readonly own?: readonly number[];
  readonly other?: readonly number[];
  readonly alpha?: number;
  readonly coin?: number;
  readonly layers?: readonly number[];
};

/** A step as the rule has it; the layers are those numbered, further from the last one the lower they are. */
function step({own = OWN, other = OTHER, alpha = 0.1, coin, layers}: Made = {}): OpposeEvent {
  const [a, b] = [logitsOf(own), logitsOf(other)];
  const opposed = oppose(a, b, alpha);
  const divergence = divergenceBits(softmax(a), softmax(b));
  const probabilities = softmax(opposed.scores);
  const tokens = TEXTS.map(idOf)
    .map((id) => ({
      tokenId: id,
      own: opposed.own[id]!,
      other: opposed.other[id]!,
      score: opposed.scores[id] === -Infinity ? null : opposed.scores[id]!,
      probability: probabilities[id]!
    }))
    .sort((x, y) => (y.score ?? -Infinity) - (x.score ?? -Infinity) || y.own - x.own);
  return {
    stage: "oppose",
    position: position(8),
    against: layers
      ? {
          kind: "layer",
          layers: layers.map((layer, i) => ({layer, divergence: divergence / (i + 1)})),
          chosen: 0
        }
      : {kind: "draft", divergence},
    alpha,
    plausible: opposed.scores.filter(Number.isFinite).length,
    scores: opposed.scores,
    tokens,
    chosen: tokens[coin === undefined ? 0 : 2]!.tokenId,
    coin: coin ?? null
  };
}

const draw = (event: OpposeEvent, width = 1088, height?: number) => (
  <OpposePanel
    event={event}
    vocabulary={vocabulary}
    nLayers={6}
    width={width}
    {...(height && {height})}
    now
    strings={en}
  />
);

example("oppose-draft", () => draw(step()));
example("oppose-draft-narrow", () => draw(step(), 358));
example("oppose-draft-drawn", () => draw(step({coin: 0.8731})));
example("oppose-layers", () => draw(step({layers: [2, 3, 4]})));
example("oppose-layers-narrow", () => draw(step({layers: [2, 3, 4]}), 358));
example("oppose-layers-in-room", () => draw(step({layers: [2, 3, 4]}), 683, 170));
example("oppose-one-plausible", () => draw(step({alpha: 1, layers: [0]})));
example("oppose-all-plausible", () => draw(step({alpha: 0})));
example("oppose-identical", () => draw(step({other: OWN})));
example("oppose-identical-layers", () => draw(step({other: OWN, layers: [0, 1]})));
