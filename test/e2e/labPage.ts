import type {Browser, Page, Worker} from "playwright-core";
import {expect} from "vitest";

/** The lab in a browser, as a reader uses it. */
export type LabPage = {
  readonly page: Page;
  /** Uncaught errors and console errors. */
  readonly errors: readonly string[];
  /** The engine's. */
  readonly worker: () => Worker;
};

const ENGINE = /\/assets\/worker-[^/]+\.js$/;

/**
 * Opens the lab at a link and waits until there is something to step.
 *
 * @param query as in a link, without "#/lab?"
 */
export async function openLab(
  browser: Browser,
  url: string,
  query = "",
  prepare?: (page: Page) => Promise<unknown>
): Promise<LabPage> {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  const errors: string[] = [];
  const workers: Worker[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("worker", (worker) => {
    if (!ENGINE.test(worker.url())) return; // a thread of its WebAssembly
    workers.push(worker);
    void worker.evaluate(countSubmits).catch(() => undefined);
  });
  await prepare?.(page);
  await page.goto(`${url}#/lab?${query}`);
  return {page, errors, worker: () => workers.at(-1)!};
}

/** Runs in the worker before any model is there: counts what is handed to the GPU. */
function countSubmits(): void {
  const scope = globalThis as unknown as {GPUQueue?: {prototype: GPUQueue}; submits: number};
  scope.submits = 0;
  if (!scope.GPUQueue) return;
  const {prototype} = scope.GPUQueue;
  const submit = prototype.submit;
  prototype.submit = function (this: GPUQueue, buffers) {
    scope.submits += 1;
    return submit.call(this, buffers);
  };
}

export const submitsIn = (worker: Worker): Promise<number> =>
  worker.evaluate(() => (globalThis as unknown as {submits: number}).submits);

/** The button that takes the next step; its name says what that is. */
export const stepButton = ({page}: LabPage) => page.locator(".transport .move.go");

/** Waits until the model is there and the first step can be taken. */
export async function ready(lab: LabPage, timeout = 60_000): Promise<void> {
  await lab.page.locator(".source, header").first().waitFor({timeout});
  await lab.page
    .getByText(/of 512 tokens/)
    .first()
    .waitFor({timeout});
}

/** What the transport bar says of the stage at the cursor. */
export const nowText = async ({page}: LabPage): Promise<string> =>
  (await page.locator(".transport .nowsay").innerText()).trim();

/** "3 of 17" as the timeline has it: the cursor from 1, and how many events there are. */
export async function place({page}: LabPage): Promise<{at: number; of: number}> {
  const timeline = page.getByRole("slider", {name: "Timeline"});
  return {
    at: Number(await timeline.getAttribute("aria-valuenow")),
    of: Number(await timeline.getAttribute("aria-valuemax"))
  };
}

/** Takes one step and waits until it has arrived. */
export async function step(lab: LabPage): Promise<void> {
  const {at} = await place(lab);
  await stepButton(lab).click();
  await expect.poll(async () => (await place(lab)).at, {timeout: 30_000}).toBeGreaterThan(at === 1 ? 0 : at);
}

/** The tokens of the sentence as they are drawn, prompt and completion. */
export const chips = ({page}: LabPage): Promise<string[]> =>
  page.locator(".sentence .t:not(.slot) > b").allInnerTexts();

/** Runs to the stop event. */
export async function toEnd(lab: LabPage, timeout = 90_000): Promise<void> {
  await lab.page.getByRole("button", {name: /^To end/}).click();
  await lab.page.getByText("The end", {exact: true}).first().waitFor({timeout});
}
