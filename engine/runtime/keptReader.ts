import type {Range} from "../trace.ts";
import {Arriving, joined} from "./arriving.ts";
import {digestOf, verify, type FileList, type ListedFile} from "./fileList.ts";
import {Keeping} from "./keeping.ts";
import type {KeptFiles, KeptPart} from "./keptFiles.ts";
import type {LoadLog} from "./loadLog.ts";
import type {ModelSource, ReadOptions} from "./source.ts";

/** A file on its way, and what keeps it meanwhile. */
type Arrival = {readonly file: Arriving; readonly keeping: Keeping | null};

/** Reads whole files of a folder: those kept from there, parts from where they end, and keeps what it fetched. */
export class KeptReader {
  readonly #arrivals = new Map<string, Arrival>();
  readonly #read = new Map<string, ListedFile>();

  /**
   * @param store null keeps nothing
   * @param list what the list is called in messages
   */
  constructor(
    private readonly source: ModelSource,
    private readonly store: KeptFiles | null,
    private readonly log: LoadLog,
    private readonly list: string
  ) {}

  /** What was read and can be kept, as a list of a folder that has none. */
  get ownList(): FileList {
    return this.#read;
  }

  /**
   * @param listed what it must be; null where the folder has no list
   * @throws what the source throws, and ModelError where it is not the file that is listed
   */
  async read(path: string, listed: ListedFile | null, options: ReadOptions): Promise<Uint8Array> {
    const before = this.#arrivals.get(path);
    const part = before ? null : await this.#kept(path, listed, options.signal);
    const content = part && (await this.#whole(path, listed, part));
    if (content) {
      options.onProgress?.(content.length, content.length);
      this.log.kept(path);
      this.#note(path, part.sha256, content, part.version.tag);
      return content;
    }
    const arrival = before ?? this.#arrive(path, listed, part?.sha256 === null ? part : null);
    this.#arrivals.set(path, arrival);
    return this.#fetch(path, listed, arrival, options);
  }

  /** Some bytes of a file that is kept whole; null where it is not. */
  async slice(path: string, listed: ListedFile | null, range: Range): Promise<Uint8Array | null> {
    return this.store && listed ? this.store.slice(this.#urlOf(path), versionOf(listed), range) : null;
  }

  #urlOf(path: string): string {
    return new URL(path, this.source.name).href;
  }

  /** What the store has of the version that is wanted. */
  async #kept(path: string, listed: ListedFile | null, signal?: AbortSignal): Promise<KeptPart | null> {
    const part = await this.store?.part(this.#urlOf(path), listed && versionOf(listed)).catch(() => null);
    if (!part || listed) return part ?? null;
    if (part.sha256 === null) return part.version.exact ? part : null; // its server says whether it goes on
    const found = await this.source.find(path, signal);
    return part.version.tag !== null && found?.tag === part.version.tag ? part : null;
  }

  /** The content of a file that is kept whole; null where it is not, or not what it was. */
  async #whole(path: string, listed: ListedFile | null, part: KeptPart): Promise<Uint8Array | null> {
    if (part.sha256 === null) return null;
    const content = joined(part.chunks, part.bytes);
    if ((await digestOf(content)) === (listed?.sha256 ?? part.sha256)) return content;
    this.log.damaged(path);
    await this.store!.drop(this.#urlOf(path), listed && versionOf(listed));
    return null;
  }

  #arrive(path: string, listed: ListedFile | null, part: KeptPart | null): Arrival {
    const keeping =
      this.store && new Keeping(this.store, this.#urlOf(path), listed && versionOf(listed), part);
    return {file: new Arriving(part ?? undefined, keeping), keeping};
  }

  async #fetch(
    path: string,
    listed: ListedFile | null,
    arrival: Arrival,
    options: ReadOptions,
    again = false
  ): Promise<Uint8Array> {
    const content = await this.#download(path, listed, arrival, options);
    const error = listed && (await differenceFrom(listed, path, content, this.list));
    if (error) {
      await this.#discard(path, listed, arrival);
      if (!arrival.file.isJoined || again) throw error;
      return this.#fetch(path, listed, this.#arrive(path, listed, null), options, true); // its parts were of two files
    }
    this.log.fetched(path);
    if (listed || content.length >= (options.least ?? 0)) await this.#keep(path, listed, content, arrival);
    return content;
  }

  /** What came before it broke off stays, for the next attempt and the next visit. */
  async #download(
    path: string,
    listed: ListedFile | null,
    {file, keeping}: Arrival,
    options: ReadOptions
  ): Promise<Uint8Array> {
    const size = listed?.bytes ?? null;
    options.onProgress?.(file.loaded, size);
    try {
      const about = {arriving: file, size, checked: listed !== null};
      const content = await this.source.read(path, {...options, ...about});
      this.#arrivals.delete(path);
      return content;
    } catch (error) {
      await keeping?.end(null);
      throw error;
    }
  }

  async #discard(path: string, listed: ListedFile, {keeping}: Arrival): Promise<void> {
    await keeping?.end(null);
    await this.store?.drop(this.#urlOf(path), versionOf(listed)).catch(() => undefined);
  }

  async #keep(path: string, listed: ListedFile | null, content: Uint8Array, {file, keeping}: Arrival) {
    if (!keeping) return;
    const sha256 = listed?.sha256 ?? (await digestOf(content));
    const failure = await keeping.end(sha256);
    if (failure === null) this.#note(path, sha256, content, file.version.tag);
    else this.log.unkept(path, failure);
  }

  #note(path: string, sha256: string | null, {length: bytes}: Uint8Array, tag: string | null): void {
    if (sha256 !== null && tag !== null) this.#read.set(path, {bytes, sha256, tag});
  }
}

/** By which a file is kept. */
const versionOf = ({tag, sha256}: ListedFile): string => tag ?? sha256;

async function differenceFrom(listed: ListedFile, path: string, content: Uint8Array, list: string) {
  return verify(path, content, listed, list).then(
    () => null,
    (error: unknown) => error
  );
}
