import {example} from "gallery";
import {MatrixPanel} from "../../app/panels/matrix/MatrixPanel.tsx";
import type {Matrix} from "../../app/panels/matrix/matrixValues.ts";
import type {Asked} from "../../app/panels/asked.ts";
import {en} from "../../app/i18n/en/index.ts";
import type {WeightInfo} from "../../engine/index.ts";
import {madeVocabulary} from "./made.ts";
import {madeMatrix, weightsOf} from "./madeWeights.ts";

const weights = weightsOf(6);
const named = (end: string): WeightInfo => weights.find(({name}) => name.endsWith(end))!;
const vocabulary = madeVocabulary(4096);

function draw(width: number, tensor: WeightInfo, matrix?: Asked<Matrix>) {
  const value = {name: tensor.name, shape: tensor.shape, data: madeMatrix(tensor.shape)};
  return (
    <MatrixPanel
      {...{tensor, vocabulary, width}}
      matrix={matrix ?? {status: "ready", value}}
      onClose={() => {}}
      strings={en}
    />
  );
}

const sized = (...shape: number[]): WeightInfo => ({
  ...named("o_proj.weight"),
  shape,
  count: shape.reduce((product, n) => product * n, 1)
});
const filled = (tensor: WeightInfo, value: number): Asked<Matrix> => ({
  status: "ready",
  value: {name: tensor.name, shape: tensor.shape, data: new Float32Array(tensor.count).fill(value)}
});

example("matrix", (width) => draw(width, named("layers.2.self_attn.qkv_proj.weight")));
example("matrix-down", (width) => draw(width, named("layers.0.mlp.down_proj.weight")));
example("matrix-embedding", (width) => draw(width, named("embed_tokens.weight")));
example("matrix-vector", (width) => draw(width, named("layers.5.input_layernorm.weight")));
example("matrix-long-vector", (width) => draw(width, sized(4096)));
example("matrix-small", (width) => draw(width, sized(4, 6)));
example("matrix-one-value", (width) => draw(width, sized(1), filled(sized(1), -0.5)));
example("matrix-all-zero", (width) => draw(width, sized(32, 32), filled(sized(32, 32), 0)));
example("matrix-loading", (width) => draw(width, named("embed_tokens.weight"), {status: "loading"}));
example("matrix-refused", (width) =>
  draw(width, named("o_proj.weight"), {
    status: "refused",
    message: "onnx/model.onnx_data is no longer where it was read from; load the model again"
  })
);
