import fc from "fast-check";
import {
  tokenId,
  warperNames,
  warpers,
  type Parameter,
  type ParameterRange,
  type ParameterValue,
  type WarperName,
  type WarperSpec
} from "../../../engine/index.ts";

const logit = fc.oneof(
  {weight: 6, arbitrary: fc.float({min: -40, max: 40, noNaN: true})},
  {weight: 2, arbitrary: fc.integer({min: -3, max: 3})}, // ties
  {weight: 1, arbitrary: fc.constant(-Infinity)}
);

/** Logits as a decoder or another warper may leave them: at least one can be picked. */
export const someLogits: fc.Arbitrary<Float32Array> = fc
  .array(logit, {minLength: 1, maxLength: 50})
  .map((values) => Float32Array.from(values))
  .filter((values) => values.some(Number.isFinite));

/** Ids of a vocabulary of 50. */
export const someTokenIds = fc.array(fc.nat(49).map(tokenId), {maxLength: 30});

/** A value that a slider can be set to, or anything between. */
export function withinSlider(name: WarperName, parameter: string): fc.Arbitrary<number> {
  return ofSlider(warpers[name].parameters[parameter] as ParameterRange);
}

const ofSlider = ({slider: [min, max], integer}: ParameterRange): fc.Arbitrary<number> =>
  integer ? fc.integer({min, max}) : fc.double({min, max, noNaN: true});

/** Any number that is allowed. */
export const within = ({
  min,
  max,
  minExclusive = false,
  integer = false
}: Pick<ParameterRange, "min" | "max" | "minExclusive" | "integer">): fc.Arbitrary<number> =>
  integer
    ? fc.integer({min, max})
    : fc.double({min, max, minExcluded: minExclusive, noNaN: true}).map((value) => value + 0); // no -0

function valueOf(
  parameter: Parameter,
  ofNumber: (range: ParameterRange) => fc.Arbitrary<number>
): fc.Arbitrary<ParameterValue> {
  switch (parameter.kind) {
    case "number":
      return ofNumber(parameter);
    case "choice":
      return fc.constantFrom(...parameter.options);
    case "ids":
      return fc.uniqueArray(fc.nat(49), {maxLength: 4});
    case "biases":
      return fc.uniqueArray(fc.tuple(fc.nat(49), within(parameter)), {maxLength: 4, selector: ([id]) => id});
    case "texts":
      return fc.uniqueArray(fc.string({unit: "grapheme", minLength: 1, maxLength: 4}), {maxLength: 4});
  }
}

const paramsOf = (name: WarperName, ofNumber: (range: ParameterRange) => fc.Arbitrary<number>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(warpers[name].parameters).map(([key, parameter]) => [key, valueOf(parameter, ofNumber)])
    )
  ) as fc.Arbitrary<WarperSpec["params"]>;

/** Any parameters within their sliders. */
export const someParams = (name: WarperName): fc.Arbitrary<WarperSpec["params"]> => paramsOf(name, ofSlider);

/** Any warper with any parameters that are allowed. */
export const someWarper: fc.Arbitrary<WarperSpec> = fc
  .constantFrom(...warperNames)
  .chain((name) => fc.record({name: fc.constant(name), params: paramsOf(name, within)}));
