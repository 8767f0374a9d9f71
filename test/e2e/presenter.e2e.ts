import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {openLab, place, ready} from "./labPage.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser({webgpu: false}), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const CHAIN = "warpers=repetitionPenalty%3D1.2%2Ctemperature%3D0.8%2CtopK%3D40%2CtopP%3D0.95";
const RUN = "v=1&max-new-tokens=3&backend=wasm&seed=7";

/** Strategies, and where they decide in a run of ten tokens; nothing of the panel is laid out by hand for them. */
const DECISIONS = [
  ["beam", 25],
  ["speculative", 22],
  ["lookahead", 35],
  ["contrastiveDecoding", 18],
  ["dola", 17]
] as const;

const heading = (page: Page) => page.locator(".present h1").innerText();
const right = (page: Page) => page.locator(".vote.hit").count();

/** The smallest text that is seen, in the window's px, and what sticks out of it. Runs in the page. */
function measure(): {smallest: number; text: string; outside: readonly string[]; scrolls: boolean} {
  const seen = document.createTreeWalker(document.querySelector(".present")!, NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  let text = "";
  const outside: string[] = [];
  for (let node = seen.nextNode(); node; node = seen.nextNode()) {
    const parent = node.parentElement as HTMLElement & {currentCSSZoom: number};
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!node.textContent?.trim() || box.height === 0 || parent.closest(".sr, [hidden]")) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize) * parent.currentCSSZoom;
    if (size < smallest) [smallest, text] = [size, node.textContent];
    if (box.left < -1 || box.right > innerWidth + 1) outside.push(node.textContent);
  }
  const {scrollWidth, scrollHeight} = document.documentElement;
  return {smallest, text, outside, scrolls: scrollWidth > innerWidth || scrollHeight > innerHeight + 1};
}

/** What of the panel has no room in its stage. Runs in the page. */
function hiddenPart(): {down: number; across: number} {
  const {scrollHeight, clientHeight, scrollWidth, clientWidth} = document.querySelector(".stage")!;
  return {down: Math.max(0, scrollHeight - clientHeight), across: Math.max(0, scrollWidth - clientWidth)};
}

async function show(page: Page, at: number, ask: boolean, run = RUN): Promise<void> {
  await page.goto(`${served.url}#/present?${run}&at=${at}${ask ? "&ask=1" : ""}`);
  await page.locator(`.present .timeline[aria-valuenow="${at + 1}"]`).waitFor({timeout: 30_000});
  await page.locator("p.waiting:not(.refused)").first().waitFor({state: "detached"});
}

describe("the presenter", () => {
  it("takes over the lab's place, asks, answers, hides again, and gives the place back", async () => {
    const lab = await openLab(browser, served.url, `${RUN}&at=3`);
    const {page} = lab;
    await ready(lab);
    await expect.poll(async () => (await place(lab)).at, {timeout: 30_000}).toBe(4);
    await page.locator("body").press("p");
    await expect.poll(() => heading(page)).toMatch(/^One pass over 8 positions/);
    expect((await place(lab)).at).toBe(4);

    await page.keyboard.press("ArrowRight");
    const question = await heading(page);
    expect(question).toMatch(/\?$/);
    expect(await page.locator(".vote").count()).toBe(6);
    expect(await right(page)).toBe(0);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => right(page)).toBe(1);
    expect((await place(lab)).at).toBe(5);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => heading(page)).toBe(question);
    expect(await right(page)).toBe(0);

    await expect.poll(() => page.url()).toContain("ask=1");
    await page.reload();
    await expect.poll(() => page.locator("h1").innerText(), {timeout: 30_000}).toBe(question);

    await page.keyboard.press("t");
    await expect
      .poll(() => heading(page))
      .toMatch(/left\. (Where will the coin land|Does the coin matter)\?/);
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    expect(await page.locator("dialog[open]").innerText()).toContain("next token’s draw");
    await page.keyboard.press("Escape"); // closes the list alone
    expect(page.url()).toContain("#/present");
    const {at} = await place(lab);
    await page.keyboard.press("Escape");
    await page.locator("main.lab").waitFor();
    expect((await place(lab)).at).toBe(at);
    expect(lab.errors).toEqual([]);
    await page.close();
  });

  it("draws nothing smaller than 1.5 hundredths of a projector's picture, and all of it inside", async () => {
    const page = await browser.newPage({reducedMotion: "reduce"});
    // prefill; the logits asked for and told; a warper; the draw asked for and told; a decode; the end
    for (const [at, ask] of [[0], [3], [3, true], [4], [6, true], [7, true], [8], [12], [29]] as const) {
      await page.setViewportSize({width: 1920, height: 1080});
      await show(page, at, ask ?? false);
      for (const [width, height] of [
        [1920, 1080],
        [1440, 900],
        [1024, 768]
      ] as const) {
        await page.setViewportSize({width, height});
        const least = 1.5 * Math.min(width / 100, 0.0178 * height) - 0.2;
        const found = async () => {
          const {smallest, text, outside, scrolls} = await page.evaluate(measure);
          return {smallest: smallest > least ? "large enough" : {smallest, text}, outside, scrolls};
        };
        await expect
          .poll(found, {message: `stage ${at}${ask ? ", asking" : ""} at ${width}`})
          .toEqual({smallest: "large enough", outside: [], scrolls: false});
      }
    }
    await page.close();
  });

  it("cuts no panel", async () => {
    const page = await browser.newPage({reducedMotion: "reduce"});
    // each stage of the first step with four warpers; warpers and draw asked for, too; a decode; the end
    const chain = `${RUN}&${CHAIN}`;
    const told = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 32].map((at) => ({run: chain, at, ask: false}));
    const asked = [4, 5, 8].map((at) => ({run: chain, at, ask: true}));
    const decided = DECISIONS.map(([strategy, at]) => ({
      run: `${RUN.replace("tokens=3", "tokens=10")}&strategy=${strategy}`,
      at,
      ask: false
    }));
    for (const {run, at, ask} of [...told, ...asked, ...decided]) {
      await page.setViewportSize({width: 1920, height: 1080});
      await show(page, at, ask, run);
      for (const [width, height] of [
        [1920, 1080],
        [1440, 900]
      ] as const) {
        await page.setViewportSize({width, height});
        await expect
          .poll(() => page.evaluate(hiddenPart), {
            message: `${run}, stage ${at}${ask ? ", asking" : ""} at ${width}`
          })
          .toEqual({down: 0, across: 0});
      }
    }
    await page.close();
  });
});
