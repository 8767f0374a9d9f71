import {resolve} from "node:path";
import {defineConfig} from "vitest/config";

const MINUTE = 60_000;

/**
 * On all processor cores. Three projects: `unit` needs Node alone; `e2e` drives a real Chromium over the built app, one
 * file at a time; `fuzz` is what `unit` holds against a thousand inputs, against many more.
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
      {
        test: {
          name: "e2e",
          include: ["test/e2e/*.e2e.ts"],
          fileParallelism: false,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
          expect: {poll: {timeout: MINUTE / 6}}
        }
      }
    ]
  }
});
