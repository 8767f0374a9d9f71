import type {Browser, Page} from "playwright-core";
import type {BackendName} from "../../engine/index.ts";
import {openBrowser, serveApp} from "../browser.ts";
import {accountOf} from "./account.ts";
import {
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
import {benchLoops} from "./loops.ts";
import type {Plan} from "./measure.ts";
import {atMost, ms, type Quantity} from "./quantity.ts";
import {median, quantile} from "./statistics.ts";

type Say = (title: string, quantities: readonly Quantity[]) => void;

/** Milliseconds of a frame, and of finding one in a trace. */
const FRAME = 16;
const FRAME_AT = 2;

/** As long a text as the context takes; on a software GPU as short a one as says anything. */
const PLANS: readonly Plan[] = [
  {backend: "wasm", tokens: 500, warmUps: 2, runs: 3, taps: {length: 256, times: 20}},
  {backend: "webgpu", tokens: 16, warmUps: 1, runs: 1, taps: {length: 64, times: 4}}
];

/** In Chromium: the engine against the bare loop on both backends, then the built app as its reader waits for it. */
export async function benchBrowser(say: Say): Promise<void> {
  const [browser, served] = await Promise.all([openBrowser(), serveApp()]);
  const chromium = `Chromium ${browser.version()}`;
  try {
    for (const [i, measured] of (await benchLoops(browser, PLANS)).entries())
      say(`${chromium}, ${PLANS[i]!.backend} (${measured.device})`, accountOf(measured));
    for (const {backend} of PLANS)
      say(`${chromium}, the built app, ${backend}`, await waits(browser, served.url, backend));
    say(`${chromium}, the built app, scrubbed`, await scrubbing(browser, served.url));
  } finally {
    await browser.close();
    await served.close();
  }
}

/** Load, first token and the ones after it, as a reader waits for them. */
async function waits(browser: Browser, url: string, backend: BackendName): Promise<readonly Quantity[]> {
  const tokens = backend === "wasm" ? 32 : 8;
  const one = await timeRun(browser, url, backend, 1);
  const many = await timeRun(browser, url, backend, tokens);
  return [
    {what: "page to model ready, cold", value: ms(one.readyMs, 0)},
    {what: "first token, click to drawn", value: ms(one.runMs, 1)},
    {what: "each further token, drawn", value: ms((many.runMs - one.runMs) / (tokens - 1), 1)}
  ];
}

async function timeRun(browser: Browser, url: string, backend: BackendName, tokens: number) {
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

/** A run of the whole context stepped through by keys, and a slider moved on it. */
async function scrubbing(browser: Browser, url: string): Promise<readonly Quantity[]> {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  await page.goto(`${url}${LONG_RUN}`);
  const runMs = await runToEnd(page);
  const {of} = await placeOf(page);
  const frames = timeFrames(await longTrace());
  const slowest = quantile(frames, 0.95);
  const value = `median ${median(frames).toFixed(4)}, 95th percentile ${slowest.toFixed(4)} ms`;
  const keys: Quantity[] = [];
  for (const [what, key, count] of [
    ["one stage back", "ArrowLeft", 80],
    ["one pass back", "PageUp", 40],
    ["one stage on", "ArrowRight", 80]
  ] as const)
    keys.push(
      await drawn(page, what, async () => (await timeKeys(page, times(count, key))).map((one) => one.ms))
    );
  await openSettings(page);
  const slider = await drawn(page, "slider of the temperature", () => timeSlider(page, temperatures(40)));
  await page.close();
  return [
    {what: `a run of ${of} events`, value: ms(runMs, 0)},
    atMost("frameAt", value, slowest, FRAME_AT, " ms"),
    ...keys,
    slider
  ];
}

/** Temperatures upwards again and again, never the same twice in a row. */
const temperatures = (count: number) => Array.from({length: count}, (_, i) => 0.3 + 0.05 * (i % 25));

/** What a frame costs. Held is what the page itself computes for each: not what other programs take meanwhile. */
async function drawn(page: Page, what: string, act: () => Promise<readonly number[]>): Promise<Quantity> {
  let moved: readonly number[] = [];
  const busy = await busyMs(page, async () => (moved = await act()));
  const each = busy / moved.length;
  const value = `${ms(each, 1)} computed; by the clock median ${ms(median(moved), 1)}, 95th percentile ${ms(quantile(moved, 0.95), 1)}`;
  return atMost(what, value, each, FRAME, " ms");
}
