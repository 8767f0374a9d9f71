import fc from "fast-check";
import {
  strategies,
  strategy,
  strategyNames,
  type Strategy,
  type StrategyName,
  type StrategyParameter,
  type StrategySpec
} from "../../../engine/index.ts";

/** Any strategy with any parameters that it takes together. */
export const someStrategy: fc.Arbitrary<StrategySpec> = fc.constantFrom(...strategyNames).chain((name) => {
  const {parameters, problem}: Strategy = strategies[name];
  const params = Object.entries(parameters).map(([key, parameter]) => [key, someValue(parameter)] as const);
  return fc
    .record(Object.fromEntries(params))
    .filter((given) => !problem?.(given))
    .map((given) => strategy(name satisfies StrategyName, given));
});

function someValue(parameter: StrategyParameter): fc.Arbitrary<number | string> {
  if (parameter.kind === "choice") return fc.constantFrom(...parameter.options);
  const {min, max, minExclusive = false, integer} = parameter;
  if (integer) return fc.integer({min, max});
  return fc
    .double({min, max, minExcluded: minExclusive, noNaN: true})
    .map((value) => Number(value.toPrecision(6)) + 0); // + 0: a link has no -0
}
