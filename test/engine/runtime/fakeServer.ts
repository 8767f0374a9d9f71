import type {Net} from "../../../engine/runtime/answer.ts";

type ServedFile = {
  content: Uint8Array;
  /** Null says none. */
  etag?: string | null;
  /** Sent whole it comes so, with this length on the way; parts come as they are. */
  compressed?: number;
};

/** A server of files that can break off, be gone, know no ranges; and what it was asked for. */
export class FakeServer {
  readonly files = new Map<string, ServedFile>();
  /** "GET a", "GET a bytes=5-", "GET a bytes=5- if "x"", "HEAD a". */
  readonly asked: string[] = [];
  /** Bytes sent of each body before the connection breaks; none left sends all. */
  readonly breaks: number[] = [];
  /** Where a break would be, nothing more comes, and nothing tells. */
  hangs = false;
  isGone = false;
  ranges = true;
  /** Bytes of bodies sent in all. */
  sent = 0;
  /** What it answers in place of files. */
  status: number | null = null;

  constructor(readonly url = "http://files.test/model/") {}

  serve(path: string, content: Uint8Array, more: Omit<ServedFile, "content"> = {}): void {
    this.files.set(path, {content, ...more});
  }

  /** Pauses take no time; they are noted. */
  readonly pauses: number[] = [];
  get net(): Partial<Net> {
    return {
      fetch: (url, init) => this.#fetch(String(url as string), init ?? {}),
      pause: (ms) => {
        this.pauses.push(ms);
        return Promise.resolve();
      },
      origin: new URL(this.url).origin
    };
  }

  #fetch(url: string, init: RequestInit): Promise<Response> {
    const path = url.slice(this.url.length);
    const headers = new Headers(init.headers);
    const [method, range, ifRange] = [init.method ?? "GET", headers.get("range"), headers.get("if-range")];
    this.asked.push([method, path, range, ifRange && `if ${ifRange}`].filter(Boolean).join(" "));
    if (init.signal?.aborted) return Promise.reject(init.signal.reason as Error);
    if (this.isGone) return Promise.reject(new TypeError("fetch failed"));
    if (this.status !== null) return Promise.resolve(new Response("", {status: this.status}));
    const file = this.files.get(path);
    if (!file) return Promise.resolve(new Response("no", {status: 404}));
    const isSame = ifRange === null || ifRange === file.etag;
    const from = this.ranges && isSame ? Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1] ?? NaN) : NaN;
    if (from >= file.content.length) return Promise.resolve(new Response("", {status: 416}));
    return Promise.resolve(this.#answer(file, from, method, init.signal ?? null));
  }

  /** @param from NaN for all of it */
  #answer({content, etag, compressed}: ServedFile, from: number, method: string, signal: AbortSignal | null) {
    const isPart = !Number.isNaN(from);
    const encoding = !isPart && compressed !== undefined ? "-br" : "";
    const body = isPart ? content.subarray(from) : content;
    const range = `bytes ${from}-${content.length - 1}/${content.length}`;
    const headers = {
      "content-length": String(encoding ? compressed : body.length),
      ...(encoding && {"content-encoding": "br"}),
      ...(etag && {etag: etag.replace(/"$/, `${encoding}"`)}),
      ...(isPart && {"content-range": range})
    };
    const stream = method === "HEAD" ? null : this.#stream(body, signal);
    return new Response(stream, {status: isPart ? 206 : 200, headers});
  }

  #stream(body: Uint8Array, signal: AbortSignal | null): ReadableStream<Uint8Array> {
    const end = this.breaks.shift() ?? Infinity;
    let at = 0;
    return new ReadableStream({
      pull: (controller) => {
        if (signal?.aborted) return controller.error(signal.reason);
        if (at >= end && this.hangs) return new Promise<void>(() => undefined);
        if (at >= end) return controller.error(new TypeError("network error"));
        if (at >= body.length) return controller.close();
        const chunk = body.slice(at, Math.min(at + Math.max(1000, body.length >> 6), end));
        at += chunk.length;
        this.sent += chunk.length;
        controller.enqueue(chunk);
      }
    });
  }
}

/** Bytes that no shift of them equals. */
export const madeBytes = (length: number, seed = 1): Uint8Array =>
  new Uint8Array(length).map((_, i) => (Math.imul(i + seed, 2654435761) >>> 24) & 255);

/** Whether two files are the same; a matcher would look at each byte, and print them. */
export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
