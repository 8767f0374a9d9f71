import {spawnSync} from "node:child_process";
import {accessSync, constants} from "node:fs";
import {delimiter, join} from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
/** Where an installer puts it without telling PATH. */
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"
];

/** What to do where there is no Chromium and it cannot be installed. */
export const CHROMIUM_HINT =
  "The browser tests need Chromium or Chrome. Install one (Debian: apt-get install chromium), or set CHROMIUM to its path.";

/**
 * The Chromium to test with: the variable CHROMIUM, else what is on PATH, else the usual places.
 *
 * @returns its path, or null
 */
export function findChromium() {
  if (process.env.CHROMIUM) return isExecutable(process.env.CHROMIUM) ? process.env.CHROMIUM : null;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...PLACES].find(isExecutable) ?? null;
}

/**
 * Finds Chromium, or installs it where that takes no question: as root, through apt-get.
 *
 * @param say told what happens
 * @returns its path, or null
 */
export function provideChromium(say) {
  const found = findChromium();
  if (found || process.env.CHROMIUM || process.getuid?.() !== 0) return found;
  if (!apt("--version", "ignore")) return null;
  say("Installing Chromium with apt-get (once; this can take some minutes) ...");
  apt("update", "inherit");
  apt("install", "inherit", "--yes", "--no-install-recommends", "chromium");
  return findChromium();
}

function apt(command, stdio, ...rest) {
  const env = {...process.env, DEBIAN_FRONTEND: "noninteractive"};
  return spawnSync("apt-get", ["-qq", command, ...rest], {stdio, env}).status === 0;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
