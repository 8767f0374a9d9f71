import type {Vocabulary, WeightInfo} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {gridOf, tokenAxis, type Matrix} from "./matrixValues.ts";
import type {Read} from "./sayMatrix.tsx";

/** What came, if it is the weight that was asked for. */
export function readOf(matrix: Asked<Matrix>, tensor: WeightInfo, vocabulary: Vocabulary): Read | null {
  if (matrix.status !== "ready" || matrix.value.name !== tensor.name) return null;
  const {columns, rows} = gridOf(tensor);
  const {data} = matrix.value;
  if (data.length !== rows * columns) return null;
  return {data, columns, vector: tensor.shape.length < 2, axis: tokenAxis(tensor, vocabulary)};
}
