import {rm} from "node:fs/promises";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {build} from "vite";
import {root} from "../setup.js";
import type * as Node from "./node.ts";

/**
 * `benchNode`, built as the app is. What tsx makes of the sources gives each closure its name when it is made, which
 * costs the engine three percent a token, and is in no reader's browser.
 */
export async function bundledBenchNode(): Promise<typeof Node.benchNode> {
  const folder = join(root, "node_modules/.cache/bench"); // below the packages that it imports
  await rm(folder, {recursive: true, force: true});
  await build({
    configFile: false,
    logLevel: "warn",
    root,
    publicDir: false,
    build: {ssr: join(root, "scripts/bench/node.ts"), outDir: folder, target: "es2022"}
  });
  const built = (await import(pathToFileURL(join(folder, "node.js")).href)) as typeof Node;
  return built.benchNode;
}
