import {execFile} from "node:child_process";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";
import {build} from "vite";
import {root} from "../setup.js";
import type {Measurements, Plan} from "./measure.ts";

const MOST_TOLD = 64 << 20;

/**
 * The engine against the bare loop in Node, built as the app is. What tsx makes of the sources gives each closure its
 * name when it is made, which costs the engine one or two percent a token, and is in no reader's browser.
 */
export async function benchNode(plan: Omit<Plan, "backend">): Promise<Measurements> {
  const folder = join(root, "node_modules/.cache/bench"); // below the packages that it imports
  await rm(folder, {recursive: true, force: true});
  await build({
    configFile: false,
    logLevel: "warn",
    root,
    publicDir: false,
    build: {ssr: join(root, "scripts/bench/node.ts"), outDir: folder, target: "es2022"}
  });
  const told = await promisify(execFile)(
    process.execPath,
    [join(folder, "node.js"), join(root, "public/model"), JSON.stringify(plan)],
    {maxBuffer: MOST_TOLD}
  );
  return JSON.parse(told.stdout) as Measurements;
}
