import {parseArgs} from "node:util";
import {accountOf} from "./bench/account.ts";
import {benchNode} from "./bench/inNode.ts";
import {print, type Quantity} from "./bench/quantity.ts";

const HELP = `Times the engine against a bare loop over the same session, token by token by turns. What is held against
a limit are ratios of one run on one machine, and milliseconds that any machine should stay below.

  npm run bench [-- --browser] [--check] [--runs NUMBER]

  --browser      also in Chromium: the same on both backends, then the app: scrubbing, sliders, the first token
  --check        exit status 1 where a limit is broken
  --runs NUMBER  how often a text of the whole context is written by both (6)`;

const TOKENS = 500;

async function main(): Promise<number> {
  const options = {
    browser: {type: "boolean"},
    check: {type: "boolean"},
    runs: {type: "string"},
    help: {type: "boolean"}
  } as const;
  const {values} = parseArgs({options});
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const runs = Number(values.runs ?? "6");
  if (!Number.isInteger(runs) || runs < 1 || runs > 100)
    throw new Error(`--runs must be a whole number from 1 to 100, got ${values.runs}`);
  const all: Quantity[] = [];
  const say = (title: string, quantities: readonly Quantity[]) => {
    console.log(title);
    for (const quantity of quantities) console.log(print(quantity));
    all.push(...quantities);
  };

  const taps = {length: 256, times: 40};
  const inNode = await benchNode({tokens: TOKENS, warmUps: runs, runs, taps});
  say(
    `Node ${process.version}, WebAssembly (${inNode.device}); ${runs} runs of ${TOKENS} tokens`,
    accountOf(inNode)
  );
  if (values.browser) {
    const {benchBrowser} = await import("./bench/browser.ts");
    await benchBrowser(say);
  }
  const over = all.filter(({limit}) => limit && !limit.ok).length;
  console.log(over === 0 ? "every limit is kept" : `${over} of the limits broken`);
  return values.check && over > 0 ? 1 : 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
);
