import {readFile} from "node:fs/promises";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, nowText, openLab, place, ready, toEnd, type LabPage} from "./labPage.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser(), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const RUN = "v=1&max-new-tokens=4&seed=7";

/** The lab after a whole run, its cursor back at the second draw. */
async function ranLab(): Promise<LabPage> {
  const lab = await openLab(browser, served.url, RUN);
  await ready(lab);
  await toEnd(lab);
  await lab.page.keyboard.press("Home");
  await lab.page.keyboard.press("t");
  await lab.page.keyboard.press("t");
  return lab;
}

const tree = ({page}: LabPage) => page.locator("[data-panel=branches]");
const branches = (lab: LabPage) => tree(lab).locator("ol > li").count();

/** Forces the nth token of the logits' list by clicking it. */
async function forceNth({page}: LabPage, n: number): Promise<void> {
  const row = page.locator("[data-panel=logits] [role=button], [data-panel=logits] button").nth(n);
  await row.click();
}

async function moveTemperature({page}: LabPage, steps: number): Promise<void> {
  await page.getByRole("button", {name: /^Settings/}).click();
  await page.getByRole("slider", {name: "temperature", exact: true}).focus();
  for (let i = 0; i < steps; ++i) await page.keyboard.press("ArrowRight");
}

it("a token forced by a click is a branch; undo takes it back, redo brings it again", async () => {
  const lab = await ranLab();
  const before = await chips(lab);
  expect(await branches(lab)).toBe(0);
  await forceNth(lab, 3);
  await expect.poll(() => branches(lab)).toBe(2);
  await expect.poll(() => nowText(lab)).toContain("as asked");
  const forced = await chips(lab);
  expect(forced.slice(0, -1)).toEqual(before.slice(0, forced.length - 1));
  await tree(lab).getByRole("button", {name: /^Undo/}).click();
  await expect.poll(() => branches(lab)).toBe(0); // one run alone is no tree
  await expect.poll(() => lab.page.locator(".undoline").innerText()).toContain("What was undone is kept.");
  await lab.page.locator("main").focus();
  await lab.page.keyboard.press("Control+Shift+Z");
  await expect.poll(() => branches(lab)).toBe(2);
  await expect.poll(() => chips(lab)).toEqual(forced);
  expect(lab.errors).toEqual([]);
  await lab.page.close();
});

it("a link brings a branch back, with its cursor and what was open", async () => {
  const lab = await ranLab();
  await lab.page.getByRole("button", {name: "Logit lens"}).click();
  await lab.page.locator("[data-panel=lens] canvas, [data-panel=lens] svg").first().waitFor();
  await forceNth(lab, 2);
  await expect.poll(() => branches(lab)).toBe(2);
  await toEnd(lab);
  await lab.page.keyboard.press("ArrowLeft");
  const there = {tokens: await chips(lab), said: await nowText(lab), place: await place(lab)};
  await expect.poll(() => lab.page.url()).toMatch(/branch=9.*inside=/);
  await expect.poll(() => lab.page.url()).toContain(`at=${there.place.at - 1}`);
  await lab.page.reload();
  await ready(lab);
  await expect.poll(async () => (await place(lab)).at, {timeout: 60_000}).toBe(there.place.at);
  expect(await chips(lab)).toEqual(there.tokens);
  expect((await nowText(lab)).split("\n").at(-1)).toBe(there.said.split("\n").at(-1));
  expect(await branches(lab)).toBe(2);
  expect(await lab.page.getByRole("button", {name: "Logit lens"}).getAttribute("aria-pressed")).toBe("true");
  expect(lab.errors).toEqual([]);
  await lab.page.close();
});

it("a reload, as of a page that the browser discarded, brings back the other branches and a prompt not run yet", async () => {
  const lab = await ranLab();
  const rows = async () => (await tree(lab).locator("ol > li").allInnerTexts()).join("\n");
  await forceNth(lab, 2);
  await expect.poll(() => branches(lab)).toBe(2);
  await toEnd(lab);
  await tree(lab).locator("ol > li").first().locator("button").first().click();
  await forceNth(lab, 3);
  await expect.poll(() => branches(lab)).toBe(3);
  await tree(lab).locator("ol > li").first().locator("button").first().click();
  await lab.page.getByRole("textbox", {name: "Prompt"}).fill("Not run yet");
  const there = {tokens: await chips(lab), rows: await rows(), place: await place(lab)};
  await expect.poll(() => lab.page.evaluate(() => String(history.state))).toContain("Not+run+yet");
  await lab.page.reload();
  await expect.poll(() => branches(lab), {timeout: 60_000}).toBe(3);
  await expect.poll(rows).toBe(there.rows);
  expect(await chips(lab)).toEqual(there.tokens);
  expect(await place(lab)).toEqual(there.place);
  expect(await lab.page.getByRole("textbox", {name: "Prompt"}).inputValue()).toBe("Not run yet");
  expect(lab.errors).toEqual([]);
  await lab.page.close();
});

it("sliders preview the step in view and change nothing, until the run goes on from here", async () => {
  const lab = await ranLab();
  const before = {tokens: await chips(lab), place: await place(lab), url: lab.page.url()};
  await moveTemperature(lab, 12);
  const preview = lab.page.getByRole("region", {name: "Preview of this step"});
  await expect.poll(() => preview.innerText()).toContain("temperature 0.8 → 1.4");
  expect(await lab.page.locator(".timeline .stale").count()).toBe(1);
  expect(await chips(lab)).toEqual(before.tokens);
  expect(await place(lab)).toEqual(before.place);
  const drawn = await preview.locator("tbody tr").first().locator("td").last().innerText();
  await preview.getByRole("button", {name: "Run on from here"}).click();
  await expect.poll(() => branches(lab)).toBe(2);
  await expect.poll(() => nowText(lab)).toContain(drawn.trim());
  expect(await preview.count()).toBe(0);
  await expect.poll(() => lab.page.url()).toContain("branch=9");
  expect(lab.errors).toEqual([]);
  await lab.page.close();
});

it("runs beam search beside greedy, and tells what each came to", async () => {
  const greedy = "v=1&prompt=The+old+king&max-new-tokens=8&strategy=greedy&warpers=&backend=wasm";
  const lab = await openLab(browser, served.url, greedy);
  await ready(lab);
  await toEnd(lab);
  const own = await chips(lab);
  await lab.page.getByRole("button", {name: /^Settings/}).click();
  await lab.page.getByRole("button", {name: "Beams", exact: true}).click();
  await lab.page.getByRole("button", {name: "Run beside, and compare"}).click();
  const table = lab.page.getByRole("table", {name: "What each came to"});
  await expect.poll(() => table.innerText(), {timeout: 60_000}).not.toContain("so far");
  const row = async (name: string): Promise<readonly number[]> => {
    const cells = await table.getByRole("row", {name}).getByRole("cell").allInnerTexts();
    return cells.map((cell) => Number(/^[\d.]+/.exec(cell.replace("\u2212", ""))![0]));
  };
  const [beams, theirs] = [await chips(lab), await row("tokens generated")];
  expect(theirs).toEqual([beams.length - 3, own.length - 3]);
  const passes = await row("passes");
  expect(passes[1]).toBe(theirs[1]); // one for the prompt, one for each new token but the last
  expect(await row("positions fed")).toEqual([3 + 4 * (passes[0]! - 1), 3 + passes[1]! - 1]);
  const logs = await row("summed log-probability, the decoder’s");
  expect(logs.every((log) => log > 0 && log < 100)).toBe(true); // of their absolute values
  expect(await row("distinct pairs")).toHaveLength(2);
  expect(lab.errors).toEqual([]);
  await lab.page.close();
});

it("a session saved as a file comes back without a run, and goes on", async () => {
  const lab = await ranLab();
  await forceNth(lab, 2);
  await expect.poll(() => branches(lab)).toBe(2);
  const there = {tokens: await chips(lab), place: await place(lab)};
  const saved = lab.page.waitForEvent("download");
  await lab.page.getByRole("button", {name: "Export trace"}).click();
  const path = await (await saved).path();
  expect((JSON.parse(await readFile(path, "utf8")) as {version: number}).version).toBe(1);

  const other = await openLab(browser, served.url, "v=1&prompt=The+king");
  await ready(other);
  await other.page
    .locator("input[type=file]")
    .setInputFiles({name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}")});
  await expect.poll(() => other.page.locator(".sharebar .status").innerText()).toContain("could not be read");
  await other.page.locator("input[type=file]").setInputFiles(path);
  await expect.poll(() => branches(other)).toBe(2);
  expect(await chips(other)).toEqual(there.tokens);
  expect(await place(other)).toEqual(there.place);
  await toEnd(other);
  expect((await chips(other)).length).toBe(8 + 4);
  expect(other.errors).toEqual([]);
  await lab.page.close();
  await other.page.close();
});
