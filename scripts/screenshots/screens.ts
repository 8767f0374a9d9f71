import type {Page} from "playwright-core";

/** One screen of the app in one state. */
export type Screen = {
  readonly name: string;
  /** What stands behind "#" in the address. */
  readonly link: string;
  /** Brings the screen into its state; called once for every width, so it must bear being called again. */
  readonly act?: (page: Page) => Promise<void>;
  /** Called before the page is opened; the screen then has a page of its own. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** What is there once the screen can be drawn; without it, the stage that the link points at. */
  readonly there?: string;
};

/** Ten new tokens of the prompt that a first visit finds, through every warper, on the backend that is always there. */
const RUN =
  "v=1&max-new-tokens=10&backend=wasm&warpers=repetitionPenalty%3D1.2%2Ctemperature%3D0.8%2CtopK%3D40%2CtopP%3D0.95";
/** Its events, as the trace orders them: the first pass, then eleven a pass. */
const FIRST = [
  "load",
  "tokenize",
  "transfer",
  "prefill",
  "fetch",
  "repetition-penalty",
  "temperature",
  "top-k",
  "top-p",
  "draw",
  "append",
  "detokenize"
] as const;
const SECOND = [
  "decode-transfer",
  "decode",
  "decode-fetch",
  "decode-repetition-penalty",
  "decode-temperature",
  "decode-top-k",
  "decode-top-p",
  "decode-sample",
  "decode-append"
] as const;
const ONE_PASS = FIRST.length - 2;
const STOP = FIRST.length + 9 * ONE_PASS;

const lab = (name: string, at: number | null, rest = RUN, more: Partial<Screen> = {}): Screen => ({
  name,
  link: `/lab?${rest}${at === null ? "" : `&at=${at}`}`,
  ...more
});

/** A prompt of its own, at one of the stages of the first pass. */
const prompt = (name: string, text: string, stage: (typeof FIRST)[number]): Screen =>
  lab(
    `prompt-${name}`,
    FIRST.indexOf(stage),
    `v=1&max-new-tokens=3&backend=wasm&prompt=${encodeURIComponent(text)}`
  );

const MANY = "The little girl went to the park with her mom and saw a big red dog. ".repeat(18).trim();
const SCRIPTS = "مرحبا يا صديقي 你好，世界 👩‍👩‍👧 café\n\tnaïve";
const WIDE = `${"=".repeat(40)} Supercalifragilisticexpialidocious${" ".repeat(40)}end`;

const STAGES: readonly Screen[] = [
  ...FIRST.map((stage, at) => lab(stage, at)),
  ...SECOND.map((stage, at) => lab(stage, FIRST.length + at)),
  lab("decode-draw", FIRST.length + ONE_PASS * 4 + 7),
  lab("stop", STOP)
];

const INSIDE: readonly Screen[] = [
  lab("look-inside", FIRST.length + 1, `${RUN}&inside=cache.attention.lens.residual.tap`),
  lab("look-inside-prefill", 3, `${RUN}&inside=cache.attention.lens.residual.tap`)
];

/** The header has counted the model's parameters: it is loaded. */
const LOADED = ".src > span:has-text('parameters')";

const STATES: readonly Screen[] = [
  lab("first-visit", null, "v=1&backend=wasm", {prepare: none, there: LOADED, act: filesKept}),
  lab("settings", 9, RUN, {prepare: none, act: openSettings}),
  lab("engines", 8, RUN, {prepare: none, act: compareEngines}),
  lab("preview", FIRST.length + 7, RUN, {prepare: none, act: tryTemperature}),
  lab("training", 1, `${RUN}&train=12`),
  lab("branches", 26, `${RUN}&branch=9~force~308`),
  lab("keys", 9, RUN, {prepare: none, act: openKeys}),
  lab("recorded-first-visit", null, "v=1", {prepare: neverAnswer, there: "p.recorded"}),
  lab("recorded-prefill", 3, "v=1", {prepare: neverAnswer, there: "p.recorded"}),
  lab("recorded-load-failed", 9, "v=1", {prepare: answerNotFound, there: ".failure"}),
  lab("loading", null, "v=1&backend=wasm", {prepare: neverAnswer, there: ".nowbox"}),
  lab("load-failed", null, "v=1&backend=wasm", {prepare: answerNotFound, there: ".failure"}),
  lab("link-broken", null, "v=1&seed=minus", {prepare: none, there: LOADED, act: filesKept}),
  lab("prompt-refused", 3, RUN, {prepare: none, act: emptyPrompt})
];

/** The same sentence by each strategy with a loop of its own, at the stage that only this one has. */
const strategy = (name: string, spec: string, at: number): Screen =>
  lab(`strategy-${name}`, at, `v=1&max-new-tokens=10&backend=wasm&strategy=${spec}`);

const STRATEGIES: readonly Screen[] = [
  strategy("beam-first", "beam:4:0.6:never", 5),
  strategy("beam", "beam:4:0.6:never", 25),
  strategy("beam-end", "beam:4:0.6:never", 62),
  strategy("contrastive", "contrastive", 20),
  strategy("speculative-propose", "speculative", 18),
  strategy("speculative-verify", "speculative", 22),
  strategy("lookahead-first", "lookahead", 5),
  strategy("lookahead", "lookahead", 35),
  strategy("contrastive-decoding", "contrastiveDecoding", 18),
  strategy("dola", "dola", 17),
  lab("compared", 62, "v=1&max-new-tokens=10&backend=wasm&strategy=beam:4:0.6:never", {
    prepare: none,
    act: runBeside
  })
];

const PROMPTS: readonly Screen[] = [
  prompt("long", MANY, "prefill"),
  prompt("long-draw", MANY, "draw"),
  prompt("scripts", SCRIPTS, "tokenize"),
  prompt("scripts-prefill", SCRIPTS, "prefill"),
  prompt("wide-tokens", WIDE, "tokenize"),
  prompt("wide-tokens-draw", WIDE, "draw"),
  prompt("one-token", "a", "prefill")
];

/** The presenter, at a stage of the first pass or the one after it; `ask`: what comes next is still a question. */
const present = (name: string, at: number, {ask = false, rest = RUN} = {}): Screen => ({
  name: `present-${name}`,
  link: `/present?${rest}&at=${at}${ask ? "&ask=1" : ""}`,
  there: `.present .timeline[aria-valuenow="${at + 1}"]`
});

/** The settings of a first visit, but warmer, so that a coin has something to choose from. */
const LOOSE = "v=1&max-new-tokens=6&backend=wasm&seed=4&warpers=temperature%3D1.4%2CtopK%3D40%2CtopP%3D0.95";
/** Without the repetition penalty a pass has one event less. */
const THIRD_DRAW = 8 + 2 * (ONE_PASS - 1);

const asked = (name: string, stage: (typeof FIRST)[number]): readonly Screen[] => [
  present(`${name}-ask`, FIRST.indexOf(stage) - 1, {ask: true}),
  present(name, FIRST.indexOf(stage))
];

const PRESENTED: readonly Screen[] = [
  present("load", 0),
  ...asked("tokenize", "tokenize"),
  present("transfer", 2),
  present("prefill", 3),
  ...asked("fetch", "fetch"),
  ...asked("repetition-penalty", "repetition-penalty"),
  ...asked("temperature", "temperature"),
  ...asked("top-k", "top-k"),
  ...asked("top-p", "top-p"),
  present("draw-ask", THIRD_DRAW - 1, {ask: true, rest: LOOSE}),
  present("draw", THIRD_DRAW, {rest: LOOSE}),
  present("append", FIRST.indexOf("append")),
  present("detokenize", FIRST.indexOf("detokenize")),
  present("decode-ask", FIRST.length, {ask: true}),
  present("decode", FIRST.length + 1),
  present("stop", STOP),
  ...[
    ["beam:4:0.6:never", 25],
    ["speculative", 22],
    ["lookahead", 35],
    ["dola", 17]
  ].map(([spec, at]) =>
    present(String(spec).split(":")[0]!, Number(at), {
      rest: `v=1&max-new-tokens=10&backend=wasm&strategy=${spec}`
    })
  ),
  present("long", 7, {
    ask: true,
    rest: `v=1&max-new-tokens=3&backend=wasm&prompt=${encodeURIComponent(MANY)}`
  })
];

const LESSON = "/notebook/01-what-a-decoder-gives-you";
const PROBABLE = "/notebook/02-the-most-probable-text";
const LESSONS: readonly Screen[] = [
  {name: "lesson", link: LESSON, prepare: none, there: ".cell input.guess"},
  {name: "lesson-answered", link: LESSON, prepare: none, there: ".cell input.guess", act: answer},
  {name: "lesson-probable", link: PROBABLE, prepare: none, there: ".cell input.guess", act: answer}
];

/** Every screen that there are pictures of. */
export const screens: readonly Screen[] = [
  ...STAGES,
  ...INSIDE,
  ...STATES,
  ...STRATEGIES,
  ...PROMPTS,
  ...PRESENTED,
  ...LESSONS
];

/** What the README shows: one screen, and one token from the scores that the decoder returns to the text. */
export const STILL = "decode-draw";
export const MOVING = ["decode", "decode-fetch", "decode-top-p", "decode-sample", "decode-append"] as const;

async function none(): Promise<void> {}

async function neverAnswer(page: Page): Promise<void> {
  await page.route("**/model.onnx_data", () => undefined);
}

async function answerNotFound(page: Page): Promise<void> {
  await page.route("**/model.onnx_data", (route) => route.fulfill({status: 404, body: "not found"}));
}

/** The list of what is kept comes last. */
async function filesKept(page: Page): Promise<void> {
  await page.locator(".nowbox .kept button").waitFor();
}

/** On a phone everything stands behind one link. */
async function openFields(page: Page): Promise<void> {
  const behind = page.locator(".setup > button.link");
  if (await behind.count()) await behind.click();
}

async function openSettings(page: Page): Promise<void> {
  await openFields(page);
  const button = page.locator(".settingsbutton");
  if ((await button.getAttribute("aria-expanded")) === "false") await button.click();
}

async function compareEngines(page: Page): Promise<void> {
  const button = page.getByRole("button", {name: "Compare with other engines"}).first();
  if (await button.count()) await button.click();
}

async function tryTemperature(page: Page): Promise<void> {
  await openSettings(page);
  await page.getByRole("spinbutton", {name: "Temperature"}).fill("1.6");
  await page.keyboard.press("Tab");
}

/** Greedy decoding beside what is there, to its end. */
async function runBeside(page: Page): Promise<void> {
  const table = page.getByRole("table", {name: "What each came to"});
  if (await table.count()) return;
  await openSettings(page);
  await page.getByRole("button", {name: "Greedy", exact: true}).click();
  await page.getByRole("button", {name: "Run beside, and compare"}).click();
  await table.waitFor();
  await table.filter({hasNotText: "so far"}).waitFor();
}

async function openKeys(page: Page): Promise<void> {
  if ((await page.locator("dialog[open]").count()) === 0) await page.keyboard.press("?");
}

async function emptyPrompt(page: Page): Promise<void> {
  await openFields(page);
  await page.locator(".promptfield textarea").fill("");
}

async function answer(page: Page): Promise<void> {
  const guess = page.locator(".cell input.guess");
  if ((await guess.count()) === 0) return;
  await guess.fill("40");
  await page.keyboard.press("Enter");
  await page.locator(".narr").waitFor();
}
