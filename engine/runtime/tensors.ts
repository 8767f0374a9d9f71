import type {Ort, OrtTensor} from "./ort.ts";
import type {HostTensor} from "./passInput.ts";

/** Sizes of one tensor of the cache, (batch, kv_heads, positions, d_head), row-major. */
export type CacheShape = readonly [batch: number, kvHeads: number, positions: number, dHead: number];

/** Makes tensors where the decoder computes. Whoever gets one disposes it. */
export type TensorStore = {
  /** Moves a tensor there. */
  put(tensor: HostTensor): OrtTensor;
  /** Room for a pass to leave a part of the cache in; null where onnxruntime makes it itself. */
  room(shape: CacheShape): OrtTensor | null;
  /**
   * Copies the first `length` positions of a tensor of the cache.
   * @param rows which sequence of the source each sequence of the result continues
   */
  cut(source: OrtTensor, shape: CacheShape, length: number, rows: readonly number[]): OrtTensor;
  /** Brings the first `length` positions of the first sequence to the CPU: float32 (kv_heads, length, d_head). */
  read(source: OrtTensor, shape: CacheShape, length: number): Promise<Float32Array>;
};

export function dispose(tensors: Iterable<OrtTensor | null>): void {
  for (const tensor of tensors) tensor?.dispose();
}

/** A tensor of no elements lies on the CPU on every backend. */
export const noPositions = (ort: Ort, batch: number, kvHeads: number, dHead: number): OrtTensor =>
  new ort.Tensor("float32", new Float32Array(0), [batch, kvHeads, 0, dHead]);

/** One (sequence, head) of the cache after the other: where its rows start, and where the copies go. In elements. */
function* blocks([, kvHeads, positions, dHead]: CacheShape, length: number, rows: readonly number[]) {
  const size = length * dHead;
  for (const [to, from] of rows.entries())
    for (let head = 0; head < kvHeads; ++head)
      yield {from: (from * kvHeads + head) * positions * dHead, to: (to * kvHeads + head) * size, size};
}

export function cpuTensors(ort: Ort): TensorStore {
  const copy = (source: OrtTensor, shape: CacheShape, length: number, rows: readonly number[]) => {
    const [, kvHeads, , dHead] = shape;
    const all = source.data as Float32Array;
    const part = new Float32Array(rows.length * kvHeads * length * dHead);
    for (const {from, to, size} of blocks(shape, length, rows)) part.set(all.subarray(from, from + size), to);
    return part;
  };
  return {
    put: ({type, data, shape}) => new ort.Tensor(type, data, shape),
    room: () => null,
    cut: (source, shape, length, rows) =>
      new ort.Tensor("float32", copy(source, shape, length, rows), [rows.length, shape[1], length, shape[3]]),
    read: (source, shape, length) => Promise.resolve(copy(source, shape, length, [0]))
  };
}

/**
 * Buffers of our own on a device of our own; disposing a tensor destroys its buffer. Those that onnxruntime would make
 * stay in its pool, which grows with the context and is freed with the session only.
 */
export function gpuTensors(ort: Ort, device: GPUDevice): TensorStore {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const copy = (source: OrtTensor, target: GPUBuffer, spans: ReturnType<typeof blocks>) => {
    const encoder = device.createCommandEncoder();
    for (const {from, to, size} of spans)
      encoder.copyBufferToBuffer(source.gpuBuffer as GPUBuffer, from * 4, target, to * 4, size * 4);
    device.queue.submit([encoder.finish()]);
  };
  const create = (bytes: number) => device.createBuffer({size: Math.ceil(bytes / 16) * 16, usage});
  const tensor = (buffer: GPUBuffer, dataType: HostTensor["type"], dims: readonly number[]) =>
    ort.Tensor.fromGpuBuffer(buffer, {dataType, dims: [...dims], dispose: () => buffer.destroy()});
  return {
    put({type, data, shape}) {
      const buffer = create(data.byteLength);
      device.queue.writeBuffer(buffer, 0, data.byteLength % 4 === 0 ? data : padded(data));
      return tensor(buffer, type, shape);
    },
    room: (shape) => tensor(create(4 * shape.reduce((product, n) => product * n)), "float32", shape),
    cut(source, shape, length, rows) {
      const [, kvHeads, , dHead] = shape;
      const buffer = create(rows.length * kvHeads * length * dHead * 4);
      copy(source, buffer, blocks(shape, length, rows));
      return tensor(buffer, "float32", [rows.length, kvHeads, length, dHead]);
    },
    async read(source, shape, length) {
      const [, kvHeads, , dHead] = shape;
      const size = kvHeads * length * dHead * 4;
      const staging = device.createBuffer({size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST});
      try {
        copy(source, staging, blocks(shape, length, [0]));
        await staging.mapAsync(GPUMapMode.READ);
        return new Float32Array(staging.getMappedRange().slice(0));
      } finally {
        staging.destroy();
      }
    }
  };
}

/** Writes to a buffer come in words of four bytes. */
function padded(data: HostTensor["data"]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil(data.byteLength / 4) * 4);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytes;
}
