import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {WarpPanel} from "../../app/panels/warp/WarpPanel.tsx";
import {warper} from "../../engine/index.ts";
import {madeChain} from "./madeChain.ts";
import {madeLogits, madeVocabulary, onlyAlive} from "./made.ts";

const REAL = 4096;
const SMALL = 120;
const small = {vocabulary: madeVocabulary(SMALL), strings: en, logits: madeLogits(SMALL)};
const real = {vocabulary: madeVocabulary(REAL), strings: en, logits: madeLogits(REAL, {fall: 1.6})};

const usual = [warper("temperature", 0.8), warper("topK", 40), warper("topP", 0.9)];
const realChain = madeChain(real.logits, usual);
const smallChain = madeChain(small.logits, usual);

example("warp-4096-all-reached", (width) => (
  <WarpPanel {...real} chain={realChain} reached={3} nowIndex={null} width={width} />
));

example("warp-top-p-now", (width) => (
  <WarpPanel {...small} chain={smallChain} reached={3} nowIndex={2} now width={width} />
));

example("warp-temperature-now", (width) => (
  <WarpPanel {...small} chain={smallChain} reached={1} nowIndex={0} now width={width} />
));

example("warp-none-reached", (width) => (
  <WarpPanel {...small} chain={smallChain} reached={0} nowIndex={null} width={width} />
));

example("warp-narrow", () => (
  <WarpPanel {...small} chain={smallChain} reached={3} nowIndex={1} now width={320} />
));

example("warp-wide", () => (
  <WarpPanel {...real} chain={realChain} reached={3} nowIndex={2} now width={1376} />
));

example("warp-empty-chain", (width) => (
  <WarpPanel {...real} chain={[]} reached={0} nowIndex={null} width={width} />
));

const penalized = madeChain(
  small.logits,
  [warper("repetitionPenalty", 1.3), warper("temperature", 0.8), warper("topK", 40), warper("topP", 0.9)],
  {tokenIds: [1, 8, 22, 15, 90]}
);

example("warp-repetition-penalty", (width) => (
  <WarpPanel {...small} chain={penalized} reached={4} nowIndex={0} now width={width} />
));

example("warp-greedy-skips-sampling-warpers", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(
      small.logits,
      [warper("repetitionPenalty", 1.3), warper("temperature", 0.8), warper("topK", 40)],
      {samples: false, tokenIds: [1, 8]}
    )}
    reached={2}
    nowIndex={1}
    now
    width={width}
  />
));

example("warp-keeps-more-than-is-drawn", (width) => (
  <WarpPanel
    {...real}
    chain={madeChain(real.logits, [warper("temperature", 2), warper("topP", 0.7)])}
    reached={2}
    nowIndex={1}
    now
    width={width}
  />
));

example("warp-removes-nothing", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(small.logits, [warper("topK", 1000), warper("topP", 1)])}
    reached={2}
    nowIndex={1}
    width={width}
  />
));

example("warp-one-left", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(small.logits, [warper("temperature", 0.05), warper("topK", 1)])}
    reached={2}
    nowIndex={1}
    width={width}
  />
));

const flat = new Float32Array(SMALL).fill(2);
example("warp-all-equal", (width) => (
  <WarpPanel
    {...small}
    logits={flat}
    chain={madeChain(flat, [warper("temperature", 0.5), warper("topP", 0.5)])}
    reached={2}
    nowIndex={1}
    width={width}
  />
));

const lone = onlyAlive(small.logits, [3]);
example("warp-one-alive-from-the-start", (width) => (
  <WarpPanel
    {...small}
    logits={lone}
    chain={madeChain(lone, [warper("temperature", 0.5)])}
    reached={1}
    nowIndex={0}
    width={width}
  />
));

example("warp-ten", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(
      small.logits,
      Array.from({length: 10}, (_, i) =>
        i % 2 ? warper("topK", 100 - 10 * i) : warper("temperature", 0.9 + i / 20)
      )
    )}
    reached={7}
    nowIndex={6}
    width={width}
  />
));

example("warp-three-tokens", (width) => {
  const logits = Float32Array.of(2, 0.5, -1);
  return (
    <WarpPanel
      {...small}
      logits={logits}
      chain={madeChain(logits, [warper("temperature", 0.5), warper("topK", 2)])}
      reached={2}
      nowIndex={1}
      width={width}
    />
  );
});

/** The likeliest tokens were said before, some of them more than once; the prompt is the first three. */
const said = [1, 8, 22, 15, 8, 90, 8, 22, 15];
const afterwards = {tokenIds: said, promptLength: 3, vocabulary: small.vocabulary};

example("warp-penalties-and-biases", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(
      small.logits,
      [
        warper("logitBias", [
          [3, 4],
          [1, -2.5]
        ]),
        warper("repetitionPenalty", {penalty: 1.3, scope: "output"}),
        warper("frequencyPenalty", 0.5),
        warper("presencePenalty", {penalty: 0.5, scope: "last", lastN: 2}),
        warper("dry", {multiplier: 1.5, allowed: 1})
      ],
      afterwards
    )}
    reached={5}
    nowIndex={2}
    now
    width={width}
  />
));

example("warp-bans", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(
      small.logits,
      [warper("noRepeatNgram", 1), warper("minNewTokens", 20), warper("suppressTokens", [4, 5, 6])],
      {...afterwards, samples: false}
    )}
    reached={3}
    nowIndex={0}
    width={width}
  />
));

example("warp-cut-offs", (width) => (
  <WarpPanel
    {...real}
    chain={madeChain(real.logits, [
      warper("topNSigma", 2.5),
      warper("minP", 0.02),
      warper("typicalP", 0.9),
      warper("epsilon", 0.01),
      warper("eta", 0.03)
    ])}
    reached={5}
    nowIndex={2}
    now
    width={width}
  />
));

example("warp-coin-and-mu", (width) => (
  <WarpPanel
    {...real}
    chain={madeChain(
      real.logits,
      [
        warper("dynamicTemperature", {min: 0.5, max: 1.5}),
        warper("xtc", {probability: 1, threshold: 0.05}),
        warper("xtc", {probability: 0, threshold: 0.05}),
        warper("mirostatV2", {tau: 3, eta: 0.1})
      ],
      {states: [null, null, null, {mu: 5.4}]}
    )}
    reached={4}
    nowIndex={3}
    now
    width={width}
  />
));

example("warp-moves-nobody", (width) => (
  <WarpPanel
    {...small}
    chain={madeChain(small.logits, [warper("logitBias", []), warper("frequencyPenalty", 0.5)])}
    reached={2}
    nowIndex={1}
    width={width}
  />
));
