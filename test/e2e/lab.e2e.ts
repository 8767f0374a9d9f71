import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {dist} from "../../scripts/setup.js";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, nowText, openLab, place, ready, step, stepButton, toEnd, type LabPage} from "./labPage.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser(), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const cursorOf = async (lab: LabPage) => (await place(lab)).at;

const stepName = async (lab: LabPage) => (await stepButton(lab).locator("b").innerText()).trim();

async function clickSlot({page}: LabPage, index: number): Promise<void> {
  const box = (await page.locator(".timeline .slot").nth(index).boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Playwright cannot send half a character, so the page types it itself. */
function typeHalfAnEmoji(field: unknown): void {
  const area = field as HTMLTextAreaElement;
  const {set} = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!;
  set!.call(area, "half \ud83d an emoji");
  area.dispatchEvent(new Event("input", {bubbles: true}));
}

const RUN = "v=1&max-new-tokens=3&seed=7";

describe("the lab", () => {
  it("steps through every stage in order, each once, and back again", async () => {
    const lab = await openLab(browser, served.url, RUN);
    await ready(lab);
    const words: string[] = [];
    for (;;) {
      await expect.poll(() => stepName(lab), {timeout: 30_000}).toMatch(/^Step:|^The end/);
      const name = await stepName(lab);
      if (!name.startsWith("Step:")) break;
      words.push(name.replace(/^Step: /, "").replace(/\s*→$/, ""));
      await step(lab);
    }
    const token = ["temperature", "top-k", "top-p", "draw", "append", "detokenize"];
    const pass = (phase: string) => ["transfer", phase, "fetch", ...token];
    expect(words).toEqual(["tokenize", ...pass("prefill"), ...pass("decode"), ...pass("decode"), "stop"]);
    const {of} = await place(lab);
    expect(of).toBe(words.length + 1);
    expect(await chips(lab)).toHaveLength(8 + 3);

    const there = await nowText(lab);
    for (let at = of; at > 1; --at) {
      await lab.page.locator(".transport .move.back").click();
      await expect.poll(() => cursorOf(lab)).toBe(at - 1);
    }
    expect(await lab.page.locator(".sentence .t:not(.slot)").count()).toBe(1); // the prompt is text again
    await lab.page.keyboard.press("Escape");
    for (let at = 1; at < of; ++at) await lab.page.keyboard.press("ArrowRight");
    expect(await nowText(lab)).toBe(there);
    expect(lab.errors).toEqual([]);
    await lab.page.close();
  });

  it("scrubs by pointer and keys, and a reload comes back to the same place with the same tokens", async () => {
    const lab = await openLab(browser, served.url, RUN);
    await ready(lab);
    await toEnd(lab);
    const tokens = await chips(lab);
    await clickSlot(lab, 12);
    await expect.poll(() => cursorOf(lab)).toBe(13);
    await lab.page.keyboard.press("Home");
    await expect.poll(() => cursorOf(lab)).toBe(1);
    await clickSlot(lab, 15);
    await expect.poll(() => cursorOf(lab)).toBe(16);
    const said = await nowText(lab);

    await expect.poll(() => lab.page.url()).toContain("at=15");
    await lab.page.reload();
    await ready(lab);
    await expect.poll(() => cursorOf(lab), {timeout: 30_000}).toBe(16);
    expect((await nowText(lab)).split("\n").at(-1)).toBe(said.split("\n").at(-1));
    await toEnd(lab);
    expect(await chips(lab)).toEqual(tokens);
    expect(lab.errors).toEqual([]);
    await lab.page.close();
  });

  it("refuses what cannot be run beside the place, and keeps everything", async () => {
    const lab = await openLab(browser, served.url, RUN);
    await ready(lab);
    await step(lab);
    const before = await place(lab);
    const prompt = lab.page.getByRole("textbox", {name: "Prompt"});
    const problem = lab.page.locator(".setup [role=alert], .setup .problem");
    await prompt.fill("");
    await expect.poll(() => problem.allInnerTexts().then((texts) => texts.join(" "))).toContain("empty");
    await prompt.fill("word ".repeat(2000));
    await expect
      .poll(() => problem.allInnerTexts().then((texts) => texts.join(" ")), {timeout: 10_000})
      .toMatch(/Shorten/);
    await prompt.evaluate(typeHalfAnEmoji);
    await expect
      .poll(() => problem.allInnerTexts().then((texts) => texts.join(" ")))
      .toContain("half a character");
    expect(await place(lab)).toEqual(before);
    expect(await chips(lab)).toHaveLength(8);
    await prompt.fill("The king");
    await lab.page.getByRole("button", {name: "Start again"}).click();
    await expect.poll(() => chips(lab)).toEqual(["The", "␣king"]);
    expect(lab.errors).toEqual([]);
    await lab.page.close();
  });

  it("reads a broken link as the usual settings, with a sentence", async () => {
    const lab = await openLab(browser, served.url, "v=1&seed=minus&at=3");
    await ready(lab);
    expect(await lab.page.locator(".linkproblem").innerText()).toContain("seed");
    expect((await place(lab)).at).toBe(1);
    await lab.page.close();
  });
});

describe("a model that cannot be loaded", () => {
  const data = readFileSync(join(dist, "model/onnx/model.onnx_data"));

  it.each([
    ["a truncated file", {status: 200, body: data.subarray(0, 1_000_000)}],
    ["a missing file", {status: 404, body: "not found"}]
  ])("says so for %s and loads it once it is whole", async (_, answer) => {
    let broken = true;
    const lab = await openLab(browser, served.url, RUN, (page) =>
      page.route("**/model.onnx_data", (route) =>
        broken ? route.fulfill({...answer, contentType: "application/octet-stream"}) : route.continue()
      )
    );
    const failure = lab.page.locator(".failure");
    await failure.waitFor({timeout: 60_000});
    expect(await failure.innerText()).toContain("model.onnx_data");
    expect(await lab.page.getByRole("textbox", {name: "Prompt"}).inputValue()).toBe(
      "Once upon a time there was a little"
    );
    broken = false;
    await failure.getByRole("button").first().click();
    await ready(lab);
    await step(lab);
    expect(await chips(lab)).toHaveLength(8);
    await lab.page.close();
  });
});

describe("the notebook", () => {
  it("leads from lesson to lesson, runs one sentence in several ways, and checks its claims on all of them", async () => {
    const lab = await openLab(browser, served.url, RUN);
    const {page} = lab;
    await page.getByRole("link", {name: "Notebook"}).click();
    const list = page.getByRole("navigation", {name: "Lessons"});
    await list.getByRole("link", {name: "The most probable text"}).click();
    await expect.poll(() => page.locator("h1").innerText()).toBe("The most probable text");
    expect(await list.locator("[aria-current=page]").innerText()).toBe("The most probable text");

    await page.locator("input.guess").waitFor({timeout: 60_000});
    expect(await page.locator("[data-panel^=beside]").count()).toBe(0);
    await page.locator("input.guess").fill("25");
    await page.locator("input.guess").press("Enter");
    await expect.poll(() => verdicts(lab)).toEqual(Array(5).fill("it holds."));
    await expect.poll(() => besideRow(lab, "tokens generated")).toEqual(["40", "40", "40"]);
    const sums = (await besideRow(lab, "log-probability")).map(natsIn);
    expect(sums[1]).toBeGreaterThan(sums[0]!);
    expect(sums[0]).toBeGreaterThan(sums[2]!);
    const before = await page.locator("[data-panel^=beside] .text").allInnerTexts();
    expect(new Set(before).size).toBe(3);

    await page.locator(".cellprompt textarea").fill("The old king");
    await page.locator(".cellprompt textarea").press("Control+Enter");
    await expect
      .poll(() => page.locator("[data-panel^=beside] .text").allInnerTexts(), {timeout: 60_000})
      .not.toEqual(before);
    expect(await besideRow(lab, "tokens generated")).toEqual(["40", "40", "40"]);
    await page.locator("[data-panel^=beside]").getByRole("link", {name: "Run in the lab: Beam"}).click();
    await expect.poll(() => page.locator(".promptfield textarea").inputValue()).toBe("The old king");
    expect(page.url()).toContain("strategy=beam");
    await page.goBack();
    await expect.poll(() => page.locator(".cellprompt textarea").inputValue()).toBe("The old king");
    await expect.poll(() => page.locator(".claim .hint").first().innerText()).toContain("Checked just now");
    expect(lab.errors).toEqual([]);
    await page.close();
  });

  it("keeps to what the first lesson is, where the address names none or one that there is not", async () => {
    const page = await browser.newPage();
    await page.goto(`${served.url}#/notebook`);
    await expect.poll(() => page.locator("h1").innerText()).toBe("What a decoder gives you");
    await page.goto(`${served.url}#/notebook/03-none`);
    await expect.poll(() => page.locator("main li").count()).toBe(2);
    await page.close();
  });
});

/** What each claim's check came to: the end of the sentence below it. */
const verdicts = async ({page}: LabPage): Promise<readonly string[]> =>
  (await page.locator(".claim .hint").allInnerTexts()).map((text) => text.split(": ").at(-1)!);

async function besideRow({page}: LabPage, name: string): Promise<readonly string[]> {
  const row = page.locator("[data-panel^=beside] .totals tr", {has: page.locator(`th:text-is("${name}")`)});
  return row.locator("td").allInnerTexts();
}

/** "−36.10 nats" */
const natsIn = (text: string): number => Number(text.replace("\u2212", "-").replace(/\s*nats$/, ""));
