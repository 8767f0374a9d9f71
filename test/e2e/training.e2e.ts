import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
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

it("a tokenizer is trained on the reader's own paragraph, step by step, and the link brings it back", async () => {
  const lab = await openLab(browser, served.url, "v=1&max-new-tokens=1&seed=7&backend=wasm&at=1");
  const {page} = lab;
  await ready(lab);
  await expect.poll(async () => (await place(lab)).at).toBe(2);
  const panel = page.locator("[data-panel=training]");
  const say = panel.locator(".training > .say");
  await page.getByRole("button", {name: "Train a tokenizer on your own paragraph"}).click();
  await expect.poll(() => say.innerText()).toContain("No merge yet");
  await panel.getByRole("textbox", {name: "Text to learn from"}).fill("abab abab");
  await panel.getByRole("button", {name: "Next"}).click();
  await expect.poll(() => say.innerText()).toMatch(/Merge 1: a and b stood side by side 4 times/);
  await panel.getByRole("button", {name: "To the end"}).click();
  await expect.poll(() => say.innerText()).toContain("No pair is left");
  await panel.getByRole("button", {name: "Back"}).click();
  await expect.poll(() => say.innerText()).toContain("Merge 2");
  await expect.poll(() => page.url()).toContain("train=2&train-text=abab+abab");
  await page.reload();
  await ready(lab);
  await expect.poll(() => say.innerText()).toContain("Merge 2");
  await panel.getByRole("textbox", {name: "Text to learn from"}).fill("");
  await expect.poll(() => say.innerText()).toContain("nothing to learn from");
  await page.getByRole("button", {name: "Close the training"}).click();
  await expect.poll(() => panel.count()).toBe(0);
  expect((await place(lab)).at).toBe(2);
  expect(lab.errors).toEqual([]);
  await page.close();
});
