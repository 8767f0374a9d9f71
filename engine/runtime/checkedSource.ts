import {ModelError} from "../errors.ts";
import {FILE_LIST, readFileList, verify, type FileList, type ListedFile} from "./fileList.ts";
import type {ModelSource, ReadOptions} from "./source.ts";

/** Bytes kept at most once a model is loaded: the embedded one whole, a large one not at all. */
const LIMIT = 64 * 2 ** 20;

/**
 * A model folder whose files are compared with its list, where it has one, and kept: a load that failed goes on with
 * what was complete, the logit lens and a new device after a loss read nothing again.
 */
export class CheckedSource implements ModelSource {
  readonly #files = new Map<string, Uint8Array>();
  #list: Promise<FileList | null> | null = null;

  constructor(
    private readonly source: ModelSource,
    private readonly limit: number = LIMIT
  ) {}

  get name(): string {
    return this.source.name;
  }

  /** What a list says is believed: nobody is asked. */
  async find(path: string, signal?: AbortSignal): Promise<{readonly bytes: number | null} | null> {
    const known = this.#files.get(path);
    if (known) return {bytes: known.length};
    const list = await this.#listed(signal);
    return list ? (list.get(path) ?? null) : this.source.find(path, signal);
  }

  /** @throws what the source throws, and ModelError for a file that is not listed or not the one published */
  async read(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
    const {range, onProgress, least = 0, signal} = options;
    const known = this.#files.get(path);
    if (known) {
      onProgress?.(known.length, known.length);
      return range ? known.slice(range.from, range.to) : known;
    }
    if (range) return this.source.read(path, options);
    const listed = await this.#entry(path, signal);
    const bytes = await this.source.read(path, options);
    if (listed) await verify(path, bytes, listed);
    else if (bytes.length < least) return bytes;
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
   * After a load that failed: what was complete stays. Where files do not fit together, and no list says which of them
   * is wrong, none can be relied on.
   */
  async afterFailure(error: unknown): Promise<void> {
    const incomplete =
      error instanceof ModelError && (error.problem === "missing" || error.problem === "truncated");
    if (incomplete) return;
    const list = await this.#list?.catch(() => null);
    this.#list = null;
    for (const path of this.#files.keys()) if (!list?.has(path)) this.#files.delete(path);
  }

  /** What a file must be; null where the folder has no list. */
  async #entry(path: string, signal: AbortSignal | undefined): Promise<ListedFile | null> {
    const list = await this.#listed(signal);
    const listed = list?.get(path);
    if (list && !listed)
      throw new ModelError(
        "missing",
        path,
        `${path} is not among the files that ${FILE_LIST} lists. Write the list again, or take it away`
      );
    return listed ?? null;
  }

  #listed(signal: AbortSignal | undefined): Promise<FileList | null> {
    this.#list ??= this.#readList(signal).catch((error: unknown) => {
      this.#list = null;
      throw error;
    });
    return this.#list;
  }

  async #readList(signal: AbortSignal | undefined): Promise<FileList | null> {
    if (!(await this.source.find(FILE_LIST, signal))) return null;
    return readFileList(await this.source.read(FILE_LIST, {signal}));
  }
}
