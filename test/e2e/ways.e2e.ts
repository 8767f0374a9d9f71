import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {
  crashWorker,
  destroyDevice,
  devicesOpened,
  endWorker,
  exhaustDevice,
  holding,
  poison
} from "./faults.ts";
import {chips, openLab, place, ready, step, toEnd, type LabPage} from "./labPage.ts";

const RUN = "v=1&prompt=The+old+king&max-new-tokens=4&seed=11";
const ON_WEBGPU = `${RUN}&backend=webgpu`;
/** Written into the field while the run of another prompt is in view. */
const DRAFT = "Something else that is not run yet";

let browser: Browser;
let served: Served;
/** Of the run that nothing happens to. */
let tokens: readonly string[];
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser(), serveApp()]);
  const calm = await openLab(browser, served.url, `${RUN}&backend=wasm`);
  await ready(calm);
  await toEnd(calm);
  tokens = await chips(calm);
  await calm.page.close();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const source = ({page}: LabPage) => page.locator("header .why summary");
const stopped = ({page}: LabPage) => page.locator(".nowbox .stopfailed");
const draft = ({page}: LabPage) => page.getByRole("textbox", {name: "Prompt"});

/** A run on WebGPU with a token of its own, and something in the fields that was not run. */
async function underWay(prepare = holding): Promise<LabPage> {
  const lab = await openLab(browser, served.url, ON_WEBGPU, prepare);
  await ready(lab);
  while ((await chips(lab)).length < 5) await step(lab);
  await draft(lab).fill(DRAFT);
  return lab;
}

/** Without the files that a service worker keeps for the next load. */
const withoutServiceWorker = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(ServiceWorkerContainer.prototype, "register", {
      value: () => Promise.reject(new Error("none in this test"))
    });
  });

/** What must be there after everything: the field's text, and the tokens of the run. */
async function expectWhole(lab: LabPage): Promise<void> {
  expect(await draft(lab).inputValue()).toBe(DRAFT);
  await toEnd(lab);
  expect(await chips(lab)).toEqual(tokens);
  expect(lab.errors.filter((message) => !message.includes("the test broke it"))).toEqual([]);
}

/** Steps until the run has ended with an error. */
async function untilStopped(lab: LabPage): Promise<string> {
  await lab.page.getByRole("button", {name: /^To end/}).click();
  await stopped(lab).waitFor({timeout: 60_000});
  return stopped(lab).innerText();
}

describe("an error that ends a run is named, and its way on works", () => {
  it("no number to pick from: on the CPU, from the same place, and the header and the link say so", async () => {
    const lab = await underWay();
    await poison(lab, true);
    const said = await untilStopped(lab);
    expect(said).toContain("The logits are no numbers to pick from");
    expect(said).toMatch(/gave token \d+ the logit NaN/);
    const before = (await place(lab)).of;
    await stopped(lab).getByRole("button", {name: "Go on on the CPU (WebAssembly)"}).click();
    await expect.poll(() => source(lab).innerText(), {timeout: 60_000}).toContain("WebAssembly");
    await expect.poll(async () => (await place(lab)).of, {timeout: 30_000}).toBe(before); // the error is gone, a stage came
    await expectWhole(lab);
    await expect.poll(() => lab.page.url()).toContain("backend=wasm");
    await lab.page.getByRole("slider", {name: "Timeline"}).press("Home");
    await expect.poll(() => source(lab).innerText()).toContain("WebGPU"); // where the first passes ran
    await lab.page.close();
  });

  it("no memory on the device: loaded again", async () => {
    const lab = await underWay();
    await exhaustDevice(lab);
    const said = await untilStopped(lab);
    expect(said).toContain("There is not enough memory");
    await stopped(lab).getByRole("button", {name: "Shorten the prompt"}).click();
    await expect.poll(() => draft(lab).evaluate((field) => field === document.activeElement)).toBe(true);
    await stopped(lab).getByRole("button", {name: "Load the model again and go on"}).click();
    await stopped(lab).waitFor({state: "detached"});
    await expectWhole(lab);
    await lab.page.close();
  });

  it("a device lost where nothing else can be loaded: loaded again once it can", async () => {
    let offline = false;
    const lab = await underWay(async (page) => {
      await holding(page);
      await withoutServiceWorker(page);
      await page.route(/\/ort-wasm-simd-threaded-[^/]*\.wasm$/, (route) =>
        offline ? route.abort("internetdisconnected") : route.continue()
      );
    });
    offline = true;
    await destroyDevice(lab);
    while ((await devicesOpened(lab)) < 2) await step(lab);
    await destroyDevice(lab); // twice in a row: only WebAssembly is left, and that cannot be fetched
    const said = await untilStopped(lab);
    expect(said).toMatch(/The graphics device was lost.*could not be opened again/s);
    offline = false;
    await stopped(lab).getByRole("button", {name: "Load the model again and go on"}).click();
    await stopped(lab).waitFor({state: "detached"});
    await expectWhole(lab);
    await lab.page.close();
  });
});

describe("the engine's worker", () => {
  it.each([
    ["crashed", crashWorker, "the test broke it"],
    ["ended without a word", endWorker, "its program ended"]
  ])("that %s is replaced at the press of a button", async (_, bring, reason) => {
    const lab = await openLab(browser, served.url, `${RUN}&backend=wasm`);
    await ready(lab);
    while ((await chips(lab)).length < 5) await step(lab);
    await draft(lab).fill(DRAFT);
    const before = await place(lab);
    await bring(lab);
    const failure = lab.page.locator(".failure");
    await failure.waitFor();
    expect(await failure.innerText()).toContain("The engine stopped");
    expect(await failure.innerText()).toContain(reason);
    expect(await place(lab)).toEqual(before);
    await failure.getByRole("button", {name: "Load the model again and go on"}).click();
    await failure.waitFor({state: "detached"});
    await expectWhole(lab);
    await lab.page.close();
  });
});
