import type {Version} from "./answer.ts";

/** Told of every byte of a file in order, so that it can be kept. */
export type ArrivalListener = {begin(version: Version): void; take(chunk: Uint8Array): void};

/** What is there of a file, from its first byte on. */
export type Part = {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  readonly version: Version;
};

const NOTHING: Part = {chunks: [], bytes: 0, version: {tag: null, exact: false, transfer: null}};

/** A file on its way. A read that breaks off leaves it as it is, and the next one goes on from there. */
export class Arriving {
  #chunks: Uint8Array[];
  #loaded: number;
  #version: Version;
  /** It is put together from several answers. */
  #joined: boolean;

  /** @param before what is there already */
  constructor(
    before: Part = NOTHING,
    private readonly listener: ArrivalListener | null = null
  ) {
    this.#chunks = [...before.chunks];
    this.#loaded = before.bytes;
    this.#version = before.version;
    this.#joined = false;
  }

  /** Bytes so far. */
  get loaded(): number {
    return this.#loaded;
  }
  get version(): Version {
    return this.#version;
  }
  get isJoined(): boolean {
    return this.#joined;
  }

  /** It comes from its first byte on; what was there is of no use. */
  begin(version: Version): void {
    this.#chunks = [];
    this.#loaded = 0;
    this.#version = version;
    this.#joined = false;
    this.listener?.begin(version);
  }

  /** It goes on after what is there. */
  goOn(): void {
    this.#joined = true;
  }

  take(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#loaded += chunk.length;
    this.listener?.take(chunk);
  }

  content(): Uint8Array {
    return joined(this.#chunks, this.#loaded);
  }
}

/** @param length of all chunks together */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
