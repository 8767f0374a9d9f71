import type {Browser, Page} from "playwright-core";
import type {Screen} from "./screens.ts";

export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The widths that the design is made for, with the height of the window there. */
export const heights: Readonly<Record<number, number>> = {1920: 1080, 1440: 900, 1024: 768, 390: 844};

export type Wanted = {
  readonly screens: readonly Screen[];
  readonly widths: readonly number[];
  readonly themes: readonly Theme[];
  /** Only what the window shows, not the whole page. */
  readonly fold: boolean;
};

export type Shot = {readonly screen: Screen; readonly width: number; readonly theme: Theme};

const TIMEOUT = 60_000;

/**
 * Opens each screen in turn, and each of its widths and themes, and hands over the page as it is to be photographed.
 * Screens whose links belong to one run share a page, so the model is loaded once.
 *
 * @param url of the app; ends with a slash
 */
export async function visit(
  browser: Browser,
  url: string,
  wanted: Wanted,
  photograph: (page: Page, shot: Shot) => Promise<void>
): Promise<void> {
  const shared = await newPage(browser);
  for (const screen of wanted.screens) {
    const page = screen.prepare ? await newPage(browser) : shared;
    await screen.prepare?.(page);
    await page.setViewportSize(sizeOf(wanted.widths[0]!));
    await page.goto(`${url}#${screen.link}`);
    await arrive(page, screen);
    await quiet(page);
    for (const width of wanted.widths) {
      await page.setViewportSize(sizeOf(width));
      await drawn(page); // the page lays itself out anew for its width
      await screen.act?.(page);
      await settle(page, wanted.fold);
      for (const theme of wanted.themes) {
        await page.emulateMedia({colorScheme: theme, reducedMotion: "reduce"});
        await drawn(page);
        await photograph(page, {screen, width, theme});
      }
    }
    if (page !== shared) await page.close();
  }
  await shared.close();
}

const newPage = (browser: Browser): Promise<Page> => browser.newPage({reducedMotion: "reduce"});

const sizeOf = (width: number) => ({width, height: heights[width] ?? 900});

/** Waits for what the screen says is there, else for the stage that its link points at. */
async function arrive(page: Page, {link, there}: Screen): Promise<void> {
  if (there !== undefined) {
    await page.locator(there).first().waitFor({state: "attached", timeout: TIMEOUT});
    return;
  }
  const at = Number(/[?&]at=(\d+)/.exec(link)?.[1]);
  const cursor = page.locator(
    `.timeline[aria-valuenow="${at + 1}"], [role=slider][aria-valuenow="${at + 1}"]`
  );
  await cursor.first().waitFor({timeout: TIMEOUT});
  await page.locator(".move.go:not(.busy), .move.go:has-text('The end')").waitFor({timeout: TIMEOUT});
}

/** Waits until neither the words on the page nor its height have changed for half a second; not for ever. */
async function quiet(page: Page): Promise<void> {
  let before: unknown;
  for (let tries = 0, same = 0; tries < 100 && same < 5; ++tries) {
    const now = await page.evaluate("document.documentElement.scrollHeight + document.body.innerText");
    same = now === before ? same + 1 : 0;
    before = now;
    await page.waitForTimeout(100);
  }
}

/** Waits for numbers that panels have asked for; then makes the window as high as the page, unless it is to be cut. */
async function settle(page: Page, fold: boolean): Promise<void> {
  await page.evaluate("scrollTo(0, 0)");
  await page.locator("p.waiting:not(.refused)").first().waitFor({state: "detached", timeout: TIMEOUT});
  await drawn(page);
  if (fold) return;
  const {width} = page.viewportSize()!;
  for (let before = 0, tries = 0; tries < 4; ++tries) {
    const height = Math.min(Number(await page.evaluate("document.documentElement.scrollHeight")), 12_000);
    if (height === before) return;
    await page.setViewportSize({width, height: (before = height)});
    await drawn(page); // a higher window may ask for more
  }
}

/** Lets the page draw itself anew. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
  );
  await page.waitForTimeout(60);
}
