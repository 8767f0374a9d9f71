import type {Range} from "../trace.ts";
import {checkFound, lengthOf, request, unanswered, usualNet, versionOf, type Net} from "./answer.ts";
import {Arriving} from "./arriving.ts";
import {download, type DownloadOptions} from "./download.ts";

export type ReadOptions = DownloadOptions & {
  /** Only these bytes of the file; fewer where it ends before. */
  readonly range?: Range | undefined;
  /** Bytes that the reader needs. A file with fewer is still given: the reader says what is wrong with it. */
  readonly least?: number | undefined;
  /** What is there of it already; a source that can goes on from there, and leaves in it what came. */
  readonly arriving?: Arriving | undefined;
};

/** A file that is there. */
export type Found = {
  /** Null where its size is known only after reading. */
  readonly bytes: number | null;
  /** Which version of it; null or left out where nobody says. */
  readonly tag?: string | null;
};

/** A model folder, wherever it is. Paths are relative, with "/". */
export type ModelSource = {
  /** Where it is, for a message; of a source on the network its address, with a "/" at its end. */
  readonly name: string;
  /** Null where there is no such file. @throws ModelError "unreachable" */
  find(path: string, signal?: AbortSignal): Promise<Found | null>;
  /** @throws ModelError "missing", "unreachable" or "truncated"; the signal's reason where it was aborted */
  read(path: string, options?: ReadOptions): Promise<Uint8Array>;
};

/**
 * Files below an address, for browsers and workers.
 *
 * @param names of files whose name there is another
 */
export function fetchSource(
  address: string | URL,
  {
    net: given,
    names = {}
  }: {readonly net?: Partial<Net>; readonly names?: Readonly<Record<string, string>>} = {}
): ModelSource {
  const net = {...usualNet, ...given};
  const base = new URL(address);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const urlOf = (path: string) => new URL(names[path] ?? path, base).href;
  return {
    name: base.href,
    async find(path, signal) {
      const response = await stoppable(
        signal,
        request(net, urlOf(path), path, {method: "HEAD", ...(signal && {signal})})
      );
      try {
        checkFound(response, urlOf(path), path);
      } catch {
        return null;
      }
      return {bytes: lengthOf(response), tag: versionOf(response).tag};
    },
    async read(path, {range, arriving = new Arriving(), ...options} = {}) {
      if (range) return stoppable(options.signal, readRange(net, urlOf(path), path, range, options.signal));
      await download({url: urlOf(path), path, file: arriving, net}, options);
      return arriving.content();
    }
  };
}

async function readRange(
  net: Net,
  url: string,
  path: string,
  {from, to}: Range,
  signal: AbortSignal | undefined
): Promise<Uint8Array> {
  const headers = {Range: `bytes=${from}-${to - 1}`};
  const response = await request(net, url, path, {headers, ...(signal && {signal})});
  checkFound(response, url, path);
  const read = await response.arrayBuffer().catch((cause: unknown) => {
    throw unanswered(url, path, cause);
  });
  const isPart = response.status === 206; // servers may answer with the whole file
  return new Uint8Array(isPart ? read : read.slice(from, to));
}

/** Of work that was aborted the reason is told, not what became of it. */
async function stoppable<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
