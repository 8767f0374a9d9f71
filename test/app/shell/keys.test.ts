import {expect, it} from "vitest";
import {commandOf, usesKey} from "../../../app/shell/keys.ts";

type Held = "ctrlKey" | "altKey" | "metaKey" | "shiftKey";

const press = (key: string, held: Partial<Record<Held, boolean>> = {}) =>
  commandOf({key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held});

it("knows its keys, and leaves those of the browser alone", () => {
  expect(press("ArrowRight")).toEqual({do: "step"});
  expect(press("t")).toEqual({do: "token"});
  expect(press("3")).toEqual({do: "panel", nth: 3});
  expect(press("p")).toEqual({do: "present"});
  expect(press("x")).toBeNull();
  expect(press("ArrowRight", {altKey: true})).toBeNull();
  expect(press("t", {ctrlKey: true})).toBeNull();
  expect(press("z", {ctrlKey: true})).toEqual({do: "undo"});
  expect(press("z", {metaKey: true})).toEqual({do: "undo"});
  expect(press("Z", {ctrlKey: true, shiftKey: true})).toEqual({do: "redo"});
});

/** An element that is one of the things a selector list names. */
const element = (is: string) => ({
  closest: (selector: string) => (selector.split(", ").some((part) => part.startsWith(is)) ? {} : null)
});

it("is dead while a text field has the focus", () => {
  for (const key of ["ArrowRight", "t", " ", "5", "End"])
    expect(usesKey(element("textarea"), key)).toBe(true);
});

it("leaves Space to buttons and arrows to what scrolls", () => {
  expect(usesKey(element("button"), " ")).toBe(true);
  expect(usesKey(element("button"), "ArrowRight")).toBe(false);
  expect(usesKey(element(".scroll"), "ArrowRight")).toBe(true);
  expect(usesKey(element(".scroll"), "t")).toBe(false);
  expect(usesKey(null, " ")).toBe(false);
});
