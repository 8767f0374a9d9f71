import {spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

// Plain JavaScript on Node's own modules: it runs before anything is installed.

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The built app. */
export const dist = join(root, "dist");

/** Everything that the built app depends on. */
const SOURCES = [
  "app",
  "engine",
  "lessons",
  "public",
  "index.html",
  "vite.config.ts",
  "package-lock.json",
  "scripts/compress.js",
  "scripts/pageFiles.js"
];
const STAMP = join(dist, ".built-from");

/** Ends with a sentence on an older Node than the packages need. */
export function checkNode() {
  if (Number(process.versions.node.split(".")[0]) >= 20) return;
  console.error(`This needs Node.js 20 or newer; here is ${process.version}. Get it from nodejs.org.`);
  process.exit(1);
}

/**
 * Installs what package-lock.json lists, unless it is there already.
 *
 * @param say told what happens, where something does
 * @returns whether everything is in place
 */
export function install(say) {
  if (!isPackageMissing()) return true;
  say("Installing packages (once; this can take a minute) ...");
  // npm's own words go to stderr, so that a caller's stdout holds nothing but what was asked for
  const ok = npm(["ci", "--include=dev", "--no-progress", "--loglevel=error"]);
  if (!ok) say("npm could not install the packages; what it said stands above.");
  return ok;
}

/** Whether a package of the lock file is not in node_modules in that version. Optional ones do not count. */
function isPackageMissing() {
  const wanted = readPackages("package-lock.json") ?? {};
  const present = readPackages("node_modules/.package-lock.json");
  if (!present) return true;
  return Object.entries(wanted).some(
    ([path, {version, optional, devOptional}]) =>
      path !== "" && !optional && !devOptional && present[path]?.version !== version
  );
}

function readPackages(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : null;
}

function npm(args) {
  const started = process.env.npm_execpath; // npm's own file, where npm started us
  const [command, before] = started?.endsWith(".js") ? [process.execPath, [started]] : ["npm", []];
  const shell = command === "npm" && process.platform === "win32";
  const {status, error} = spawnSync(command, [...before, ...args], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell
  });
  if (error) console.error(`npm does not start: ${error.message}`);
  return status === 0;
}

/**
 * Builds the app into `dist`, with compressed files beside the others, unless nothing has changed since the last time.
 *
 * @returns whether `dist` is the app as it is now
 */
export function build(say) {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources) return true;
  say("Building the app ...");
  const ok =
    node("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn") && node("scripts/compress.js");
  if (!ok) {
    say("The app could not be built; what went wrong stands above.");
    return false;
  }
  writeFileSync(STAMP, sources);
  return true;
}

/** Runs a program of the repository; true where it ends well. */
function node(program, ...args) {
  const options = {cwd: root, stdio: ["ignore", 2, 2]};
  return spawnSync(process.execPath, [join(root, program), ...args], options).status === 0;
}

/** Changes whenever a source does, comes or goes. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap(filesUnder).sort()) {
    const {size, mtimeMs} = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function filesUnder(path) {
  if (!existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesUnder(`${path}/${name}`));
}

/** Whether a module is the one that Node was started with. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

if (isMain(import.meta.url)) {
  checkNode();
  if (!install((line) => console.error(line))) process.exit(1);
}
