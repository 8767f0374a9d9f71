import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {checkNode, install, root} from "./setup.js";

const HELP = `Holds every property of test/fuzz against generated inputs, 100 times as many as npm test.

  npm run fuzz -- [--runs NUMBER] [--seed NUMBER] [WORD ...]

  --runs NUMBER   inputs of each property (100000)
  --seed NUMBER   the same inputs again; a failure prints its seed
  WORD            only files whose name has it: tokenizer, warpers, stopStrings, links, modelFiles`;

/** @returns {number} the exit status */
function fuzz() {
  const options = {runs: {type: "string"}, seed: {type: "string"}, help: {type: "boolean"}};
  const {values, positionals} = parseArgs({options, allowPositionals: true});
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const runs = values.runs ?? "100000";
  for (const [name, text] of [["runs", runs], ...(values.seed === undefined ? [] : [["seed", values.seed]])])
    if (!/^-?\d{1,10}$/.test(text))
      throw new Error(`--${name} must be a whole number, got ${JSON.stringify(text)}`);
  if (!install(console.error)) return 1;
  const env = {...process.env, CI: "true", FUZZ_RUNS: runs, ...(values.seed && {FUZZ_SEED: values.seed})};
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "fuzz", ...positionals];
  return spawnSync(process.execPath, args, {cwd: root, env, stdio: "inherit"}).status ?? 1;
}

checkNode();
try {
  process.exitCode = fuzz();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
