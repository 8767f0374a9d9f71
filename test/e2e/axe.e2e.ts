import axe, {type AxeResults} from "axe-core";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, nowText, openLab, place, ready, toEnd, type LabPage} from "./labPage.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser({webgpu: false}), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const RUN =
  "v=1&max-new-tokens=10&backend=wasm&warpers=repetitionPenalty%3D1.2%2Ctemperature%3D0.8%2CtopK%3D40%2CtopP%3D0.95";
/** What can be looked at inside of a pass: all of it where the pass is the stage, else nothing but the now box. */
const inside = (at: number) => `&inside=${PASSES.includes(at) ? "cache.attention.lens.residual.tap" : ""}`;
/** Prefill, and the first decode. */
const PASSES: readonly number[] = [3, 13];

/** Runs in the page. Every rule that axe has on of itself; none is turned off. */
const check = (page: Page) => page.evaluate<AxeResults>("axe.run(document, {resultTypes: ['violations']})");

/** "rule: selector", a line for each element that a rule finds fault with. */
const faultsOf = ({violations}: AxeResults): readonly string[] =>
  violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${target.join(" ")}\n${failureSummary}`)
  );

/** What is wrong with the screen as it stands, in light and in dark, each line with the place it was found at. */
async function faults(page: Page, where: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
    await page.locator("p.waiting:not(.refused)").first().waitFor({state: "detached"});
    found.push(...faultsOf(await check(page)).map((line) => `${where}, ${colorScheme}: ${line}`));
  }
  return found;
}

/** The content policy keeps scripts out of the page, so axe comes through the debugger. */
async function bringAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

const follow = ({page}: LabPage, query: string) =>
  page.evaluate((hash) => void (location.hash = hash), `#/lab?${query}`);

async function seek(lab: LabPage, at: number): Promise<void> {
  await follow(lab, `${RUN}${inside(at)}&at=${at}`);
  await expect.poll(async () => (await place(lab)).at, {timeout: 10_000}).toBe(at + 1);
}

describe("axe, no rule disabled, light and dark", () => {
  it("finds nothing in the lab at any stage, with ten tokens run", async () => {
    const lab = await openLab(browser, served.url, RUN);
    await ready(lab);
    await bringAxe(lab.page);
    await toEnd(lab);
    expect(await chips(lab)).toHaveLength(8 + 10);
    const {of} = await place(lab);
    const found: string[] = [];
    // the first pass through every warper, the decode after it, and the end
    for (const at of [...Array(12).keys(), 13, of - 1]) {
      await seek(lab, at);
      found.push(...(await faults(lab.page, await nowText(lab))));
    }
    expect(found).toEqual([]);
    await lab.page.close();
  });

  it("finds nothing in a branch, the settings, a step tried out with others, the list of keys", async () => {
    const lab = await openLab(browser, served.url, `${RUN}&branch=9~force~308&inside=&at=29`);
    const {page} = lab;
    await ready(lab);
    await expect.poll(async () => (await place(lab)).at, {timeout: 30_000}).toBe(30);
    await bringAxe(page);
    await page.locator(".settingsbutton").click();
    await page.getByRole("spinbutton", {name: "Temperature"}).fill("1.6");
    await page.locator(".previewbox").waitFor({timeout: 5000});
    const found = [...(await faults(page, "branch, settings, preview"))];
    await page.getByRole("button", {name: "Compare with other engines"}).first().click();
    await page.getByRole("button", {name: "Add a warper"}).click();
    await page.locator("table.presets").first().waitFor();
    found.push(...(await faults(page, "menu of warpers, comparison of engines")));
    await page.keyboard.press("Tab");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    found.push(...(await faults(page, "keys")));
    expect(found).toEqual([]);
    await page.close();
  });

  describe("in strategies with stages of their own", () => {
    let lab: LabPage;
    beforeAll(async () => {
      lab = await openLab(browser, served.url, RUN);
      await ready(lab);
      await bringAxe(lab.page);
      await toEnd(lab); // so that each of them has a run before it to be told from
    });
    afterAll(() => lab.page.close());

    it.each([
      ["beam:4:0.6:never", "expand"],
      ["contrastive", "contrast"],
      ["speculative", "verify"],
      ["lookahead", "lookahead"],
      ["contrastiveDecoding", "compare"],
      ["dola", "compare"]
    ])("finds nothing in %s", async (strategy, stage) => {
      const {page} = lab;
      await follow(lab, `${RUN}&strategy=${strategy}&at=1`);
      await expect.poll(async () => (await place(lab)).of).toBeLessThanOrEqual(2); // the run before is gone
      await toEnd(lab);
      while (!(await page.locator(".transport .nowsay small").innerText()).endsWith(stage))
        await page.keyboard.press("ArrowLeft");
      await page.locator(".nowbox [data-panel]").first().waitFor();
      expect(await faults(page, `${strategy}, ${stage}`)).toEqual([]);
    });
  });

  it("finds nothing in two runs side by side, and in what the header opens", async () => {
    const lab = await openLab(browser, served.url, `${RUN}&strategy=greedy`);
    const {page} = lab;
    await ready(lab);
    await bringAxe(page);
    await toEnd(lab);
    await page.locator(".settingsbutton").click();
    await page.getByRole("button", {name: "Beams", exact: true}).click();
    await page.getByRole("button", {name: "Run beside, and compare"}).click();
    const table = page.getByRole("table", {name: "What each came to"});
    await expect.poll(() => table.innerText(), {timeout: 60_000}).not.toContain("so far");
    const found = [...(await faults(page, "side by side"))];
    await page.locator("header .why summary").click();
    await page.locator("header .popover").waitFor();
    found.push(...(await faults(page, "backend and storage")));
    expect(found).toEqual([]);
    await page.close();
  });

  it("finds nothing in the presenter, asking and told", async () => {
    const page = await browser.newPage({viewport: {width: 1920, height: 1080}});
    const found: string[] = [];
    for (const [i, link] of ["at=7", "at=7&ask=1", "at=9"].entries()) {
      await page.goto(`${served.url}#/present?${RUN}&${link}`);
      await page.locator(`.present .timeline[aria-valuenow="${Number(link[3]) + 1}"]`).waitFor();
      if (i === 0) await bringAxe(page);
      found.push(...(await faults(page, `presenter, ${link}`)));
    }
    expect(found).toEqual([]);
    await page.close();
  });

  it("finds nothing in a tokenizer that is trained", async () => {
    const lab = await openLab(browser, served.url, `${RUN}&train=12&at=1`);
    await ready(lab);
    await lab.page.locator("[data-panel=training] .wordlist").waitFor();
    await bringAxe(lab.page);
    expect(await faults(lab.page, "training")).toEqual([]);
    await lab.page.close();
  });

  it("finds nothing in a recorded trace, loading, at a pass and without a model", async () => {
    let isGone = false;
    let broken: (() => Promise<unknown>) | null = null;
    const lab = await openLab(browser, served.url, "inside=cache.attention.lens.residual.tap&at=3", (page) =>
      page.route("**/model.onnx_data", (route) => {
        if (isGone) return route.abort("internetdisconnected"); // also what is tried again
        broken = () => route.abort("internetdisconnected");
      })
    );
    await lab.page.locator("p.recorded").waitFor();
    await bringAxe(lab.page);
    await expect.poll(async () => (await place(lab)).at, {timeout: 10_000}).toBe(4);
    const found = [...(await faults(lab.page, "recorded, prefill"))];
    await lab.page.keyboard.press("Home");
    found.push(...(await faults(lab.page, "recorded, load")));
    await expect.poll(() => broken, {timeout: 30_000}).not.toBeNull();
    isGone = true;
    await broken!();
    await lab.page.locator(".failure").waitFor({timeout: 60_000});
    found.push(...(await faults(lab.page, "recorded, no model")));
    expect(found).toEqual([]);
    await lab.page.close();
  });

  it.each(["01-what-a-decoder-gives-you", "02-the-most-probable-text"])(
    "finds nothing in the lesson %s, asking and answered",
    async (lesson) => {
      const page = await browser.newPage({viewport: {width: 1440, height: 900}});
      await page.goto(`${served.url}#/notebook/${lesson}`);
      const guess = page.locator(".cell input.guess");
      await guess.waitFor({timeout: 60_000});
      await bringAxe(page);
      const found = [...(await faults(page, "asking"))];
      await guess.fill("25");
      await page.keyboard.press("Enter");
      await page.locator(".narr").waitFor();
      found.push(...(await faults(page, "answered")));
      expect(found).toEqual([]);
      await page.close();
    }
  );
});
