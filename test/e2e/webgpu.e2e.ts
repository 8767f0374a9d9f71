import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {printStrategy, strategy, type StrategySpec} from "../../engine/index.ts";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, openLab, place, ready, submitsIn, toEnd, type LabPage} from "./labPage.ts";
import {prependToWorker} from "./workerScript.ts";

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

const STRATEGIES: readonly StrategySpec[] = [
  strategy("beam", {numBeams: 3}),
  strategy("contrastive", {topK: 3}),
  strategy("speculative", {gamma: 2}),
  strategy("lookahead", {level: 3, window: 3, guesses: 2}),
  strategy("contrastiveDecoding"),
  strategy("dola", {layers: "high"})
];

/** Remembers what counts the handles on KV caches: maps from a cache to a number. */
const WATCH_CACHES = `
  self.handles = new Set();
  const {set} = Map.prototype;
  Map.prototype.set = function (key, value) {
    if (typeof value === "number" && key?.layout?.nKvHeads) self.handles.add(this);
    return set.call(this, key, value);
  };
`;
const cachesOpen = (lab: LabPage): Promise<number> =>
  lab.worker().evaluate(() => {
    const {handles} = globalThis as unknown as {readonly handles: ReadonlySet<ReadonlyMap<unknown, number>>};
    return [...handles].reduce((sum, map) => sum + map.size, 0);
  });

/** Goes to where a run has read nothing yet, so that all that was run before is closed: no cache is left. */
async function begin(lab: LabPage, query: string): Promise<void> {
  await lab.page.goto(`${served.url}#/lab?${query}&at=1`);
  await expect.poll(async () => (await place(lab)).of, {timeout: 60_000}).toBe(2);
  await expect.poll(() => cachesOpen(lab), {timeout: 10_000}).toBe(0);
}

/** Every strategy on one page, one after the other. */
async function strategiesOn(browser: Browser, backend: string): Promise<readonly (readonly string[])[]> {
  const queryOf = (spec: StrategySpec) =>
    `v=1&prompt=The+old+king&max-new-tokens=3&seed=11&backend=${backend}&strategy=${encodeURIComponent(printStrategy(spec))}`;
  const watch = (page: LabPage["page"]) => prependToWorker(page, WATCH_CACHES);
  const lab = await openLab(browser, served.url, queryOf(STRATEGIES[0]!), watch);
  await ready(lab);
  const found: (readonly string[])[] = [];
  for (const spec of STRATEGIES) {
    const started = performance.now();
    await begin(lab, queryOf(spec));
    await toEnd(lab, 110_000);
    found.push(await chips(lab));
    expect(await cachesOpen(lab), "what is asked about the run is answered from its cache").toBeGreaterThan(
      0
    );
    console.log(`${spec.name} on ${backend}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  await begin(lab, queryOf(STRATEGIES[0]!));
  expect(lab.errors).toEqual([]);
  await lab.page.close();
  return found;
}

it("runs every strategy on WebGPU with wasm's tokens, and leaves no cache", {timeout: 240_000}, async () => {
  const browser = await openBrowser();
  const wasm = await strategiesOn(browser, "wasm");
  const webgpu = await strategiesOn(browser, "webgpu");
  await browser.close();
  expect(webgpu).toEqual(wasm);
  expect(webgpu.map((tokens) => tokens.length)).toEqual(STRATEGIES.map(() => 3 + 3));
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
