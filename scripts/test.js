import {spawn, spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {CHROMIUM_HINT, provideChromium} from "./chromium.js";
import {build, checkNode, install, root} from "./setup.js";

const tests = {passed: 0, failed: 0, skipped: 0};

/**
 * In the order in which they are told of. The checks, which read and run nothing, run side by side; the others after
 * them, one by one. One that fails does not keep the next from running.
 */
const CHECKS = {
  types: () => [
    check("typescript/bin/tsc", "--pretty", "-p", "."),
    check("typescript/bin/tsc", "--pretty", "-p", "engine")
  ],
  lint: () => [check("eslint/bin/eslint.js", "--color", ".")],
  format: () => [check("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", ".")]
};
const PARTS = {
  unit: () => vitest("unit"),
  build: () => build(say),
  e2e: browserTests
};
const NAMES = [...Object.keys(CHECKS), ...Object.keys(PARTS)];
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
  npm test -- ${NAMES.join("|")} ...`;

function say(line) {
  console.log(line);
}

/** How a package's program is started on the repository. */
const started = (program, args) => [process.execPath, [join(root, "node_modules", program), ...args]];

/** Starts a package's program, and resolves when it has ended: whether well, and what it printed. */
function check(program, ...args) {
  const child = spawn(...started(program, args), {cwd: root, stdio: ["ignore", "pipe", "pipe"]});
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
  return new Promise((done) => {
    child.on("error", ({message}) => done({ok: false, printed: `${message}\n`}));
    child.on("close", (status) => done({ok: status === 0, printed: Buffer.concat(printed)}));
  });
}

/** Runs one of vitest.config.ts's projects and adds up what it counted. */
function vitest(project) {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const env = {...process.env, CI: "true"}; // a snapshot that is missing fails; it is not written on the way
  const args = ["run", "--project", project, ...reporters];
  const ok =
    spawnSync(...started("vitest/vitest.mjs", args), {cwd: root, env, stdio: "inherit"}).status === 0;
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
  const unknown = asked.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    console.error(`there is no part ${JSON.stringify(unknown)}; there are ${NAMES.join(", ")}`);
    process.exit(2);
  }
  return NAMES.filter((name) => asked.length === 0 || asked.includes(name));
}

const secondsSince = (started) => ((performance.now() - started) / 1000).toFixed(1);

/** Runs a check; what it printed is kept, since others run beside it. */
async function runCheck(name) {
  const started = performance.now();
  const ended = await Promise.all(CHECKS[name]());
  return {
    ok: ended.every(({ok}) => ok),
    printed: ended.map(({printed}) => printed),
    seconds: secondsSince(started)
  };
}

function runPart(name) {
  const started = performance.now();
  const before = tests.failed;
  const ok = Boolean(PARTS[name]());
  if (!ok && tests.failed === before) ++tests.failed;
  return {ok, printed: [], seconds: secondsSince(started)};
}

checkNode();
const parts = readParts();
if (!install(say)) process.exit(1);
const reports = mkdtempSync(join(tmpdir(), "one-token-"));
const checks = new Map(parts.filter((name) => CHECKS[name]).map((name) => [name, runCheck(name)]));
const lines = [];
for (const name of parts) {
  say(`\n── ${TITLES[name]} ${"─".repeat(Math.max(0, 70 - TITLES[name].length))}`);
  const {ok, printed, seconds} = await (checks.get(name) ?? runPart(name));
  for (const text of printed) process.stdout.write(text);
  if (!ok && checks.has(name)) ++tests.failed; // a check counts as one test where it fails
  lines.push(`${ok ? "ok    " : "FAILED"} ${TITLES[name]}, ${seconds} s`);
}
rmSync(reports, {recursive: true, force: true});

say(`\n── Summary ${"─".repeat(63)}`);
for (const line of lines) say(line);
const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : "";
say(`\n${tests.passed} passed, ${tests.failed} failed${skipped}`);
process.exitCode = tests.failed === 0 ? 0 : 1;
