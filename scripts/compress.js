import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {extname, join} from "node:path";
import {promisify} from "node:util";
import {brotliCompress, constants, gzip} from "node:zlib";
import {ENCODINGS} from "./negotiate.js";
import {dist, isMain, root} from "./setup.js";

/** Compressed before by content, so that a build repeats only what changed. */
const CACHE = join(root, "node_modules/.cache/precompressed");

/** What gets smaller; pictures and fonts are compressed already. */
const KINDS = [
  ".css",
  ".html",
  ".js",
  ".json",
  ".map",
  ".md",
  ".mjs",
  ".onnx",
  ".onnx_data",
  ".svg",
  ".txt",
  ".wasm"
];
const LARGE = 1 << 20;
/** A compressed file is kept where it saves at least this share. */
const WORTH_IT = 0.03;

/** Above a megabyte the last levels cost minutes and gain a few percent. */
const METHODS = {
  br: (data) =>
    promisify(brotliCompress)(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: data.length > LARGE ? 9 : 11,
        [constants.BROTLI_PARAM_LGWIN]: 24, // the largest window that every browser reads
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length
      }
    }),
  gzip: (data) => promisify(gzip)(data, {level: data.length > LARGE ? 7 : 9})
};
/** Part of the cache's names: to be raised when `METHODS` changes. */
const VERSION = 1;

/**
 * Puts FILE.br and FILE.gz beside every file of a folder that becomes smaller by it. Node's thread pool works on
 * several at once.
 */
export async function compressFolder(folder, cache = CACHE) {
  mkdirSync(cache, {recursive: true});
  const jobs = filesIn(folder).flatMap((file) => Object.keys(ENCODINGS).map((name) => ({file, name})));
  const used = await Promise.all(jobs.map((job) => compressFile(job, cache)));
  for (const name of readdirSync(cache)) if (!used.includes(name)) rmSync(join(cache, name));
}

/** @returns the name in the cache */
async function compressFile({file, name}, cache) {
  const data = readFileSync(file);
  const key = `${VERSION}-${createHash("sha256").update(data).digest("hex")}${ENCODINGS[name]}`;
  const kept = join(cache, key);
  const small = existsSync(kept) ? readFileSync(kept) : await METHODS[name](data);
  if (!existsSync(kept)) writeFileSync(kept, small);
  if (small.length <= data.length * (1 - WORTH_IT)) writeFileSync(file + ENCODINGS[name], small);
  return key;
}

function filesIn(folder) {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && isCompressible(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const isCompressible = (name) => !name.startsWith(".") && KINDS.includes(extname(name));

if (isMain(import.meta.url)) await compressFolder(dist);
