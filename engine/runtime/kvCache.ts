import type {Cache} from "../decoder.ts";
import type {DecoderConfig} from "../trace.ts";
import type {OrtTensor} from "./ort.ts";
import {dispose, type CacheShape, type TensorStore} from "./tensors.ts";

/**
 * The keys and values of a sequence (or of several read side by side), as the tensors that the last pass left:
 * key and value of layer 0, of layer 1, ..., each (batch, kv_heads, positions, d_head). Grows at its tip.
 */
export class KvCache implements Cache {
  readonly layout: Cache["layout"];
  #tensors: readonly OrtTensor[] = [];
  #length = 0;

  constructor(
    {nLayers, nKvHeads, dHead}: DecoderConfig,
    readonly batch: number
  ) {
    this.layout = {nLayers, nKvHeads, dHead};
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    const {nLayers, nKvHeads, dHead} = this.layout;
    return 2 * nLayers * nKvHeads * dHead * this.#length * 4 * this.batch;
  }

  /** As a pass reads them that continues at the tip. They stay the cache's own. */
  get tensors(): readonly OrtTensor[] {
    return this.#tensors;
  }

  /** Copies of the first `length` positions of these of its sequences; the caller disposes them. */
  cut(store: TensorStore, length: number, rows: readonly number[]): readonly OrtTensor[] {
    const shape: CacheShape = [this.batch, this.layout.nKvHeads, this.#length, this.layout.dHead];
    return this.#tensors.map((tensor) => store.cut(tensor, shape, length, rows));
  }

  /** Keys and values of one layer at the first `length` positions, each float32 (kv_heads, length, d_head), on the CPU. */
  async read(
    store: TensorStore,
    layer: number,
    length: number
  ): Promise<readonly [Float32Array, Float32Array]> {
    const shape: CacheShape = [this.batch, this.layout.nKvHeads, this.#length, this.layout.dHead];
    const [key, value] = [this.#tensors[2 * layer]!, this.#tensors[2 * layer + 1]!];
    return [await store.read(key, shape, length), await store.read(value, shape, length)];
  }

  /** Takes over what a pass left, all positions of it; what was held before is freed. */
  extend(tensors: readonly OrtTensor[], length: number): void {
    this.free();
    this.#tensors = tensors;
    this.#length = length;
  }

  /** Frees the tensors; not while a pass reads them. */
  free(): void {
    dispose(this.#tensors);
    this.#tensors = [];
  }
}
