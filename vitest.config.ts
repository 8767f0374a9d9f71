import {resolve} from "node:path";
import {defineConfig} from "vitest/config";

const MINUTE = 60_000;

/** A real Chromium over the built app. */
const inBrowser = {
  testTimeout: 2 * MINUTE,
  hookTimeout: 2 * MINUTE,
  expect: {poll: {timeout: MINUTE / 6}}
};
/** What measures how long a frame takes has the machine to itself. */
const TIMED = "test/e2e/scrub.e2e.ts";

/**
 * On all processor cores. Projects: `unit` needs Node alone; `e2e` and then `e2e-timed` drive a browser; `fuzz` is what
 * `unit` holds against a thousand inputs, against many more.
 */
export default defineConfig({
  test: {
    maxWorkers: "100%",
    projects: [
      {
        resolve: {alias: {gallery: resolve(import.meta.dirname, "test/gallery/snapshot.ts")}},
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}", "test/gallery/*.examples.tsx"],
          exclude: ["test/e2e/**"],
          isolate: false, // React, d3 and the engine are read once a worker, not once a file: half the time
          unstubGlobals: true,
          testTimeout: MINUTE / 2,
          hookTimeout: MINUTE,
          expect: {poll: {timeout: MINUTE / 6}}
        }
      },
      {
        test: {
          name: "fuzz",
          include: ["test/fuzz/*.test.ts"],
          testTimeout: 60 * MINUTE
        }
      },
      {test: {...inBrowser, name: "e2e", include: ["test/e2e/*.e2e.ts"], exclude: [TIMED]}},
      {
        test: {
          ...inBrowser,
          name: "e2e-timed",
          include: [TIMED],
          fileParallelism: false,
          sequence: {groupOrder: 1}
        }
      }
    ]
  }
});
