import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {openLab, place, ready, type LabPage} from "./labPage.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser({webgpu: false}), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** The lab at its first draw, the settings open. */
async function atDraw(): Promise<LabPage> {
  const lab = await openLab(browser, served.url, "v=1&max-new-tokens=3&backend=wasm&at=8");
  await ready(lab);
  await expect.poll(async () => (await place(lab)).at, {timeout: 30_000}).toBe(9);
  await lab.page.locator(".settingsbutton").click();
  await lab.page.locator(".chainlist").waitFor();
  return lab;
}

const names = ({page}: LabPage) => page.locator(".chaincard .what b").allInnerTexts();
/** The cards of the preview: what the chain as edited makes of the step in view. */
const previewed = ({page}: LabPage) =>
  page.locator("[data-panel=preview-warp] .warp h3 > span:first-child").allInnerTexts();

it("cards move by keyboard, by buttons and by drag, and the step in view is computed again at once", async () => {
  const lab = await atDraw();
  const {page} = lab;
  expect(await names(lab)).toEqual(["1Temperature", "2Top-k", "3Top-p"]);
  await page.locator(".chaincard .grip").first().focus();
  await page.keyboard.press("ArrowDown");
  expect(await names(lab)).toEqual(["1Top-k", "2Temperature", "3Top-p"]);
  expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toContain(
    "Temperature, 2 of 3"
  );
  await page.keyboard.press("End");
  expect(await names(lab)).toEqual(["1Top-k", "2Top-p", "3Temperature"]);
  await expect.poll(() => previewed(lab)).toEqual(["top-k", "top-p", "temperature"]);
  expect(await page.getByRole("status").filter({hasText: "Temperature is now 3 of 3"}).count()).toBe(1);

  await page.getByRole("button", {name: "Move Top-p up"}).click();
  expect(await names(lab)).toEqual(["1Top-p", "2Top-k", "3Temperature"]);
  await page.locator(".chaincard .grip").nth(2).dragTo(page.locator(".chaincard").first());
  await expect.poll(() => names(lab)).toEqual(["1Temperature", "2Top-p", "3Top-k"]);
  await expect.poll(() => previewed(lab)).toEqual(["temperature", "top-p", "top-k"]);

  // by a finger
  const session = await page.context().newCDPSession(page);
  const middle = async (nth: number) => {
    const box = (await page.locator(".chaincard .grip").nth(nth).boundingBox())!;
    return {x: box.x + box.width / 2, y: box.y + box.height / 2};
  };
  const [from, to] = [await middle(0), await middle(1)];
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: readonly {x: number; y: number}[]) =>
    session.send("Input.dispatchTouchEvent", {type, touchPoints: [...points]});
  await touch("touchStart", [from]);
  await touch("touchMove", [{x: from.x, y: (from.y + to.y) / 2}]);
  await touch("touchMove", [to]);
  await touch("touchEnd", []);
  await expect.poll(() => names(lab)).toEqual(["1Top-p", "2Temperature", "3Top-k"]);
  expect((await place(lab)).at).toBe(9); // no key of these moved the cursor
  expect(lab.errors).toEqual([]);
  await page.close();
});

it("warpers are put in and taken out; a value out of range stays beside the last valid one", async () => {
  const lab = await atDraw();
  const {page} = lab;
  await page.getByRole("button", {name: "Add a warper"}).click();
  await page.getByRole("button", {name: /^Min-p/}).click();
  expect(await names(lab)).toEqual(["1Temperature", "2Top-k", "3Top-p", "4Min-p"]);
  const card = page.locator(".chaincard").nth(3);
  const share = card.getByRole("spinbutton", {name: "share"});
  expect(await share.evaluate((field) => field === document.activeElement)).toBe(true);
  await share.fill("7");
  expect(await card.getByRole("alert").innerText()).toBe(
    "Share must be a number from 0 to 1. Still using 0.05."
  );
  await expect.poll(() => previewed(lab)).toHaveLength(4);
  await share.fill("0.2");
  expect(await card.getByRole("alert").count()).toBe(0);
  await page.getByRole("button", {name: "Remove Top-k"}).click();
  expect(await names(lab)).toEqual(["1Temperature", "2Top-p", "3Min-p"]);
  expect(lab.errors).toEqual([]);
  await page.close();
});

it("an engine's order can be taken, says what it leaves out, and forgets nothing", async () => {
  const lab = await atDraw();
  const {page} = lab;
  const engines = page.getByLabel("Order and rules of");
  expect(await engines.inputValue()).toBe("HF");
  await engines.selectOption("transformers.js");
  expect(await names(lab)).toEqual(["1Temperature", "2Top-k"]);
  expect(await page.locator(".presetchoice").innerText()).toContain(
    "transformers.js takes top-p and ignores it"
  );
  await engines.selectOption("llama.cpp");
  expect(await names(lab)).toEqual(["1Top-k", "2Top-p", "3Temperature"]);
  await page.getByRole("button", {name: "Compare with other engines"}).first().click();
  const grid = page.locator("table.presets").first();
  await grid.waitFor();
  expect(await grid.locator("thead th.runs").innerText()).toContain("llama.cpp");
  expect(lab.errors).toEqual([]);
  await page.close();
});

it("a number is typed key by key, Enter leaves the field, and its token can be another one", async () => {
  const lab = await atDraw();
  const {page} = lab;
  const temperature = page.getByRole("spinbutton", {name: "Temperature"});
  await temperature.selectText();
  for (const [key, shown, value] of [
    ["1", "1", "1"],
    [".", "1.", "1"],
    ["5", "1.5", "1.5"]
  ] as const) {
    await page.keyboard.press(key);
    expect([await temperature.inputValue(), await temperature.getAttribute("aria-valuenow")]).toEqual([
      shown,
      value
    ]);
  }
  await page.keyboard.press("Enter");
  expect(await temperature.evaluate((field) => field === document.activeElement)).toBe(false);
  expect(await page.locator(".settingsbutton").innerText()).toContain("T 1.5");

  await page.locator("[data-panel=logits] li button").nth(2).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.className")).toContain("move go");
  await page.close();
});

it("nothing that has the focus is hidden under the transport bar", async () => {
  const lab = await atDraw();
  const {page} = lab;
  await page.setViewportSize({width: 1024, height: 768});
  await page.locator(".settingsbutton").focus();
  const hidden: string[] = [];
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    const under = await page.evaluate(() => {
      const focused = document.activeElement!;
      const bar = document.querySelector(".transport")!;
      const box = focused.getBoundingClientRect();
      if (bar.contains(focused) || box.height === 0) return null;
      return box.top >= bar.getBoundingClientRect().top - 1
        ? `${focused.tagName} ${focused.className}`
        : null;
    });
    if (under !== null) hidden.push(`stop ${i + 1}: ${under}`);
  }
  expect(hidden).toEqual([]);
  await page.close();
});
