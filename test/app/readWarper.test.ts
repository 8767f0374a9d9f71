import fc from "fast-check";
import {expect, it} from "vitest";
import {Malformed} from "../../app/check.ts";
import {readEvent} from "../../app/readEvent.ts";
import {toJson, type WarpEvent} from "../../engine/index.ts";
import {someWarper} from "../engine/warp/arbitraries.ts";

const event = (warper: unknown, params: unknown, more: object = {}) => ({
  stage: "warp",
  index: 0,
  warper,
  params,
  applied: true,
  removed: [1, 2],
  kept: 3,
  massKept: 0.5,
  entropyBefore: 2,
  entropy: 1,
  state: null,
  ...more
});
const read = (value: unknown) => readEvent(value, "event") as WarpEvent;

it("a file from before a warper had further parameters has them at their usual values", () => {
  expect(read(event("topK", {k: 40})).params).toEqual({k: 40, ties: "all", keep: 1});
  expect(read(event("repetitionPenalty", {penalty: 1.2})).params).toEqual({
    penalty: 1.2,
    scope: "all",
    lastN: 64
  });
});

it("choices, lists, a state and a coin come back as they were written", () => {
  fc.assert(
    fc.property(someWarper, ({name, params}) => {
      const written = event(name, params, {state: {mu: 6.5}, coin: 0.25});
      expect(read(JSON.parse(toJson(written)))).toMatchObject({
        warper: name,
        params,
        state: {mu: 6.5},
        coin: 0.25
      });
    })
  );
  expect(read(event("topK", {k: 40}))).not.toHaveProperty("coin");
});

it.each([
  ["topQ", {}, /must be one of logitBias, repetitionPenalty/],
  ["topK", {k: "40"}, /event\.params\.k must be a whole number/],
  ["topK", {k: 40, ties: "some"}, /event\.params\.ties must be one of all, exactly, got "some"/],
  ["suppressTokens", {ids: [1, "2"]}, /event\.params\.ids/],
  ["suppressTokens", {ids: {length: 1}}, /event\.params\.ids must be a list/],
  ["logitBias", {biases: [[1]]}, /event\.params\.biases must be pairs/],
  ["dry", {breakers: [""]}, /event\.params\.breakers must be whole texts/]
])("%s %j is refused, with the place", (name, params, message) => {
  expect(() => read(event(name, params))).toThrow(Malformed);
  expect(() => read(event(name, params))).toThrow(message);
});
