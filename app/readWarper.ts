import {
  checkParameter,
  warperNames,
  warpers,
  type Parameter,
  type ParameterValue,
  type WarperName,
  type WarperParams
} from "../engine/index.ts";
import {Malformed, oneOf, record, type Fields, type Read} from "./check.ts";

/** A value as its parameter allows it. Plain data all through: what is no number, text or list of them is refused. */
const valueOf =
  (parameter: Parameter): Read<ParameterValue> =>
  (value, at) => {
    try {
      checkParameter("", at, value, parameter);
      return value as ParameterValue;
    } catch (error) {
      throw new Malformed((error as Error).message);
    }
  };

/** Parameters that a file lacks have their usual values: it may be older than they are. */
const paramsOf = (name: WarperName): Read<WarperParams> =>
  record((fields) =>
    Object.fromEntries(
      Object.entries(warpers[name].parameters).map(([key, parameter]) => [
        key,
        fields.maybe(key, valueOf(parameter))[key] ?? parameter.default
      ])
    )
  );

/** Which warper a warp event is about, and with which parameters. @throws Malformed */
export function readSpec(fields: Fields): {readonly warper: WarperName; readonly params: WarperParams} {
  const warper = fields.take("warper", oneOf(...warperNames));
  return {warper, params: fields.take("params", paramsOf(warper))};
}
