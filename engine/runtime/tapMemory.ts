import type {Tap} from "../decoder.ts";

const LIMIT = 64 * 2 ** 20;

/** Taps seen before, so that a panel that comes back need not run a pass again; the least recently used go first. */
export class TapMemory {
  /** In the order of their last use. */
  readonly #taps = new Map<string, Tap>();
  #bytes = 0;

  /** @param limit bytes of data held at most */
  constructor(readonly limit: number = LIMIT) {}

  /** Bytes of data held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Looking counts as use. */
  get(key: string): Tap | undefined {
    const tap = this.#taps.get(key);
    if (!tap) return undefined;
    this.#taps.delete(key);
    this.#taps.set(key, tap);
    return tap;
  }

  /** One larger than the limit is not kept. */
  set(key: string, tap: Tap): void {
    this.#drop(key);
    if (tap.data.byteLength > this.limit) return;
    this.#taps.set(key, tap);
    this.#bytes += tap.data.byteLength;
    for (const oldest of this.#taps.keys()) {
      if (this.#bytes <= this.limit) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#taps.get(key)?.data.byteLength ?? 0;
    this.#taps.delete(key);
  }
}
