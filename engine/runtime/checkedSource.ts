import {ModelError} from "../errors.ts";
import {FILE_LIST, printFileList, type FileList, type ListedFile} from "./fileList.ts";
import {folderList, keepList, keepOnly, type FolderList} from "./folderList.ts";
import type {KeptFiles} from "./keptFiles.ts";
import {KeptReader} from "./keptReader.ts";
import {LoadLog} from "./loadLog.ts";
import type {Found, ModelSource, ReadOptions} from "./source.ts";

/** Bytes held in memory at most once a model is loaded: the embedded one whole, a large one not at all. */
const LIMIT = 64 * 2 ** 20;

type Options = {
  readonly limit?: number;
  /** Where files are kept from one visit to the next; without it they are for this one alone. */
  readonly store?: KeptFiles | null;
  /** Small files that are read once a model is loaded, since they may be asked for when there is no network. */
  readonly ahead?: readonly string[];
  /** Told where files came from. */
  readonly log?: LoadLog;
  /** What the files must be, and what messages call that list; else the folder's own list says it. */
  readonly list?: {readonly files: FileList; readonly name: string};
};

/**
 * A folder whose files are compared with its list, where it has one, and kept: a load that failed goes on with what
 * had come, the next visit fetches nothing again, the logit lens and a new device after a loss read nothing again.
 */
export class CheckedSource implements ModelSource {
  readonly #files = new Map<string, Uint8Array>();
  readonly #reading = new Map<string, Promise<Uint8Array>>();
  readonly #reader: KeptReader;
  readonly #log: LoadLog;
  #list: Promise<FolderList | null> | null = null;

  constructor(
    private readonly source: ModelSource,
    private readonly options: Options = {}
  ) {
    const {store = null, log = new LoadLog(), list} = options;
    this.#log = log;
    this.#reader = new KeptReader(source, store, log, list?.name ?? FILE_LIST);
  }

  get name(): string {
    return this.source.name;
  }

  /** What a list says is believed: nobody is asked. */
  async find(path: string, signal?: AbortSignal): Promise<Found | null> {
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
    const listed = await this.#entry(path, signal);
    if (range) return (await this.#reader.slice(path, listed, range)) ?? this.source.read(path, options);
    const reading = this.#reading.get(path) ?? this.#reader.read(path, listed, options);
    this.#reading.set(path, reading);
    try {
      const bytes = await reading;
      if (listed || bytes.length >= least) this.#files.set(path, bytes);
      return bytes;
    } finally {
      this.#reading.delete(path);
    }
  }

  /** After a load that worked: frees what is too much to hold. */
  trim(): void {
    let bytes = 0;
    for (const file of this.#files.values()) bytes += file.length;
    if (bytes > (this.options.limit ?? LIMIT)) this.#files.clear();
  }

  /**
   * After a load that worked: makes sure that the next visit needs no network, and that nothing is kept in vain. What
   * fails now is done then.
   */
  async keep(): Promise<void> {
    const {store, list} = this.options;
    if (!store) return;
    try {
      if (list) await keepOnly(store, this.source, list.files);
      else await this.#keepFolder(store);
    } catch {
      // what is kept stays as it is
    }
  }

  async #keepFolder(store: KeptFiles): Promise<void> {
    for (const path of this.options.ahead ?? []) if (await this.find(path)) await this.read(path);
    const list = await this.#folderList(undefined);
    if (list?.isKept) return;
    const own = this.#reader.ownList;
    await keepList(store, this.source, list?.content ?? printFileList(own));
    await keepOnly(store, this.source, list?.files ?? own);
  }

  /**
   * After a load that failed: what was complete stays. Where files do not fit together, and no list says which of them
   * is wrong, none can be relied on.
   */
  async afterFailure(error: unknown): Promise<void> {
    const problem = error instanceof ModelError ? error.problem : null;
    if (problem === "missing" || problem === "unreachable" || problem === "truncated") return;
    const list = await this.#listed(undefined).catch(() => null);
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

  async #listed(signal: AbortSignal | undefined): Promise<FileList | null> {
    return this.options.list?.files ?? (await this.#folderList(signal))?.files ?? null;
  }

  #folderList(signal: AbortSignal | undefined): Promise<FolderList | null> {
    this.#list ??= this.#readList(signal).catch((error: unknown) => {
      this.#list = null;
      throw error;
    });
    return this.#list;
  }

  async #readList(signal: AbortSignal | undefined): Promise<FolderList | null> {
    const list = await folderList(this.source, this.options.store ?? null, signal);
    if (list?.isKept) this.#log.unasked();
    return list;
  }
}
