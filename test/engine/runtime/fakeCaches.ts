/** A browser's Cache Storage in memory, with what this app uses of it, and with a limit to its room. */
export class FakeCaches {
  readonly caches = new Map<string, Map<string, {headers: Headers; body: Uint8Array}>>();
  /** Bytes that fit. */
  room = Infinity;

  get storage(): CacheStorage {
    return this as unknown as CacheStorage;
  }

  open(name: string): Promise<Cache> {
    const entries = this.caches.get(name) ?? new Map<string, {headers: Headers; body: Uint8Array}>();
    this.caches.set(name, entries);
    const cache = {
      put: async (key: string, response: Response) => {
        const body = new Uint8Array(await response.arrayBuffer());
        if (this.bytes + body.length > this.room) throw new DOMException("full", "QuotaExceededError");
        entries.set(key, {headers: response.headers, body});
      },
      match: (request: Request | string) => {
        const entry = entries.get(urlOf(request));
        return Promise.resolve(
          entry && new Response(entry.body as Uint8Array<ArrayBuffer>, {headers: entry.headers})
        );
      },
      delete: (request: Request | string) => Promise.resolve(entries.delete(urlOf(request))),
      keys: (request?: Request | string, {ignoreSearch = false} = {}) => {
        const path = (url: string) => (ignoreSearch ? url.replace(/\?.*/, "") : url);
        const found = [...entries.keys()].filter(
          (key) => request === undefined || path(key) === path(urlOf(request))
        );
        return Promise.resolve(found.map((key) => new Request(key)));
      }
    };
    return Promise.resolve(cache as unknown as Cache);
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.caches.has(name));
  }
  keys(): Promise<string[]> {
    return Promise.resolve([...this.caches.keys()]);
  }
  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.caches.delete(name));
  }

  /** Bytes kept in all. */
  get bytes(): number {
    return this.#bodies().reduce((sum, body) => sum + body.length, 0);
  }
  /** Files, by the end of their address, with the first byte of each segment. */
  get segments(): readonly string[] {
    return [...this.caches.values()]
      .flatMap((entries) => [...entries.keys()])
      .map((key) => new URL(key))
      .map(({pathname, searchParams}) => `${pathname.split("/").at(-1)} ${searchParams.get("from")}`);
  }
  /** A bit of what is kept of a file turns around. */
  damage(name: string): void {
    for (const entries of this.caches.values())
      for (const [key, {body}] of entries)
        if (new URL(key).pathname.endsWith(name)) body[body.length >> 1]! ^= 1;
  }

  #bodies(): readonly Uint8Array[] {
    return [...this.caches.values()].flatMap((entries) => [...entries.values()].map(({body}) => body));
  }
}

const urlOf = (request: Request | string): string => (typeof request === "string" ? request : request.url);
