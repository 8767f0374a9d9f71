import type {LoadEvent} from "../../engine/index.ts";

/** The bytes of the weights: the external data, or the graphs where the weights are inside them. */
export function weightBytes({files}: LoadEvent): number {
  const sum = (pattern: RegExp) =>
    files.filter(({path}) => pattern.test(path)).reduce((total, {bytes}) => total + bytes, 0);
  return sum(/\.onnx_data(_\d+)?$/) || sum(/\.onnx$/) || sum(/./);
}
