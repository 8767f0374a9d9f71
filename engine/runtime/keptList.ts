import {KEPT, KEPT_FILES, readKey} from "./keptKey.ts";

/** A file that is kept, or a part of one. */
export type KeptFile = {readonly url: string; readonly bytes: number; readonly isWhole: boolean};

/** What is kept, by address. @throws where there is no storage */
export async function listKept(storage: CacheStorage = caches): Promise<readonly KeptFile[]> {
  if (!(await storage.has(KEPT_FILES))) return [];
  const cache = await storage.open(KEPT_FILES);
  const files = new Map<string, KeptFile>();
  for (const request of await cache.keys()) {
    const headers = (await cache.match(request))?.headers;
    if (!headers) continue;
    const {file: url, version} = readKey(request.url);
    const before = files.get(`${url} ${version}`);
    files.set(`${url} ${version}`, {
      url,
      bytes: (before?.bytes ?? 0) + Number(headers.get("content-length")),
      isWhole: before?.isWhole === true || headers.has("x-sha256")
    });
  }
  return [...files.values()];
}

/** Erases all that this app keeps in the browser's Cache Storage. */
export async function eraseKept(storage: CacheStorage = caches): Promise<void> {
  for (const name of await storage.keys()) if (name.startsWith(KEPT)) await storage.delete(name);
}
