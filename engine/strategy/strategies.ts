import {InvalidRequest} from "../errors.ts";
import {checkParameter, parseValue} from "../warp/parameters.ts";
import {beam} from "./beam.ts";
import {contrastive} from "./contrastive.ts";
import {contrastiveDecoding} from "./contrastiveDecoding.ts";
import {dola} from "./dola.ts";
import {greedy} from "./greedy.ts";
import {lookahead} from "./lookahead.ts";
import {multinomial} from "./multinomial.ts";
import {speculative} from "./speculative.ts";
import type {Strategy, StrategyName, StrategyParams, StrategySpec} from "./strategy.ts";

/** Every strategy by name. To add one: its file, its name in strategy.ts, a line here and in loops.ts. */
export const strategies = {
  greedy,
  multinomial,
  beam,
  contrastive,
  speculative,
  lookahead,
  contrastiveDecoding,
  dola
} as const satisfies Readonly<Record<StrategyName, Strategy>>;

export const strategyNames = Object.keys(strategies) as readonly StrategyName[];

const strategyOf = (name: StrategyName): Strategy => strategies[name];

/** A spec whose parameters are those given, the others at their defaults. */
export function strategy(name: StrategyName, given: StrategyParams = {}): StrategySpec {
  const parameters = Object.entries(strategyOf(name).parameters);
  if (parameters.length === 0) return {name};
  return {
    name,
    params: Object.fromEntries(parameters.map(([key, parameter]) => [key, given[key] ?? parameter.default]))
  };
}

/** Whether warpers with `when: "sampling"` apply. */
export const isSampling = ({name, params = {}}: StrategySpec): boolean => strategyOf(name).samples(params);

/** Whether it picks a token from the last row of every pass, so that a step can be computed again. */
export const picksEveryPass = ({name}: StrategySpec): boolean => strategyOf(name).pick !== undefined;

/** Whether a second, smaller decoder is read. */
export const needsDraft = ({name, params = {}}: StrategySpec): boolean =>
  strategyOf(name).needsDraft?.(params) ?? false;

/**
 * Checks a spec that came from outside.
 * @throws InvalidRequest naming the parameter, the value and what is allowed
 */
export function checkStrategy({name, params = {}}: StrategySpec): void {
  const field = "strategy";
  if (!Object.hasOwn(strategies, name))
    throw new InvalidRequest(
      field,
      `strategy must be one of ${strategyNames.join(", ")}, got ${JSON.stringify(name)}`
    );
  const {parameters, problem} = strategyOf(name);
  for (const key of Object.keys(params)) {
    if (Object.hasOwn(parameters, key)) continue;
    const has = Object.keys(parameters).join(", ");
    const message = `${name} has no parameter "${key}"; it has ${has === "" ? "none" : has}`;
    throw new InvalidRequest(field, message);
  }
  for (const [key, parameter] of Object.entries(parameters))
    checkParameter(field, key, params[key], parameter);
  const wrong = problem?.(params) ?? null;
  if (wrong !== null) throw new InvalidRequest(field, wrong);
}

/** "greedy", "beam:4:0.6:never": the name, then its parameters in their order. */
export const printStrategy = ({name, params = {}}: StrategySpec): string =>
  [name, ...Object.keys(strategyOf(name).parameters).map((key) => params[key])].join(":");

/** The reverse of `printStrategy`; parameters left out at the end are at their defaults. @throws InvalidRequest */
export function parseStrategy(text: string): StrategySpec {
  const [name = "", ...given] = text.split(":");
  if (!Object.hasOwn(strategies, name)) checkStrategy({name: name as StrategyName});
  const parameters = Object.entries(strategyOf(name as StrategyName).parameters);
  if (given.length > parameters.length)
    throw new InvalidRequest(
      "strategy",
      `${name} takes ${parameters.length === 0 ? "no parameters" : `up to ${parameters.length} parameters`}, written ${printStrategy(strategy(name as StrategyName))}, got ${JSON.stringify(text)}`
    );
  const params = given.map((value, i) => {
    const [key, parameter] = parameters[i]!;
    return [key, parseValue(value, parameter)] as const;
  });
  const spec = strategy(name as StrategyName, Object.fromEntries(params) as StrategyParams);
  checkStrategy(spec);
  return spec;
}
