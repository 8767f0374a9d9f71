import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {CHROMIUM_HINT, provideChromium} from "./chromium.js";
import {build, checkNode, install, root} from "./setup.js";

const tests = {passed: 0, failed: 0, skipped: 0};

/** In the order in which they run. One that fails does not keep the next from running. */
const PARTS = {
  types: () => [".", "engine"].map((project) => tool("typescript/bin/tsc", "-p", project)).every(Boolean),
  lint: () => tool("eslint/bin/eslint.js", "."),
  format: () => tool("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."),
  unit: () => vitest("unit"),
  build: () => build(say),
  e2e: browserTests
};
const TITLES = {
  types: "Types (TypeScript)",
  lint: "Rules (ESLint)",
  format: "Format (Prettier)",
  unit: "Engine, panels, lessons, scripts (Vitest)",
  build: "The app (Vite)",
  e2e: "The app in Chromium (Vitest, Playwright)"
};

const HELP = `Runs every check and test, or the parts named.

  npm test
  npm test -- ${Object.keys(PARTS).join("|")} ...`;

function say(line) {
  console.log(line);
}

/** Runs a package's program on the repository; true where it ends well. */
function tool(program, ...args) {
  const file = join(root, "node_modules", program);
  const env = {...process.env, CI: "true"}; // a snapshot that is missing fails; it is not written on the way
  return spawnSync(process.execPath, [file, ...args], {cwd: root, env, stdio: "inherit"}).status === 0;
}

/** Runs vitest.config.ts's projects that are named so, or begin so, and adds up what they counted. */
function vitest(project) {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ok = tool("vitest/vitest.mjs", "run", "--project", `${project}*`, ...reporters);
  const counted = read(report);
  tests.passed += counted.numPassedTests;
  tests.skipped += counted.numPendingTests + counted.numTodoTests;
  tests.failed += ok ? 0 : Math.max(1, counted.numFailedTests); // a file that does not load has no tests to count
  return ok;
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return {numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0};
  }
}

function browserTests() {
  const chromium = provideChromium(say);
  if (chromium) process.env.CHROMIUM = chromium;
  else say(CHROMIUM_HINT);
  if (chromium && build(say)) return vitest("e2e");
  ++tests.failed;
  return false;
}

/** @returns {string[]} the parts to run, in their order */
function readParts() {
  const asked = process.argv.slice(2);
  if (asked.includes("--help")) {
    say(HELP);
    process.exit(0);
  }
  const unknown = asked.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    console.error(`there is no part ${JSON.stringify(unknown)}; there are ${Object.keys(PARTS).join(", ")}`);
    process.exit(2);
  }
  return Object.keys(PARTS).filter((name) => asked.length === 0 || asked.includes(name));
}

function run(name) {
  say(`\n── ${TITLES[name]} ${"─".repeat(Math.max(0, 70 - TITLES[name].length))}`);
  const started = performance.now();
  const before = tests.failed;
  const ok = Boolean(PARTS[name]());
  if (!ok && tests.failed === before) ++tests.failed; // a check counts as one test where it fails
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return {name, ok, line: `${ok ? "ok    " : "FAILED"} ${TITLES[name]}, ${seconds} s`};
}

checkNode();
const parts = readParts();
if (!install(say)) process.exit(1);
const reports = mkdtempSync(join(tmpdir(), "one-token-"));
const results = parts.map(run);
rmSync(reports, {recursive: true, force: true});

say(`\n── Summary ${"─".repeat(63)}`);
for (const {line} of results) say(line);
const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : "";
say(`\n${tests.passed} passed, ${tests.failed} failed${skipped}`);
process.exitCode = results.every(({ok}) => ok) ? 0 : 1;
