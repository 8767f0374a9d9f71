import type {Browser, Page} from "playwright-core";
import {openBrowser, serveApp} from "../browser.ts";
import {
  type Drawn,
  busyMs,
  LONG_RUN,
  longTrace,
  openSettings,
  placeOf,
  runToEnd,
  timeFrames,
  timeKeys,
  times,
  timeSlider
} from "./drawn.ts";
import {median, quantile} from "./statistics.ts";

type Say = (line: string) => void;

/** The built app in Chromium: both backends, then scrubbing and sliders over a long run. */
export async function benchBrowser(say: Say): Promise<void> {
  const [browser, served] = await Promise.all([openBrowser(), serveApp()]);
  try {
    say(`Chromium ${browser.version()}, the built app`);
    for (const [backend, tokens] of [
      ["wasm", 32],
      ["webgpu", 8]
    ] as const)
      await benchBackend(browser, served.url, backend, tokens, say);
    await benchScrubbing(browser, served.url, say);
  } finally {
    await browser.close();
    await served.close();
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

/** Load, first token and the ones after it, as a reader waits for them. */
async function benchBackend(browser: Browser, url: string, backend: string, tokens: number, say: Say) {
  const one = await timeRun(browser, url, backend, 1);
  const many = await timeRun(browser, url, backend, tokens);
  say(`  ${backend}${backend === "webgpu" ? " (slow where the adapter is software)" : ""}`);
  say(`    page to model ready                ${ms(one.readyMs)} cold`);
  say(`    first token, click to drawn        ${ms(one.runMs)}`);
  say(`    each further token, drawn          ${ms((many.runMs - one.runMs) / (tokens - 1))}`);
}

async function timeRun(browser: Browser, url: string, backend: string, tokens: number) {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  const started = performance.now();
  await page.goto(`${url}#/lab?v=1&seed=2&backend=${backend}&max-new-tokens=${tokens}`);
  await page
    .getByText(/of 512 tokens/)
    .first()
    .waitFor({timeout: 60_000});
  const readyMs = performance.now() - started;
  const runMs = await runToEnd(page);
  await page.close();
  return {readyMs, runMs};
}

async function benchScrubbing(browser: Browser, url: string, say: Say): Promise<void> {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  await page.goto(`${url}${LONG_RUN}`);
  const runMs = await runToEnd(page);
  const {of} = await placeOf(page);
  say(`  a run of ${of} events (${(runMs / 1000).toFixed(1)} s), scrubbed; limit 16 ms a frame`);
  const frames = timeFrames(await longTrace());
  say(
    `    ${"frameAt, limit 2 ms".padEnd(35)}median ${median(frames).toFixed(4)}, 95th percentile ${quantile(frames, 0.95).toFixed(4)} ms`
  );
  await sayKeys(page, "one stage back", times(80, "ArrowLeft"), say);
  await sayKeys(page, "one pass back", times(40, "PageUp"), say);
  await sayKeys(page, "one stage on", times(80, "ArrowRight"), say);
  await openSettings(page);
  let moved: readonly number[] = [];
  const busy = await busyMs(page, async () => (moved = await timeSlider(page, temperatures(40))));
  say(`    ${"slider of the temperature".padEnd(35)}${spread(moved, busy)}`);
  await page.close();
}

/** Temperatures upwards again and again, never the same twice in a row. */
const temperatures = (count: number) => Array.from({length: count}, (_, i) => 0.3 + 0.05 * (i % 25));

const spread = (some: readonly number[], busy: number) =>
  `${ms(busy / some.length)} computed; by the clock median ${ms(median(some))}, 95th percentile ${ms(quantile(some, 0.95))}`;

async function sayKeys(page: Page, what: string, keys: readonly string[], say: Say): Promise<void> {
  let drawn: readonly Drawn[] = [];
  const busy = await busyMs(page, async () => (drawn = await timeKeys(page, keys)));
  say(
    `    ${what.padEnd(35)}${spread(
      drawn.map((one) => one.ms),
      busy
    )}`
  );
}
