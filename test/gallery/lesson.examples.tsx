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
const values = Float64Array.from({length: 40}, (_, i) => 2.6 * (i + 1) + Math.sin(i));
const curve: Curve = {
  values,
  known: 3,
  x: "sampled tokens",
  y: "surprise, added up, in nats",
  scale: {most: 112, format: (value) => `${value.toFixed(2)}\u202Fnats`}
};
const chart = (target: number, shown: boolean, guess: number | null) => (width: number) => (
  <PredictChart
    curve={curve}
    target={target}
    targetLabel={`greedy’s text: ${target}`}
    truth={reaches(curve, target)}
    guess={guess}
    shown={shown}
    width={width}
    onGuess={nothing}
    strings={en.notebook.predict}
  />
);
example("predict-own-scale-asking", chart(36.1, false, 22));
example("predict-own-scale-shown", chart(36.1, true, 22));
example("predict-own-scale-never-reached", chart(110, true, null));
