import {formatBytes, formatCount, formatDevice} from "../../draw/format.ts";
import type {BackendInfo, BackendName, StrategyName, TokenId} from "../../../engine/index.ts";
import {plural} from "./plural.ts";
import {smallDecoder} from "./smallDecoder.ts";

const place: Readonly<Record<BackendName, string>> = {webgpu: "on the GPU", wasm: "in WebAssembly"};

/** The frame around the panels: header, sentence, lanes, transport bar. */
export const shell = {
  title: "One Token at a Time",
  nav: "Pages",
  pages: {notebook: "Notebook", lab: "Lab", present: "Present"},
  /** Of a page: what its tab is called. */
  titled: (page: string) => `${page} – ${shell.title}`,
  skip: {machine: "Skip to the machine", steps: "Skip to the steps", text: "Skip to the text"},
  lab: "Lab",
  theme: {system: "Theme: system", light: "Theme: light", dark: "Theme: dark"},
  source: {
    embedded: "Embedded decoder",
    parameters: (n: number) => `${(n / 1e6).toFixed(1)} M parameters`,
    backends: {webgpu: "WebGPU", wasm: "WebAssembly"} satisfies Record<BackendName, string>,
    runsOn: ({name, device}: BackendInfo) =>
      `computed with ${shell.source.backends[name]}, ${formatDevice(device)}`,
    why: "Why, and how else",
    loading: (loaded: number, total: number | null) =>
      total === null
        ? `loading, ${formatBytes(loaded)} so far`
        : `loading, ${formatBytes(loaded)} of ${formatBytes(total)}`,
    failed: "not loaded"
  },
  sentence: {
    label: "The sentence so far, one chip a token, with position and id",
    text: "The prompt, still text",
    empty: "type a prompt",
    slot: "?",
    token: (token: string, position: number, id: TokenId, stale: boolean) =>
      `${token}, position ${formatCount(position)}, id ${formatCount(id)}${stale ? ", stale under the settings tried out" : ""}`,
    folded: (n: number) => `+${plural(n, "token")}`,
    /** Begins with what is seen. */
    unfold: (n: number) => `+${plural(n, "token")}: show the earlier ones`,
    fold: "Fold the earlier tokens",
    key: {
      prompt: "prompt",
      drawn: "generated",
      below: "below: position, id",
      stale: "stale",
      belowNarrow: "below: position",
      text: (characters: number) => `${plural(characters, "character")}, not yet tokens`
    }
  },
  now: {
    label: "Now",
    loading: "Load",
    pending: "This panel is being prepared."
  },
  preview: {
    before: "This step’s pass has not run yet: what other settings draw shows once its logits are here.",
    ahead: "You stand before this step’s logits: step on to them and this shows what the settings change.",
    search:
      "A strategy that weighs several continuations cannot be tried on one step: run on to see what it finds.",
    or: "or, from the prompt on:",
    beside: "Run beside, and compare",
    tag: (title: string) => `Preview: ${title.toLowerCase()}`
  },
  share: {
    link: "The link is copied: it holds the request, the branches and the place.",
    data: (panel: string, rows: number) => `${panel}: ${plural(rows, "row")} copied.`,
    noPanel: "No panel in view has a table.",
    tooLarge: (bytes: number, most: number) =>
      `it has ${formatBytes(bytes)}, and at most ${formatBytes(most)} can be read`,
    malformed: (problem: string) => `The file could not be read: ${problem}. What was in view is as it was.`,
    refused: "The browser did not let this page write to the clipboard.",
    exported: (name: string) => `Saved as ${name}.`,
    imported: (stages: number, branches: number) =>
      `${plural(stages, "stage")} in ${plural(branches, "branch", "branches")} read. Nothing was run.`
  },
  lanes: {
    look: "Look inside",
    inside: {
      cache: "KV cache",
      attention: "Attention",
      lens: "Logit lens",
      residual: "Residual stream",
      tap: "Any tap"
    },
    also: (backend: BackendName) => `Also in this pass, ${place[backend]}`,
    earlier: (backend: BackendName) => `Earlier in this pass, ${place[backend]}`,
    earlierCpu: "Earlier in this pass, on the CPU",
    beforeCpu: "Before this pass, on the CPU",
    /** @param first the token that the first of several sequences reads */
    fed: (
      positions: number,
      cache: boolean,
      batch: number,
      draft: boolean,
      first = "",
      strategy?: StrategyName
    ) => {
      const whose = draft ? `the ${smallDecoder(strategy)}’s pass over ` : "";
      const fed = positions === 1 ? "one position" : `${formatCount(positions)} positions at once`;
      const side =
        batch > 1
          ? ` of each of ${formatCount(batch)} sequences; drawn: ${first && `${first}, `}the first of them`
          : "";
      return `${whose}${fed}${side}, cache ${cache ? "on" : "off"}`;
    }
  },
  transport: {
    label: "Steps",
    timeline: "Timeline: one slot a stage",
    stage: (at: number, of: number, name: string, said: string) => `stage ${at} of ${of}, ${name}: ${said}`,
    back: "Back",
    start: "the start",
    step: (name: string) => `Step: ${name}`,
    /** Before what the step does, while the fields say something else. */
    asBefore: "As before: ",
    running: (name: string) => `Running: ${name}`,
    starting: "Starting again",
    startingSay: "The model, then the prompt",
    ended: "The end",
    endedSay: "this run goes no further",
    more: (tokens: number) => `Up to ${plural(tokens, "more token")}`,
    nextSeed: "Same prompt, next seed",
    token: "Next token",
    tokenShort: "Token",
    run: "Run",
    pause: "Pause",
    end: "To end",
    stop: "Stop",
    pulling: (stages: number, tokens: number) =>
      `${plural(stages, "stage")} so far, ${plural(tokens, "token")}`,
    noticed: "with a notice",
    now: "Now: load",
    loading: "The model is being made ready",
    notLoaded: "There is no model",
    step0: "Step: tokenize",
    stepLoading: "Once the weights are here",
    stepFailed: "Once a model is here",
    keys: {step: "→", back: "←", token: "T", run: "Space", end: "End", stop: "Space"}
  },
  keys: {
    title: "Keys",
    close: "Close",
    open: "Keys",
    single: "Keys act without a modifier",
    singleHint: "Off: only the buttons and the focused timeline act.",
    list: [
      ["→", "one step forward"],
      ["←", "one step back"],
      ["T", "to the next token"],
      ["Space", "run, pause"],
      ["Home", "to the first stage"],
      ["End", "to the end"],
      ["PageUp, PageDown", "one pass back, forward"],
      ["Ctrl+Z, Ctrl+Shift+Z", "undo, redo a change to the branches"],
      ["1 to 9", "to the first to ninth panel"],
      ["P", "the view for a projector, and back"],
      ["?", "this list"]
    ] as readonly (readonly [string, string])[]
  }
};
