import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import type {PresetColumn} from "../../app/panels/presets/layoutPresets.ts";
import {PresetPanel} from "../../app/panels/presets/PresetPanel.tsx";
import {drawnBy, preset, presetNames, softmax, warper, type Preset} from "../../engine/index.ts";
import {madeChain} from "./madeChain.ts";
import {madeLogits, madeVocabulary, onlyAlive} from "./made.ts";

const REAL = 4096;
const COIN = 0.62;
const logits = madeLogits(REAL, {fall: 1.6});
const base = {vocabulary: madeVocabulary(REAL), strings: en};

function column(
  name: PresetColumn["name"],
  {warpers, ignored}: Preset,
  from: Float32Array,
  isRuns: boolean
): PresetColumn {
  const left = madeChain(from, warpers).at(-1)?.after ?? from;
  const probabilities = softmax(left);
  return {
    name,
    warpers,
    ignored,
    isRuns,
    outcome: {logits: left, probabilities, tokenId: drawnBy(probabilities, COIN)}
  };
}

const columnsOf = (wanted: Preset["warpers"], from = logits) =>
  presetNames.map((name, i) => column(name, preset(name, wanted), from, i === 0));

const hot = [warper("temperature", 1.6), warper("topK", 60), warper("topP", 0.8), warper("minP", 0.05)];

example("presets-hot", (width) => (
  <PresetPanel {...base} logits={logits} columns={columnsOf(hot)} width={width} />
));

example("presets-narrow", () => (
  <PresetPanel {...base} logits={logits} columns={columnsOf(hot)} width={358} />
));

example("presets-own-order", (width) => {
  const own = [warper("topP", 0.7), warper("temperature", 1.6), warper("topK", 60)];
  const columns = [
    column("own", {warpers: own, ignored: []}, logits, true),
    ...columnsOf(own).map((one) => ({...one, isRuns: false}))
  ];
  return <PresetPanel {...base} logits={logits} columns={columns} width={width} />;
});

example("presets-all-the-same", (width) => (
  <PresetPanel {...base} logits={logits} columns={columnsOf([warper("temperature", 0.7)])} width={width} />
));

example("presets-no-warper", (width) => (
  <PresetPanel {...base} logits={logits} columns={columnsOf([])} width={width} />
));

const lone = onlyAlive(logits, [22]);
example("presets-one-token-left", (width) => (
  <PresetPanel {...base} logits={lone} columns={columnsOf(hot, lone)} width={width} />
));

example("presets-one-fails", (width) => {
  const [first, ...others] = columnsOf(hot);
  const failed = {...first!, outcome: {problem: "temperature left no token to pick"}};
  return <PresetPanel {...base} logits={logits} columns={[failed, ...others]} width={width} />;
});
