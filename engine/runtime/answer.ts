import {ModelError} from "../errors.ts";

/** The network as a download sees it. */
export type Net = {
  readonly fetch: typeof fetch;
  /** What a server that is not the page's own may refuse is asked of this origin alone; null outside a page. */
  readonly origin: string | null;
  /** Passes these milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds without a byte after which a connection counts as broken. */
  readonly silence: number;
  /** Of files that are kept elsewhere the browser's own cache need hold no second copy: "no-store". */
  readonly cache: RequestCache;
};

export const usualNet: Net = {
  fetch: (...asked) => fetch(...asked),
  origin: (globalThis as {readonly location?: {readonly origin: string}}).location?.origin ?? null,
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
  silence: 20_000,
  cache: "default"
};

/** Which bytes a server has of a file. */
export type Version = {
  /** Its ETag, else when it was last changed; null where neither is said. */
  readonly tag: string | null;
  /** What has the same tag is the same, byte for byte: an ETag that says so, of the file as it is. */
  readonly exact: boolean;
  /** Bytes that cross the network for the whole file where it comes compressed; null where it does not. */
  readonly transfer: number | null;
};

/** @throws ModelError "unreachable" where no answer came, or one that says to come again */
export async function request(net: Net, url: string, path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await net.fetch(url, {cache: net.cache, ...init});
  } catch (cause) {
    throw unanswered(url, path, cause);
  }
  if (response.status < 500 && response.status !== 429) return response;
  void response.body?.cancel();
  throw new ModelError(
    "unreachable",
    path,
    `${path} could not be fetched: the server answered ${response.status} (${url}). Wait a little, then load again`
  );
}

export function unanswered(url: string, path: string, cause: unknown): ModelError {
  const message = isOffline()
    ? `${path} could not be fetched: this device is offline. Connect it, then load again`
    : `${path} could not be fetched: ${url} did not answer. Check the connection, then load again`;
  return Object.assign(new ModelError("unreachable", path, message), {cause});
}

export const isOffline = (): boolean =>
  (globalThis.navigator as {readonly onLine?: boolean} | undefined)?.onLine === false;

/**
 * Servers of single-page apps answer every path with their page.
 *
 * @throws ModelError "missing" where a response is not the file
 */
export function checkFound(response: Response, url: string, path: string): void {
  const isPage = response.headers.get("content-type")?.startsWith("text/html") === true;
  if (response.ok && !isPage) return;
  void response.body?.cancel();
  const problem = response.ok
    ? "the server answered with a web page instead"
    : `the server answered ${response.status}`;
  throw new ModelError("missing", path, `${path} is missing: ${problem} (${url})`);
}

export function versionOf({headers}: Response): Version {
  const etag = headers.get("etag");
  const exact = etag !== null && !etag.startsWith("W/") && isPlain(headers);
  const transfer = isPlain(headers) ? null : contentLength(headers);
  return {tag: etag ?? headers.get("last-modified"), exact, transfer};
}

/** Size of the body as read; a compressed transfer does not say it. */
export const lengthOf = ({headers}: Response): number | null =>
  isPlain(headers) ? contentLength(headers) : null;

const isPlain = (headers: Headers): boolean => (headers.get("content-encoding") ?? "identity") === "identity";

function contentLength(headers: Headers): number | null {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

/**
 * Whether an answer to "bytes=from-" is that part, of the same file. Where an answer does not say it (other origins
 * show few headers), it is taken for that, and the checksum decides.
 */
export function goesOn(response: Response, from: number, before: Version): boolean {
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "") ?? [];
  const now = versionOf(response);
  const isOther = before.exact && now.exact && now.tag !== before.tag;
  return response.status === 206 && isPlain(response.headers) && Number(start ?? from) === from && !isOther;
}
