import type {Tap} from "../decoder.ts";
import {InvalidRequest, ModelError} from "../errors.ts";
import {toFloat32} from "./elements.ts";
import type {ModelSource} from "./source.ts";
import type {StoredWeight} from "./weights.ts";

/**
 * One weight of the model in 32 bits, its bytes read from the folder again: nothing of it is kept.
 *
 * @returns float32, row-major, in the shape in which it is stored
 * @throws InvalidRequest for a name that is no weight's, ModelError where the file cannot be read any more
 */
export async function readMatrix(
  source: ModelSource,
  weights: readonly StoredWeight[],
  name: string
): Promise<Tap> {
  const found = weights.find(({info}) => info.name === name);
  if (!found)
    throw new InvalidRequest(
      "matrix",
      `this model has no weight ${JSON.stringify(name)}; the load event's tensors name those that it has`
    );
  const {info, type, place} = found;
  if (!place)
    throw new InvalidRequest(
      "matrix",
      `${name} is stored in a form that cannot be shown; export the model with its weights as raw data`
    );
  const range = {from: place.from, to: place.from + info.bytes};
  const bytes = await source.read(place.path, {range});
  if (bytes.length !== info.bytes)
    throw new ModelError(
      "truncated",
      place.path,
      `${place.path} changed after the model was loaded. Load it again`
    );
  return {name, shape: info.shape, data: toFloat32(type, bytes)};
}
