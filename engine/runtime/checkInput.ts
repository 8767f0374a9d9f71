import type {ForwardInput, Past} from "../decoder.ts";
import {ModelError} from "../errors.ts";
import type {DecoderConfig} from "../trace.ts";
import {takesBias, type Graph} from "./graph.ts";
import {continued, lengthAfter} from "./passInput.ts";

/**
 * What a backend would answer with a wrong number or a raw message is refused here.
 *
 * @throws RangeError for sizes that do not fit, ModelError for an attention bias that the graph cannot take
 */
export function checkInput(graph: Graph, config: DecoderConfig, input: ForwardInput): void {
  const problem = problemOf(config, input) ?? (input.past && pastProblem(input, input.past));
  if (problem) throw new RangeError(`forward: ${problem}`);
  if (input.bias) checkBias(graph, input, input.bias);
}

/** In words what does not fit, or null. */
function problemOf(config: DecoderConfig, {tokenIds, positions, batch, rows}: ForwardInput): string | null {
  const n = tokenIds.length / batch;
  if (!isBelow(Infinity, batch) || batch === 0)
    return `batch must be a whole number of at least 1, got ${batch}`;
  if (!isBelow(Infinity, n) || n === 0)
    return `${tokenIds.length} token ids are no ${batch} sequences of equal length`;
  if (!areBelow(config.vocabSize, tokenIds)) return `token ids must be below ${config.vocabSize}`;
  const isRange = "from" in positions;
  const count = isRange ? positions.to - positions.from : positions.length;
  if (count !== n) return `${count} positions for ${n} tokens`;
  if (!areBelow(config.maxPositions, isRange ? [positions.from, positions.to - 1] : positions))
    return `positions must be below ${config.maxPositions}`;
  return areBelow(n, rows) ? null : `rows must be below ${n}, the tokens of this pass`;
}

function pastProblem(input: ForwardInput, {cache, length}: Past): string | null {
  if (length > cache.length) return `a past of ${length} of ${cache.length} positions`;
  if (length === 0) return null;
  const rows = continued(input);
  if (rows.length !== input.batch) return `${rows.length} sequences of a past continued by ${input.batch}`;
  if (areBelow(cache.batch, rows)) return null;
  return `a past of ${cache.batch} sequences cannot be continued by ${input.batch} as its ${rows.join(", ")}`;
}

function checkBias(graph: Graph, input: ForwardInput, bias: Float32Array): void {
  if (!takesBias(graph))
    throw new ModelError(
      "unsupported",
      graph.path,
      "this model has no inspect.onnx, so a pass cannot attend along a pattern of its own; export it with taps"
    );
  const n = input.tokenIds.length / input.batch;
  const total = lengthAfter(input);
  if (bias.length !== n * total)
    throw new RangeError(`forward: a bias of ${bias.length} numbers for ${n} rows and ${total} keys`);
}

const isBelow = (limit: number, value: number) => Number.isInteger(value) && value >= 0 && value < limit;

function areBelow(limit: number, values: readonly number[]): boolean {
  for (const value of values) if (!isBelow(limit, value)) return false;
  return true;
}
