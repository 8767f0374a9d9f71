import {
  InvalidRequest,
  strategies,
  strategy,
  strategyNames,
  warperNames,
  warpers,
  type Request,
  type Strategy,
  type StrategyName,
  type StrategyParameter,
  type WarperSpec
} from "../../engine/index.ts";
import {one, oneOf, optionOf, parametersOf, readNumber, type Values} from "./commandLine.ts";

/** The strategy that is named, or null. */
function namedIn(values: Values): StrategyName | null {
  const named = oneOf(values, "strategy", strategyNames.map(optionOf));
  return strategyNames.find((name) => optionOf(name) === named) ?? null;
}

/** The options left for the warpers: one that both know is the strategy's, where that is named. */
export function withoutStrategy(values: Values): Values {
  const named = namedIn(values);
  const own = named ? parametersOf(named).map(optionOf) : [];
  return new Map([...values].filter(([option]) => !own.includes(option)));
}

/** The strategy with its parameters. @param chain of warpers, which says whether something is to be drawn */
export function readStrategy(values: Values, chain: readonly WarperSpec[]): Request["strategy"] {
  const named = namedIn(values);
  const drawing = values.has("seed") || chain.some(({name}) => warpers[name].when === "sampling");
  const name = named ?? (drawing ? "multinomial" : "greedy");
  checkOwned(values, named ? parametersOf(named) : []);
  const {parameters}: Strategy = strategies[name];
  const params = Object.entries(parameters)
    .filter(([key]) => values.has(optionOf(key)))
    .map(([key, parameter]) => [key, readParameter(values, optionOf(key), parameter)] as const);
  return strategy(name, Object.fromEntries(params));
}

function readParameter(values: Values, option: string, parameter: StrategyParameter): number | string {
  return parameter.kind === "number"
    ? readNumber(option, one(values, option)!, parameter)
    : oneOf(values, option, parameter.options)!;
}

/** @throws InvalidRequest for a parameter of another strategy than the one named */
function checkOwned(values: Values, own: readonly string[]): void {
  for (const name of strategyNames)
    for (const key of parametersOf(name)) {
      const isWarper = warperNames.some((warper) => warper === key);
      if (!values.has(optionOf(key)) || own.includes(key) || isWarper) continue;
      throw new InvalidRequest("strategy", `--${optionOf(key)} belongs to --strategy ${optionOf(name)}`);
    }
}
