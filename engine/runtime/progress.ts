import type {ReadOptions} from "./source.ts";

/** How far a load is. `bytes` is null where a file's size is known only after reading it. */
export type LoadProgress = {
  /** "read" while files arrive, "prepare" while the network is made ready to compute. */
  readonly phase: "read" | "prepare";
  readonly files: readonly {readonly path: string; readonly loaded: number; readonly bytes: number | null}[];
};
export type OnProgress = (progress: LoadProgress) => void;

/** Milliseconds between two reports while a file arrives. */
const PAUSE = 40;

/** Collects what has been read of each file, and reports it, not too often. */
export class ProgressMeter {
  readonly #files = new Map<string, {loaded: number; bytes: number | null}>();
  #reported = -Infinity;
  #onProgress: OnProgress | undefined;
  constructor(onProgress: OnProgress | undefined) {
    this.#onProgress = onProgress;
  }

  /** A file that is going to be read. */
  expect(path: string, bytes: number | null): void {
    this.#files.set(path, {loaded: 0, bytes});
  }

  /** Options for a read that tell this meter; `finished` closes it. */
  reading(path: string, signal: AbortSignal | undefined): ReadOptions {
    return {
      signal,
      onProgress: (loaded, bytes) => {
        this.#files.set(path, {loaded, bytes: bytes ?? this.#files.get(path)?.bytes ?? null});
        if (performance.now() - this.#reported >= PAUSE) this.report("read");
      }
    };
  }

  finished(path: string, bytes: number): void {
    this.#files.set(path, {loaded: bytes, bytes});
    this.report("read");
  }

  /** The load is over: what is read later, as when the model is opened again, is no part of it. */
  end(): void {
    this.#onProgress = undefined;
  }

  report(phase: LoadProgress["phase"]): void {
    this.#reported = performance.now();
    this.#onProgress?.({
      phase,
      files: [...this.#files].map(([path, {loaded, bytes}]) => ({path, loaded, bytes}))
    });
  }
}
