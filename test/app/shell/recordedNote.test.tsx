import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import type {EngineState} from "../../../app/engine.ts";
import {en} from "../../../app/i18n/en/index.ts";
import type {PlayerState} from "../../../app/shell/player.ts";
import {RecordedNote} from "../../../app/shell/RecordedNote.tsx";
import {position} from "../../../engine/index.ts";
import type {Recording} from "../../../app/recording.ts";
import {loadEvent} from "../../engine/scriptedDecoder.ts";
import {fakeEngine} from "../fakeEngine.ts";

const wanted = {model: "embedded", backend: "auto"} as const;
const loading = (loaded: number, total: number | null): EngineState => ({
  wanted,
  status: "loading",
  progress: [{path: "weights.onnx_data", loaded, total}]
});
const whole: EngineState = {
  wanted,
  status: "loading",
  progress: [
    {path: "weights.onnx_data", loaded: 1, total: 1},
    {path: "y", loaded: 1_000_000, total: 1_000_000}
  ]
};
const failure = {
  kind: "model",
  path: "weights.onnx_data",
  message: "x is missing (http://host/a/x)"
} as const;
const failed: EngineState = {wanted, status: "failed", failure};
const ready = fakeEngine().engine.get();

/** Two files were recorded; each loading state has asked for one of them. */
const recording: Recording = {
  trace: [],
  load: {
    ...loadEvent(),
    files: [
      {path: "weights.onnx_data", bytes: 1},
      {path: "y", bytes: 1_000_000}
    ]
  },
  vocabulary: []
};

const html = (engine: EngineState, isRecorded: boolean, change: Partial<PlayerState> = {}) =>
  renderToStaticMarkup(
    <RecordedNote
      recording={isRecorded ? recording : null}
      state={{request: null, loop: null, waiting: false, failure: null, replaced: null, ...change}}
      engine={engine}
      failure={engine.status === "failed" ? failure : null}
      onRetry={() => undefined}
      onWasm={null}
      strings={en}
    />
  );
const note = (...state: Parameters<typeof html>) => html(...state).replace(/<[^>]+>/g, "");

it.each([
  [
    "bytes of bytes, with the file that was not asked for yet",
    loading(2_100_000, 9_400_000),
    {},
    /^Recorded trace: .+still loading \(2\.1\sMB of 10\.4\sMB\)/
  ],
  ["bytes, where the sum is not known", loading(2_100_000, null), {}, /\(2\.1\sMB so far\)/],
  ["all bytes, and yet no model", whole, {}, /\(1\.0\sMB so far\)/],
  ["what was asked for", loading(1, 2), {loop: "start"}, /What you asked for begins as soon as it is here/],
  ["a branch asked for", loading(1, 2), {loop: "branch"}, /What you asked for begins as soon as it is here/],
  ["that no model came", failed, {}, /^Recorded trace: the model could not be loaded/],
  ["that the model catches up", ready, {}, /^Recorded trace: the model is here and runs/]
] as const)("says %s", (_, engine, change, says) => {
  expect(note(engine, true, change)).toMatch(says);
});

it("says once why no model came, with the way to load it again; an address breaks after its slashes", () => {
  const said = html(failed, true);
  expect(said).toContain("x is missing (http://<wbr/>host/<wbr/>a/<wbr/>x)");
  expect(said).toContain(en.errors.model.retry);
  expect(said).not.toContain(en.errors.model.wasm);
  expect(said.split("could not be loaded")).toHaveLength(2);
  expect(html(loading(1, 2), true)).not.toContain("<button");
});

it("says that the live run took its place, with the recording's tokens or from where with others", () => {
  expect(note(ready, false)).toBe("");
  expect(note(ready, false, {replaced: {at: null}})).toMatch(/with the tokens of the recording/);
  expect(note(ready, false, {replaced: {at: position(9)}})).toMatch(
    /differs from the recording from position 9 on/
  );
});
