import type {Browser, BrowserContext, Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBrowser, serveApp, takeForeign, type Served} from "./browser.ts";
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

/** What README.md says that a browser keeps: these entries, and caches and a service worker that can be erased. */
const KEPT = ["keys", "theme"];
const RUN = "v=1&max-new-tokens=2&seed=7";
const HTML = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script><b id=bold>`;

/** Collects every breach of the policy, of the page and of its worker. */
function watchPolicy(page: Page): () => Promise<readonly string[]> {
  const told: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|TrustedHTML/.test(message.text())) told.push(message.text());
  });
  const ready = page.addInitScript(() => {
    const scope = window as unknown as {breaches: string[]};
    scope.breaches = [];
    addEventListener("securitypolicyviolation", (event) =>
      scope.breaches.push(`${event.violatedDirective} ${event.blockedURI}`)
    );
  });
  return async () => {
    await ready;
    const inPage = await page.evaluate(() => (window as unknown as {breaches: string[]}).breaches);
    return [...told, ...inPage];
  };
}

async function openWatched(query: string) {
  let breaches = (): Promise<readonly string[]> => Promise.resolve([]);
  const lab = await openLab(browser, served.url, query, (page) =>
    Promise.resolve((breaches = watchPolicy(page)))
  );
  await ready(lab);
  return {lab, breaches: () => breaches()};
}

/** Everything a page can keep behind the reader's back. */
async function keptBy(page: Page, context: BrowserContext) {
  const stores = await page.evaluate(async () => ({
    local: Object.keys(localStorage).sort(),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({name}) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length
  }));
  return {...stores, cookies: (await context.cookies()).length};
}

async function press(lab: LabPage, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await lab.page.keyboard.press(key);
}

it("a whole run breaks no rule of the policy, asks no other origin, and keeps nothing else", async () => {
  const {lab, breaches} = await openWatched(RUN);
  await step(lab);
  await toEnd(lab);
  await press(lab, "Escape", "Home", "ArrowRight", "End");
  await lab.page.goto(`${served.url}#/notebook`);
  await lab.page.locator("h1, h2").first().waitFor();
  expect(await breaches()).toEqual([]);
  expect(lab.errors).toEqual([]);
  const {local, caches, workers, ...rest} = await keptBy(lab.page, lab.page.context());
  expect(local.filter((name) => !KEPT.includes(name))).toEqual([]);
  expect(caches.filter((name) => !/^one-token (files|page .+)$/.test(name))).toEqual([]);
  expect(workers).toBeLessThanOrEqual(1);
  expect(rest).toEqual({session: [], databases: [], cookies: 0}); // offline.e2e.ts erases the rest
  await lab.page.close();
});

it("the policy bites: inline code and style, eval, frames and other origins are refused, and noticed", async () => {
  const {lab, breaches} = await openWatched(RUN);
  const done = await lab.page.evaluate(async () => {
    const add = (tag: string, html: string, attributes: Record<string, string> = {}) => {
      const element = document.createElement(tag);
      element.textContent = html;
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
      return element;
    };
    add("script", "document.title = 'broken'");
    add("style", "body { opacity: 0.5 }");
    add("p", "", {style: "opacity: 0.5"});
    add("iframe", "", {src: "data:text/html,hello"});
    const fetched = await fetch("https://example.org/").then(
      () => "fetched",
      () => "refused"
    );
    const evaluated = await new Promise<string>((done) => {
      const evaluate = () => {
        try {
          done((0, eval)("'evaluated'") as string);
        } catch {
          done("refused");
        }
      };
      setTimeout(evaluate); // what the test itself calls may evaluate
    });
    return {fetched, evaluated, opacity: getComputedStyle(document.body).opacity, title: document.title};
  });
  expect(done).toMatchObject({fetched: "refused", evaluated: "refused", opacity: "1"});
  expect(done.title).not.toBe("broken");
  // Chromium may refuse it before it is a request at all
  expect(takeForeign().filter((url) => url !== "https://example.org/")).toEqual([]);
  const found = (await breaches()).join("\n");
  for (const directive of ["script-src-elem", "style-src-elem", "style-src-attr", "connect-src", "frame-src"])
    expect(found).toContain(directive);
  await lab.page.close();
});

it("what a reader or a link writes is text, never markup", async () => {
  const query = new URLSearchParams({v: "1", prompt: HTML, stop: HTML, "max-new-tokens": "1"});
  const {lab, breaches} = await openWatched(query.toString());
  await step(lab);
  expect((await chips(lab)).join("")).toContain("<");
  await toEnd(lab);
  for (const hash of [`#/lab?seed=${encodeURIComponent(HTML)}`, `#/notebook/${encodeURIComponent(HTML)}`]) {
    await lab.page.goto(`${served.url}${hash}`);
    await lab.page.reload();
    await lab.page.locator("header").first().waitFor();
    expect(await lab.page.locator("#bold, img[src=x]").count()).toBe(0);
    expect(await lab.page.title()).not.toBe("broken");
  }
  expect(await breaches()).toEqual([]);
  await lab.page.close();
});

it("the page is isolated, so that WebAssembly may have threads, and its threads obey the policy", async () => {
  const page = await browser.newPage();
  const breaches = watchPolicy(page);
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await prependToWorker(page, "Object.defineProperty(navigator, 'hardwareConcurrency', {value: 8});");
  await page.goto(`${served.url}#/lab?${RUN}&backend=wasm`);
  await page
    .getByText(/of 512 tokens/)
    .first()
    .waitFor({timeout: 60_000});
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(workers.length).toBeGreaterThan(1);
  expect(workers.every((url) => url.startsWith(served.url))).toBe(true);
  expect(await breaches()).toEqual([]);
  await page.close();
});
