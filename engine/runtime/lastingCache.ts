import type {Cache, ForwardInput, Past} from "../decoder.ts";
import {RuntimeFailure} from "../errors.ts";
import {causalInputs} from "../stages.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {OnnxDecoder} from "./onnxDecoder.ts";
import {continued, pastLength, positionOf} from "./passInput.ts";

type Rows = readonly TokenId[][];

/**
 * A cache that outlives the device it lies on: it knows the ids that it was read from, so that another decoder of the
 * same model can read them again. What a pass read along a pattern of its own is known as far as it begins like a text:
 * lookahead decoding keeps no more of it than that.
 */
export class LastingCache implements Cache {
  #home: OnnxDecoder;
  #inner: Cache;
  /** Of each sequence, its first positions: as far as their content follows from ids alone. */
  #rows: Rows;
  #handles = 1;
  #moving: Promise<void> | null = null;

  constructor(home: OnnxDecoder, inner: Cache, rows: Rows) {
    this.#home = home;
    this.#inner = inner;
    this.#rows = rows;
  }

  get batch(): number {
    return this.#inner.batch;
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
  on(home: OnnxDecoder, length: number): Past | Promise<Past> {
    const here = () => ({cache: this.#inner, length});
    if (this.#home === home || this.#handles === 0) return here();
    this.#moving ??= this.#move(home, length).finally(() => (this.#moving = null));
    return this.#moving.then(here);
  }

  /** What a pass over `input`, continuing this cache, left: this cache, now longer, or another. */
  after(home: OnnxDecoder, input: ForwardInput, {cache: inner}: Past): LastingCache {
    if (inner !== this.#inner) return new LastingCache(home, inner, rowsOf(input, this.#rows));
    grow(this.#rows, input);
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

  async #move(home: OnnxDecoder, length: number): Promise<void> {
    const known = this.#rows[0]!.length;
    if (known === 0 || known < length)
      throw new RuntimeFailure(
        "device-lost",
        "the graphics device was lost, and what was read along a pattern of its own cannot be read again. Start the run again"
      );
    const {past} = await home.forward(causalInputs(this.#rows, null));
    if (this.#handles === 0) home.release(past);
    [this.#home, this.#inner] = [home, past.cache];
  }
}

/**
 * The ids that each sequence of a cache was read from, after a pass.
 *
 * @param before those of the past's cache, at its full length; left out where the pass starts from nothing
 */
export function rowsOf(input: ForwardInput, before: Rows = []): Rows {
  const from = pastLength(input);
  return Array.from(continued(input), (row, place) => {
    const known = (before[row] ?? []).slice(0, from);
    return known.length < from ? known : known.concat(readAsText(input, place));
  });
}

/** The same of a cache that grew where it lies: nothing of what it held is copied. */
function grow(rows: Rows, input: ForwardInput): void {
  if (rows[0]!.length < pastLength(input)) return;
  for (const [place, row] of rows.entries()) row.push(...readAsText(input, place));
}

/** The first ids of a sequence of a pass, as far as each stands right behind the one before and attends to all before it. */
function readAsText(input: ForwardInput, place: number): readonly TokenId[] {
  const {tokenIds, batch, bias} = input;
  const [n, from] = [tokenIds.length / batch, pastLength(input)];
  const at = positionOf(input);
  let count = 0;
  while (count < n && at(count) === from + count && (!bias || isCausal(bias, count, n, from))) ++count;
  return tokenIds.slice(place * n, place * n + count);
}

/** Whether a row of an attention bias, (n, from + n), lets through all keys up to its own, and no other. */
function isCausal(bias: Float32Array, row: number, n: number, from: number): boolean {
  const keys = bias.subarray(row * (from + n), (row + 1) * (from + n));
  return keys.every((value, key) => value === (key <= from + row ? 0 : -Infinity));
}
