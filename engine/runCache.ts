import type {Decoder, Past} from "./decoder.ts";
import type {Lane} from "./trace.ts";

/**
 * The KV cache of a run on one decoder: the newest past, held by whoever must free it however the run ends. Switched
 * off, it never holds one, and every pass starts from nothing. A run that follows several sequences, or reads a second
 * decoder, opens others `beside` it, which are freed with it.
 */
export class RunCache {
  past: Past | null = null;
  readonly #count: {passes: number};
  readonly #beside: RunCache[] = [];
  constructor(
    readonly decoder: Decoder,
    readonly on: boolean,
    /** Whose decoder it is, where it is not the run's own. */
    readonly lane: Lane | null = null,
    count: {passes: number} = {passes: 0}
  ) {
    this.#count = count;
  }

  /**
   * How many passes the run has made, on all its decoders: the id of the newest. A decoder's own count would not be
   * the run's.
   */
  get passes(): number {
    return this.#count.passes;
  }

  /** The id of a pass that was made. */
  countPass(): number {
    return ++this.#count.passes;
  }

  /** A cache for a run that goes on from `length` positions of this one's: it shares them, nothing is read again. */
  branch(length: number, on: boolean, passes: number): RunCache {
    const branch = new RunCache(this.decoder, on, this.lane, {passes});
    const {past} = this;
    if (on && past && past.length >= length && past.cache.batch === 1)
      branch.past = this.decoder.share({cache: past.cache, length});
    return branch;
  }

  /** Another cache of the same run: of the same decoder for other sequences, or of a second decoder. */
  beside(decoder: Decoder = this.decoder, lane: Lane | null = this.lane): RunCache {
    const other = new RunCache(decoder, this.on, lane, this.#count);
    this.#beside.push(other);
    return other;
  }

  /** The first one beside it of another lane; null where there is none. */
  inLane(lane: Lane): RunCache | null {
    return this.#beside.find((other) => other.lane === lane) ?? null;
  }

  /** Another cache of the same run that goes on from where this one is; this one stays as it is. */
  fork(): RunCache {
    const other = this.beside();
    if (this.past) other.past = this.decoder.share(this.past);
    return other;
  }

  /** Takes over what a pass left. Where that is a fork, the cache it was forked from is freed. */
  take(past: Past): void {
    if (!this.on) return this.decoder.release(past);
    if (this.past?.cache !== past.cache) this.#release();
    this.past = past;
  }

  /** Rolls back to its first `length` positions: what was read after them is forgotten. */
  cut(length: number): void {
    if (this.past && this.past.length > length) this.past = {cache: this.past.cache, length};
  }

  /** Frees what it and those beside it hold. */
  free(): void {
    for (const other of this.#beside) other.free();
    this.#release();
  }

  #release(): void {
    if (this.past) this.decoder.release(this.past);
    this.past = null;
  }
}
