import type {Cache, ForwardInput, Past} from "../decoder.ts";
import {RuntimeFailure} from "../errors.ts";
import {causalInput} from "../stages.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {OnnxDecoder} from "./onnxDecoder.ts";

/**
 * A cache that outlives the device it lies on: it knows the ids that it was read from, so that another decoder of the
 * same model can read them again.
 */
export class LastingCache implements Cache {
  #home: OnnxDecoder;
  #inner: Cache;
  /** Null where its content does not follow from ids alone: read side by side, or along a pattern of its own. */
  #tokenIds: readonly TokenId[] | null;
  #handles = 1;
  #moving: Promise<void> | null = null;

  constructor(home: OnnxDecoder, inner: Cache, tokenIds: readonly TokenId[] | null) {
    this.#home = home;
    this.#inner = inner;
    this.#tokenIds = tokenIds;
  }

  get length(): number {
    return this.#inner.length;
  }
  get bytes(): number {
    return this.#inner.bytes;
  }
  get layout(): Cache["layout"] {
    return this.#inner.layout;
  }

  /**
   * The same positions on a decoder; where they lay on another, read again.
   *
   * @throws RuntimeFailure where they cannot be
   */
  async on(home: OnnxDecoder, length: number): Promise<Past> {
    if (this.#home !== home && this.#handles > 0) {
      this.#moving ??= this.#move(home).finally(() => (this.#moving = null));
      await this.#moving;
    }
    return {cache: this.#inner, length};
  }

  /** What a pass over `input`, continuing this cache, left: this cache, now longer, or another. */
  after(home: OnnxDecoder, input: ForwardInput, {cache: inner}: Past): LastingCache {
    const before = this.#tokenIds?.slice(0, input.past!.length) ?? null;
    const tokenIds = before && isPlain(input) ? [...before, ...input.tokenIds] : null;
    if (inner !== this.#inner) return new LastingCache(home, inner, tokenIds);
    this.#tokenIds = tokenIds;
    return this;
  }

  /** @throws RangeError where it was freed */
  share(): void {
    if (this.#handles === 0)
      throw new RangeError("share: this past was released, or belongs to another decoder");
    ++this.#handles;
  }

  release(): void {
    if (this.#handles > 0 && --this.#handles === 0) this.#home.release({cache: this.#inner, length: 0});
  }

  async #move(home: OnnxDecoder): Promise<void> {
    if (!this.#tokenIds)
      throw new RuntimeFailure(
        "device-lost",
        "the graphics device was lost, and what was read along several branches at once cannot be read again. Start the run again"
      );
    const {past} = await home.forward(causalInput(this.#tokenIds, null));
    if (this.#handles === 0) home.release(past);
    [this.#home, this.#inner] = [home, past.cache];
  }
}

/** Ids of a pass from which alone its cache follows, where `past` does. */
export const idsOf = (input: ForwardInput): readonly TokenId[] | null =>
  isPlain(input) ? [...input.tokenIds] : null;

function isPlain({tokenIds, positions, bias, past, batch}: ForwardInput): boolean {
  const from = past?.length ?? 0;
  const consecutive =
    "from" in positions ? positions.from === from : positions.every((position, i) => position === from + i);
  return batch === 1 && bias === null && consecutive && tokenIds.length > 0;
}
