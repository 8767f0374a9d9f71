import type {Decoder, ForwardInput, KeysAndValues, Pass, Past, Uploaded} from "../decoder.ts";
import {RuntimeFailure} from "../errors.ts";
import type {BackendInfo, DecoderConfig, Measured, SelfCheck} from "../trace.ts";
import {reasonOf} from "./failure.ts";
import {LastingCache, rowsOf} from "./lastingCache.ts";
import {LastingInputs, ownCache, ownInput} from "./lastingInputs.ts";
import type {OnnxDecoder} from "./onnxDecoder.ts";
import type {Opened} from "./openDecoder.ts";
import type {TapShape} from "./tapShapes.ts";

/** A device lost again before so many passes is lost "in a row". */
const PASSES_BETWEEN = 16;
/** On a device, on another, without one, and once more. */
const ATTEMPTS = 4;
/** A pass may fail a moment before its device is known to be lost. Milliseconds. */
const MOMENT = 300;

/** Opens the model anew: on another device, or where the one before did not last either, without one. */
export type Reopen = (inARow: boolean, lost: BackendInfo) => Promise<Opened>;

/**
 * A decoder that goes on when its graphics device is lost: the model is opened on a new device, each cache is read
 * again when it is next needed, and the call that failed is made again. Callers notice nothing but the time and a
 * sentence in `measured.notice`.
 */
export class LastingDecoder implements Decoder {
  readonly config: DecoderConfig;
  #home: Opened;
  #reopening: Promise<void> | null = null;
  /** It reported an error: what asked was told, the next one gets another. */
  #spent: Opened | null = null;
  #passes = 0;
  #lostAt = -Infinity;
  #notice: string | null = null;

  constructor(
    home: Opened,
    private readonly reopen: Reopen
  ) {
    this.#home = home;
    this.config = home.decoder.config;
  }

  get backend(): BackendInfo {
    return this.#home.decoder.backend;
  }
  get selfCheck(): SelfCheck | null {
    return this.#home.selfCheck;
  }
  get openCaches(): number {
    return this.#home.decoder.openCaches;
  }

  taps(n: number, past: number): readonly TapShape[] {
    return this.#home.decoder.taps(n, past);
  }

  /** As OnnxDecoder's. */
  upload(input: ForwardInput): Promise<LastingInputs> {
    return this.on(async ({decoder}) => {
      const own = await ownInput(decoder, input);
      const inner = await decoder.upload(own);
      return new LastingInputs(decoder, input, own, inner, this.#noting(inner.measured));
    });
  }

  async forward(input: ForwardInput, uploaded?: Uploaded): Promise<Pass> {
    if (uploaded && (!(uploaded instanceof LastingInputs) || uploaded.input !== input))
      throw new TypeError("forward: `uploaded` must come from this decoder's upload of the same input");
    const pass = await this.on(({decoder}) => this.#pass(decoder, input, uploaded));
    return uploaded
      ? {...pass, measured: {...pass.measured, forward: this.#noting(pass.measured.forward)}}
      : pass;
  }

  share({cache, length}: Past): Past {
    const lasting = ownCache(cache, "share");
    if (length > lasting.length)
      throw new RangeError(
        `share: a past of ${length} positions is longer than its cache of ${lasting.length}`
      );
    lasting.share();
    return {cache: lasting, length};
  }

  release({cache}: Past): void {
    if (cache instanceof LastingCache) cache.release();
  }

  /** As OnnxDecoder's. */
  keysAndValues({cache, length}: Past, layer: number): Promise<KeysAndValues> {
    const lasting = ownCache(cache, "keysAndValues");
    return this.on(async ({decoder}) => decoder.keysAndValues(await lasting.on(decoder, length), layer));
  }

  /**
   * Does something where the model now is; again, where the device is lost meanwhile.
   *
   * @throws what `work` throws, and RuntimeFailure "device-lost" where the model cannot be opened again
   */
  async on<T>(work: (home: Opened) => Promise<T>): Promise<T> {
    for (let attempts = 1; ; ++attempts) {
      if (this.#spent === this.#home) await this.#replace(this.#home);
      if (this.#reopening) await this.#reopening;
      const home = this.#home;
      try {
        return await work(home);
      } catch (error) {
        if (home.device && isOfDevice(error)) this.#spent = home;
        if (attempts === ATTEMPTS || !(await wasLost(home, error))) throw error;
        await this.#replace(home);
      }
    }
  }

  async dispose(): Promise<void> {
    await this.#reopening?.catch(() => undefined);
    await close(this.#home);
  }

  async #pass(decoder: OnnxDecoder, input: ForwardInput, uploaded?: LastingInputs): Promise<Pass> {
    const here = uploaded?.home === decoder ? uploaded : null;
    if (uploaded && !here) uploaded.release(); // they lie on a device that is gone
    const own = here ? here.own : await ownInput(decoder, input);
    const pass = await decoder.forward(own, here?.inner);
    const source = input.past?.length ? ownCache(input.past.cache, "forward") : null;
    const cache =
      source?.after(decoder, input, pass.past) ?? new LastingCache(decoder, pass.past.cache, rowsOf(input));
    return {...pass, passId: ++this.#passes, past: {cache, length: pass.past.length}};
  }

  /** The first that is computed after a loss says so. */
  #noting(measured: Measured): Measured {
    const notice = this.#notice;
    this.#notice = null;
    return notice === null ? measured : {...measured, notice};
  }

  /** Once for all who noticed the same loss. */
  #replace(lost: Opened): Promise<void> {
    if (lost === this.#home) this.#reopening ??= this.#reopen(lost).finally(() => (this.#reopening = null));
    return this.#reopening ?? Promise.resolve();
  }

  async #reopen(lost: Opened): Promise<void> {
    const {backend} = lost.decoder;
    const inARow = this.#passes - this.#lostAt < PASSES_BETWEEN;
    this.#lostAt = this.#passes;
    void close(lost).catch(() => undefined); // nothing of it is needed any more
    try {
      this.#home = await this.reopen(inARow, backend);
    } catch (error) {
      const message = `the graphics device ${backend.device} was lost, and the model could not be opened again: ${reasonOf(error)}. Load the model again`;
      throw new RuntimeFailure("device-lost", message, {cause: error});
    }
    this.#notice = noticeOf(backend, this.backend);
  }
}

/** The device is there but cannot be relied on any more. */
const isOfDevice = (error: unknown): boolean =>
  error instanceof RuntimeFailure && (error.kind === "device-failed" || error.kind === "out-of-memory");

async function wasLost({decoder, device}: Opened, error: unknown): Promise<boolean> {
  if (!device || !(error instanceof RuntimeFailure)) return false;
  if (error === decoder.failure) return error.kind === "device-lost";
  if (error.kind !== "pass-failed") return false;
  const moment = new Promise<false>((done) => setTimeout(() => done(false), MOMENT));
  return Promise.race([device.lost.then(() => true), moment]);
}

async function close({decoder, device}: Opened): Promise<void> {
  await decoder.dispose();
  device?.destroy();
}

const noticeOf = (lost: BackendInfo, now: BackendInfo): string =>
  now.name === "webgpu"
    ? `The graphics device ${lost.device} was lost; it was opened anew, the text was read again, and the run goes on.`
    : `The graphics device ${lost.device} was lost. ${now.why} The text was read again, and the run goes on.`;
