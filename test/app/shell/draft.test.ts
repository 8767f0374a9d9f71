import {expect, it} from "vitest";
import {sameRequest, withoutWarper, withWarper} from "../../../app/shell/draft.ts";
import {defaultRequest, warper} from "../../../engine/index.ts";

const names = (request: typeof defaultRequest) => request.warpers.map(({name}) => name);

it("puts a warper at its usual place", () => {
  const withPenalty = withWarper(defaultRequest, "repetitionPenalty");
  expect(names(withPenalty)).toEqual(["repetitionPenalty", "temperature", "topK", "topP"]);
  const without = withoutWarper(withPenalty, "topK");
  expect(names(without)).toEqual(["repetitionPenalty", "temperature", "topP"]);
  expect(names(withWarper(without, "topK"))).toEqual(names(withPenalty));
});

it("changes a warper where it stands, and leaves an order of the reader's own alone", () => {
  const own = {...defaultRequest, warpers: [warper("topP", 0.9), warper("temperature", 2)]};
  const changed = withWarper(own, "topP", warper("topP", 0.5));
  expect(changed.warpers).toEqual([warper("topP", 0.5), warper("temperature", 2)]);
});

it("switched off and on again, a warper has its usual value", () => {
  const again = withWarper(withoutWarper(defaultRequest, "topK"), "topK");
  expect(sameRequest(again, defaultRequest)).toBe(true);
});

it("knows the same request, and prompts that only look alike", () => {
  expect(sameRequest(defaultRequest, {...defaultRequest, warpers: [...defaultRequest.warpers]})).toBe(true);
  expect(sameRequest(defaultRequest, {...defaultRequest, seed: 8})).toBe(false);
  expect(sameRequest({...defaultRequest, prompt: "\uD83D"}, {...defaultRequest, prompt: "\uFFFD"})).toBe(
    false
  );
});
