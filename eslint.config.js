import reactHooks from "eslint-plugin-react-hooks";
import {defineConfig, globalIgnores} from "eslint/config";
import tseslint from "typescript-eslint";

// The same table as test/boundaries.test.ts, which decides; here it is a message in the editor. A rule set twice for
// one file replaces, not adds, so every zone lists all that it refuses. Globs name the extensions: a pattern like
// "engine/**" would lint no .ts file, and pass.

const ORT = {
  group: ["onnxruntime-web", "onnxruntime-web/*", "comlink"],
  message: "Only engine/runtime meets ONNX Runtime."
};
const HF = {
  group: ["@huggingface/tokenizers"],
  message: "Only engine/tokenizer meets the tokenizer library."
};
const UI = {group: ["react", "react/*", "react-dom", "react-dom/*", "d3"], message: "The engine has no UI."};
const TEST = {group: ["**/test/**"], message: "Nobody imports test."};
const OUTSIDE = {
  group: ["**/app/**", "**/lessons/**", "**/scripts/**"],
  message: "The engine imports nothing outside engine."
};
const RUNTIME = {
  group: ["**/runtime/**"],
  message: "Only composition roots (app/main.tsx, app/engine.ts, scripts) meet engine/runtime."
};
const DOOR = {
  group: ["**/engine/**", "!**/engine/index.ts"],
  message: "The app and the lessons use engine/index.ts; if a panel needs a number, the engine yields it."
};
const D3 = {
  name: "d3",
  importNames: ["select", "selectAll", "transition", "axisBottom", "axisLeft", "axisRight", "axisTop"],
  message: "D3 computes, React draws."
};

const zone = (files, ...patterns) => ({
  files,
  rules: {"no-restricted-imports": ["error", {paths: [D3], patterns}]}
});

const NO_HTML = [
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "setHTMLUnsafe",
  "dangerouslySetInnerHTML",
  "createContextualFragment",
  "srcdoc",
  "srcDoc"
].flatMap((name) => {
  const message = "What stands in data is text, never markup.";
  return [
    {selector: `MemberExpression[property.name=${name}]`, message},
    {selector: `Property[key.name=${name}]`, message},
    {selector: `JSXAttribute[name.name=${name}]`, message}
  ];
});
const NO_ENUM = {selector: "TSEnumDeclaration", message: "A union of strings says the same."};
const NO_RANDOM = ["error", {object: "Math", property: "random", message: "Toss engine/coin.ts's coin."}];

export default defineConfig(
  globalIgnores(["dist*/", "coverage/", "public/", "training/", "test-results/"]),
  {linterOptions: {reportUnusedDisableDirectives: "error"}},
  tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ["error", "always", {null: "ignore"}],
      "no-var": "error",
      "prefer-const": "error",
      "@typescript-eslint/no-unused-vars": ["error", {argsIgnorePattern: "^_", varsIgnorePattern: "^_"}],
      "@typescript-eslint/consistent-type-imports": ["error", {disallowTypeAnnotations: false}],
      "no-restricted-syntax": ["error", NO_ENUM, ...NO_HTML]
    }
  },
  {
    files: ["app/**/*.tsx", "lessons/**/*.tsx", "test/**/*.tsx"],
    plugins: {"react-hooks": reactHooks},
    rules: {"react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error"}
  },
  {
    files: ["engine/**/*.ts", "app/**/*.{ts,tsx}", "lessons/**/*.{ts,tsx}"],
    rules: {"no-restricted-properties": NO_RANDOM}
  },
  {
    files: ["app/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        NO_ENUM,
        ...NO_HTML,
        {selector: "JSXText[value=/\\p{L}{2}/u]", message: "Visible text stands in app/i18n."}
      ]
    }
  },
  zone(["engine/**/*.ts"], ORT, HF, UI, OUTSIDE, RUNTIME, TEST),
  zone(["engine/tokenizer/**/*.ts"], ORT, UI, OUTSIDE, RUNTIME, TEST),
  zone(["engine/runtime/**/*.ts"], HF, UI, OUTSIDE, TEST),
  zone(["app/**/*.{ts,tsx}"], ORT, HF, DOOR, TEST),
  zone(["app/main.tsx", "app/engine.ts"], ORT, HF, TEST),
  zone(["app/panels/**/*.{ts,tsx}"], ORT, HF, DOOR, TEST, {
    group: ["**/session*", "**/shell/**", "**/lessons/**", "**/main*", "**/url*"],
    message: "A panel gets everything as props."
  }),
  zone(["lessons/**/*.{ts,tsx}"], ORT, HF, DOOR, TEST, {
    group: ["**/app/**", "!**/app/notebook.ts"],
    message: "Lessons use app/notebook.ts and engine/index.ts."
  }),
  zone(["scripts/**/*.{ts,js}"], ORT, HF, UI, TEST, {
    group: ["**/app/**", "**/lessons/**"],
    message: "Scripts use the engine."
  }),
  zone(["scripts/record/*.ts"], ORT, HF, UI, TEST, {
    group: ["**/app/**", "!**/app/packed.ts", "!**/app/traceFile.ts", "**/lessons/**"],
    message: "What is recorded is a file of the app's; the rest is the engine's."
  })
);
