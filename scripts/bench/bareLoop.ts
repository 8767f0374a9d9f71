import type {Ort, OrtSession, OrtTensor} from "../../engine/runtime/ort.ts";
import type {DecoderConfig} from "../../engine/index.ts";

/** What a loop runs on. */
export type Ground = {
  readonly ort: Ort;
  readonly session: OrtSession;
  /** Null on WebAssembly. */
  readonly device: GPUDevice | null;
  readonly config: DecoderConfig;
};

/**
 * Greedy decoding with nothing around it: what a session costs without this engine. Yields after each token.
 * The same graph and the same fetches as the engine's: logits of the last row to the CPU, and the cache, which stays
 * where the session computes.
 */
export async function* bareLoop(ground: Ground, prompt: readonly number[]): AsyncGenerator<number> {
  const {ort, session, device} = ground;
  const {nLayers, nKvHeads, dHead} = ground.config;
  const ints = (values: readonly number[], dims: readonly number[]) =>
    new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
  const room = (dims: number[]) => {
    if (!device) return null;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({size: 4 * dims.reduce((a, b) => a * b), usage});
    return ort.Tensor.fromGpuBuffer(buffer, {dataType: "float32", dims, dispose: () => buffer.destroy()});
  };
  const parts = Array.from({length: nLayers}, (_, i) => [`${i}.key`, `${i}.value`]).flat();
  const names = parts.map((part) => [`past_key_values.${part}`, `present.${part}`] as const);
  const nothing = () => new ort.Tensor("float32", new Float32Array(0), [1, nKvHeads, 0, dHead]);
  const feeds: Record<string, OrtTensor> = Object.fromEntries(names.map(([past]) => [past, nothing()]));
  const fetches: Record<string, OrtTensor | null> = {logits: null};
  for (let next = prompt, length = 0; ;) {
    const [n, total] = [next.length, length + next.length];
    const bias = new Float32Array(n * total);
    for (let row = 0; row < n; ++row) bias.fill(-1e9, row * total + length + row + 1, (row + 1) * total);
    feeds["input_ids"] = ints(next, [1, n]);
    const positions = next.map((_, i) => length + i);
    feeds["position_ids"] = ints(positions, [1, n]);
    feeds["attention_bias"] = new ort.Tensor("float32", bias, [1, 1, n, total]);
    feeds["logits_rows"] = ints([n - 1], [1]);
    for (const [, present] of names) fetches[present] = room([1, nKvHeads, total, dHead]);
    const out = await session.run(feeds, fetches);
    for (const [past, present] of names) {
      feeds[past]!.dispose();
      feeds[past] = out[present]!;
    }
    const logits = out["logits"]!.data as Float32Array;
    let best = 0;
    for (let id = 1; id < logits.length; ++id) if (logits[id]! > logits[best]!) best = id;
    [next, length] = [[best], total];
    yield best;
  }
}
