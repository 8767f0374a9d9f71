import type {ForwardInput, Past, Uploaded} from "../decoder.ts";
import {LastingCache} from "./lastingCache.ts";
import type {Measured} from "../trace.ts";
import type {OnnxDecoder} from "./onnxDecoder.ts";

/** Inputs on a device that may be gone when their pass comes. */
export class LastingInputs implements Uploaded {
  readonly tensors: Uploaded["tensors"];
  constructor(
    readonly home: OnnxDecoder,
    readonly input: ForwardInput,
    /** The same with the cache as `home` has it. */
    readonly own: ForwardInput,
    readonly inner: Uploaded,
    readonly measured: Measured
  ) {
    this.tensors = inner.tensors;
  }
  release(): void {
    this.inner.release();
  }
}

/** An input as a decoder of our own has it: its past where that decoder computes; at once where it already is there. */
export function ownInput(home: OnnxDecoder, input: ForwardInput): ForwardInput | Promise<ForwardInput> {
  if (!input.past) return input;
  const past = ownCache(input.past.cache, "forward").on(home, input.past.length);
  return past instanceof Promise ? past.then((moved) => ({...input, past: moved})) : {...input, past};
}

/** @throws RangeError for a past of another kind of decoder */
export function ownCache(cache: Past["cache"], what: string): LastingCache {
  if (cache instanceof LastingCache) return cache;
  throw new RangeError(`${what}: this past was released, or belongs to another decoder`);
}
