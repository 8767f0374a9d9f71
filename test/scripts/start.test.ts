import {spawnSync} from "node:child_process";
import {dirname, join, resolve} from "node:path";
import {afterEach, expect, it, vi} from "vitest";
import {findChromium, provideChromium} from "../../scripts/chromium.js";

const root = resolve(dirname(import.meta.filename), "../..");

function node(script: string, ...args: readonly string[]) {
  const env = {...process.env, PORT: ""};
  const options = {cwd: root, env, encoding: "utf8"} as const;
  const {status, stdout, stderr} = spawnSync(process.execPath, [join("scripts", script), ...args], options);
  return {status, stdout, stderr};
}

afterEach(() => vi.unstubAllEnvs());

it.each([
  ["start.js", ["--port", "70000"], '--port must be a whole number from 0 to 65535, got "70000"'],
  ["start.js", ["--port=http"], '--port must be a whole number from 0 to 65535, got "http"'],
  ["start.js", ["--prot", "80"], "Unknown option '--prot'"],
  ["test.js", ["units"], 'there is no part "units"; there are types, lint, format, unit, build, e2e']
])("%s refuses %j in one line", (script, args, message) => {
  expect(node(script, ...args)).toEqual({status: 2, stdout: "", stderr: `${message}\n`});
});

it.each(["start.js", "test.js"])("%s says what it can do", (script) => {
  const {status, stdout} = node(script, "--help");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}npm (start|test) -- /m);
});

it("takes the Chromium that it is told, or none", () => {
  vi.stubEnv("CHROMIUM", process.execPath);
  expect(findChromium()).toBe(process.execPath);
  vi.stubEnv("CHROMIUM", join(root, "no-such-browser"));
  expect(findChromium()).toBeNull();
  const said: string[] = [];
  expect(provideChromium((line) => said.push(line))).toBeNull();
  expect(said).toEqual([]);
});
