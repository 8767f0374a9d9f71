import {beforeEach, expect, it} from "vitest";
import {onLeave, onReturn} from "../../app/awake.ts";

/** A document and its window that can be hidden, frozen and shown, with a clock of its own. */
function page() {
  const document = Object.assign(new EventTarget(), {visibilityState: "visible" as DocumentVisibilityState});
  const window = new EventTarget();
  let ms = 0;
  const show = (state: DocumentVisibilityState) => {
    document.visibilityState = state;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return {
    comings: {document, window, now: () => ms} as unknown as Parameters<typeof onReturn>[0],
    document,
    window,
    show,
    away(time: number) {
      show("hidden");
      ms += time;
      show("visible");
    }
  };
}

let returns = 0;
beforeEach(() => (returns = 0));
const count = () => void ++returns;

it("a glance at another tab is no return; a long absence, a freeze and the back button are", () => {
  const {comings, document, window, away} = page();
  onReturn(comings, count);
  away(5_000);
  expect(returns).toBe(0);
  away(40_000);
  expect(returns).toBe(1);
  document.dispatchEvent(new Event("freeze"));
  document.dispatchEvent(new Event("resume"));
  expect(returns).toBe(2);
  window.dispatchEvent(Object.assign(new Event("pageshow"), {persisted: false}));
  expect(returns).toBe(2);
  window.dispatchEvent(Object.assign(new Event("pageshow"), {persisted: true}));
  expect(returns).toBe(3);
});

it("a page opened behind another one was away from its beginning", () => {
  const {comings, document, away, show} = page();
  document.visibilityState = "hidden";
  onReturn(comings, count);
  away(0);
  expect(returns).toBe(0);
  show("visible");
  expect(returns).toBe(0);
});

it("leaving is hiding, freezing and going, until nobody wants to hear of it", () => {
  const {comings, document, window, show} = page();
  const unheard = onLeave(comings, count);
  show("hidden");
  show("visible");
  document.dispatchEvent(new Event("freeze"));
  window.dispatchEvent(new Event("pagehide"));
  expect(returns).toBe(3);
  unheard();
  show("hidden");
  expect(returns).toBe(3);
});
