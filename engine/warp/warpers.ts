import {InvalidRequest} from "../errors.ts";
import {dry} from "./dry.ts";
import {dynamicTemperature} from "./dynamicTemperature.ts";
import {epsilon} from "./epsilon.ts";
import {eta} from "./eta.ts";
import {frequencyPenalty} from "./frequencyPenalty.ts";
import {logitBias} from "./logitBias.ts";
import {minNewTokens} from "./minNewTokens.ts";
import {minP} from "./minP.ts";
import {mirostatV2} from "./mirostatV2.ts";
import {noRepeatNgram} from "./noRepeatNgram.ts";
import {checkParameter, type IdBias, type ParameterValue} from "./parameters.ts";
import {presencePenalty} from "./presencePenalty.ts";
import {repetitionPenalty} from "./repetitionPenalty.ts";
import {suppressTokens} from "./suppressTokens.ts";
import {temperature} from "./temperature.ts";
import {topNSigma} from "./topNSigma.ts";
import {topK} from "./topK.ts";
import {topP} from "./topP.ts";
import {typicalP} from "./typicalP.ts";
import {xtc} from "./xtc.ts";
import type {Warper, WarperName, WarperParams, WarperSpec} from "./warper.ts";

export {checkNumber, describeRange} from "./parameters.ts";

/**
 * Every warper by name, in the order in which Hugging Face applies them; those that it lacks stand where the engine
 * that has them puts them. To add one: its file, its name in warper.ts, a line here.
 */
export const warpers: Readonly<Record<WarperName, Warper>> = {
  logitBias,
  repetitionPenalty,
  frequencyPenalty,
  presencePenalty,
  dry,
  noRepeatNgram,
  minNewTokens,
  suppressTokens,
  temperature,
  dynamicTemperature,
  topNSigma,
  topK,
  topP,
  minP,
  typicalP,
  epsilon,
  eta,
  xtc,
  mirostatV2
};

export const warperNames = Object.keys(warpers) as readonly WarperName[];

/** A spec whose parameters are those given, the others at their defaults. A lone value sets the first one. */
export function warper(name: WarperName, params: ParameterValue | WarperParams): WarperSpec {
  const parameters = Object.entries(warpers[name].parameters);
  const given = isValue(params) ? {[parameters[0]![0]]: params} : params;
  return {
    name,
    params: Object.fromEntries(parameters.map(([key, parameter]) => [key, given[key] ?? parameter.default]))
  };
}

const isValue = (params: ParameterValue | WarperParams): params is ParameterValue =>
  typeof params !== "object" || Array.isArray(params);

/**
 * Checks a spec that came from outside.
 * @throws InvalidRequest naming the parameter, the value and what is allowed
 */
export function checkWarper(spec: WarperSpec, field = "warpers"): void {
  const definition = Object.hasOwn(warpers, spec.name) ? warpers[spec.name] : undefined;
  if (!definition)
    throw new InvalidRequest(
      field,
      `unknown warper ${JSON.stringify(spec.name)}; known are ${warperNames.join(", ")}`
    );
  const {parameters} = definition;
  for (const key of Object.keys(spec.params)) {
    if (!Object.hasOwn(parameters, key))
      throw new InvalidRequest(
        field,
        `${spec.name} has no parameter "${key}"; it has ${Object.keys(parameters).join(", ")}`
      );
  }
  const hint = spec.name === "temperature" ? "; for greedy decoding use the strategy greedy" : "";
  for (const [key, parameter] of Object.entries(parameters)) {
    const label = spec.name === key ? key : `${spec.name} ${key}`;
    checkParameter(field, label, spec.params[key], parameter, hint);
  }
}

/** @throws InvalidRequest where a list of a chain names a token that the vocabulary lacks */
export function checkWarperIds(chain: readonly WarperSpec[], vocabSize: number): void {
  for (const {name, params} of chain)
    for (const [key, {kind}] of Object.entries(warpers[name].parameters)) {
      const unknown = idsIn(params[key]!, kind).find((id) => id >= vocabSize);
      if (unknown !== undefined)
        throw new InvalidRequest(
          "warpers",
          `${name} names token ${unknown}, which is not in the vocabulary of ${vocabSize}`
        );
    }
}

function idsIn(value: ParameterValue, kind: string): readonly number[] {
  if (kind === "biases") return (value as readonly IdBias[]).map(([id]) => id);
  return kind === "ids" ? (value as readonly number[]) : [];
}
