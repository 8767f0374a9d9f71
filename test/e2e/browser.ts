import type {Browser, BrowserContext, Request} from "playwright-core";
import {afterEach, expect} from "vitest";
import {
  openBrowser as open,
  serveApp as serve,
  type BrowserOptions,
  type Served
} from "../../scripts/browser.ts";

export type {BrowserOptions, Served};

/**
 * What every browser test opens Chromium and the built app with. After each test it is asserted that nothing at all, no
 * page and no worker of any context, asked another origin than those that served the app.
 */

const ownOrigins = new Set<string>();
let foreign: string[] = [];

function note(request: Request): void {
  const {protocol, origin} = new URL(request.url());
  if (protocol !== "blob:" && protocol !== "data:" && !ownOrigins.has(origin)) foreign.push(request.url());
}

/**
 * WebAssembly is compiled once, quickly. Compiled again to be faster, 14 MB of it keep a small machine busier than all
 * the passes that a page of a test runs.
 */
const COMPILED_ONCE = "--liftoff-only";

/** @param options without `jsFlags` WebAssembly is compiled quickly rather than well */
export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const browser = await open({jsFlags: COMPILED_ONCE, ...options});
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (...asked) => watched(await newContext(...asked)); // newPage goes through it, too
  return browser;
}

function watched(context: BrowserContext): BrowserContext {
  context.on("request", note);
  return context;
}

export async function serveApp(folder?: string): Promise<Served> {
  const served = await serve(folder);
  serves(served.url);
  return served;
}

/** A server of a test's own serves the app at this address. */
export const serves = (url: string): void => void ownOrigins.add(new URL(url).origin);

/** Requests to other origins since the last look: of a test that makes some to see them refused. */
export function takeForeign(): readonly string[] {
  const found = foreign;
  foreign = [];
  return found;
}

afterEach(() => expect(takeForeign(), "requests to other origins").toEqual([]));
