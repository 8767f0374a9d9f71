import type {Past} from "../decoder.ts";
import type {KvCache} from "./kvCache.ts";
import {ortQueue} from "./queue.ts";

/** The caches that a decoder handed out, and how many handles there are on each. */
export class CacheHandles {
  readonly #handles = new Map<Past["cache"], number>();

  /** Caches handed out and not yet given back. */
  get open(): number {
    return this.#handles.size;
  }

  /** A new cache, with one handle. */
  add(cache: KvCache): void {
    this.#handles.set(cache, 1);
  }

  /** @throws RangeError where the past's cache was freed or is another decoder's */
  cacheOf({cache}: Past, what: string): KvCache {
    if (this.#handles.has(cache)) return cache as KvCache;
    throw new RangeError(`${what}: this past was released, or belongs to another decoder`);
  }

  /** @throws RangeError */
  share(past: Past): Past {
    const {cache, length} = past;
    this.cacheOf(past, "share");
    if (length > cache.length)
      throw new RangeError(
        `share: a past of ${length} positions is longer than its cache of ${cache.length}`
      );
    this.#handles.set(cache, this.#handles.get(cache)! + 1);
    return {cache, length};
  }

  release({cache}: Past): void {
    const handles = this.#handles.get(cache);
    if (handles === undefined) return;
    if (handles > 1) this.#handles.set(cache, handles - 1);
    else this.#free(cache);
  }

  freeAll(): void {
    for (const cache of [...this.#handles.keys()]) this.#free(cache);
  }

  #free(cache: Past["cache"]): void {
    this.#handles.delete(cache);
    void ortQueue.run(() => (cache as KvCache).free()); // a pass may be reading it
  }
}
