import {expect, it} from "vitest";
import {sameRequest} from "../../../app/shell/draft.ts";
import {defaultRequest} from "../../../engine/index.ts";

it("knows the same request, and prompts that only look alike", () => {
  expect(sameRequest(defaultRequest, {...defaultRequest, warpers: [...defaultRequest.warpers]})).toBe(true);
  expect(sameRequest(defaultRequest, {...defaultRequest, seed: 8})).toBe(false);
  expect(sameRequest({...defaultRequest, prompt: "\uD83D"}, {...defaultRequest, prompt: "\uFFFD"})).toBe(
    false
  );
});
