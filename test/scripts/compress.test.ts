import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {brotliDecompressSync, gunzipSync} from "node:zlib";
import {afterEach, beforeEach, expect, it} from "vitest";
import {compressFolder} from "../../scripts/compress.js";

let folder: string;
let cache: string;
const script = "export const one = 1;\n".repeat(100);

beforeEach(() => {
  const made = mkdtempSync(join(tmpdir(), "one-token-compress-"));
  [folder, cache] = [join(made, "site"), join(made, "cache")];
  mkdirSync(join(folder, "assets"), {recursive: true});
  writeFileSync(join(folder, "assets/app.js"), script);
});
afterEach(() => rmSync(join(folder, ".."), {recursive: true}));

const namesIn = (path: string) => readdirSync(path).sort();

it("puts both encodings beside a file, and each gives the file back", async () => {
  await compressFolder(folder, cache);
  expect(namesIn(join(folder, "assets"))).toEqual(["app.js", "app.js.br", "app.js.gz"]);
  expect(brotliDecompressSync(readFileSync(join(folder, "assets/app.js.br"))).toString()).toBe(script);
  expect(gunzipSync(readFileSync(join(folder, "assets/app.js.gz"))).toString()).toBe(script);
});

it("leaves alone what would not get smaller, pictures, and what is not served", async () => {
  writeFileSync(join(folder, "tiny.json"), "{}");
  writeFileSync(join(folder, "picture.png"), script);
  writeFileSync(join(folder, ".built-from"), script);
  await compressFolder(folder, cache);
  expect(namesIn(folder)).toEqual([".built-from", "assets", "picture.png", "tiny.json"]);
});

it("takes what it compressed before from the cache, by content, and forgets the rest", async () => {
  await compressFolder(folder, cache);
  for (const name of namesIn(cache)) writeFileSync(join(cache, name), "kept");
  await compressFolder(folder, cache);
  expect(readFileSync(join(folder, "assets/app.js.br"), "utf8")).toBe("kept");
  writeFileSync(join(folder, "assets/app.js"), `${script}// changed\n`);
  await compressFolder(folder, cache);
  expect(brotliDecompressSync(readFileSync(join(folder, "assets/app.js.br"))).toString()).toMatch(/changed/);
  expect(namesIn(cache)).toHaveLength(2);
});
