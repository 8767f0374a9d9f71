import type {WarperName, WarperParams, WarperSpec} from "./warper.ts";

/** Engines whose order and rules are known. */
export const presetNames = ["HF", "vLLM", "llama.cpp", "transformers.js", "WebLLM"] as const;
export type PresetName = (typeof presetNames)[number];

/**
 * Why an engine leaves a warper out: "lacks" it and would refuse it; is "silent": takes its value and does nothing
 * with it; has it "once" only, and another one of that name stands before it in the chain; "instead" of it uses
 * another one that is in the chain (mirostat for all truncation, dynamic temperature for temperature).
 */
export type WhyIgnored = "lacks" | "silent" | "once" | "instead";

/** A warper of a chain that an engine would not apply. `index`: its place in the chain that was asked for. */
export type Ignored = {readonly name: WarperName; readonly index: number; readonly why: WhyIgnored};

/** A chain as an engine would run it. */
export type Preset = {
  readonly warpers: readonly WarperSpec[];
  readonly ignored: readonly Ignored[];
};

/** What an engine does its own way, whatever was asked for. */
type Rules = {readonly [name in WarperName]?: WarperParams};

type Engine = {
  /** In its order; what is not here it lacks. */
  readonly order: readonly WarperName[];
  readonly rules: Rules;
  /** Taken and not used. */
  readonly silent: readonly WarperName[];
  /** What pushes others aside: used instead of them. */
  readonly instead?: {readonly [name in WarperName]?: readonly WarperName[]};
};

const all = {scope: "all", lastN: 64};
const output = {scope: "output", lastN: 64};
const last = {scope: "last"};
/** Without a smallest number of tokens to keep. */
const plain = {keep: 1};

/**
 * As their sources have it. HF transformers 5.18: `_get_logits_processor`, logits_process.py. vLLM: v1/sample
 * (processors that can change the argmax, penalties, temperature, min-p, then top-k and top-p in one). llama.cpp:
 * common/sampling.cpp, src/llama-sampling.cpp, the usual order of samplers. transformers.js 4.3: logits_process,
 * logits_sampler; top-k is part of the draw. WebLLM: llm_chat.ts, and the kernels of MLC that it calls. Not told
 * apart: at an exact boundary llama.cpp's typical-p keeps one token more, and no ties.
 */
const engines: Readonly<Record<PresetName, Engine>> = {
  HF: {
    order: [
      "logitBias",
      "repetitionPenalty",
      "noRepeatNgram",
      "minNewTokens",
      "suppressTokens",
      "temperature",
      "topK",
      "topP",
      "minP",
      "typicalP",
      "epsilon",
      "eta"
    ],
    rules: {repetitionPenalty: all, topK: {ties: "all"}, topP: {rule: "ascending"}},
    silent: []
  },
  vLLM: {
    order: [
      "minNewTokens",
      "logitBias",
      "repetitionPenalty",
      "frequencyPenalty",
      "presencePenalty",
      "temperature",
      "minP",
      "topK",
      "topP"
    ],
    rules: {
      repetitionPenalty: all,
      frequencyPenalty: output,
      presencePenalty: output,
      minP: plain,
      topK: {ties: "all", ...plain},
      topP: {rule: "ascending", ...plain}
    },
    silent: []
  },
  "llama.cpp": {
    order: [
      "logitBias",
      "suppressTokens",
      "repetitionPenalty",
      "frequencyPenalty",
      "presencePenalty",
      "dry",
      "topNSigma",
      "topK",
      "typicalP",
      "topP",
      "minP",
      "xtc",
      "temperature",
      "dynamicTemperature",
      "mirostatV2"
    ],
    rules: {
      repetitionPenalty: last,
      frequencyPenalty: last,
      presencePenalty: last,
      topK: {ties: "exactly"},
      topP: {rule: "descending"}
    },
    silent: [],
    instead: {
      dynamicTemperature: ["temperature"],
      mirostatV2: [
        "repetitionPenalty",
        "frequencyPenalty",
        "presencePenalty",
        "dry",
        "topNSigma",
        "topK",
        "typicalP",
        "topP",
        "minP",
        "xtc",
        "dynamicTemperature"
      ]
    }
  },
  "transformers.js": {
    order: ["repetitionPenalty", "noRepeatNgram", "minNewTokens", "temperature", "topK"],
    rules: {repetitionPenalty: all, topK: {ties: "exactly", ...plain}},
    silent: ["topP", "typicalP", "epsilon", "eta", "suppressTokens"]
  },
  WebLLM: {
    order: ["logitBias", "presencePenalty", "frequencyPenalty", "repetitionPenalty", "temperature", "topP"],
    rules: {
      presencePenalty: output,
      frequencyPenalty: output,
      repetitionPenalty: output,
      topP: {rule: "descending", ...plain}
    },
    silent: []
  }
};

/**
 * What an engine makes of a chain: its own order and rules with the chain's values, and what of the chain it would
 * not apply. Pure; asked with its own answer it gives the same again.
 *
 * @param wanted any chain, in any order
 */
export function preset(name: PresetName, wanted: readonly WarperSpec[]): Preset {
  const {order, rules} = engines[name];
  const why = wanted.map((_, index) => whyIgnored(engines[name], wanted, index));
  const used = wanted.filter((_, index) => why[index] === null);
  return {
    warpers: order.flatMap((warper) =>
      used
        .filter((spec) => spec.name === warper)
        .map((spec) => ({name: warper, params: {...spec.params, ...rules[warper]}}))
    ),
    ignored: why.flatMap((reason, index) =>
      reason === null ? [] : [{name: wanted[index]!.name, index, why: reason}]
    )
  };
}

function whyIgnored(
  {order, silent, instead = {}}: Engine,
  wanted: readonly WarperSpec[],
  index: number
): WhyIgnored | null {
  const {name} = wanted[index]!;
  if (silent.includes(name)) return "silent";
  if (!order.includes(name)) return "lacks";
  if (wanted.findIndex((spec) => spec.name === name) < index) return "once";
  return wanted.some((spec) => instead[spec.name]?.includes(name)) ? "instead" : null;
}
