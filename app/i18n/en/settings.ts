import {actingWarpers} from "../../draw/actingWarpers.ts";
import {formatCount, formatTick} from "../../draw/format.ts";
import {
  isSampling,
  printParams,
  type Request,
  type StrategyName,
  type WarperSpec
} from "../../../engine/index.ts";
import {chain} from "./chain.ts";
import {plural} from "./plural.ts";
import {warperHints, warperNames, warperShort} from "./warpers.ts";

const strategies: Readonly<Record<StrategyName, string>> = {
  greedy: "Greedy",
  multinomial: "Sampling",
  beam: "Beams",
  contrastive: "Contrastive",
  speculative: "Speculative",
  lookahead: "Lookahead",
  contrastiveDecoding: "Expert and amateur",
  dola: "DoLa"
};

const strategyHints: Readonly<Partial<Record<StrategyName, string>>> = {
  greedy: "takes the largest logit each time; temperature, top-k, top-p and the seed have no say",
  contrastive:
    "weighs the most probable tokens against how much each repeats what was said; temperature, top-k, top-p and the seed have no say",
  speculative:
    "a small decoder, or the text itself, proposes several tokens, and one pass of the decoder tests them all; the text is distributed as with plain sampling",
  lookahead:
    "guesses far ahead in the same pass and takes what agrees with greedy; the text is greedy’s, in fewer passes",
  contrastiveDecoding:
    "contrastive decoding: takes what the decoder finds plausible, and much more so than the small one, the amateur, does (a second model, loaded when first needed)",
  dola: "takes what the last layer finds plausible, and much more so than an earlier layer, read through the same LM head; a repetition penalty of 1.2 is advised",
  beam: "follows several texts and keeps those with the largest sums of log-probabilities; temperature, top-k, top-p and the seed have no say"
};

type ParameterWords = Readonly<Record<string, {readonly label: string; readonly hint?: string}>>;

const opposing = (whose: string) => ({
  alpha: {
    label: "Plausible (alpha)",
    hint: `what is left to choose from: tokens at least this many times as probable as the most probable one, in ${whose} eyes; 1 leaves that one alone`
  },
  mode: {label: "Mode", hint: "greedy takes the largest score; sampling draws with the scores as logits"}
});

const strategyParameters: Readonly<Partial<Record<StrategyName, ParameterWords>>> = {
  contrastive: {
    penaltyAlpha: {
      label: "Alpha",
      hint: "how much similarity to earlier positions counts against a token: 0 is greedy"
    },
    topK: {label: "Candidates (k)", hint: "the most probable tokens, all read on trial in one pass"}
  },
  speculative: {
    gamma: {label: "Draft length (gamma)", hint: "tokens proposed before the decoder tests them in one pass"},
    mode: {label: "Mode", hint: "greedy accepts what is the decoder’s largest logit, without coins"},
    drafter: {
      label: "Draft",
      hint: "model: a second, smaller decoder, loaded when first needed. prompt-lookup: what followed the same tokens earlier in the text"
    },
    ngram: {
      label: "Lookup length",
      hint: "for prompt-lookup: how many of the last tokens must have stood together before"
    }
  },
  lookahead: {
    level: {label: "Level (N)", hint: "guesses are n-grams of this length"},
    window: {label: "Window (W)", hint: "columns that look ahead side by side"},
    guesses: {label: "Guesses (G)", hint: "n-grams of the pool tested at once"}
  },
  contrastiveDecoding: opposing("the decoder’s"),
  dola: {
    ...opposing("the last layer’s"),
    layers: {
      label: "Earlier layers",
      hint: "of which the most different one is taken at each token: low are those before the middle, high those from there on"
    }
  },
  beam: {
    numBeams: {label: "Width (beams)", hint: "texts followed side by side, one pass for all of them"},
    lengthPenalty: {
      label: "Length penalty",
      hint: "hypotheses are compared by their sum divided by length to this power: 0 favours short ones, above 1 long ones"
    },
    earlyStopping: {
      label: "Stop early",
      hint: "true: with as many hypotheses as beams. false: when no beam, at its present length, beats the worst of them. never: when none could, however long"
    },
    numReturnSequences: {label: "Hypotheses returned", hint: "the text is the best one"}
  }
};

const backends: Readonly<Record<Request["backend"], string>> = {
  auto: "Auto",
  webgpu: "WebGPU",
  wasm: "WebAssembly"
};

const shorten = (text: string, most = 48): string => {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most).join("")}…`;
};

/** "width 4". */
function paramInWords(name: StrategyName, [key, value]: readonly [string, number | string]): string {
  const label = strategyParameters[name]?.[key]?.label.replace(/ \(.*\)$/, "").toLowerCase() ?? key;
  return `${label} ${value}`;
}

/** "contrastive (alpha 0.6, candidates 4)". */
export function strategyInWords({name, params = {}}: Request["strategy"]): string {
  const said = Object.entries(params).map((param) => paramInWords(name, param));
  const short = inSentence(strategies[name]);
  return said.length === 0 ? short : `${short} (${said.join(", ")})`;
}

const strategyNames: Readonly<Record<StrategyName, string>> = {
  greedy: "greedy",
  multinomial: "sampling",
  beam: "beam search",
  contrastive: "contrastive search",
  speculative: "speculative decoding",
  lookahead: "lookahead decoding",
  contrastiveDecoding: "contrastive decoding",
  dola: "DoLa"
};

/** "beam search, width 4": by its name, and the first of its parameters. */
export function strategyNamed({name, params = {}}: Request["strategy"]): string {
  const [first] = Object.entries(params);
  return first ? `${strategyNames[name]}, ${paramInWords(name, first)}` : strategyNames[name];
}

/** The parts of a request in words, by field; what is as usual and needs no word is left out. */
function parts(request: Request): Readonly<Record<string, string>> {
  const sampling = isSampling(request.strategy);
  const said: Record<string, string> = {
    prompt: `“${shorten(request.prompt)}”`,
    strategy: strategyInWords(request.strategy)
  };
  if (sampling) said["seed"] = `seed ${request.seed}`;
  said["warpers"] =
    request.warpers.map((spec) => `${warperNames[spec.name]} ${printParams(spec)}`).join(", ") ||
    "no warpers";
  said["maxNewTokens"] = `at most ${plural(request.maxNewTokens, "new token")}`;
  if (request.maxLength !== null) said["maxLength"] = `at most ${plural(request.maxLength, "token")} in all`;
  said["stopStrings"] =
    request.stopStrings.length === 0
      ? "no stop strings"
      : `stops at ${request.stopStrings.map((s) => `“${s.replaceAll("\n", "↵")}”`).join(", ")}`;
  said["cache"] = `KV cache ${request.cache ? "on" : "off"}`;
  said["backend"] = `backend ${backends[request.backend]}`;
  if (request.model !== "embedded") said["model"] = `model ${request.model}`;
  if (request.forced.length > 0) said["forced"] = plural(request.forced.length, "forced token");
  return said;
}

/** Letters of a name that need no symbol in its place. */
const BRIEF = 6;
/** A name within a line: "sampling", but "DoLa". */
const inSentence = (name: string): string => (/[A-Z].*[A-Z]/.test(name) ? name : name.toLowerCase());

/** Warpers that a summary names. */
const NAMED = 5;

/** "T 0.8", "top-k 40": with the first parameter alone, where it is a number. */
function inBrief(spec: WarperSpec): string {
  const name = warperNames[spec.name].length <= BRIEF ? warperNames[spec.name] : warperShort[spec.name];
  const first = Object.values(spec.params)[0];
  return `${name} ${typeof first === "number" ? formatTick(first) : printParams(spec)}`;
}

/** What a reader who types 0 into this field is after. */
const TEMPERATURE = chain.parameter("temperature", "temperature");
const ZERO = `; 0 would be ${strategies.greedy}: choose it under Strategy`;

/** The row where the next run is set up. */
export const settings = {
  label: "The next run",
  open: "Change prompt and settings",
  prompt: "Prompt",
  placeholder: "type a prompt",
  count: {
    waiting: "tokens not counted yet",
    tokens: (n: number, of: number) => `${formatCount(n)} of ${formatCount(of)} tokens`,
    spoken: (n: number, of: number) => `${plural(n, "token")} of ${formatCount(of)} that fit`,
    tooLong: (n: number, of: number) =>
      `${plural(n, "token")}: the context holds ${formatCount(of)}, prompt and completion together. Shorten the prompt to ${formatCount(of - 1)} or fewer.`
  },
  settings: "Settings",
  /** What matters most, item by item. */
  summary: (request: Request): readonly string[] => {
    const {strategy, seed, warpers, maxNewTokens} = request;
    const acting = actingWarpers(request);
    const none = warpers.length === 0 ? "no warpers" : "no warper acts";
    return [
      inSentence(strategies[strategy.name]),
      ...(isSampling(strategy) ? [`seed ${seed}`] : []),
      ...(acting.length === 0 ? [none] : acting.slice(0, NAMED).map(inBrief)),
      ...(acting.length > NAMED ? [plural(acting.length - NAMED, "more warper")] : []),
      plural(maxNewTokens, "token")
    ];
  },
  /** What the trace in view was made with, where that is not what the fields say now. */
  differs: (run: Request, draft: Request): string => {
    const then = parts(run);
    const now = parts(draft);
    const different = Object.keys({...then, ...now}).filter((key) => then[key] !== now[key]);
    return `The trace in view was made with ${different.map((key) => then[key] ?? `no ${key}`).join(", ")}. Your changes make the next one.`;
  },
  tryOut: "Press Next token: then each change shows here what it does to that token’s step.",
  startAgain: "Start again",
  undo: "Undo the changes",
  groups: {pick: "Picking a token", length: "How far", machine: "The machine"},
  strategy: "Strategy",
  strategies,
  strategyHints,
  strategyParameters,
  seed: "Seed",
  chain,
  hints: warperHints,
  maxNewTokens: "New tokens, at most",
  stopStrings: "Stop strings",
  stopHint: "the run ends when the text contains one; \\n is a new line",
  stopAdd: "Add",
  stopRemove: (text: string) => `Remove the stop string ${text}`,
  cache: "KV cache",
  cacheOptions: {on: "On", off: "Off"},
  cacheHint: "off: each step runs the whole sequence again",
  backend: "Backend",
  backends,
  stillUsing: (message: string, value: number) => `${message}. Still using ${value}.`,
  mustBe: (label: string, range: string) => `${label} must be ${range}${label === TEMPERATURE ? ZERO : ""}`
};
