import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {openLab, place, ready, toEnd, type LabPage} from "./labPage.ts";

let browser: Browser;
let served: Served;
let lab: LabPage;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser({webgpu: false}), serveApp()]);
  lab = await openLab(browser, served.url, "v=1&max-new-tokens=10&backend=wasm&inside=");
  await ready(lab);
  await toEnd(lab);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const WIDTHS = [
  [1440, 900],
  [1024, 768],
  [390, 844]
] as const;

/** What must stay where it is from step to step: left, top, width, and where it is closed by its content, height. */
const FIXED = {
  ".top": "height",
  ".setup": "height",
  ".sentence": "height",
  ".machine": "height",
  ".transport": "height",
  ".nowbox": null
} as const;

/** Where the map stands below the now box, which is as tall as its panel. */
const MAP_BELOW = 640;

/** Runs in the page: boxes in its own px, whatever has been scrolled. */
function boxes([fixed, mapBelow]: readonly [Readonly<Record<string, string | null>>, number]) {
  const found: Record<string, string> = {};
  for (const [selector, height] of Object.entries(fixed)) {
    const box = document.querySelector(selector)!.getBoundingClientRect();
    const top = selector === ".machine" && innerWidth < mapBelow ? 0 : box.top + scrollY;
    const parts = [box.left, top, box.width, height === null ? 0 : box.height];
    found[selector] = parts.map(Math.round).join(" ");
  }
  return found;
}

async function step(page: Page, key: string, to: number): Promise<void> {
  await page.keyboard.press(key);
  await page.locator(`.timeline[aria-valuenow="${to}"]`).waitFor({timeout: 5000});
}

describe("from step to step", () => {
  it.each(WIDTHS)("nothing but the step moves at %i × %i, over ten tokens", async (width, height) => {
    const {page} = lab;
    await page.setViewportSize({width, height});
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("Home");
    await page.locator('.timeline[aria-valuenow="1"]').waitFor();
    const {of} = await place(lab);
    expect(of).toBeGreaterThan(90);
    const seen = new Map<string, Map<string, number>>();
    for (let at = 1; ; ++at) {
      for (const [selector, box] of Object.entries(await page.evaluate(boxes, [FIXED, MAP_BELOW] as const))) {
        const where = seen.get(selector) ?? new Map<string, number>();
        seen.set(selector, where.set(box, where.get(box) ?? at));
      }
      if (at === of) break;
      await step(page, "ArrowRight", at + 1);
    }
    // each box at one place; where there are more, the stages at which it got there
    const moved = [...seen]
      .filter(([, where]) => where.size > 1)
      .map(([selector, where]) => [selector, ...where]);
    expect(moved).toEqual([]);
  });
});

/** What lights a token lights it everywhere: the elements with an outline, by what they belong to. Runs in the page. */
const lit = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("[data-token], text")]
      .filter((element) => getComputedStyle(element).outlineStyle === "solid")
      .map(
        (element) => element.closest(".sentence, .panel, .timeline, .transport, .machine")?.className ?? ""
      )
  );

describe("a token", () => {
  it("lights wherever it stands, by pointer and by keyboard, and goes out again", async () => {
    const {page} = lab;
    await page.setViewportSize({width: 1440, height: 900});
    await page.keyboard.press("Home");
    await page.keyboard.press("t");
    await page.locator(".draw .hit").waitFor();
    const drawn = page.locator(".sentence .t.new b");
    await drawn.hover();
    await expect.poll(async () => (await lit(page)).length).toBeGreaterThan(2);
    const byPointer = await lit(page);
    expect(byPointer).toContain("panel");
    expect(byPointer.filter((of) => of === "sentence")).toHaveLength(1);
    await page.mouse.move(5, 5);
    await expect.poll(() => lit(page)).toEqual([]);

    await page.locator('.sentence [tabindex="0"]').focus();
    await page.keyboard.press("End");
    await expect.poll(() => lit(page)).toEqual(byPointer);
    const {at} = await place(lab);
    await page.keyboard.press("ArrowLeft"); // goes to the token before, and steps nothing
    await expect.poll(() => lit(page)).not.toEqual(byPointer);
    expect((await place(lab)).at).toBe(at);
    await page.evaluate("document.activeElement.blur()");
  });
});

/** CSS px of a window zoomed to 200 %, of one to 400 %, and of the narrowest that WCAG asks for. */
const ZOOMED = [
  [720, 450],
  [360, 225],
  [320, 640]
] as const;

/** Runs in the page: what sticks out of the window to the right, but for what scrolls on its own. */
function outside(): readonly string[] {
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    element !== document.body &&
    (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((element) => {
      const {width, right} = element.getBoundingClientRect();
      return width > 0 && right > innerWidth + 1 && !scrolls(element.parentElement);
    })
    .map((element) => `${element.tagName} ${element.getAttribute("class")}`);
}

/** Runs in the page: the share of the window that stays over what it shows. */
const covered = () => document.querySelector(".transport")!.getBoundingClientRect().height / innerHeight;

describe("zoomed in", () => {
  it.each(ZOOMED)("nothing of any stage sticks out at %i × %i", async (width, height) => {
    const {page} = lab;
    await page.setViewportSize({width, height});
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("Home");
    await page.locator('.timeline[aria-valuenow="1"]').waitFor();
    const found: string[] = [];
    for (let at = 1; at < 24; ++at) {
      found.push(...(await page.evaluate(outside)).map((one) => `stage ${at}: ${one}`));
      await step(page, "ArrowRight", at + 1);
    }
    expect(found).toEqual([]);
    if (height > 300) expect(await page.evaluate(covered)).toBeLessThan(0.3);
  });
});
