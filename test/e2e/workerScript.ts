import type {Page} from "playwright-core";

/** Runs a line of JavaScript in the engine's worker before its program: a browser that has more, or less. */
export async function prependToWorker(page: Page, line: string): Promise<void> {
  await page.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, body: `${line}\n${await response.text()}`});
  });
}
