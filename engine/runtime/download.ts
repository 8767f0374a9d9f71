import {ModelError} from "../errors.ts";
import {checkFound, goesOn, isOffline, lengthOf, request, versionOf, type Net} from "./answer.ts";
import type {Arriving} from "./arriving.ts";

export type DownloadOptions = {
  /** Bytes so far, and in all where that is known. */
  readonly onProgress?: ((loaded: number, bytes: number | null) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What the file must have in all; null where nobody says. */
  readonly size?: number | null;
  /** Its checksum will be compared: parts of different answers may be joined. */
  readonly checked?: boolean;
  /** Asked anew, whatever a cache says. */
  readonly fresh?: boolean;
  /** One attempt, and no more than these milliseconds without a byte. */
  readonly patience?: number | undefined;
};

/** Attempts in a row that bring no new byte before it is given up. */
const FRUITLESS = 3;
/** Milliseconds before the first of them; doubled each time. */
const PAUSE = 500;

/** One file from an address, and what it is called in messages. */
type Place = {readonly url: string; readonly path: string; readonly file: Arriving; readonly net: Net};

/**
 * Fetches a file, or the rest of it. Where the connection breaks it goes on from the byte it had come to, after a
 * pause, as long as that brings it further.
 *
 * @param file takes the bytes; what it has afterwards, also where this fails, need not be fetched again
 * @throws ModelError "missing" where there is none, "unreachable" where no answer comes, "truncated" where it ends early
 */
export async function download(place: Place, options: DownloadOptions = {}): Promise<void> {
  const {file, net} = place;
  const {signal, size = null, patience} = options;
  for (let fruitless = 0, furthest = file.loaded; !isWhole(file, size);) {
    try {
      return await attempt(place, options, fruitless === 0);
    } catch (error) {
      signal?.throwIfAborted();
      const isBroken = error instanceof ModelError && error.problem !== "missing";
      fruitless = file.loaded > furthest ? 0 : fruitless + 1;
      furthest = Math.max(furthest, file.loaded);
      if (!isBroken || patience !== undefined || fruitless === FRUITLESS || isOffline()) throw error;
      await net.pause(PAUSE * 2 ** fruitless);
      signal?.throwIfAborted();
    }
  }
}

const isWhole = ({loaded}: Arriving, size: number | null): boolean =>
  size !== null && size > 0 && loaded >= size;

/** @param thrifty what is cheaper to fetch from its beginning is */
async function attempt(place: Place, options: DownloadOptions, thrifty: boolean): Promise<void> {
  const watch = listen(options.signal, options.patience ?? place.net.silence);
  try {
    const from = canGoOn(place.file, options, thrifty) ? place.file.loaded : 0;
    const response = await ask(place, from, {
      signal: watch.signal,
      ...(options.fresh && {cache: "no-cache"})
    });
    watch.heard();
    const rest = lengthOf(response);
    const bytes = rest === null ? null : place.file.loaded + rest;
    await takeBody(response, place, options, bytes, watch.heard);
  } finally {
    watch.end();
  }
}

/** Aborts when nothing was heard for some time. */
function listen(signal: AbortSignal | undefined, silence: number) {
  const tooLong = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => tooLong.abort(new Error(`nothing came for ${silence / 1000} s`)), silence);
  };
  heard();
  return {
    signal: signal ? AbortSignal.any([signal, tooLong.signal]) : tooLong.signal,
    heard,
    end: () => clearTimeout(timer)
  };
}

/** The answer with the file, or with what follows its first bytes; `file` is told which. */
async function ask({url, path, file, net}: Place, from: number, init: RequestInit): Promise<Response> {
  const headers = from > 0 && {headers: headersFrom(url, file, net)};
  let response = await request(net, url, path, {...init, ...headers});
  if (from > 0 && goesOn(response, from, file.version)) {
    file.goOn();
    return response;
  }
  if (from > 0 && (response.status === 206 || response.status === 416)) {
    void response.body?.cancel(); // another part, or of another file
    response = await request(net, url, path, init);
  }
  checkFound(response, url, path);
  file.begin(versionOf(response));
  return response;
}

/**
 * Parts belong together where a checksum or the server says so. A part is never compressed: where the rest of a file
 * that compresses well is larger than the whole as it came first, it begins again, once.
 */
function canGoOn(
  {loaded, version: {exact, transfer}}: Arriving,
  {checked = false, size = null}: DownloadOptions,
  thrifty: boolean
): boolean {
  const isCheaperAnew = transfer !== null && size !== null && size - loaded > transfer;
  return loaded > 0 && (checked || exact) && !(thrifty && isCheaperAnew);
}

/** Other origins are not sent If-Range: for that a browser asks them first whether it may. */
function headersFrom(url: string, {loaded, version: {tag, exact}}: Arriving, {origin}: Net): HeadersInit {
  const isOwn = new URL(url).origin === origin;
  return {Range: `bytes=${loaded}-`, ...(exact && isOwn && {"If-Range": tag!})};
}

/** @param bytes in all, where that is known */
async function takeBody(
  response: Response,
  {path, file}: Place,
  options: DownloadOptions,
  bytes: number | null,
  heard: () => void
): Promise<void> {
  const broken = () => truncated(path, file.loaded, bytes, canGoOn(file, options, false));
  try {
    for (const reader = response.body?.getReader(); reader;) {
      const {done, value} = await reader.read();
      if (done) break;
      heard();
      file.take(value);
      options.onProgress?.(file.loaded, options.size ?? bytes);
    }
  } catch (error) {
    throw Object.assign(broken(), {cause: error});
  }
  if (bytes !== null && file.loaded < bytes) throw broken();
}

function truncated(path: string, loaded: number, bytes: number | null, goesOn: boolean): ModelError {
  const of = bytes === null ? "" : ` of ${bytes.toLocaleString("en")}`;
  const then = goesOn ? ": it goes on from there" : "";
  const message = `${path} stopped after ${loaded.toLocaleString("en")}${of} bytes. Check the connection, then load again${then}`;
  return new ModelError("truncated", path, message);
}
