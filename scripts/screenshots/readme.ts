import {spawnSync} from "node:child_process";
import {copyFileSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {MOVING, screens, STILL, type Screen} from "./screens.ts";
import {visit} from "./take.ts";

const WIDTH = 1440;
/** Each picture of the moving one stays for so many hundredths of a second. */
const STAY = 220;

/** Writes `lab.png` and `lab.gif` into a folder: the lab at one stage, and at one after another. */
export async function readmePictures(browser: Browser, url: string, folder: string): Promise<void> {
  mkdirSync(folder, {recursive: true});
  const work = mkdtempSync(join(tmpdir(), "one-token-"));
  const wanted = [STILL, ...MOVING].map(named);
  const file = (name: string) => join(work, `${name}.png`);
  await visit(
    browser,
    url,
    {screens: wanted, widths: [WIDTH], themes: ["light"], fold: true},
    async (page, {screen}) => {
      await page.screenshot({path: file(screen.name)});
    }
  );
  const small = ["-resize", "1200x", "-dither", "None", "-colors", "64"];
  convert(file(STILL), ...small, "-define", "png:compression-level=9", join(work, "still.png"));
  const frames = MOVING.map(file);
  convert(
    "-delay",
    String(STAY),
    "-loop",
    "0",
    ...frames,
    "-resize",
    "1000x",
    "+dither",
    "-colors",
    "48",
    "-layers",
    "OptimizeTransparency",
    join(work, "moving.gif")
  );
  copyFileSync(join(work, "still.png"), join(folder, "lab.png"));
  copyFileSync(join(work, "moving.gif"), join(folder, "lab.gif"));
  rmSync(work, {recursive: true, force: true});
}

function named(name: string): Screen {
  const screen = screens.find((screen) => screen.name === name);
  if (!screen) throw new Error(`there is no screen ${name}`);
  return screen;
}

/** ImageMagick. @throws Error where it is missing or refuses */
function convert(...args: readonly string[]): void {
  const {status, error, stderr} = spawnSync("convert", args, {encoding: "utf8"});
  if (error) throw new Error(`ImageMagick's convert does not start: ${error.message}`);
  if (status !== 0) throw new Error(`convert: ${stderr}`);
}
