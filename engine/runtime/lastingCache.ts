import type {Cache, ForwardInput, Past} from "../decoder.ts";
import {RuntimeFailure} from "../errors.ts";
import {causalInputs} from "../stages.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {OnnxDecoder} from "./onnxDecoder.ts";
import {continued} from "./passInput.ts";

type Rows = readonly TokenId[][] | null;

/**
 * A cache that outlives the device it lies on: it knows the ids that it was read from, so that another decoder of the
 * same model can read them again.
 */
export class LastingCache implements Cache {
  #home: OnnxDecoder;
  #inner: Cache;
  /** Of each sequence; null where its content does not follow from ids alone: read along a pattern of its own. */
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
    this.#moving ??= this.#move(home).finally(() => (this.#moving = null));
    return this.#moving.then(here);
  }

  /** What a pass over `input`, continuing this cache, left: this cache, now longer, or another. */
  after(home: OnnxDecoder, input: ForwardInput, {cache: inner}: Past): LastingCache {
    if (inner !== this.#inner) return new LastingCache(home, inner, rowsOf(input, this.#rows));
    this.#rows = grown(this.#rows, input);
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
    if (!this.#rows)
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
export function rowsOf(input: ForwardInput, before?: Rows): Rows {
  const {tokenIds, batch, past} = input;
  if (before === null || !isPlain(input)) return null;
  const n = tokenIds.length / batch;
  return Array.from(continued(input), (row, place) => [
    ...(before?.[row] ?? []).slice(0, past?.length ?? 0),
    ...tokenIds.slice(place * n, (place + 1) * n)
  ]);
}

/** The same of a cache that grew where it lies: nothing of what it held is copied. */
function grown(rows: Rows, input: ForwardInput): Rows {
  if (!rows || !isPlain(input)) return null;
  const n = input.tokenIds.length / rows.length;
  for (const [place, row] of rows.entries())
    for (let i = place * n; i < (place + 1) * n; ++i) row.push(input.tokenIds[i]!);
  return rows;
}

function isPlain({tokenIds, positions, bias, past}: ForwardInput): boolean {
  const from = past?.length ?? 0;
  const consecutive =
    "from" in positions ? positions.from === from : positions.every((position, i) => position === from + i);
  return bias === null && consecutive && tokenIds.length > 0;
}
