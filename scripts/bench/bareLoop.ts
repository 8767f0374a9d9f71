import type {Ort, OrtSession, OrtTensor} from "../../engine/runtime/ort.ts";

type Sizes = {
  readonly nLayers: number;
  readonly nKvHeads: number;
  readonly dHead: number;
  readonly vocabSize: number;
};

/**
 * Greedy decoding with nothing around it: what a session costs without this engine. Yields after each token.
 * The same graph, the same fetches (logits of the last row, and the cache) as the engine's on WebAssembly.
 */
export async function* bareLoop(
  ort: Ort,
  session: OrtSession,
  prompt: readonly number[],
  sizes: Sizes
): AsyncGenerator<number> {
  const ints = (values: readonly number[], dims: readonly number[]) =>
    new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
  const pairs = Array.from({length: sizes.nLayers}, (_, i) => [`${i}.key`, `${i}.value`]).flat();
  const shape = [1, sizes.nKvHeads, 0, sizes.dHead];
  let past: Record<string, OrtTensor> = Object.fromEntries(
    pairs.map((name) => [`past_key_values.${name}`, new ort.Tensor("float32", new Float32Array(0), shape)])
  );
  let next = [...prompt];
  for (let length = 0; ;) {
    const n = next.length;
    const positions = next.map((_, i) => length + i);
    const bias = new Float32Array(n * (length + n));
    for (let row = 0; row < n; ++row)
      bias.fill(-1e9, row * (length + n) + length + row + 1, (row + 1) * (length + n));
    const out = await session.run(
      {
        input_ids: ints(next, [1, n]),
        position_ids: ints(positions, [1, n]),
        attention_bias: new ort.Tensor("float32", bias, [1, 1, n, length + n]),
        logits_rows: ints([n - 1], [1]),
        ...past
      },
      ["logits", ...pairs.map((name) => `present.${name}`)]
    );
    const logits = out["logits"]!.data as Float32Array;
    let best = 0;
    for (let id = 1; id < logits.length; ++id) if (logits[id]! > logits[best]!) best = id;
    past = Object.fromEntries(pairs.map((name) => [`past_key_values.${name}`, out[`present.${name}`]!]));
    length += n;
    next = [best];
    yield best;
  }
}
