import type {Decoder, ForwardInput, KeysAndValues, Pass, Past, Uploaded} from "../decoder.ts";
import type {BackendInfo, DecoderConfig} from "../trace.ts";
import {CacheHandles} from "./cacheHandles.ts";
import {checkInput} from "./checkInput.ts";
import {isOutOfMemory, reasonOf, RuntimeFailure} from "./failure.ts";
import type {Graph} from "./graph.ts";
import {KvCache} from "./kvCache.ts";
import type {Ort, OrtSession, OrtTensor} from "./ort.ts";
import {continued, hostTensors, lengthAfter, pastLength} from "./passInput.ts";
import {PassForms, resultsOf, roomFor} from "./passOutputs.ts";
import {ortQueue} from "./queue.ts";
import {checkTaps, keysAndValuesOf, type TapShape, TapShapes} from "./tapShapes.ts";
import {dispose, noPositions, type TensorStore} from "./tensors.ts";
import {UploadedInputs} from "./uploadedInputs.ts";

/** What a decoder is made of. */
export type DecoderParts = {
  readonly ort: Ort;
  readonly session: OrtSession;
  readonly graph: Graph;
  readonly config: DecoderConfig;
  readonly backend: BackendInfo;
  readonly store: TensorStore;
};

/** A decoder that onnxruntime-web runs. Passes wait for one another; caches stay on the device. */
export class OnnxDecoder implements Decoder {
  readonly config: DecoderConfig;
  readonly backend: BackendInfo;
  readonly #parts: DecoderParts;
  readonly #caches = new CacheHandles();
  readonly #taps: TapShapes;
  readonly #forms: PassForms;
  #passes = 0;
  #failure: RuntimeFailure | null = null;
  #closed: Promise<void> | null = null;

  constructor(parts: DecoderParts) {
    this.#parts = parts;
    this.#taps = new TapShapes(parts.graph, parts.config);
    this.#forms = new PassForms(parts.graph);
    this.config = parts.config;
    this.backend = parts.backend;
  }

  /** Caches handed out and not yet given back. */
  get openCaches(): number {
    return this.#caches.open;
  }

  taps(n: number, past: number): readonly TapShape[] {
    return this.#taps.of(n, past);
  }

  /**
   * On WebGPU the time is that of handing the bytes over; the device copies them before it computes.
   *
   * @throws RangeError, ModelError or InvalidRequest for an input that this decoder cannot compute
   */
  async upload(input: ForwardInput): Promise<UploadedInputs> {
    const {graph, config, store} = this.#parts;
    checkInput(graph, config, input);
    checkTaps(graph, input.taps ?? []);
    if (this.#failure) throw this.#failure;
    try {
      return new UploadedInputs(input, hostTensors(graph, input), store, this.backend);
    } catch (error) {
      throw this.#failed("the inputs of a pass could not be moved", error);
    }
  }

  async forward(input: ForwardInput, uploaded?: Uploaded): Promise<Pass> {
    const inputs = uploaded ?? (await this.upload(input));
    if (!(inputs instanceof UploadedInputs) || inputs.input !== input)
      throw new TypeError("forward: `uploaded` must come from this decoder's upload of the same input");
    try {
      return await ortQueue.run(() => this.#pass(input, inputs));
    } finally {
      inputs.release();
    }
  }

  share(past: Past): Past {
    return this.#caches.share(past);
  }

  release(past: Past): void {
    this.#caches.release(past);
  }

  /** Keys and values of one layer as a past holds them, under the names of the taps that wrote them. */
  async keysAndValues(past: Past, layer: number): Promise<KeysAndValues> {
    const {store, config} = this.#parts;
    if (this.#failure) throw this.#failure;
    const [k, v] = await ortQueue.run(() => {
      const cache = this.#caches.cacheOf(past, "keysAndValues");
      return cache.read(store, layer, past.length).catch((error: unknown) => {
        throw this.#failed("the cache could not be read", error);
      });
    });
    const [kName, vName] = keysAndValuesOf(layer);
    const shape = [config.nKvHeads, past.length, config.dHead];
    return {k: {name: kName, shape, data: k}, v: {name: vName, shape, data: v}};
  }

  /** Why every pass is refused; null where none is. */
  get failure(): RuntimeFailure | null {
    return this.#failure;
  }

  /** From now on every pass is refused with this. */
  fail(failure: RuntimeFailure): void {
    this.#failure ??= failure;
  }

  /** Ends the session and frees every cache still open; once. */
  dispose(): Promise<void> {
    this.fail(new RuntimeFailure("closed", "this decoder was closed; load the model again"));
    this.#caches.freeAll();
    this.#closed ??= ortQueue.run(() => this.#parts.session.release());
    return this.#closed;
  }

  /** One pass, alone on the device. Whatever happens, the only tensors left are those of the cache that it returns. */
  async #pass(input: ForwardInput, inputs: UploadedInputs): Promise<Pass> {
    if (this.#failure) throw this.#failure;
    const {graph, session, config, store} = this.#parts;
    const source = this.#sourceOf(input);
    const atTip = source !== null && isTip(source, input);
    const used = inputs.take();
    const past = atTip ? source.tensors : this.#copyOf(source, input);
    const room = roomFor(graph, config, store, input);
    const feeds = this.#forms.feeds(used, past);
    const started = performance.now();
    try {
      const outputs = await session.run(feeds, this.#forms.fetches(room, input));
      if (this.#failure) throw this.#failure;
      const {backend} = this;
      const measured = {ms: performance.now() - started, device: backend.device, backend};
      const results = resultsOf(graph, input, outputs);
      const after = this.#keep(input, atTip ? source : null, outputs);
      return {passId: ++this.#passes, past: after, ...results, measured: {forward: measured}};
    } catch (error) {
      dispose(room);
      throw this.#failed("a pass could not be computed", error);
    } finally {
      dispose(used.values());
      if (!atTip) dispose(past);
    }
  }

  /** The cache that a pass continues, or null where it starts from nothing. */
  #sourceOf({past}: ForwardInput): KvCache | null {
    return past && past.length > 0 ? this.#caches.cacheOf(past, "forward") : null;
  }

  #copyOf(source: KvCache | null, input: ForwardInput): readonly OrtTensor[] {
    const {ort, graph, store, config} = this.#parts;
    if (source) return source.cut(store, pastLength(input), continued(input));
    return graph.past.map(() => noPositions(ort, input.batch, config.nKvHeads, config.dHead));
  }

  /** The cache that a pass continues, now longer, or a new one. */
  #keep(input: ForwardInput, extended: KvCache | null, outputs: Readonly<Record<string, OrtTensor>>): Past {
    const {graph, config} = this.#parts;
    const cache = extended ?? new KvCache(config, input.batch);
    const present = graph.present.map((name) => outputs[name]!);
    cache.extend(present, lengthAfter(input));
    if (!extended) this.#caches.add(cache);
    return {cache, length: cache.length};
  }

  #failed(what: string, error: unknown): RuntimeFailure {
    if (this.#failure) return this.#failure;
    const [kind, advice] = isOutOfMemory(error)
      ? (["out-of-memory", ". Close other tabs or shorten the prompt, then run again"] as const)
      : (["pass-failed", ""] as const);
    const message = `${what} on ${this.backend.device}: ${reasonOf(error)}${advice}`;
    return new RuntimeFailure(kind, message, {cause: error});
  }
}

/** Whether a pass continues all of a cache, every sequence at its own place: then it can grow where it lies. */
const isTip = ({length, batch}: KvCache, input: ForwardInput): boolean =>
  length === pastLength(input) &&
  batch === input.batch &&
  continued(input).every((row, place) => row === place);
