import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {build} from "vite";
import {serveApp} from "../browser.ts";
import {root} from "../setup.js";
import type {Measurements, Plan} from "./measure.ts";

/** A page of its own that has the engine and the bare loop, built as the app is, beside the model. */
async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    root: join(root, "scripts/bench"),
    publicDir: join(root, "public"),
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: {polyfill: false},
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rollupOptions: {input: join(root, "scripts/bench/page.html")}
    }
  });
}

/** The engine against the bare loop in a page of Chromium, by each plan. */
export async function benchLoops(browser: Browser, plans: readonly Plan[]): Promise<readonly Measurements[]> {
  const folder = await mkdtemp(join(tmpdir(), "one-token-bench-"));
  try {
    await buildPage(folder);
    const served = await serveApp(folder);
    try {
      const measured: Measurements[] = [];
      for (const plan of plans) measured.push(await inPage(browser, `${served.url}page.html`, plan));
      return measured;
    } finally {
      await served.close();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function inPage(browser: Browser, url: string, plan: Plan): Promise<Measurements> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.bench !== undefined);
    return await page.evaluate((plan) => globalThis.bench!(plan), plan);
  } finally {
    await page.close();
  }
}
