import {ModelError} from "../errors.ts";
import type {Range} from "../trace.ts";

export type ReadOptions = {
  /** Bytes read so far, and in all where that is known. */
  readonly onProgress?: ((loaded: number, bytes: number | null) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Only these bytes of the file; fewer where it ends before. */
  readonly range?: Range | undefined;
  /** Bytes that the reader needs. A file with fewer is still given: the reader says what is wrong with it. */
  readonly least?: number | undefined;
};

/** A model folder, wherever it is. Paths are relative, with "/". */
export type ModelSource = {
  /** Where it is, for a message. */
  readonly name: string;
  /** Null where there is no such file; `bytes` null where its size is known only after reading. */
  find(path: string, signal?: AbortSignal): Promise<{readonly bytes: number | null} | null>;
  /** @throws ModelError "missing" or "truncated"; the signal's reason where it was aborted */
  read(path: string, options?: ReadOptions): Promise<Uint8Array>;
};

/** A model folder below an address, for browsers and workers. */
export function fetchSource(address: string | URL, fetcher: typeof fetch = fetch): ModelSource {
  const base = new URL(address);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const urlOf = (path: string) => new URL(path, base).href;
  return {
    name: base.href,
    async find(path, signal) {
      const response = await request(fetcher, urlOf(path), path, {method: "HEAD", ...(signal && {signal})});
      return problemOf(response) ? null : {bytes: lengthOf(response)};
    },
    read: (path, options) => fetchBytes(urlOf(path), path, options, fetcher)
  };
}

/**
 * Reads one file from an address.
 *
 * @param path what the file is called in messages
 * @throws ModelError "missing" where there is none or nothing can be reached, "truncated" where it ends early
 */
export async function fetchBytes(
  url: string,
  path: string,
  {onProgress, signal, range}: ReadOptions = {},
  fetcher: typeof fetch = fetch
): Promise<Uint8Array> {
  const response = await request(fetcher, url, path, {...(signal && {signal}), ...(range && asking(range))});
  const problem = problemOf(response);
  if (problem) throw new ModelError("missing", path, `${path} is missing: ${problem} (${url})`);
  const bytes = lengthOf(response);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  try {
    for (const reader = response.body!.getReader(); ;) {
      const {done, value} = await reader.read();
      if (done) break;
      chunks.push(value);
      loaded += value.length;
      onProgress?.(loaded, bytes);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw truncated(path, loaded, bytes, error);
  }
  if (bytes !== null && loaded < bytes) throw truncated(path, loaded, bytes);
  const read = joined(chunks, loaded);
  const isPart = response.status === 206; // servers may answer with the whole file
  return range && !isPart ? read.slice(range.from, range.to) : read;
}

const asking = ({from, to}: Range): RequestInit => ({headers: {Range: `bytes=${from}-${to - 1}`}});

/** @throws ModelError where no answer came */
async function request(fetcher: typeof fetch, url: string, path: string, init: RequestInit) {
  try {
    return await fetcher(url, init);
  } catch (cause) {
    init.signal?.throwIfAborted();
    const message = isOffline()
      ? `${path} could not be fetched: this device is offline. Connect it, then load again`
      : `${path} could not be fetched: ${url} did not answer. Check the connection, then load again`;
    throw Object.assign(new ModelError("missing", path, message), {cause});
  }
}

const isOffline = (): boolean =>
  (globalThis.navigator as {readonly onLine?: boolean} | undefined)?.onLine === false;

/** Why a response is not the file, or null. Servers of single-page apps answer every path with their page. */
function problemOf(response: Response): string | null {
  if (!response.ok) return `the server answered ${response.status}`;
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("text/html") ? "the server answered with a web page instead" : null;
}

/** Size of the body as read; a compressed transfer does not say it. */
function lengthOf(response: Response): number | null {
  const encoding = response.headers.get("content-encoding") ?? "identity";
  const length = response.headers.get("content-length");
  return encoding === "identity" && length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

function truncated(path: string, loaded: number, bytes: number | null, cause?: unknown): ModelError {
  const of = bytes === null ? "" : ` of ${bytes.toLocaleString("en")}`;
  const message = `${path} stopped after ${loaded.toLocaleString("en")}${of} bytes. Check the connection, then load again`;
  return Object.assign(new ModelError("truncated", path, message), cause === undefined ? {} : {cause});
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
