import {expect, it} from "vitest";
import {waitingParts} from "../../../app/shell/NotRecorded.tsx";

it("one place speaks for all of a pass that waits for the model", () => {
  const chosen = ["cache", "attention", "lens"] as const;
  expect(waitingParts("prefill", chosen, true)).toEqual(["attention", "cache", "lens"]);
  expect(waitingParts("decode", chosen, false)).toEqual(["attention"]);
  expect(waitingParts("fetch", chosen, false)).toEqual(chosen);
});
