import type {Version} from "./answer.ts";
import type {ArrivalListener, Part} from "./arriving.ts";
import type {KeptFiles} from "./keptFiles.ts";

/** Bytes of a segment: what is fetched again at most when a page is closed in mid-file. */
const SEGMENT = 1 << 19;

/** Keeps a file while it arrives, a segment at a time, so that nothing waits for it. */
export class Keeping implements ArrivalListener {
  #waiting: Uint8Array[] = [];
  #waits = 0;
  /** Bytes that were handed over to be written. */
  #written: number;
  #version: Version | null;
  #work: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  /**
   * @param listed SHA-256 by which the file is kept; null keeps it by the tag that its server gives it, if any
   * @param before what is kept of it already
   */
  constructor(
    private readonly store: KeptFiles,
    private readonly url: string,
    private readonly listed: string | null,
    before: Part | null
  ) {
    this.#written = before?.bytes ?? 0;
    this.#version = before?.version ?? null;
  }

  begin(version: Version): void {
    [this.#waiting, this.#waits, this.#written] = [[], 0, 0];
    this.#version = version;
    this.#then(() => this.store.drop(this.url, this.listed));
  }

  take(chunk: Uint8Array): void {
    this.#waiting.push(chunk);
    this.#waits += chunk.length;
    if (this.#waits >= SEGMENT) this.#write(null);
  }

  /**
   * Writes what is left.
   *
   * @param sha256 of the whole file; null where it is not whole yet
   * @returns what kept it from being kept: then nothing of it is; null where it is
   */
  async end(sha256: string | null): Promise<unknown> {
    const isUseless = sha256 === null && this.listed === null && this.#version?.exact !== true;
    if (isUseless)
      this.#then(() => this.store.drop(this.url, null)); // nothing could be joined to it
    else if (this.#waits > 0 || sha256 !== null) this.#write(sha256);
    await this.#work;
    return this.#failure;
  }

  #write(sha256: string | null): void {
    const [chunks, from, about] = [this.#waiting, this.#written, this.#version];
    this.#written += this.#waits;
    [this.#waiting, this.#waits] = [[], 0];
    const version = this.listed ?? about?.tag ?? null;
    if (version === null || about === null) return; // nobody could tell whether it is still the same
    this.#then(() => this.store.write(this.url, version, from, chunks, {version: about, sha256}));
  }

  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#failure !== null) return;
      try {
        await work();
      } catch (error) {
        this.#failure = error;
        await this.store.drop(this.url, this.listed).catch(() => undefined);
      }
    });
  }
}
