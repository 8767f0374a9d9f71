import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import type {Browser, Page, Request} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {dist} from "../../scripts/setup.js";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {chips, openLab, ready, stepButton, toEnd} from "./labPage.ts";
import {prependToWorker} from "./workerScript.ts";

let served: Served;
beforeAll(async () => {
  served = await serveApp();
});
afterAll(() => served.close());

const MB = 1_000_000;
const OWN_TOKEN = "v=1&prompt=The+old+king&max-new-tokens=1&seed=11";

/** One file as it came over the network. */
type Transfer = {readonly path: string; readonly bytes: number};

async function transferOf(request: Request): Promise<Transfer> {
  const {responseBodySize, responseHeadersSize} = await request.sizes();
  return {path: new URL(request.url()).pathname.slice(1), bytes: responseBodySize + responseHeadersSize};
}

/**
 * Bytes over the network, headers and the worker's requests included (Chromium's encodedDataLength), of everything a page asks for from now until they are read.
 * A request that ends later is left alone: its page may be closed before it has said its size.
 */
function weigh(page: Page): () => Promise<readonly Transfer[]> {
  const transfers: Promise<Transfer>[] = [];
  const add = (request: Request) => transfers.push(transferOf(request));
  page.on("requestfinished", add);
  return () => {
    page.off("requestfinished", add);
    return Promise.all(transfers);
  };
}

/** From a cold cache to the first token of the reader's own run. */
async function firstToken(browser: Browser, backend: string, jspi: boolean): Promise<readonly Transfer[]> {
  let transfers = (): Promise<readonly Transfer[]> => Promise.resolve([]);
  const lab = await openLab(browser, served.url, `${OWN_TOKEN}&backend=${backend}`, async (page) => {
    transfers = weigh(page);
    if (!jspi) await prependToWorker(page, "delete WebAssembly.Suspending;");
  });
  await ready(lab);
  await toEnd(lab, 110_000);
  expect(await chips(lab)).toHaveLength(4);
  const all = await transfers();
  await lab.page.close();
  return all;
}

const sum = (transfers: readonly Transfer[]) => transfers.reduce((total, {bytes}) => total + bytes, 0);

/** The largest first, the small ones together. */
function table(transfers: readonly Transfer[]): string {
  const large = transfers.filter(({bytes}) => bytes >= 20_000).sort((a, b) => b.bytes - a.bytes);
  const rest = {path: "the rest", bytes: sum(transfers) - sum(large)};
  return [...large, rest].map(({path, bytes}) => `  ${String(bytes).padStart(9)}  ${path}`).join("\n");
}

/** What is big, or would be: read once each, and no other. */
const LARGE = /\.(wasm|onnx|onnx_data)$/;
const FILES = ["model/onnx/inspect.onnx", "model/onnx/model.onnx_data"];

const CASES = [
  {on: "WebGPU, with JSPI", backend: "webgpu", jspi: true, build: /\.jspi-/, most: 12 * MB},
  {on: "WebGPU, without JSPI", backend: "webgpu", jspi: false, build: /\.asyncify-/, most: 15 * MB},
  {on: "WebAssembly", backend: "wasm", jspi: true, build: /threaded-/, most: 12 * MB}
];

it.each(CASES)("from a cold cache to the first own token on $on: at most $most bytes", async (wanted) => {
  const browser = await openBrowser();
  const transfers = await firstToken(browser, wanted.backend, wanted.jspi);
  await browser.close();
  const total = `${(sum(transfers) / MB).toFixed(2)} MB of at most ${wanted.most / MB}`;
  console.log(`${wanted.on}: ${total}\n${table(transfers)}`);
  expect(sum(transfers)).toBeLessThanOrEqual(wanted.most);
  const large = transfers.filter(({path, bytes}) => LARGE.test(path) && bytes > 2000); // the lens has 731
  const paths = large.map(({path}) => path).sort();
  expect(paths).toEqual([expect.stringMatching(wanted.build), ...FILES]);
  expect(transfers.filter(({path}) => /draft|onnx\/model\.onnx$|ORIGIN/.test(path))).toEqual([]);
});

it("a first visit, from its recorded trace to the first token of an own prompt: at most 12 MB", async () => {
  const browser = await openBrowser();
  let transfers = (): Promise<readonly Transfer[]> => Promise.resolve([]);
  const lab = await openLab(browser, served.url, "", (page) => {
    transfers = weigh(page);
    return Promise.resolve();
  });
  await ready(lab);
  await lab.page.getByRole("textbox", {name: "Prompt"}).fill("The old king");
  await stepButton(lab).click();
  await expect.poll(() => chips(lab), {timeout: 30_000}).toHaveLength(3);
  await lab.page.getByRole("button", {name: /^Next token/}).click();
  await expect.poll(() => chips(lab), {timeout: 30_000}).toHaveLength(4);
  const all = await transfers();
  await browser.close();
  console.log(`A first visit: ${(sum(all) / MB).toFixed(2)} MB of at most 12\n${table(all)}`);
  expect(sum(all)).toBeLessThanOrEqual(12 * MB);
  const recorded = all.filter(({path}) => path === "recorded/trace.json");
  expect(recorded).toHaveLength(1);
  expect(recorded[0]!.bytes).toBeLessThanOrEqual(350_000);
});

/**
 * Own chunks that the page and its worker begin with: what they import statically, and the styles that the page links.
 * Those fetched when needed are not.
 */
function begunWith(assets: string, names: readonly string[]): readonly string[] {
  const begun = new Set<string>();
  const visit = (name: string) => {
    if (begun.has(name) || name.startsWith("ort.")) return;
    begun.add(name);
    const code = readFileSync(join(assets, name), "utf8");
    for (const [, other] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) visit(other!);
  };
  names.filter((name) => /^(index|worker)-.*\.js$/.test(name)).forEach(visit);
  const html = readFileSync(join(dist, "index.html"), "utf8");
  return [...begun, ...names.filter((name) => name.endsWith(".css") && html.includes(name))];
}

it("own JavaScript and CSS of a first visit: at most 300 kB of gzip", () => {
  const assets = join(dist, "assets");
  const names = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name) && !name.startsWith("ort."));
  const sizeOf = (path: string) => {
    const small = join(assets, `${path}.gz`);
    return statSync(existsSync(small) ? small : join(assets, path)).size; // some are too short to become shorter
  };
  const weighed = (paths: readonly string[]) => paths.map((path) => ({path, bytes: sizeOf(path)}));
  const begun = weighed(begunWith(assets, names));
  const later = weighed(names.filter((name) => !begun.some(({path}) => path === name)));
  console.log(
    `own JavaScript and CSS: ${(sum(begun) / 1000).toFixed(1)} kB of gzip, and ${(sum(later) / 1000).toFixed(1)} kB when first needed\n${table(begun)}`
  );
  expect(begun.length).toBeGreaterThan(2);
  expect(sum(begun)).toBeLessThanOrEqual(300_000);
});
