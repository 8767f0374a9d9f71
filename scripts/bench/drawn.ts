import {join} from "node:path";
import type {Page} from "playwright-core";
import {
  collect,
  defaultRequest,
  frameAt,
  generate,
  parseWarpers,
  printRequest,
  type Request,
  type Trace
} from "../../engine/index.ts";
import {loadModel} from "../../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../folderSource.ts";
import {root} from "../setup.js";

/** A run of almost the whole context, whatever the weights are: no story ends before. */
export const longRequest: Request = {
  ...defaultRequest,
  warpers: parseWarpers("minNewTokens=500,temperature=1,topK=100"),
  maxNewTokens: 500,
  seed: 2,
  backend: "wasm"
};
export const LONG_RUN = `#/lab?${printRequest(longRequest)}`;

/** Milliseconds of `frameAt` at every cursor of a trace, in an order that helps no cache. */
export function timeFrames(trace: Trace): readonly number[] {
  return trace.map((_, i) => {
    const cursor = (i * 2311) % trace.length; // a prime: every cursor once, none beside the one before
    const started = performance.now();
    frameAt(trace, cursor);
    return performance.now() - started;
  });
}

/** The long run, made in Node: its trace is that of the page. */
export async function longTrace(): Promise<Trace> {
  const source = folderSource(join(root, "public/model"));
  const model = await loadModel({source, model: "embedded", backend: "wasm", wasm: wasmFromPackage});
  const trace = await collect(generate({request: longRequest, ...model}));
  await model.dispose();
  return trace;
}

/** Milliseconds from a key at the beginning of a frame until that frame is painted, and whether the cursor moved. */
export type Drawn = {readonly ms: number; readonly moved: boolean};

/** Where the timeline's cursor is, from 1, and how many events there are. */
export function placeOf(page: Page): Promise<{readonly at: number; readonly of: number}> {
  return page.locator(".timeline[role=slider]").evaluate((timeline) => ({
    at: Number(timeline.getAttribute("aria-valuenow")),
    of: Number(timeline.getAttribute("aria-valuemax"))
  }));
}

/** Waits for the model, runs to the end, and leaves the keys to the page. @returns the milliseconds of the run */
export async function runToEnd(page: Page): Promise<number> {
  await page
    .getByText(/of 512 tokens/)
    .first()
    .waitFor({timeout: 60_000});
  const started = performance.now();
  await page.getByRole("button", {name: /^To end/}).click();
  await page.getByText("The end", {exact: true}).first().waitFor({timeout: 110_000});
  const ms = performance.now() - started;
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  return ms;
}

/**
 * Presses keys one after the other, as a reader who scrubs. Measured are handler, drawing, layout and paint, not the
 * wait for the screen.
 *
 * @param keys names as in KeyboardEvent.key
 */
export function timeKeys(page: Page, keys: readonly string[]): Promise<readonly Drawn[]> {
  return page.evaluate(async (keys) => {
    const timeline = document.querySelector(".timeline[role=slider]")!;
    const drawn: Drawn[] = [];
    for (const key of keys) {
      const before = timeline.getAttribute("aria-valuenow");
      const ms = await new Promise<number>((done) =>
        requestAnimationFrame(() => {
          const started = performance.now();
          const {port1, port2} = new MessageChannel();
          port1.onmessage = () => done(performance.now() - started);
          port2.postMessage(null); // arrives after this frame's paint
          document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
        })
      );
      drawn.push({ms, moved: timeline.getAttribute("aria-valuenow") !== before});
    }
    return drawn;
  }, keys);
}

/** Opens the settings, so that their sliders are there. */
export async function openSettings(page: Page): Promise<void> {
  const link = page.locator(".setup button.link");
  if (await link.count()) await link.first().click();
  await page.locator(".setup .settingsbutton").click();
  await page.locator(".setup input[type=range]").first().waitFor();
}

/** Moves the first slider of the settings through values; milliseconds of each, measured as for keys. */
export function timeSlider(page: Page, values: readonly number[]): Promise<readonly number[]> {
  return page
    .locator(".setup input[type=range]")
    .first()
    .evaluate(async (input, values) => {
      const {set} = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!;
      const times: number[] = [];
      for (const value of values) {
        const ms = await new Promise<number>((done) =>
          requestAnimationFrame(() => {
            const started = performance.now();
            const {port1, port2} = new MessageChannel();
            port1.onmessage = () => done(performance.now() - started);
            port2.postMessage(null);
            set!.call(input, String(value));
            input.dispatchEvent(new Event("input", {bubbles: true}));
          })
        );
        times.push(ms);
      }
      return times;
    }, values);
}

/**
 * Milliseconds that the page's main thread computes while something happens: not what other programs of a busy machine
 * take meanwhile.
 */
export async function busyMs(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", {timeDomain: "threadTicks"});
  const total = async () => {
    const {metrics} = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({name}) => name === "TaskDuration")?.value ?? NaN);
  };
  const before = await total();
  await work();
  const after = await total();
  await session.detach();
  return after - before;
}

/** The same key again and again. */
export const times = (count: number, key: string): readonly string[] => Array<string>(count).fill(key);
