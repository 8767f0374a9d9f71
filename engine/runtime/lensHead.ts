import type {Tap} from "../decoder.ts";
import {InvalidRequest, ModelError} from "../errors.ts";
import {lensOf, type Lens, type LensCell, type LmHead} from "../lens.ts";
import type {DecoderConfig} from "../trace.ts";
import {reasonOf, RuntimeFailure} from "./failure.ts";
import {readExternal} from "./modelFiles.ts";
import {readOnnx, type OnnxFile} from "./onnxFile.ts";
import type {Opened} from "./openDecoder.ts";
import type {OrtSession} from "./ort.ts";
import {ortQueue} from "./queue.ts";
import {createSession} from "./session.ts";
import type {ModelSource} from "./source.ts";

/** The graph of the lens, in a model's folder. */
export const LENS_PATH = "onnx/lens.onnx";
/** Most bytes of logits that are held at once: a lens of all positions is made of slices. */
const SLICE_BYTES = 16 * 2 ** 20;

/** What a lens head is made of: where the decoder is (it may move to another device), and where its files are. */
export type LensParts = {
  readonly on: <T>(work: (home: Opened) => Promise<T>) => Promise<T>;
  readonly source: ModelSource;
  readonly config: DecoderConfig;
};

/**
 * Final norm and LM head alone, over the decoder's own weights. Read and made ready when first needed; until then it
 * costs nothing.
 */
export class LensHead implements LmHead {
  #session: Promise<OrtSession> | null = null;
  /** Where the session is. */
  #home: Opened | null = null;
  #closed = false;

  constructor(private readonly parts: LensParts) {}

  /**
   * The lens on a pass.
   *
   * @param residuals of the embedding and of each layer, float32 (position, d_model)
   * @throws what `logits` throws
   */
  async lens(residuals: readonly Tap[]): Promise<Lens> {
    const {vocabSize, dModel} = this.parts.config;
    const positions = residuals[0]!.data.length / dModel;
    const step = Math.max(1, Math.floor(SLICE_BYTES / (4 * vocabSize * residuals.length)));
    const names = residuals.map(({name}) => name);
    const cells: LensCell[][] = names.map(() => []);
    for (let from = 0; from < positions; from += step) {
      const slice: Float32Array[] = [];
      for (const {data} of residuals)
        slice.push(await this.logits(data.subarray(from * dModel, (from + step) * dModel)));
      for (const [layer, row] of lensOf(names, slice, vocabSize).cells.entries()) cells[layer]!.push(...row);
    }
    return {names, cells};
  }

  /** Reads the graph, where that was not done yet. @throws what `logits` throws */
  async open(): Promise<void> {
    await this.parts.on((home) => this.#open(home));
  }

  /**
   * @param residual float32 (n, d_model), row-major
   * @returns float32 (n, vocab_size), row-major
   * @throws InvalidRequest where the model has no lens.onnx, ModelError where it cannot be used, RuntimeFailure
   */
  logits(residual: Float32Array): Promise<Float32Array> {
    return this.parts.on((home) => this.#logitsOn(home, residual));
  }

  async #logitsOn(home: Opened, residual: Float32Array): Promise<Float32Array> {
    const session = await this.#open(home);
    const {dModel} = this.parts.config;
    const {ort} = home;
    try {
      const input = new ort.Tensor("float32", residual, [residual.length / dModel, dModel]);
      const {logits} = await ortQueue.run(() => session.run({residual: input}));
      return logits!.data as Float32Array;
    } catch (error) {
      throw new RuntimeFailure("pass-failed", `the logit lens could not be computed: ${reasonOf(error)}`, {
        cause: error
      });
    }
  }

  async dispose(): Promise<void> {
    this.#closed = true;
    await this.#release();
  }

  async #release(): Promise<void> {
    const opened = this.#session;
    this.#session = null;
    const session = await opened?.catch(() => null);
    if (session) await ortQueue.run(() => session.release());
  }

  #open(home: Opened): Promise<OrtSession> {
    if (this.#closed)
      return Promise.reject(new RuntimeFailure("closed", "this model was closed; load it again"));
    if (this.#home !== home) void this.#release().catch(() => undefined); // it went with its device
    this.#home = home;
    this.#session ??= openSession(this.parts, home).catch((error: unknown) => {
      this.#session = null; // the next one may find what was missing
      throw error;
    });
    return this.#session;
  }
}

async function openSession({source, config}: LensParts, {ort, device}: Opened): Promise<OrtSession> {
  if (!(await source.find(LENS_PATH)))
    throw new InvalidRequest(
      "lens",
      "this model has no lens.onnx (final norm and LM head alone), so layers cannot be read; export it with one"
    );
  const onnx = await source.read(LENS_PATH);
  const file = readOnnx(LENS_PATH, onnx);
  checkGraph(file, config);
  const external = await readExternal(LENS_PATH, file, (path, least) => source.read(path, {least}));
  return createSession(ort, device, {path: LENS_PATH, onnx, external, whollyOnDevice: true});
}

/** @throws ModelError where this is not residual (rows, d_model) -> logits (rows, vocab_size) of this decoder */
function checkGraph({inputs, outputs}: OnnxFile, {dModel, vocabSize}: DecoderConfig): void {
  const [input, output] = [
    inputs.find(({name}) => name === "residual"),
    outputs.find(({name}) => name === "logits")
  ];
  const fits = (value: typeof input, size: number) =>
    value?.type === "float32" && value.shape.length === 2 && (value.shape[1] ?? size) === size;
  if (inputs.length === 1 && fits(input, dModel) && fits(output, vocabSize)) return;
  throw new ModelError(
    "unsupported",
    LENS_PATH,
    `${LENS_PATH} must turn residual [rows, ${dModel}] into logits [rows, ${vocabSize}], both float32; export it again with the model`
  );
}
