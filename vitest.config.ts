import {availableParallelism} from "node:os";
import {resolve} from "node:path";
import {defineConfig} from "vitest/config";

const MINUTE = 60_000;

const inChromium = {
  testTimeout: 2 * MINUTE,
  hookTimeout: 2 * MINUTE,
  expect: {poll: {timeout: MINUTE / 6}}
};

/** What measures milliseconds or memory, or computes on a graphics device in software: each file has the machine alone. */
const ALONE = ["scrub", "leaks", "webgpu"].map((name) => `test/e2e/${name}.e2e.ts`);

/**
 * Four projects: `unit` needs Node alone; `e2e` and `e2e-alone` drive a real Chromium over the built app, two files at a
 * time and one; `fuzz` is what `unit` holds against a thousand inputs, against many more.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: {alias: {gallery: resolve(import.meta.dirname, "test/gallery/snapshot.ts")}},
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}", "test/gallery/*.examples.tsx"],
          exclude: ["test/e2e/**"],
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
      {
        test: {
          name: "e2e",
          include: ["test/e2e/*.e2e.ts"],
          exclude: ALONE,
          maxWorkers: Math.min(2, availableParallelism()),
          ...inChromium
        }
      },
      {
        test: {
          name: "e2e-alone",
          include: ALONE,
          fileParallelism: false,
          sequence: {groupOrder: 1},
          ...inChromium
        }
      }
    ]
  }
});
