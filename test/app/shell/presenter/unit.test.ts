import {expect, it} from "vitest";
import {presentCommandOf} from "../../../../app/shell/presenter/presentKeys.ts";
import {unitOf} from "../../../../app/shell/presenter/useUnit.ts";

/** Sizes of text that a panel, the sentence and the timeline are drawn with on a page, in px. */
const SMALLEST = {panel: 11, sentence: 13};

it.each([
  [1920, 1080],
  [1440, 900],
  [1024, 768],
  [2560, 1080]
])("draws nothing smaller than 1.5 units at %i × %i", (width, height) => {
  const {u, zoom} = unitOf(width, height);
  expect(100 * u).toBeLessThanOrEqual(width);
  expect(100 * u).toBeLessThanOrEqual(1.78 * height);
  expect(SMALLEST.panel * zoom.panel).toBeGreaterThanOrEqual(1.5 * u - 1e-9);
  expect(SMALLEST.sentence * zoom.sentence).toBeGreaterThanOrEqual(1.5 * u - 1e-9);
});

it("29 px at 1920 × 1080, and a page's own sizes in a narrow window", () => {
  expect(11 * unitOf(1920, 1080).zoom.panel).toBeCloseTo(28.8, 1);
  expect(unitOf(720, 450)).toMatchObject({isNarrow: true, zoom: {panel: 1}});
});

it("takes arrows, a remote control's keys, and leaves the browser's own alone", () => {
  const press = (key: string, ctrlKey = false) =>
    presentCommandOf({key, ctrlKey, altKey: false, metaKey: false, shiftKey: false});
  expect(["ArrowRight", "PageDown", " "].map((key) => press(key))).toEqual(["on", "on", "on"]);
  expect(["ArrowLeft", "PageUp"].map((key) => press(key))).toEqual(["back", "back"]);
  expect(["Escape", "p", "?", "x"].map((key) => press(key))).toEqual(["leave", "leave", "help", null]);
  expect(press("p", true)).toBeNull();
});
