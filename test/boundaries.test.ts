import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, posix, resolve} from "node:path";
import ts from "typescript";
import {expect, it} from "vitest";

/** What the files of one place may import: other files of the repository by path, packages by name. */
type Zone = {readonly of: RegExp; readonly files: readonly RegExp[]; readonly packages: readonly RegExp[]};

const ENGINE = /^engine\/index\.ts$/;
const RUNTIME = /^engine\/runtime\//;
const ENGINE_BUT_RUNTIME = /^engine\/(?!runtime\/)/;
const REACT = /^react(-dom)?(\/|$)/;
const D3 = /^d3$/;
const NODE = /^node:/;
const SHARED = [/^app\/draw\//, /^app\/i18n\//, ENGINE];

/** The first zone that fits a file is its own, so the narrower ones stand first. */
const zones: readonly Zone[] = [
  {
    of: RUNTIME,
    files: [/^engine\//],
    packages: [/^onnxruntime-web(\/|$)/, /^comlink$/]
  },
  {of: /^engine\/tokenizer\//, files: [ENGINE_BUT_RUNTIME], packages: [/^@huggingface\/tokenizers$/]},
  {of: /^engine\//, files: [ENGINE_BUT_RUNTIME], packages: []},
  {
    of: /^app\/(main\.tsx|engine\.ts)$/,
    files: [/^app\//, /^lessons\//, ENGINE, RUNTIME],
    packages: [REACT, D3]
  },
  {of: /^app\/lessons\.ts$/, files: [/^app\/notebook\.ts$/, /^lessons\//], packages: []},
  {of: /^app\/panels\//, files: SHARED, packages: [REACT, D3]},
  {of: /^app\/draw\//, files: SHARED, packages: [REACT, D3]},
  {of: /^app\/i18n\//, files: SHARED, packages: [REACT]},
  {of: /^app\//, files: [/^app\//, ENGINE], packages: [REACT, D3]},
  {of: /^lessons\//, files: [/^app\/notebook\.ts$/, ENGINE], packages: [/^react(\/|$)/]},
  {
    of: /^scripts\/bench\/(inNode|loops)\.ts$/,
    files: [/^scripts\//],
    packages: [NODE, /^playwright-core$/, /^vite$/]
  },
  {
    of: /^scripts\/(browser|bench\/|screenshots)/,
    files: [/^scripts\//, /^engine\//],
    packages: [NODE, /^playwright-core$/]
  },
  {
    of: /^scripts\/record/,
    files: [/^scripts\//, /^engine\//, /^app\/(packed|traceFile)\.ts$/],
    packages: [NODE]
  },
  {of: /^scripts\//, files: [/^scripts\//, /^engine\//], packages: [NODE]}
];

/** A file may always import what lies in its own folder of panels or in its own lesson. */
const ownFolder = (path: string) => /^(app\/panels|lessons)\/[^/]+\//.exec(path)?.[0];

/** What a file names that lies outside it, where it tosses a coin of its own, and where it writes markup. */
type Found = {
  readonly imports: readonly string[];
  readonly tossesMathRandom: boolean;
  readonly html: readonly string[];
};

/** `import`, `export ... from`, `import()`, `import("").Type`, `import.meta.glob()`, `new URL("", import.meta.url)`. */
function read(path: string, source: string): Found {
  const imports: string[] = [];
  const html: string[] = [];
  let tossesMathRandom = false;
  const take = (node: ts.Node | undefined) =>
    imports.push(node && ts.isStringLiteralLike(node) ? node.text : "(computed)");
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) take(node.moduleSpecifier);
    if (ts.isExternalModuleReference(node)) take(node.expression);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) take(node.argument.literal);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      take(node.arguments[0]);
    if (ts.isCallExpression(node) && isText(node.expression, "import.meta.glob")) globs(node).forEach(take);
    if (ts.isNewExpression(node) && isText(node.arguments?.[1], "import.meta.url")) {
      const [address] = node.arguments!;
      if (ts.isStringLiteralLike(address!)) take(address); // a computed one is no import: no bundler follows it
    }
    tossesMathRandom ||= namesMathRandom(node);
    if (ts.isIdentifier(node) && HTML.test(node.text)) html.push(node.text);
    ts.forEachChild(node, visit);
  };
  const isText = (node: ts.Node | undefined, text: string) => node?.getText(file) === text;
  const globs = ({arguments: [patterns]}: ts.CallExpression): readonly ts.Node[] =>
    patterns && ts.isArrayLiteralExpression(patterns) ? patterns.elements : patterns ? [patterns] : [];
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, false, kind);
  visit(file);
  return {imports, tossesMathRandom, html};
}

/** The doors through which text from data could become markup. */
const HTML =
  /^(inner|outer)HTML$|^insertAdjacentHTML$|^set(HTML|HTMLUnsafe)$|^dangerouslySetInnerHTML$|^srcdoc$|^createContextualFragment$|^parseFromString$/i;

/** `Math.random`, `Math["random"]`, `const {random} = Math`. */
function namesMathRandom(node: ts.Node): boolean {
  const isMath = (other: ts.Node | undefined) =>
    other !== undefined && ts.isIdentifier(other) && other.text === "Math";
  if (ts.isPropertyAccessExpression(node)) return isMath(node.expression) && node.name.text === "random";
  if (ts.isElementAccessExpression(node)) return isMath(node.expression);
  return ts.isVariableDeclaration(node) && isMath(node.initializer);
}

/** What is wrong with a file, in words; empty where nothing is. */
function violations(path: string, source: string): readonly string[] {
  const {imports, tossesMathRandom, html} = read(path, source);
  const bad = [...imports.filter((name) => !mayImport(path, name)), ...html];
  const isDrawn = /^(engine|app|lessons)\//.test(path);
  return isDrawn && tossesMathRandom ? [...bad, "Math.random"] : bad;
}

function mayImport(path: string, name: string): boolean {
  const zone = zones.find(({of}) => of.test(path));
  if (!zone) return true;
  if (!/^\.{0,2}\//.test(name)) return zone.packages.some((pattern) => pattern.test(name));
  const plain = name.replace(/\?.*$/, "");
  const target = name.startsWith("/") ? plain.slice(1) : posix.join(posix.dirname(path), plain);
  const own = ownFolder(path);
  return (own !== undefined && target.startsWith(own)) || zone.files.some((pattern) => pattern.test(target));
}

const root = resolve(dirname(import.meta.filename), "..");
const sources = ["engine", "app", "lessons", "scripts"].flatMap((folder) =>
  readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
    .filter((name) => /\.(tsx?|js)$/.test(name))
    .map((name) => posix.join(folder, ...name.split(/[\\/]/)))
);

it.each(sources)("%s imports only what its folder may import", (path) => {
  expect(violations(path, readFileSync(join(root, path), "utf8"))).toEqual([]);
});

it("looks at every folder", () => {
  for (const folder of ["engine/", "engine/runtime/", "engine/tokenizer/", "app/", "app/panels/", "scripts/"])
    expect(sources.filter((path) => path.startsWith(folder))).not.toEqual([]);
});

it.each([
  ["engine/warp/bad.ts", `import {scaleLinear} from "d3"`, "d3"],
  ["engine/bad.ts", `import "./runtime/loadModel.ts"`, "./runtime/loadModel.ts"],
  ["engine/bad.ts", `import "../app/styles/index.css"`, "../app/styles/index.css"],
  ["engine/bad.ts", `export * from "../scripts/trace/draw.ts"`, "../scripts/trace/draw.ts"],
  ["engine/bad.ts", `import {Tokenizer} from "@huggingface/tokenizers"`, "@huggingface/tokenizers"],
  ["engine/bad.ts", `type Ort = typeof import("onnxruntime-web/wasm")`, "onnxruntime-web/wasm"],
  ["engine/bad.ts", `import fs = require("node:fs")`, "node:fs"],
  ["engine/tokenizer/bad.ts", `import * as ort from "onnxruntime-web"`, "onnxruntime-web"],
  ["engine/tokenizer/bad.ts", `import {loadModel} from "../runtime/loadModel.ts"`, "../runtime/loadModel.ts"],
  ["engine/runtime/bad.ts", `const m = await import("@huggingface/tokenizers")`, "@huggingface/tokenizers"],
  ["engine/runtime/bad.ts", `import {say} from "../../app/i18n/strings.ts"`, "../../app/i18n/strings.ts"],
  ["engine/runtime/bad.ts", `const m = await import(name)`, "(computed)"],
  ["app/panels/logits/bad.tsx", `import {softmax} from "../../../engine/math.ts"`, "../../../engine/math.ts"],
  ["app/panels/logits/bad.tsx", `import type {Session} from "../../session.ts"`, "../../session.ts"],
  ["app/panels/logits/bad.tsx", `import {Chain} from "../warp/Chain.tsx"`, "../warp/Chain.tsx"],
  ["app/panels/logits/bad.tsx", `import {wrap} from "comlink"`, "comlink"],
  ["app/draw/bad.ts", `import {player} from "../shell/player.ts"`, "../shell/player.ts"],
  [
    "app/shell/bad.ts",
    `export {loadModel} from "../../engine/runtime/loadModel.ts"`,
    "../../engine/runtime/loadModel.ts"
  ],
  [
    "app/shell/bad.ts",
    `new Worker(new URL("../../engine/runtime/worker.ts", import.meta.url))`,
    "../../engine/runtime/worker.ts"
  ],
  [
    "app/shell/bad.ts",
    `const all = import.meta.glob("../../lessons/*/lesson.tsx")`,
    "../../lessons/*/lesson.tsx"
  ],
  [
    "app/main.tsx",
    `import {scriptedDecoder} from "../test/engine/scriptedDecoder.ts"`,
    "../test/engine/scriptedDecoder.ts"
  ],
  ["app/main.tsx", `import {softmax} from "../engine/math.ts"`, "../engine/math.ts"],
  ["lessons/a/lesson.tsx", "const m = await import(`../../app/session.ts`)", "../../app/session.ts"],
  ["lessons/a/lesson.tsx", `import {en} from "../b/en.ts"`, "../b/en.ts"],
  ["lessons/a/lesson.tsx", `import {scaleLinear} from "d3"`, "d3"],
  ["scripts/bad.ts", `import {quote} from "../app/draw/format.ts"`, "../app/draw/format.ts"],
  ["scripts/record/bad.ts", `import {player} from "../../app/shell/player.ts"`, "../../app/shell/player.ts"],
  ["scripts/bad.js", `import express from "express"`, "express"],
  ["engine/bad.ts", `const noise = () => Math.random()`, "Math.random"],
  ["app/draw/bad.ts", `const {random} = Math`, "Math.random"],
  ["lessons/a/lesson.tsx", `const noise = Math["random"]()`, "Math.random"],
  ["app/bad.tsx", `<b dangerouslySetInnerHTML={{__html: text}} />`, "dangerouslySetInnerHTML"],
  ["app/bad.ts", `element.innerHTML = text`, "innerHTML"],
  ["lessons/a/en.ts", `const {insertAdjacentHTML} = element`, "insertAdjacentHTML"]
])("a planted violation in %s is found: %s", (path, source, found) => {
  expect(violations(path, source)).toEqual([found]);
});

it.each([
  [
    "engine/stages.ts",
    `import {softmax} from "./math.ts"; // unlike "../app/session.ts", and not Math.random()`
  ],
  ["engine/runtime/ort.ts", `import type {Trace} from "../trace.ts"; await import("onnxruntime-web/jspi")`],
  ["engine/tokenizer/encode.ts", `import {x} from "@huggingface/tokenizers"; import {y} from "../errors.ts"`],
  ["app/panels/warp/Card.tsx", `import {softmax} from "../../../engine/index.ts"; import "./card.css"`],
  [
    "app/main.tsx",
    `import worker from "../engine/runtime/worker.ts?worker"; import.meta.glob("../lessons/*/*.tsx")`
  ],
  ["lessons/a/lesson.tsx", `import type {Lesson} from "../../app/notebook.ts"; import {en} from "./en.ts"`],
  ["scripts/trace.ts", `import {join} from "node:path"; import("../engine/runtime/loadModel.ts")`]
])("what %s may import is not a violation", (path, source) => {
  expect(violations(path, source)).toEqual([]);
});
