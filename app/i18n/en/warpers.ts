import {
  warpers,
  type IdBias,
  type Parameter,
  type ParameterValue,
  type WarperName,
  type WarperSpec
} from "../../../engine/index.ts";
import {formatCount, formatPercent, formatTick} from "../../draw/format.ts";
import {plural} from "./plural.ts";

/** Every warper's name in prose; the compiler asks for one more when the engine has one more. */
export const warperNames: Readonly<Record<WarperName, string>> = {
  logitBias: "logit bias",
  repetitionPenalty: "repetition penalty",
  frequencyPenalty: "frequency penalty",
  presencePenalty: "presence penalty",
  dry: "DRY",
  noRepeatNgram: "no-repeat n-gram",
  minNewTokens: "minimum of new tokens",
  suppressTokens: "suppressed tokens",
  temperature: "temperature",
  dynamicTemperature: "dynamic temperature",
  topNSigma: "top-n-sigma",
  topK: "top-k",
  topP: "top-p",
  minP: "min-p",
  typicalP: "typical-p",
  epsilon: "epsilon cut-off",
  eta: "eta cut-off",
  xtc: "XTC",
  mirostatV2: "mirostat v2"
};

/** Where there is little room. */
export const warperShort: Readonly<Record<WarperName, string>> = {
  logitBias: "bias",
  repetitionPenalty: "r",
  frequencyPenalty: "freq",
  presencePenalty: "pres",
  dry: "dry",
  noRepeatNgram: "n-gram",
  minNewTokens: "min n",
  suppressTokens: "ban",
  temperature: "T",
  dynamicTemperature: "dyn T",
  topNSigma: "nσ",
  topK: "k",
  topP: "p",
  minP: "min-p",
  typicalP: "typ",
  epsilon: "ε",
  eta: "η",
  xtc: "xtc",
  mirostatV2: "μ"
};

/** What each does, in a few words. */
export const warperHints: Readonly<Record<WarperName, string>> = {
  logitBias: "adds to the logits of tokens that you name",
  repetitionPenalty: "above 1: tokens of the text lose",
  frequencyPenalty: "takes from a token for each time it was said",
  presencePenalty: "takes from every token that was said, once",
  dry: "takes from what would go on with a repeat, more the longer it is",
  noRepeatNgram: "forbids n tokens in a row that were there before; 0 is off",
  minNewTokens: "forbids the end-of-sequence token until n tokens are there",
  suppressTokens: "forbids tokens that you name",
  temperature: "below 1 sharpens, above 1 flattens",
  dynamicTemperature: "a temperature that grows with the entropy, between two ends",
  topNSigma: "keeps what is at most n deviations below the largest logit",
  topK: "keeps the k largest",
  topP: "keeps the smallest set that reaches p",
  minP: "keeps what has at least this share of the largest probability",
  typicalP: "keeps what surprises about as much as the average, up to this mass",
  epsilon: "removes probabilities below it",
  eta: "as epsilon, gentler where the entropy is high",
  xtc: "now and then removes the likeliest, but for the last that reaches the threshold",
  mirostatV2: "removes surprises above mu, which follows the draws towards tau"
};

/** Parameters that are not called by their key. */
const labels: Readonly<Record<string, string>> = {
  lastN: "last n",
  keep: "keep at least",
  scope: "counts in",
  ids: "token ids",
  biases: "ids and biases"
};

/** Symbols of parameters that are not written as their key. */
const symbols: Readonly<Record<string, string>> = {
  temperature: "T",
  penalty: "r",
  keep: "at least",
  share: "",
  mass: ""
};

const choices: Readonly<Record<string, string>> = {
  "scope.all": "prompt and output",
  "scope.output": "output",
  "scope.last": "last n",
  "ties.all": "all ties",
  "ties.exactly": "exactly k",
  "rule.ascending": "from below",
  "rule.descending": "from above"
};

/** A parameter's name beside its field. */
export const parameterLabel = (name: WarperName, key: string): string =>
  key === name ? warperNames[name] : (labels[key] ?? key);

export const choiceText = (key: string, value: string): string => choices[`${key}.${value}`] ?? value;

/** "T 0.8", "k 40, exactly k": the first parameter, and the others where they are not as usual. */
export function paramsText({name, params}: WarperSpec): string {
  const parameters = Object.entries(warpers[name].parameters);
  return parameters
    .filter(([key, parameter], i) => i === 0 || isWorthSaying(key, parameter, params))
    .map(([key, parameter]) =>
      params[key] === "last" ? lastText(params) : parameterText(key, params[key]!, parameter)
    )
    .join(", ");
}

/** What is not as usual; a window's length is said with its kind. */
const isWorthSaying = (key: string, parameter: Parameter, params: WarperSpec["params"]): boolean =>
  !parameter.onlyIf && String(params[key]) !== String(parameter.default);

const lastText = (params: WarperSpec["params"]): string => `last ${formatTick(Number(params["lastN"]))}`;

function parameterText(key: string, value: ParameterValue, {kind}: Parameter): string {
  if (kind === "number") return `${symbols[key] ?? key} ${formatTick(value as number)}`.trim();
  if (kind === "choice") return choiceText(key, value as string);
  const items = value as readonly (number | string | IdBias)[];
  return items.length > 3 ? plural(items.length, "token") : items.map(itemText).join(", ") || "none";
}

const itemText = (item: number | string | IdBias): string =>
  typeof item === "object" ? `${item[0]} ${formatBias(item[1])}` : String(item);

const formatBias = (bias: number): string => (bias > 0 ? `+${formatTick(bias)}` : formatTick(bias));

/** The first parameter, where it is a number: in most sentences it is the only one that matters. */
const first = ({params}: Pick<WarperSpec, "params">): number => Number(Object.values(params)[0] ?? NaN);
const count = ({params}: Pick<WarperSpec, "params">): number =>
  (Object.values(params)[0] as readonly unknown[]).length;
const plain = (x: number): string => String(Number(x.toPrecision(6)));

/** How much probability was kept: what is left out of it is named where the rounded figure would hide it. */
export function massText(kept: number): string {
  const text = formatPercent(kept);
  return kept < 1 && text === formatPercent(1) ? `all but ${formatPercent(1 - kept)}` : text;
}

type Said = (spec: Pick<WarperSpec, "params">) => string;

/** What a warper that removes nothing did to the logits; null for those that remove, of which the numbers tell. */
export const warperDid: Readonly<Record<WarperName, Said | null>> = {
  logitBias: (spec) => `${plural(count(spec), "logit")} moved by hand`,
  repetitionPenalty: (spec) => `repeats penalised by ${plain(first(spec))}`,
  frequencyPenalty: (spec) => `${plain(first(spec))} taken from a token for each time it was said`,
  presencePenalty: (spec) => `${plain(first(spec))} taken from each token that was said`,
  dry: (spec) => `what would repeat penalised, ${plain(first(spec))} and more`,
  noRepeatNgram: null,
  minNewTokens: null,
  suppressTokens: null,
  temperature: (spec) => `every logit divided by ${plain(first(spec))}`,
  dynamicTemperature: () => "every logit divided by a temperature between the two ends",
  topNSigma: null,
  topK: null,
  topP: null,
  minP: null,
  typicalP: null,
  epsilon: null,
  eta: null,
  xtc: null,
  mirostatV2: null
};

/** What a warper will do, imperative. */
export const warperWill: Readonly<Record<WarperName, Said>> = {
  logitBias: (spec) => `add to ${plural(count(spec), "logit")}`,
  repetitionPenalty: (spec) => `penalise repeats by ${plain(first(spec))}`,
  frequencyPenalty: (spec) => `take ${plain(first(spec))} from a token for each time it was said`,
  presencePenalty: (spec) => `take ${plain(first(spec))} from each token that was said`,
  dry: (spec) => `penalise what would repeat, by ${plain(first(spec))} and more`,
  noRepeatNgram: (spec) => `forbid what would repeat ${plural(first(spec), "token")} in a row`,
  minNewTokens: (spec) => `forbid the end before ${plural(first(spec), "new token")}`,
  suppressTokens: (spec) => `forbid ${plural(count(spec), "token")}`,
  temperature: (spec) => `divide every logit by ${plain(first(spec))}`,
  dynamicTemperature: ({params}) =>
    `divide every logit by a temperature from ${plain(Number(params["min"]))} to ${plain(Number(params["max"]))}`,
  topNSigma: (spec) => `keep what is at most ${plain(first(spec))} deviations below the largest`,
  topK: (spec) => `keep the ${formatCount(first(spec))} largest`,
  topP: (spec) => `keep the smallest set that reaches ${plain(100 * first(spec))}\u202F%`,
  minP: (spec) => `keep what has ${formatPercent(first(spec))} of the largest probability`,
  typicalP: (spec) => `keep the most typical up to ${formatPercent(first(spec))}`,
  epsilon: (spec) => `remove probabilities below ${plain(first(spec))}`,
  eta: (spec) => `remove probabilities below ${plain(first(spec))}, or less where the entropy is high`,
  xtc: (spec) => `toss a coin: with ${formatPercent(first(spec))} remove the likeliest`,
  mirostatV2: () => "remove what surprises more than mu"
};
