import {createHash} from "node:crypto";
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {dist, root} from "./setup.js";

/** What the engine keeps by itself, or what nobody needs without a network. */
const LEFT_OUT = /^model\/|\.wasm$|\.map$|\.br$|\.gz$|^sw\.js$|^\./;

/**
 * Writes sw.js into a built app: the service worker that keeps the page, with the list of what the page consists of.
 *
 * @param folder the built app
 */
export function writePageFiles(folder) {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
  const worker = readFileSync(join(root, "app/serviceWorker.js"), "utf8");
  const hash = createHash("sha256").update(worker);
  for (const path of files) hash.update(path).update(readFileSync(join(folder, path)));
  const names = files.map((path) => (path === "index.html" ? "./" : path));
  const lines = [
    `const VERSION = ${JSON.stringify(hash.digest("hex").slice(0, 16))};`,
    `const FILES = ${JSON.stringify(names)};`
  ];
  writeFileSync(join(folder, "sw.js"), `${lines.join("\n")}\n${worker}`);
}

/** Does so after each build. */
export const pageFiles = () => ({
  name: "page-files",
  apply: "build",
  writeBundle({dir = dist}) {
    writePageFiles(dir);
  }
});
