import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBrowser, serveApp, type Served} from "./browser.ts";
import {openLab, ready, type LabPage} from "./labPage.ts";
import {actions, nextAction, RandomReader} from "./randomReader.ts";
import {createRetelling} from "./retelling.ts";
import {faultsIn, isAtRest, readScreen, type Screen} from "./screenState.ts";

const SEED = Number(process.env["RANDOM_SEED"] ?? "1");
const ACTIONS = Number(process.env["RANDOM_ACTIONS"] ?? "500");
/** After so many actions the page is left to come to rest, and compared with what its address tells. */
const BETWEEN = 20;
/** Longer than this nothing goes on without a further stage. Milliseconds. */
const REST_MS = 30_000;
/** The address follows the screen after less than this, by the page's own clock. Milliseconds. */
const ADDRESS_MS = 350;

let browser: Browser;
let served: Served;
let retelling: Awaited<ReturnType<typeof createRetelling>>;
beforeAll(async () => {
  [browser, served, retelling] = await Promise.all([
    openBrowser({webgpu: false}),
    serveApp(),
    createRetelling()
  ]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await retelling.dispose();
});

/** What goes on is stopped; the screen once nothing moves and the address has been written. */
async function atRest(lab: LabPage, reader: RandomReader): Promise<Screen> {
  let until = performance.now() + REST_MS;
  for (let last: Screen | null = null; ;) {
    const screen = await readScreen(lab.page);
    if (screen.jumps.some(({pressed, text}) => pressed && text.startsWith("Pause"))) await reader.press(" ");
    if (isAtRest(screen) && last?.hash === screen.hash && last.of === screen.of) return screen;
    if (screen.of !== last?.of) until = performance.now() + REST_MS;
    if (performance.now() > until) throw new Error(`not at rest: ${JSON.stringify(screen)}`);
    last = screen;
    await lab.page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), ADDRESS_MS);
  }
}

/** The page shows what its address tells when it is told from the beginning. */
async function compare(screen: Screen): Promise<readonly string[]> {
  const {ids, said} = await retelling.tell(screen.hash);
  if (said === "") return [];
  const faults: string[] = [];
  const shown = ids.slice(-screen.ids.length);
  if (screen.ids.length > 0 && shown.join() !== screen.ids.join())
    faults.push(`the sentence has the ids ${screen.ids.join()}; its address tells ${shown.join()}`);
  if (!screen.spoken.endsWith(`, ${said}`))
    faults.push(`"${screen.spoken}" is said; its address tells "${said}"`);
  return faults.length > 0 ? [...faults, `the address: ${screen.hash}`] : [];
}

/** The control that was used is gone, and the focus with it, to nowhere. */
const lostFocus = (before: Screen, after: Screen): readonly string[] =>
  before.focus !== null && after.focus === null ? [`the focus was on ${before.focus}, and is nowhere`] : [];

it(
  `${ACTIONS} random actions leave every screen as it must be (seed ${SEED})`,
  {timeout: 20 * 60_000},
  async () => {
    console.log(`seed ${SEED}; another with RANDOM_SEED=NUMBER, more actions with RANDOM_ACTIONS=NUMBER`);
    const lab = await openLab(browser, served.url, "v=1&max-new-tokens=6&backend=wasm");
    await ready(lab);
    const reader = new RandomReader(lab.page, SEED);
    const done: string[] = [];
    let screen = await readScreen(lab.page);
    const expectNone = (faults: readonly string[]) =>
      expect(
        [...faults, ...lab.errors],
        `seed ${SEED}, after ${done.length}: ${done.slice(-25).join("; ")}`
      ).toEqual([]);
    while (done.length < ACTIONS) {
      const name = nextAction(reader);
      if ((await actions[name]!.act(reader, screen)) === false) continue;
      done.push(name);
      const after = await readScreen(lab.page);
      expectNone([...faultsIn(after), ...(actions[name]!.reloads ? [] : lostFocus(screen, after))]);
      screen = after;
      if (done.length % BETWEEN > 0) continue;
      screen = await atRest(lab, reader);
      expectNone([...faultsIn(screen), ...(await compare(screen))]);
    }
    await lab.page.close();
  }
);
