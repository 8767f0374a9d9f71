import {benchNode} from "./bench/node.ts";

const HELP = `Times the engine against a bare loop over the same session, and prints ratios.

  npm run bench [-- --browser] [--tokens NUMBER]

  --browser        also in Chromium over the built app: both backends, scrubbing, drawing
  --tokens NUMBER  tokens of each loop (200)`;

/** Prints what it measured; the numbers are ratios of one run on one machine, never promises. */
async function main(): Promise<number> {
  const {parseArgs} = await import("node:util");
  const options = {browser: {type: "boolean"}, tokens: {type: "string"}, help: {type: "boolean"}} as const;
  const {values} = parseArgs({options});
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const tokens = Number(values.tokens ?? "200");
  if (!Number.isInteger(tokens) || tokens < 20 || tokens > 480)
    throw new Error(`--tokens must be a whole number from 20 to 480, got ${values.tokens}`);
  await benchNode(tokens, (line) => console.log(line));
  if (values.browser) {
    const {benchBrowser} = await import("./bench/browser.ts");
    await benchBrowser((line) => console.log(line));
  }
  return 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
);
