import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {drawAgain} from "../../app/panels/draw/drawAgain.ts";
import {AgainPart} from "../../app/panels/draw/AgainPart.tsx";
import {DrawPanel} from "../../app/panels/draw/DrawPanel.tsx";
import {argmax, drawnBy, rankOf, softmax, warper, type SampleEvent} from "../../engine/index.ts";
import {madeChain} from "./madeChain.ts";
import {madeLogits, madeVocabulary, onlyAlive} from "./made.ts";

const SMALL = 120;
const REAL = 4096;
const small = {vocabulary: madeVocabulary(SMALL), strings: en, seed: 7, position: 12};
const real = {vocabulary: madeVocabulary(REAL), strings: en, seed: 36, position: 10};

const usual = [warper("temperature", 0.8), warper("topK", 40), warper("topP", 0.95)];
const warped = (logits: Float32Array, chain = usual) => softmax(madeChain(logits, chain).at(-1)!.after);

/** What the multinomial strategy makes of a coin. */
function drawn(probabilities: Float32Array, coin: number): SampleEvent {
  const tokenId = drawnBy(probabilities, coin);
  return {
    stage: "sample",
    strategy: "multinomial",
    coin,
    tokenId,
    probability: probabilities[tokenId]!,
    rank: rankOf(probabilities, tokenId)
  };
}

function largest(probabilities: Float32Array): SampleEvent {
  const at = argmax(probabilities);
  return {
    ...drawn(probabilities, 0),
    strategy: "greedy",
    coin: null,
    tokenId: at as SampleEvent["tokenId"],
    probability: probabilities[at]!,
    rank: 1
  };
}

const usualDraw = warped(madeLogits(SMALL));
const realDraw = warped(madeLogits(REAL));
const hot = warped(madeLogits(REAL), [warper("temperature", 2)]);

example("draw-4096", (width) => (
  <DrawPanel {...real} probabilities={realDraw} sample={drawn(realDraw, 0.2548)} now width={width} />
));

example("draw-not-tossed", (width) => (
  <DrawPanel {...small} probabilities={usualDraw} sample={null} width={width} />
));

example("draw-tossed", (width) => (
  <DrawPanel {...small} probabilities={usualDraw} sample={drawn(usualDraw, 0.7301)} now width={width} />
));

example("draw-narrow", () => (
  <DrawPanel {...small} probabilities={usualDraw} sample={drawn(usualDraw, 0.9962)} width={320} />
));

example("draw-wide", () => (
  <DrawPanel {...real} probabilities={realDraw} sample={drawn(realDraw, 0.0123)} now width={1376} />
));

example("draw-greedy", (width) => (
  <DrawPanel {...small} probabilities={usualDraw} sample={largest(usualDraw)} now width={width} />
));

const one = softmax(onlyAlive(madeLogits(SMALL), [34]));
example("draw-one-segment", (width) => (
  <DrawPanel {...small} probabilities={one} sample={drawn(one, 0.4142)} width={width} />
));
example("draw-one-segment-not-tossed", (width) => (
  <DrawPanel {...small} probabilities={one} sample={null} width={width} />
));

example("draw-4096-alive", (width) => (
  <DrawPanel {...real} probabilities={hot} sample={drawn(hot, 0.6180339)} now width={width} />
));

example("draw-4096-alive-greedy", (width) => (
  <DrawPanel {...real} probabilities={hot} sample={largest(hot)} width={width} />
));

const flat = softmax(new Float32Array(REAL));
example("draw-4096-all-equal", (width) => (
  <DrawPanel {...real} probabilities={flat} sample={drawn(flat, 0.5)} width={width} />
));

const equal = softmax(new Float32Array(8));
example("draw-eight-equal", (width) => (
  <DrawPanel {...small} probabilities={equal} sample={drawn(equal, 0)} width={width} />
));
example("draw-coin-near-one", (width) => (
  <DrawPanel {...small} probabilities={equal} sample={drawn(equal, 1 - 2 ** -24)} width={width} />
));

/** What stands below the bar once a thousand draws were asked for. */
const again = (of: typeof small | typeof real, probabilities: Float32Array, width: number) => (
  <AgainPart
    {...{probabilities, width}}
    vocabulary={of.vocabulary}
    counts={drawAgain(probabilities, of.seed, of.position)}
    greedy={largest(probabilities).tokenId}
    picked={drawn(probabilities, 0.2548).tokenId}
    strings={en.draw}
  />
);
example("draw-again", (width) => again(real, realDraw, width));
example("draw-again-4096-alive", (width) => again(real, hot, width));
example("draw-again-all-equal", (width) => again(real, flat, width));
example("draw-again-one-token", (width) => again(small, one, width));
