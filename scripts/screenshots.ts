import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {chromium, type Browser} from "playwright-core";
import {CHROMIUM_HINT, provideChromium} from "./chromium.js";
import {heights, themes, visit, type Theme, type Wanted} from "./screenshots/take.ts";
import {screens} from "./screenshots/screens.ts";
import {listen, staticServer} from "./server.js";
import {build, dist, root} from "./setup.js";

const HELP = `Photographs every screen of the built app, at every width and in both themes, into screenshots/.

  npm run screenshots [-- --only NAME] [--width N] [--theme light|dark] [--fold] [--readme]

  --only NAME     this screen (and those whose name begins so, with NAME*); may be given again
  --width N       ${Object.keys(heights).reverse().join(", ")}; may be given again
  --theme NAME    light or dark
  --fold          what the window shows, not the whole page
  --readme        the README's two pictures, into docs/ (needs ImageMagick's convert)
  --built FOLDER  a folder that the app has been built into, in place of building it

The screens: ${screens.map(({name}) => name).join(", ")}`;

const options = {
  only: {type: "string", multiple: true},
  width: {type: "string", multiple: true},
  theme: {type: "string", multiple: true},
  fold: {type: "boolean"},
  readme: {type: "boolean"},
  built: {type: "string"},
  help: {type: "boolean"}
} as const;

/** What the command line asks for. @throws Error naming what there is not */
function wantedOf(values: {only?: string[]; width?: string[]; theme?: string[]; fold?: boolean}): Wanted {
  const names = values.only ?? ["*"];
  for (const name of names)
    if (!screens.some((screen) => matches(screen.name, name))) throw unknown("screen", name);
  const widths = (values.width ?? Object.keys(heights).reverse()).map(Number);
  for (const width of widths) if (!heights[width]) throw unknown("width", String(width));
  return {
    screens: screens.filter(({name}) => names.some((wish) => matches(name, wish))),
    widths,
    themes: (values.theme ?? themes).map(themeOf),
    fold: values.fold ?? false
  };
}

const matches = (name: string, wish: string): boolean =>
  wish.endsWith("*") ? name.startsWith(wish.slice(0, -1)) : name === wish;

const unknown = (what: string, got: string) =>
  new Error(`there is no ${what} ${JSON.stringify(got)}; see --help`);

function themeOf(text: string): Theme {
  const found = themes.find((theme) => theme === text);
  if (!found) throw unknown("theme", text);
  return found;
}

/** Runs `task` with a headless Chromium and the address of the app, and closes both. */
async function withApp(
  folder: string,
  task: (browser: Browser, url: string) => Promise<void>
): Promise<void> {
  const executablePath = provideChromium((line) => console.log(line));
  if (executablePath === null) throw new Error(CHROMIUM_HINT);
  const server = staticServer(folder);
  const port = await listen(server, 0);
  const browser = await chromium.launch({executablePath, args: ["--no-sandbox"]});
  try {
    await task(browser, `http://127.0.0.1:${port}/`);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

async function main(): Promise<void> {
  const {values} = parseArgs({options});
  if (values.help) return console.log(HELP);
  const wanted = wantedOf(values);
  if (values.built === undefined && !build((line) => console.log(line)))
    throw new Error("there is no app to photograph");
  await withApp(values.built ?? dist, async (browser, url) => {
    if (values.readme) {
      const {readmePictures} = await import("./screenshots/readme.ts");
      return readmePictures(browser, url, join(root, "docs"));
    }
    const folder = join(root, "screenshots");
    mkdirSync(folder, {recursive: true});
    await visit(browser, url, wanted, async (page, {screen, width, theme}) => {
      const file = join(folder, `${screen.name}-${width}-${theme}.png`);
      await page.screenshot({path: file});
      console.log(file);
    });
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
