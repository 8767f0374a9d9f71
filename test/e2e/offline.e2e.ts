import {statSync} from "node:fs";
import {join} from "node:path";
import type {Browser, BrowserContext, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {dist} from "../../scripts/setup.js";
import {openBrowser} from "./browser.ts";
import {countingServer, type Asked, type CountingServer} from "./countingServer.ts";
import {chips, openLab, ready, toEnd, type LabPage} from "./labPage.ts";
import {prependToWorker} from "./workerScript.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

let server: CountingServer;
beforeEach(async () => {
  server = await countingServer();
});
afterEach(() => server.close());

const RUN = "v=1&prompt=The+old+king&max-new-tokens=2&seed=11&backend=wasm";
const WEIGHTS = "model/onnx/model.onnx_data";
const LARGE = /\.(wasm|onnx|onnx_data)$|tokenizer\.json$/;

const open = (prepare?: (page: Page) => Promise<unknown>): Promise<LabPage> =>
  openLab(browser, server.url, RUN, prepare);

/** Opens the lab and waits until all of it is kept. */
async function visited(): Promise<LabPage> {
  const lab = await open();
  await ready(lab);
  await expect.poll(() => keptFiles(lab.page), {timeout: 30_000}).toEqual(expect.arrayContaining(ALL));
  await lab.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return lab;
}
const ALL = [
  "config.json",
  "files.json",
  "lens.onnx",
  "model.onnx_data",
  "ort-wasm-simd-threaded.wasm",
  "worker"
];

/** Names of what is kept, without hashes. */
const keptFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const names: string[] = [];
    for (const name of await caches.keys())
      for (const {url} of await (await caches.open(name)).keys())
        names.push(
          new URL(url).pathname
            .split("/")
            .at(-1)!
            .replace(/^(worker)-.*/, "$1")
        );
    return names;
  });

async function again({page}: LabPage): Promise<void> {
  server.asked.length = 0;
  await page.reload();
}

/** What this browser holds for the page, in all. */
async function keptBy(page: Page, context: BrowserContext) {
  const stores = await page.evaluate(async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    databases: (await indexedDB.databases()).length,
    session: sessionStorage.length,
    local: localStorage.length
  }));
  return {...stores, cookies: (await context.cookies()).length};
}

const kept = ({page}: LabPage) => page.locator(".nowbox .kept");
/** What the load panel says of the files. */
const filesNote = ({page}: LabPage) => page.locator(".nowbox .notice");

describe("the second visit", () => {
  it("fetches nothing large, and without a server the page opens, loads and runs", async () => {
    const lab = await visited();
    await toEnd(lab);
    const tokens = await chips(lab);
    const theEnd = () => lab.page.getByText("The end", {exact: true}).first().waitFor({timeout: 60_000});
    await expect.poll(() => lab.page.url()).toContain("at="); // the address is written a moment later
    await again(lab); // the link holds the run and the place in it, its end
    await theEnd();
    expect(server.asked.filter(({path, bytes}) => LARGE.test(path) && bytes > 0)).toEqual([]);
    expect(server.asked.filter(({path}) => path.startsWith("model/")).map(({path}) => path)).toEqual([
      "model/files.json"
    ]);
    await server.close();
    await again(lab);
    await theEnd();
    expect(await chips(lab)).toEqual(tokens);
    expect(tokens).toHaveLength(3 + 2);
    await lab.page.keyboard.press("Home");
    expect(await filesNote(lab).innerText()).toContain(
      "The model's server did not answer, so the model is the one that this browser has kept."
    );
    expect(server.asked).toEqual([]);
    await lab.page.close();
  });

  it("shows what is kept in bytes, and erases all of it", async () => {
    const lab = await visited();
    await again(lab);
    await ready(lab);
    await expect.poll(() => kept(lab).innerText()).toMatch(/needs no network/);
    const said = await kept(lab).innerText();
    expect(said).toMatch(/Model, \d+ files\s+6\.7\sMB/);
    expect(said).toMatch(/ONNX Runtime, 1 file\s+14\.2\sMB/);
    expect(said).toMatch(/This page, \d+ files\s+\d/);
    await kept(lab).getByRole("button", {name: "Erase"}).click();
    await expect
      .poll(() => kept(lab).innerText())
      .toContain("Nothing. The next visit fetches all files again.");
    await toEnd(lab); // what is in memory goes on
    expect(await keptBy(lab.page, lab.page.context())).toEqual({
      ...{caches: [], workers: 0, databases: 0, session: 0, local: 0, cookies: 0}
    });
    await again(lab);
    await ready(lab);
    expect(server.asked.filter(({path}) => path === WEIGHTS)).toHaveLength(1);
    await lab.page.close();
  });

  it("throws away what is damaged, and says so", async () => {
    const lab = await visited();
    await lab.page.evaluate(async () => {
      const cache = await caches.open("one-token files");
      const request = (await cache.keys()).find(({url}) => url.includes("/tokenizer.json"))!;
      const response = (await cache.match(request))!;
      const text = (await response.text()).replace('the"', 'eht"');
      await cache.put(request, new Response(text, {headers: response.headers}));
    });
    await again(lab);
    await ready(lab);
    expect(await filesNote(lab).innerText()).toBe(
      "tokenizer.json was kept in this browser, but damaged there: it was thrown away and fetched again."
    );
    expect(server.asked.filter(({path}) => path.startsWith("model/")).map(({path}) => path)).toEqual([
      "model/files.json",
      "model/tokenizer.json"
    ]);
    await lab.page.close();
  });
});

describe("a transfer that breaks off", () => {
  const SIZE = statSync(join(dist, WEIGHTS)).size;
  const weights = () => server.asked.filter(({path}) => path === WEIGHTS);
  const from = (asked: Asked | undefined) => Number(/^bytes=(\d+)-$/.exec(asked?.range ?? "")?.[1] ?? NaN);

  it("goes on from there, and the load does not fail", async () => {
    server.breaks.set(WEIGHTS, [2_000_000, 1_500_000]);
    const lab = await open();
    await ready(lab);
    const [first, second, third] = weights();
    expect(first).toMatchObject({range: null, status: 200});
    expect(second).toMatchObject({status: 206, bytes: 1_500_000});
    expect(third).toMatchObject({status: 206, bytes: SIZE - from(third)});
    expect(from(second)).toBeGreaterThan(0);
    expect(from(third)).toBeGreaterThan(from(second));
    expect(weights()).toHaveLength(3);
    expect(await lab.page.locator(".failure").count()).toBe(0);
    await lab.page.close();
  });

  it("goes on after a reload from what was kept of it", async () => {
    server.breaks.set(WEIGHTS, [4_000_000]);
    server.silent = true;
    const lab = await open();
    const parts = async () => (await keptFiles(lab.page)).filter((name) => name === "model.onnx_data").length;
    await expect.poll(parts, {timeout: 60_000}).toBeGreaterThan(1);
    expect(await kept(lab).count()).toBe(1);
    await again(lab);
    await ready(lab);
    const [rest] = weights();
    expect(from(rest)).toBeGreaterThan(2 << 19); // two segments at least
    expect(rest).toMatchObject({status: 206, bytes: SIZE - from(rest)});
    expect(weights()).toHaveLength(1);
    expect(await filesNote(lab).innerText()).toMatch(/^Of \d+ files \d+ were kept in this browser; /);
    await lab.page.close();
  });
});

describe("a browser", () => {
  it("without room keeps the model from nothing, and says that it is not kept", async () => {
    const lab = await open(async (page) => {
      const devtools = await page.context().newCDPSession(page);
      const origin = server.url.slice(0, -1);
      await devtools.send("Storage.overrideQuotaForOrigin", {origin, quotaSize: 4_000_000});
    });
    await ready(lab);
    expect(await filesNote(lab).innerText()).toMatch(
      /could not be kept in this browser, where there is no room left: the next visit fetches (it|them) again\.$/
    );
    await toEnd(lab);
    expect(await chips(lab)).toHaveLength(3 + 2);
    await lab.page.close();
  });

  it("that stores nothing for the page loads all the same, and says so", async () => {
    const none = "delete Object.getPrototypeOf(Object.getPrototypeOf(self)).caches; delete self.caches;";
    const blocked = `Object.defineProperty(self, "caches", {value: {
      open: () => Promise.reject(new DOMException("no", "SecurityError")),
      keys: () => Promise.reject(new DOMException("no", "SecurityError")),
      has: () => Promise.reject(new DOMException("no", "SecurityError"))
    }});`;
    for (const line of [none, blocked]) {
      const lab = await open(async (page) => {
        await page.addInitScript(line);
        await prependToWorker(page, line);
      });
      await ready(lab);
      expect(await kept(lab).innerText()).toContain("this browser stores no files for this page");
      expect(await kept(lab).getByRole("button").count()).toBe(0);
      expect(lab.errors).toEqual([]);
      await lab.page.close();
    }
  });
});
