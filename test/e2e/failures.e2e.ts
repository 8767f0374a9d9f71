import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, openLab, ready, step, toEnd, type LabPage} from "./labPage.ts";
import {prependToWorker} from "./workerScript.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser(), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const RUN = "v=1&prompt=The+old+king&max-new-tokens=4&seed=11";
const ON_WEBGPU = `${RUN}&backend=webgpu`;

/** A browser whose WebGPU silently computes something else: every number read back is off by 0.37. */
const WRONG = `{
  const {getMappedRange} = GPUBuffer.prototype;
  GPUBuffer.prototype.getMappedRange = function (...where) {
    const range = getMappedRange.apply(this, where);
    if (!(this.usage & GPUBufferUsage.MAP_READ)) return range;
    return Float32Array.from(new Float32Array(range), (x) => x + 0.37).buffer;
  };
}`;

/** Keeps hold of every device that is opened, so that the test can destroy it. */
const HELD = `{
  self.devices = [];
  const {requestDevice} = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...asked) {
    const device = await requestDevice.apply(this, asked);
    self.devices.push(device);
    return device;
  };
}`;

type Holding = {readonly devices: GPUDevice[]};
const destroy = (lab: LabPage) =>
  lab.worker().evaluate(() => (globalThis as unknown as Holding).devices.at(-1)!.destroy());
const opened = (lab: LabPage) =>
  lab.worker().evaluate(() => (globalThis as unknown as Holding).devices.length);
const holding = (page: Page) => prependToWorker(page, HELD);

const why = async ({page}: LabPage): Promise<string> => {
  await page.locator("details.why summary").click();
  return page.locator(".popover p").first().innerText();
};

describe("a backend that computes wrong numbers", () => {
  it("is left for WebAssembly, with the difference in a sentence", async () => {
    const lab = await openLab(browser, served.url, ON_WEBGPU, (page) => prependToWorker(page, WRONG));
    await ready(lab);
    expect(await why(lab)).toMatch(
      /WebGPU \(.+\) gave other logits than the reference: they differ by up to 0\.37 \(allowed: 0\.02\), so the decoder runs on WebAssembly\./
    );
    await toEnd(lab);
    expect(await chips(lab)).toHaveLength(3 + 4);
    expect(lab.errors).toEqual([]);
    await lab.page.close();
  });

  it("on both: with a planted reference the model is refused, and the sentence says where it was tried", async () => {
    const lab = await openLab(browser, served.url, ON_WEBGPU, async (page) => {
      await page.route("**/files.json", (route) => route.fulfill({status: 404, body: ""}));
      await page.route("**/selfcheck.json", async (route) => {
        if (route.request().method() === "HEAD") return route.continue();
        const value = (await (await route.fetch()).json()) as {topLogits: number[]};
        await route.fulfill({json: {...value, topLogits: value.topLogits.map((x) => x - 0.5)}});
      });
    });
    const failure = lab.page.locator(".failure");
    await failure.waitFor({timeout: 60_000});
    expect(await failure.innerText()).toContain(
      "gives other logits on WebGPU and on WebAssembly than selfcheck.json has: they differ by up to 0.5"
    );
    await lab.page.close();
  });
});

describe("a graphics device that is lost", () => {
  it("is replaced, twice in a row by WebAssembly, and the run goes on with the same tokens", async () => {
    const calm = await openLab(browser, served.url, ON_WEBGPU, holding);
    await ready(calm);
    await toEnd(calm);
    const tokens = await chips(calm);
    expect(await opened(calm)).toBe(1);
    await calm.page.close();

    const lab = await openLab(browser, served.url, ON_WEBGPU, holding);
    await ready(lab);
    const drawn = () => chips(lab).then((all) => all.length);
    while ((await drawn()) < 4) await step(lab);
    await destroy(lab);
    while ((await drawn()) < 6) await step(lab);
    expect(await opened(lab)).toBe(2);
    await destroy(lab);
    await toEnd(lab);
    expect(await chips(lab)).toEqual(tokens);
    expect(await opened(lab)).toBe(2);
    expect(await lab.page.locator(".failure").count()).toBe(0);
    await lab.page.close();
  });
});

describe("the files of a model", () => {
  it("are fetched once; after a failure only what is missing is fetched again", async () => {
    const fetched: string[] = [];
    let broken = true;
    const lab = await openLab(browser, served.url, `${RUN}&backend=wasm`, async (page) => {
      page.on("request", (request) => {
        const {pathname} = new URL(request.url());
        if (request.method() === "GET" && /\/model\/|\.wasm$/.test(pathname)) fetched.push(pathname);
      });
      await page.route("**/model.onnx_data", (route) =>
        broken ? route.abort("internetdisconnected") : route.continue()
      );
    });
    const failure = lab.page.locator(".failure");
    await failure.waitFor({timeout: 60_000});
    expect(await failure.innerText()).toMatch(/model\.onnx_data could not be fetched: .+(load again)/);
    broken = false;
    await failure.getByRole("button").first().click();
    await ready(lab);
    const twice = fetched.filter((path, i) => fetched.indexOf(path) !== i);
    expect(new Set(twice)).toEqual(new Set(["/model/onnx/model.onnx_data"]));
    expect(fetched.length).toBeGreaterThan(5);
    await lab.page.close();
  });

  it("that are not the ones published are named", async () => {
    const lab = await openLab(browser, served.url, `${RUN}&backend=wasm`, (page) =>
      page.route("**/tokenizer.json", async (route) => {
        const body = await (await route.fetch()).text();
        await route.fulfill({body: body.replace('the"', 'eht"'), contentType: "application/json"});
      })
    );
    const failure = lab.page.locator(".failure");
    await failure.waitFor({timeout: 60_000});
    expect(await failure.innerText()).toContain("tokenizer.json is not the file that was published");
    await lab.page.close();
  });
});
