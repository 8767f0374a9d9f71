import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  busyMs,
  LONG_RUN,
  longTrace,
  openSettings,
  placeOf,
  runToEnd,
  timeKeys,
  timeFrames,
  times,
  timeSlider,
  type Drawn
} from "../../scripts/bench/drawn.ts";
import {median, quantile} from "../../scripts/bench/statistics.ts";
import {openBrowser, serveApp, type Served} from "./browser.ts";

/** Six times what is promised, so that a busy machine does not fail, nor one a third as fast as it was written on. */
const FRAME_MS = 6 * 16;

let browser: Browser;
let served: Served;
let page: Page;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser({jsFlags: ""}), serveApp()]);
  page = await browser.newPage({viewport: {width: 1440, height: 900}});
  await page.goto(`${served.url}${LONG_RUN}`);
  await runToEnd(page);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/**
 * What a frame cost on average, and what it took by the clock. Whatever else the machine does makes each of the two
 * larger, never smaller, so the smaller one is held against the limit.
 */
function expectFast(what: string, some: readonly number[], busy: number): void {
  const mean = busy / some.length;
  const clock = `by the clock median ${median(some).toFixed(1)}, 95th percentile ${quantile(some, 0.95).toFixed(1)} ms`;
  console.log(`${what}: ${mean.toFixed(1)} ms computed a frame, ${clock}`);
  expect(Math.min(mean, median(some))).toBeLessThan(FRAME_MS);
}

describe("a run of 500 tokens", () => {
  it("is as long as that", async () => {
    expect((await placeOf(page)).of).toBeGreaterThan(500 * 7);
  });

  it.each([
    ["one stage back", "ArrowLeft", -1],
    ["one stage on", "ArrowRight", 1],
    ["one pass back", "PageUp", -1]
  ])("%s: every key moves, and its frame is drawn in time", async (what, key, direction) => {
    const before = await placeOf(page);
    let drawn: readonly Drawn[] = [];
    const busy = await busyMs(page, async () => (drawn = await timeKeys(page, times(30, key))));
    expect(drawn.every(({moved}) => moved)).toBe(true);
    expect(Math.sign((await placeOf(page)).at - before.at)).toBe(direction);
    const all = drawn.map(({ms}) => ms);
    expectFast(what, all, busy);
  });

  it("a slider moved: the preview is drawn in time", async () => {
    await openSettings(page);
    const values = Array.from({length: 25}, (_, i) => 0.3 + 0.05 * i);
    let all: readonly number[] = [];
    const busy = await busyMs(page, async () => (all = await timeSlider(page, values)));
    expectFast("slider moved", all, busy);
  });
});

it("frameAt of 500 tokens: in time at every cursor", async () => {
  const all = timeFrames(await longTrace());
  const at = quantile(all, 0.95);
  console.log(`frameAt: median ${median(all).toFixed(4)} ms, 95th percentile ${at.toFixed(4)} ms`);
  expect(at).toBeLessThan(3 * 2);
});
