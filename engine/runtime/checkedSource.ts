import {ModelError} from "../errors.ts";
import {CHECKSUMS, readChecksums, verify, type Checksums} from "./checksums.ts";
import type {ModelSource, ReadOptions} from "./source.ts";

/** Bytes kept at most once a model is loaded: the embedded one whole, a large one not at all. */
const LIMIT = 64 * 2 ** 20;

/**
 * A model folder whose files are compared with its checksums, where it has them, and kept: a load that failed goes on
 * with what was complete, the logit lens and a new device after a loss read nothing again.
 */
export class CheckedSource implements ModelSource {
  readonly #files = new Map<string, Uint8Array>();
  #sums: Promise<Checksums | null> | null = null;

  constructor(
    private readonly source: ModelSource,
    private readonly limit: number = LIMIT
  ) {}

  get name(): string {
    return this.source.name;
  }

  async find(path: string, signal?: AbortSignal): Promise<{readonly bytes: number | null} | null> {
    const known = this.#files.get(path);
    return known ? {bytes: known.length} : this.source.find(path, signal);
  }

  /** @throws what the source throws, and ModelError "corrupt" for a file that is not the one published */
  async read(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
    const {range, onProgress, least = 0, signal} = options;
    const known = this.#files.get(path);
    if (known) {
      onProgress?.(known.length, known.length);
      return range ? known.slice(range.from, range.to) : known;
    }
    if (range) return this.source.read(path, options);
    const sums = await this.#checksums(signal);
    const bytes = await this.source.read(path, options);
    if (bytes.length < least) return bytes;
    if (sums) await verify(path, bytes, sums);
    this.#files.set(path, bytes);
    return bytes;
  }

  /** After a load that worked: frees what is too much to keep. */
  trim(): void {
    let bytes = 0;
    for (const file of this.#files.values()) bytes += file.length;
    if (bytes > this.limit) this.#files.clear();
  }

  /**
   * After a load that failed: what was complete stays. Where files do not fit together, and no checksum says which of
   * them is wrong, none can be relied on.
   */
  async afterFailure(error: unknown): Promise<void> {
    const incomplete =
      error instanceof ModelError && (error.problem === "missing" || error.problem === "truncated");
    const sums = await this.#sums?.catch(() => null);
    if (!incomplete) this.#sums = null;
    for (const path of this.#files.keys()) if (!incomplete && !sums?.has(path)) this.#files.delete(path);
  }

  #checksums(signal: AbortSignal | undefined): Promise<Checksums | null> {
    this.#sums ??= this.#readChecksums(signal).catch((error: unknown) => {
      this.#sums = null;
      throw error;
    });
    return this.#sums;
  }

  async #readChecksums(signal: AbortSignal | undefined): Promise<Checksums | null> {
    if (!(await this.source.find(CHECKSUMS, signal))) return null;
    return readChecksums(await this.source.read(CHECKSUMS, {signal}));
  }
}
