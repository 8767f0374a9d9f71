import type {Range} from "../trace.ts";
import type {Version} from "./answer.ts";
import {joined, type Part} from "./arriving.ts";
import {KEPT_FILES, keyOf, NEWEST, readKey} from "./keptKey.ts";

/** What is kept of a file; `sha256`, of all of it, once it is whole, else null. */
export type KeptPart = Part & {readonly sha256: string | null};

/** Some bytes of a file as they lie in the cache. */
type Segment = {readonly request: Request; readonly from: number};

/**
 * Files kept from one visit to the next, in the browser's Cache Storage. A file is kept in segments, as it arrives, so
 * that what was there when a connection broke or a page was closed is there again. A segment's key is the file's
 * address, with the version and the segment's first byte in its query.
 */
export class KeptFiles {
  private constructor(
    private readonly storage: CacheStorage,
    private readonly cache: Cache
  ) {}

  /** Null where the browser keeps nothing for this page: not served securely, or storage is blocked. */
  static async open(
    storage: CacheStorage | undefined = globalThis.caches as CacheStorage | undefined
  ): Promise<KeptFiles | null> {
    try {
      return storage ? new KeptFiles(storage, await storage.open(KEPT_FILES)) : null;
    } catch {
      return null;
    }
  }

  /**
   * What is kept of a file, from its first byte as far as it goes.
   *
   * @param version null takes the one there is
   */
  async part(url: string, version: string | null): Promise<KeptPart | null> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let last: Response | null = null;
    for await (const {response, from} of this.#segments(url, version)) {
      if (from < bytes) continue; // two pages kept it at once
      if (from > bytes) break;
      const chunk = new Uint8Array(await response.arrayBuffer());
      chunks.push(chunk);
      bytes += chunk.length;
      last = response;
    }
    return last && {chunks, bytes, version: readVersion(last), sha256: last.headers.get("x-sha256")};
  }

  /** Some bytes of a file that is kept whole; null where it is not. */
  async slice(url: string, version: string | null, {from, to}: Range): Promise<Uint8Array | null> {
    const chunks: Uint8Array[] = [];
    let [bytes, isWhole] = [0, false];
    for await (const {response, from: start} of this.#segments(url, version)) {
      if (start < bytes) continue;
      if (start > bytes) return null;
      const blob = await response.blob();
      bytes += blob.size;
      isWhole = response.headers.has("x-sha256");
      if (bytes <= from || start >= to) continue;
      const part = blob.slice(Math.max(0, from - start), to - start);
      chunks.push(new Uint8Array(await part.arrayBuffer()));
    }
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return isWhole ? joined(chunks, length) : null;
  }

  /**
   * Keeps some bytes of a file. Once the reader has erased what was kept, nothing more is kept in this visit.
   *
   * @param sha256 of the whole file, with its last bytes
   * @throws QuotaExceededError (a DOMException) where there is no room
   */
  async write(
    url: string,
    version: string,
    from: number,
    chunks: readonly Uint8Array[],
    about: {readonly version: Version; readonly sha256: string | null}
  ): Promise<void> {
    if (!(await this.storage.has(KEPT_FILES))) return;
    const body = new Blob([...chunks] as Uint8Array<ArrayBuffer>[]);
    const headers = {"content-length": String(body.size), ...writeVersion(about.version)};
    const whole = about.sha256 !== null && {"x-sha256": about.sha256};
    await this.cache.put(keyOf(url, version, from), new Response(body, {headers: {...headers, ...whole}}));
  }

  /** @param version null drops all there are */
  async drop(url: string, version: string | null): Promise<void> {
    for (const {request} of await this.#keys(url, version)) await this.cache.delete(request);
  }

  /**
   * Drops what lies in a folder but is not of these versions; lists of files stay.
   *
   * @param current by address
   */
  async prune(folder: string, current: ReadonlyMap<string, string>): Promise<void> {
    for (const request of await this.cache.keys()) {
      const {file, version} = readKey(request.url);
      const isCurrent = version === NEWEST || version === current.get(file);
      if (file.startsWith(folder) && !isCurrent) await this.cache.delete(request);
    }
  }

  /** In order; those that are gone by now are left out. */
  async *#segments(url: string, version: string | null) {
    for (const {request, from} of await this.#keys(url, version)) {
      const response = await this.cache.match(request);
      if (response) yield {response, from};
    }
  }

  async #keys(url: string, wanted: string | null): Promise<readonly Segment[]> {
    const requests = await this.cache.keys(url, {ignoreSearch: true});
    return requests
      .map((request) => ({request, ...readKey(request.url)}))
      .filter(({version}) => wanted === null || version === wanted)
      .sort((a, b) => a.from - b.from);
  }
}

const writeVersion = ({tag, exact, transfer}: Version): Record<string, string> => ({
  ...(tag !== null && {"x-tag": tag}),
  ...(exact && {"x-exact": "yes"}),
  ...(transfer !== null && {"x-transfer": String(transfer)})
});

function readVersion({headers}: Response): Version {
  const transfer = headers.get("x-transfer");
  return {
    tag: headers.get("x-tag"),
    exact: headers.has("x-exact"),
    transfer: transfer === null ? null : Number(transfer)
  };
}
