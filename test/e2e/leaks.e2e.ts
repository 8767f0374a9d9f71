import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {openLab, place, ready, toEnd, type LabPage} from "./labPage.ts";
import {prependToWorker} from "./workerScript.ts";

/**
 * New tokens, and after which of them the buffers are counted. With LEAKS=full as many as are promised; a pass on a
 * graphics device that is a program takes half a second, so otherwise fewer.
 */
const [FIRST, LAST] = process.env["LEAKS"] === "full" ? [50, 250] : [12, 28];
const MINUTE = 60_000;

/** Machine code is part of the heap, and grows for as long as something more is found worth compiling. */
const UNCOMPILED = "--no-opt --no-maglev --no-sparkplug --liftoff-only";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser({jsFlags: UNCOMPILED}), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

type Buffers = {readonly count: number; readonly bytes: number};

/** Counts the buffers of graphics devices that were made and not destroyed. */
const COUNTED = `
  self.buffers = {count: 0, bytes: 0};
  const alive = new WeakSet();
  const {createBuffer} = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    alive.add(buffer);
    self.buffers.count += 1;
    self.buffers.bytes += buffer.size;
    return buffer;
  };
  const {destroy} = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    if (alive.delete(this)) {
      self.buffers.count -= 1;
      self.buffers.bytes -= this.size;
    }
    return destroy.call(this);
  };
`;
const counting = (page: Page) => prependToWorker(page, `if (self.GPUDevice) {${COUNTED}}`);
const buffersOf = (lab: LabPage): Promise<Buffers> =>
  lab.worker().evaluate(() => ({...(globalThis as unknown as {readonly buffers: Buffers}).buffers}));

/** To the draw of the nth new token. */
async function toToken(lab: LabPage, nth: number): Promise<void> {
  const {page} = lab;
  const tokens = () =>
    page.locator(".timeline").evaluate((timeline) => Number(timeline.getAttribute("aria-valuenow")));
  for (let before = await tokens(); nth > 0; --nth, before = await tokens()) {
    await page.getByRole("button", {name: /^Next token/}).click();
    await expect.poll(tokens, {timeout: MINUTE, interval: 30}).toBeGreaterThan(before);
    await page.getByRole("button", {name: /^Next token/}).waitFor(); // it is "Stop" while it goes on
  }
}

/** Keys and values of a position, in every layer. */
const BYTES_A_POSITION = 2 * 6 * 3 * 32 * 4;
/** Inputs of the next size come from a pool of buffers of the next size. */
const POOLED = {count: 12, bytes: 200_000};

it(
  `the buffers of a graphics device do not grow over new tokens ${FIRST} to ${LAST}`,
  {timeout: 30 * MINUTE},
  async () => {
    const query = `v=1&max-new-tokens=${LAST + 1}&seed=2&warpers=temperature%3D1%2CtopK%3D100&inside=`;
    const lab = await openLab(browser, served.url, `${query}&backend=webgpu`, counting);
    await ready(lab);
    await toToken(lab, FIRST);
    const first = await buffersOf(lab);
    await toToken(lab, LAST - FIRST);
    const last = await buffersOf(lab);
    const told = ({count, bytes}: Buffers) => `${count} buffers of ${bytes} bytes`;
    console.log(`after ${FIRST} tokens ${told(first)}, after ${LAST} ${told(last)}`);
    expect(first.count).toBeGreaterThan(50); // the weights, at least
    expect(last.count - first.count).toBeLessThanOrEqual(POOLED.count); // one a token would be more
    expect(last.bytes - first.bytes).toBeLessThanOrEqual((LAST - FIRST) * BYTES_A_POSITION + POOLED.bytes);
    await lab.page.close();
  }
);

/** Bytes of JavaScript objects in use on the page, after a collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  for (let i = 0; i < 3; ++i) await session.send("HeapProfiler.collectGarbage");
  const {usedSize} = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

it("the page's heap after ten runs is within a tenth of that after two", {timeout: 5 * MINUTE}, async () => {
  const lab = await openLab(browser, served.url, "v=1&max-new-tokens=16&backend=wasm");
  const {page} = lab;
  await ready(lab);
  await toEnd(lab);
  const heaps = new Map<number, number>();
  for (let run = 2; run <= 10; ++run) {
    const prompt = page.getByRole("textbox", {name: "Prompt"});
    await prompt.fill(`Once upon a time there was a little ${["cat", "dog", "boy"][run % 3]}`);
    await prompt.press("Control+Enter");
    await expect.poll(async () => (await place(lab)).of).toBe(2);
    await toEnd(lab);
    heaps.set(run, await heapOf(page));
  }
  const told = [...heaps].map(([run, bytes]) => `${run}: ${(bytes / 1e6).toFixed(2)}`);
  console.log(`heap in MB after runs ${told.join(", ")}`);
  expect(heaps.get(10)! / heaps.get(2)!).toBeLessThanOrEqual(1.1);
  await page.close();
});
