import {spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {parseArgs} from "node:util";
import {checkNode, root} from "./setup.js";

const HELP = `Makes everything again that follows from the decoder's weights, and runs every claim about them.

  npm run model -- [--weights FOLDER] [--corpus FOLDER] [--python PROGRAM] [--untested]

  --weights FOLDER   decoder.* and draft.* (safetensors, config.json), tokenizer.json (training/work)
  --corpus FOLDER    the texts: held-out ones where the weights' folder has no token files, data and attributions
                     of the card; without it the card keeps those it has
  --python PROGRAM   with torch and onnx (the variable PYTHON, python3, /usr/bin/python3)
  --untested         without the tests at the end

It writes public/model, public/model/draft, test/reference and public/recorded. The README's two pictures show a run of
the decoder too: npm run screenshots -- --readme.`;

const options = {
  weights: {type: "string"},
  corpus: {type: "string"},
  python: {type: "string"},
  untested: {type: "boolean"},
  help: {type: "boolean"}
} as const;

/** Relative to where the reader is: npm runs scripts in the repository's folder. */
const at = (path: string) => resolve(process.env["INIT_CWD"] ?? "", path);

/** Runs a program in the repository's folder. @throws Error saying which one failed */
function run(title: string, program: string, ...args: readonly string[]): void {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 70 - title.length))}`);
  const {status, error} = spawnSync(program, args, {cwd: root, stdio: "inherit"});
  if (error) throw error;
  if (status !== 0) throw new Error(`${title}: ${program} ended with ${status}; what it said stands above`);
}

/** The first Python that has what the recipe needs. */
function findPython(asked: string | undefined): string {
  const wanted = asked ?? process.env["PYTHON"];
  const candidates = wanted === undefined ? ["python3", "/usr/bin/python3"] : [wanted];
  const found = candidates.find(
    (program) => spawnSync(program, ["-c", "import torch, onnx"], {stdio: "ignore"}).status === 0
  );
  if (found !== undefined) return found;
  throw new Error(
    `${candidates.join(" and ")} cannot import torch and onnx; training/README.md says what to install, --python names another`
  );
}

function main(): void {
  const {values} = parseArgs({options});
  if (values.help) return console.log(HELP);
  checkNode();
  const weights = values.weights === undefined ? join(root, "training/work") : at(values.weights);
  if (!existsSync(weights)) throw new Error(`there is no folder ${weights}; --weights names another`);
  const python = findPython(values.python);
  const corpus = values.corpus === undefined ? [] : ["--corpus", at(values.corpus)];
  run("Graphs, references, card", python, "training/publish.py", "--weights", weights, ...corpus);
  run("The recorded trace", process.execPath, "--import", "tsx", "scripts/record.ts");
  if (!values.untested) run("Every claim", process.execPath, "scripts/test.js", "unit");
}

try {
  main();
} catch (error) {
  console.error(`model: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
