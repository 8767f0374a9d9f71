import type {ForwardInput, Uploaded} from "../decoder.ts";
import {SHOWN_ELEMENTS, type BackendInfo, type Measured, type TensorInfo} from "../trace.ts";
import type {OrtTensor} from "./ort.ts";
import type {HostTensor} from "./passInput.ts";
import {dispose, type TensorStore} from "./tensors.ts";

/** Inputs of one pass, lying where the decoder computes. */
export class UploadedInputs implements Uploaded {
  readonly tensors: readonly TensorInfo[];
  readonly measured: Measured;
  #held: ReadonlyMap<string, OrtTensor> | null;

  /** @throws what `store` throws; then nothing is held */
  constructor(
    readonly input: ForwardInput,
    hosts: readonly HostTensor[],
    store: TensorStore,
    backend: BackendInfo
  ) {
    const started = performance.now();
    const held = new Map<string, OrtTensor>();
    this.#held = held;
    try {
      for (const host of hosts) held.set(host.name, store.put(host));
    } catch (error) {
      this.release();
      throw error;
    }
    this.measured = {ms: performance.now() - started, device: backend.device, backend};
    this.tensors = hosts.map((host) => shown(host, input.batch));
  }

  /** Hands the tensors, by name, to a pass, which then has to dispose them. */
  take(): ReadonlyMap<string, OrtTensor> {
    const held = this.#held;
    if (!held) throw new RangeError("forward: these inputs were used or released before");
    this.#held = null;
    return held;
  }

  release(): void {
    if (this.#held) dispose(this.#held.values());
    this.#held = null;
  }
}

/** A tensor as a trace describes it. */
export function infoOf(
  name: string,
  type: TensorInfo["type"],
  shape: readonly number[],
  data: {readonly byteLength: number}
): TensorInfo {
  return {name, type, shape: [...shape], bytes: data.byteLength};
}

/** Ids, positions, rows and the bias of one position are few enough to be shown as they are. */
function shown(host: HostTensor, batch: number): TensorInfo {
  const {name, type, data} = host;
  const shape = shownShape(host, batch);
  const bytes = data.byteLength;
  if (data.length > SHOWN_ELEMENTS[type]) return {name, type, shape, bytes};
  const numbers: number[] = [];
  for (let i = 0; i < data.length; ++i) numbers.push(Number(data[i]));
  return {name, type, shape, bytes, data: numbers};
}

/** Without the axes that broadcast, and without the batch where it is 1. */
function shownShape({name, shape}: HostTensor, batch: number): readonly number[] {
  if (name === "attention_bias") return shape.slice(2);
  return batch === 1 && shape.length === 2 ? shape.slice(1) : shape;
}
