import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import type {Curve} from "../../app/notebook.ts";
import {Beside, type BesideRun} from "../../app/shell/Beside.tsx";
import {reaches} from "../../app/shell/layoutPredict.ts";
import {PredictChart} from "../../app/shell/PredictChart.tsx";
import {strategy} from "../../engine/index.ts";
import {branchOf, madeTree, oddTree, rootOf, until, vocabulary} from "../app/shell/branches/madeTree.ts";

const nothing = () => undefined;
const [made, odd, alone] = await Promise.all([madeTree(), oddTree(), rootOf()]);
const searched = await branchOf(made[0]!, 7, 4, {
  kind: "settings",
  settings: {strategy: strategy("beam", {numBeams: 3}), warpers: [], maxNewTokens: 24}
});

const runOf = (name: string, trace: BesideRun["trace"]): BesideRun => ({name, trace, lab: "#/lab"});
const base = {id: "beside", vocabulary, strings: en};

example("beside", (width) => (
  <Beside
    {...base}
    runs={[
      runOf("Greedy", alone.trace),
      runOf("Beam search", searched.trace),
      runOf("Sampling", made[2]!.trace)
    ]}
    width={width}
  />
));

example("beside-narrow", () => (
  <Beside {...base} runs={made.slice(0, 3).map(({trace}, i) => runOf(`Run ${i + 1}`, trace))} width={334} />
));

example("beside-on-the-way", (width) => (
  <Beside
    {...base}
    runs={[
      runOf("Greedy", alone.trace),
      runOf("Beam search", until(alone, 14).trace.slice(0, 14)),
      runOf("Sampling", null)
    ]}
    width={width}
  />
));

example("beside-nothing-yet", (width) => (
  <Beside
    {...base}
    vocabulary={null}
    runs={["Greedy", "Beam search", "Sampling"].map((name) => runOf(name, null))}
    width={width}
  />
));

example("beside-odd-tokens", (width) => (
  <Beside {...base} runs={odd.slice(0, 3).map(({trace}, i) => runOf(`Run ${i + 1}`, trace))} width={width} />
));

/** Of a text of 40 tokens, in nats. */
const nats: Curve = {
  values: Float64Array.from({length: 40}, (_, i) => 2.6 * (i + 1) + Math.sin(i)),
  known: 3,
  x: "sampled tokens",
  y: "surprise, added up, in nats",
  scale: {most: 112, format: (value) => `${value.toFixed(2)}\u202Fnats`}
};
/** Of a vocabulary of 4,096, half of it on one token, with a long tail. */
const upTo = (place: number) => 1 - 0.5 * place ** -0.35;
const shares: Curve = {
  values: Float64Array.from({length: 4096}, (_, i) => upTo(i + 1) / upTo(4096)),
  known: 12,
  x: "tokens, most probable first, log scale",
  y: "cumulative probability"
};

type Asked = {
  readonly target: number;
  readonly label: string;
  readonly shown: boolean;
  readonly guess: number | null;
};
const chart =
  (curve: Curve, {target, label, shown, guess}: Asked, at?: number) =>
  (width: number) => (
    <PredictChart
      curve={curve}
      target={target}
      targetLabel={label}
      truth={reaches(curve, target)}
      guess={guess}
      shown={shown}
      width={at ?? width}
      onGuess={nothing}
      strings={en.notebook.predict}
    />
  );
const greedys = (target: number, shown: boolean, guess: number | null): Asked => ({
  target,
  label: `greedy: ${target}\u202Fnats`,
  shown,
  guess
});
const share = (percent: number, shown: boolean, guess: number | null): Asked => ({
  target: percent / 100,
  label: `${percent}\u202F%`,
  shown,
  guess
});
const NARROW = 348;
example("predict-own-scale-asking", chart(nats, greedys(36.1, false, 22)));
example("predict-own-scale-shown", chart(nats, greedys(36.1, true, 22)));
example("predict-own-scale-never-reached", chart(nats, greedys(110, true, null)));
example("predict-own-scale-narrow", chart(nats, greedys(23.65, true, 40), NARROW));
example("predict-asking", chart(shares, share(90, false, 40)));
example("predict-shown", chart(shares, share(90, true, 40)));
example("predict-narrow", chart(shares, share(90, true, 40), NARROW));
example("predict-narrow-too-many", chart(shares, share(90, true, 700), NARROW));
example("predict-narrow-far-right", chart(shares, share(99, true, 1500), NARROW));
