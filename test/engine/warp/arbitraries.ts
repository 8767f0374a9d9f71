import fc from "fast-check";
import {tokenId, warpers, type WarperName, type WarperSpec} from "../../../engine/index.ts";

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
  const {slider, integer} = warpers[name].parameters[parameter]!;
  const [min, max] = slider;
  return integer ? fc.integer({min, max}) : fc.double({min, max, noNaN: true});
}

/** Any parameters within their sliders. */
export const someParams = (name: WarperName): fc.Arbitrary<WarperSpec["params"]> =>
  fc.record(
    Object.fromEntries(Object.keys(warpers[name].parameters).map((key) => [key, withinSlider(name, key)]))
  );
