import {expect, it} from "vitest";
import {sectionAt} from "../../../app/shell/Contents.tsx";

it("marks the section being read, and above all of them the first", () => {
  const at = (...tops: readonly number[]) =>
    sectionAt(
      tops.map((top, i) => ({id: `s${i}`, top})),
      300
    );
  expect(at(400, 900)).toBe("s0");
  expect(at(-500, 299, 800)).toBe("s1");
  expect(at(-500, -20, Infinity)).toBe("s1");
  expect(at()).toBeNull();
});
