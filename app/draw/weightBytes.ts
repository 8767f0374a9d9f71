import type {LoadEvent} from "../../engine/index.ts";

/** Bytes of the weights as stored; of the files that hold them where the model does not name every weight. */
export const weightBytes = (event: LoadEvent): number =>
  namesAll(event) ? event.tensors.reduce((total, {bytes}) => total + bytes, 0) : fileBytes(event);

/** Files beside a graph that hold its weights. */
export const EXTERNAL_DATA = /\.onnx_data(_\d+)?$/;

/** Of the external data, or of the graphs where the weights are inside them. */
function fileBytes({files}: LoadEvent): number {
  const sum = (pattern: RegExp) =>
    files.filter(({path}) => pattern.test(path)).reduce((total, {bytes}) => total + bytes, 0);
  return sum(EXTERNAL_DATA) || sum(/\.onnx$/) || sum(/./);
}

/** So many numbers of so many bytes each. */
export type NumberSize = {readonly bytes: number; readonly count: number};

/** How large the numbers are as stored, the most frequent size first; none where not every weight is named. */
export function numberSizes(event: LoadEvent): readonly NumberSize[] {
  if (!namesAll(event)) return [];
  const counts = new Map<number, number>();
  for (const {bytes, count} of event.tensors)
    counts.set(bytes / count, (counts.get(bytes / count) ?? 0) + count);
  return [...counts].map(([bytes, count]) => ({bytes, count})).sort((a, b) => b.count - a.count);
}

const namesAll = ({tensors, parameters}: LoadEvent): boolean =>
  tensors.reduce((total, {count}) => total + count, 0) === parameters;
