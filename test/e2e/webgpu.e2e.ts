import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, openLab, ready, submitsIn, toEnd} from "./labPage.ts";

let served: Served;
beforeAll(async () => {
  served = await serveApp();
});
afterAll(() => served.close());

const RUN = "v=1&prompt=The+old+king&max-new-tokens=4&seed=11";

async function tokensOn(browser: Browser, backend: string) {
  const lab = await openLab(browser, served.url, `${RUN}${backend}`);
  await ready(lab);
  await toEnd(lab, 110_000);
  const tokens = await chips(lab);
  const submits = await submitsIn(lab.worker());
  const source = await lab.page.locator("header .src, .top .src").first().innerText();
  expect(lab.errors).toEqual([]);
  await lab.page.close();
  return {tokens, submits, source};
}

it("gives on WebGPU the tokens of wasm, computed on the GPU queue", async () => {
  const browser = await openBrowser();
  const wasm = await tokensOn(browser, "&backend=wasm");
  const webgpu = await tokensOn(browser, "&backend=webgpu");
  await browser.close();
  expect(webgpu.tokens).toEqual(wasm.tokens);
  expect(webgpu.tokens).toHaveLength(3 + 4);
  expect(wasm.submits).toBe(0);
  expect(webgpu.submits).toBeGreaterThanOrEqual(4); // at least one a pass
  expect(webgpu.source).toContain("WebGPU");
  expect(wasm.source).toContain("WebAssembly");
});

it("runs where there is no WebGPU, and says why", async () => {
  const browser = await openBrowser({webgpu: false});
  const lab = await openLab(browser, served.url, RUN);
  await ready(lab);
  await lab.page.locator("details.why summary").click();
  expect(await lab.page.locator(".popover p").first().innerText()).toMatch(/WebGPU|adapter/);
  await toEnd(lab);
  expect(await chips(lab)).toHaveLength(3 + 4);
  expect(lab.errors).toEqual([]);
  await browser.close();
});
