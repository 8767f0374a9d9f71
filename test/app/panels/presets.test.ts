import {expect, it} from "vitest";
import {CONTESTED, layoutPresets, type PresetColumn} from "../../../app/panels/presets/layoutPresets.ts";
import {softmax} from "../../../engine/index.ts";

const NONE = -Infinity;
const column = (name: PresetColumn["name"], logits: Float32Array): PresetColumn => ({
  name,
  warpers: [],
  ignored: [],
  isRuns: false,
  outcome: {logits, probabilities: softmax(logits), tokenId: 0}
});

it("has a row for what all keep and for what they differ about, in the decoder's order", () => {
  const logits = Float32Array.of(1, 4, 2, 3, 0);
  const {rows, contested, hidden, kept, largest} = layoutPresets(logits, [
    column("HF", Float32Array.of(NONE, 4, 2, 3, NONE)),
    column("vLLM", Float32Array.of(NONE, 4, NONE, 3, NONE)),
    column("llama.cpp", Float32Array.of(1, 4, 2, 3, NONE))
  ]);
  expect(rows.map(({id, rank, isContested}) => [id, rank, isContested])).toEqual([
    [1, 1, false],
    [3, 2, false],
    [2, 3, true],
    [0, 4, true]
  ]);
  expect(rows[2]!.cells.map((p) => p === null)).toEqual([false, true, false]);
  expect([contested, hidden, kept]).toEqual([2, 0, [3, 2, 4]]);
  expect(largest).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
});

it("shows twelve that they differ about, and says how many more there are", () => {
  const logits = Float32Array.from({length: 40}, (_, id) => -id);
  const few = logits.map((logit, id) => (id < 10 ? logit : NONE));
  const {rows, contested, hidden} = layoutPresets(logits, [column("HF", logits), column("vLLM", few)]);
  expect(rows.filter(({isContested}) => isContested)).toHaveLength(CONTESTED);
  expect([contested, hidden]).toEqual([30, 30 - CONTESTED]);
  expect(rows.filter(({isContested}) => !isContested).map(({id}) => id)).toEqual([0, 1, 2, 3]);
});

it("leaves a column without an outcome out of the count", () => {
  const logits = Float32Array.of(2, 1);
  const failed: PresetColumn = {...column("HF", logits), isRuns: true, outcome: {problem: "nothing left"}};
  const {rows, contested, kept} = layoutPresets(logits, [failed, column("vLLM", logits)]);
  expect(rows.map(({cells}) => cells[0])).toEqual([undefined, undefined]);
  expect([contested, kept]).toEqual([0, [null, 2]]);
  expect(layoutPresets(logits, [failed])).toMatchObject({rows: [], largest: 1});
});
