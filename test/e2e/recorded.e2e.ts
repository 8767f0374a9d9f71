import type {Browser, Page, Route} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, nowText, openLab, place, ready, step, toEnd, type LabPage} from "./labPage.ts";

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser(), serveApp()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** The file that every run needs. */
const WEIGHTS = "**/model.onnx_data";

/** Holds the weights back until `release`; what else is asked for goes through. */
function holding() {
  const held: Route[] = [];
  let open = false;
  return {
    prepare: (page: Page) =>
      page.route(WEIGHTS, (route) => (open ? route.continue() : void held.push(route))),
    async release() {
      open = true;
      await Promise.all(held.map((route) => route.continue()));
    }
  };
}

const label = ({page}: LabPage) => page.locator("p.recorded");
const source = ({page}: LabPage) => page.locator(".src summary");
const go = async (lab: LabPage, steps: number) => {
  for (let i = 0; i < steps; ++i) await step(lab);
};

describe("a first visit", () => {
  it("steps through a recorded trace, then goes on live from the same place", async () => {
    const weights = holding();
    const lab = await openLab(browser, served.url, "", weights.prepare);
    await label(lab).waitFor();
    expect(await label(lab).innerText()).toMatch(
      /^Recorded trace: the model is still loading \(.+\s(kB|MB|B) (of|so far)/
    );
    expect(await source(lab).innerText()).toMatch(/^Recorded trace, model loading: .+\sof\s/);

    await go(lab, 4); // tokenize, transfer, prefill, fetch
    expect(await chips(lab)).toHaveLength(8);
    expect(await lab.page.getByText("This waits for the model").count()).toBeGreaterThan(0);
    await toEnd(lab);
    const tokens = await chips(lab);
    expect(tokens.length).toBeGreaterThan(20);
    await lab.page.keyboard.press("PageUp");
    await lab.page.keyboard.press("PageUp");
    await lab.page.keyboard.press("ArrowRight");
    const there = await place(lab);
    const said = await nowText(lab);
    const drawn = await chips(lab);
    expect(await label(lab).count()).toBe(1);

    await weights.release();
    await label(lab).waitFor({state: "detached", timeout: 60_000});
    await ready(lab);
    expect(await place(lab)).toEqual(there);
    expect(await chips(lab)).toEqual(drawn);
    expect((await nowText(lab)).split("\n").at(-1)).toBe(said.split("\n").at(-1));
    expect(await source(lab).innerText()).toMatch(/^computed with/);
    expect(await lab.page.getByText("This waits for the model").count()).toBe(0);
    expect(await lab.page.locator(".differs, p.recorded").count()).toBe(0);
    await toEnd(lab);
    expect(await chips(lab)).toEqual(tokens);
    expect(lab.errors).toEqual([]);
    await lab.page.close();
  });

  it("before its first step becomes live without one", async () => {
    const weights = holding();
    const lab = await openLab(browser, served.url, "", weights.prepare);
    await label(lab).waitFor();
    await weights.release();
    await label(lab).waitFor({state: "detached", timeout: 60_000});
    expect((await place(lab)).of).toBe(1);
    await step(lab);
    expect(await chips(lab)).toHaveLength(8);
    await lab.page.close();
  });

  it("keeps what the reader asks for until the model is there, and then does it", async () => {
    const weights = holding();
    const lab = await openLab(browser, served.url, "at=12", weights.prepare);
    await label(lab).waitFor();
    await expect.poll(async () => (await place(lab)).at, {timeout: 10_000}).toBe(13);
    await lab.page.getByRole("textbox", {name: "Prompt"}).fill("The king");
    await lab.page.getByRole("button", {name: "Start again"}).click();
    await expect.poll(() => label(lab).innerText()).toContain("What you asked for begins as soon as");
    await weights.release();
    await expect.poll(() => chips(lab), {timeout: 60_000}).toEqual(["The", "␣king"]);
    expect(await label(lab).count()).toBe(0);
    expect(lab.errors).toEqual([]);
    await lab.page.close();
  });

  it("without a model keeps its recorded trace, and says what is wrong and how to go on", async () => {
    let broken = true;
    const lab = await openLab(browser, served.url, "", (page) =>
      page.route(WEIGHTS, (route) => (broken ? route.abort("internetdisconnected") : route.continue()))
    );
    const failure = lab.page.locator(".failure");
    await failure.waitFor({timeout: 60_000});
    expect(await label(lab).innerText()).toMatch(/^Recorded trace: the model could not be loaded/);
    await go(lab, 4);
    expect(await chips(lab)).toHaveLength(8);
    const inside = lab.page.getByText(/This (needs the model, which could not be|waits for the model)/);
    await expect.poll(() => inside.count()).toBeGreaterThan(0); // a step asks for the model again
    expect(await failure.innerText()).toContain("model.onnx_data");
    broken = false;
    await failure.getByRole("button").first().click();
    await label(lab).waitFor({state: "detached", timeout: 60_000});
    expect((await place(lab)).at).toBe(5);
    expect(lab.errors.filter((error) => !/ERR_INTERNET/.test(error))).toEqual([]);
    await lab.page.close();
  });

  it("needs less than 700 kB before there is something to step", async () => {
    const page = await browser.newPage();
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    await network.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 200_000,
      uploadThroughput: 100_000
    });
    let bytes = 0;
    network.on("Network.dataReceived", ({encodedDataLength}) => (bytes += encodedDataLength));
    const started = performance.now();
    await page.goto(served.url);
    await page.locator("p.recorded").waitFor();
    const before = bytes;
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `first step after ${(before / 1000).toFixed(0)} kB, ${seconds.toFixed(1)} s at 200 kB a second`
    );
    expect(before).toBeLessThan(700_000);
    await page.close();
  });
});

describe("a link", () => {
  it.each(["seed=8", "prompt=The+king", "backend=wasm", "branch=12~force~300&at=12"])(
    "to another run (%s) never shows the recorded one",
    async (query) => {
      const asked: string[] = [];
      const weights = holding();
      const lab = await openLab(browser, served.url, `v=1&${query}`, (page) => {
        page.on("request", (request) => asked.push(new URL(request.url()).pathname));
        return weights.prepare(page);
      });
      const wanted = () => asked.some((path) => path.endsWith("model.onnx_data"));
      await expect.poll(wanted, {timeout: 30_000}).toBe(true);
      expect(await label(lab).count()).toBe(0);
      expect(await lab.page.locator(".sentence .t:not(.slot):not(.whole)").count()).toBe(0);
      expect(asked.filter((path) => path.includes("recorded/"))).toEqual([]);
      await lab.page.close();
    }
  );
});
