import type {KeysAndValues, Tap} from "../decoder.ts";
import type {Lens} from "../lens.ts";
import type {Request} from "../request.ts";
import type {Resume} from "../resume.ts";
import type {Tokenization} from "../tokenizer/tokenizer.ts";
import type {TokenId, Vocabulary} from "../tokenizer/vocabulary.ts";
import type {BackendName, LoadEvent, PassEvent, TraceEvent} from "../trace.ts";
import {RuntimeFailure} from "./failure.ts";
import type {LoadedModel} from "./loadModel.ts";
import type {OnProgress} from "./progress.ts";
import {Run} from "./run.ts";
import {TapMemory} from "./tapMemory.ts";

/** Which model, from where, on what. */
export type ModelChoice = {
  /** What the trace calls it. */
  readonly model: string;
  /** Address of its folder. */
  readonly folder: string;
  readonly backend: BackendName | "auto";
};

/** A pass of another run, from which a run goes on; without a run, or where it was closed, that pass is made again. */
export type RunStart = {readonly runId: number | null; readonly resume: Resume};

export type Loaded = {readonly load: LoadEvent; readonly vocabulary: Vocabulary};

/** The engine as seen from another thread: every argument and answer is plain data. */
export type EngineService = {
  /** Loads the one model of this service's life. @throws ModelError */
  load(choice: ModelChoice, onProgress: OnProgress | null): Promise<Loaded>;
  /** Answers as soon as this thread does. */
  ping(): Promise<void>;
  /** Answers at once, also while a run goes on. */
  tokenize(text: string): Promise<Tokenization>;
  /**
   * Checks a request; nothing runs yet.
   *
   * @param runId what the run is to be called: the caller numbers them
   * @param from the run that this one branches from, and where; it shares that run's cache while that is open
   * @throws InvalidRequest
   */
  start(runId: number, request: Request, from?: RunStart): Promise<void>;
  /** Computes exactly one event; null after the last one, or where the run was closed. */
  next(runId: number): Promise<TraceEvent | null>;
  /** The run ends after the event in view. */
  abort(runId: number): Promise<void>;
  /** Frees a run's cache. Closing twice is harmless. */
  close(runId: number): Promise<void>;
  /**
   * Tensors of one of the run's passes, computed again; between events and after the end.
   *
   * @param tokenIds prompt and generated ids, at least up to the pass's end
   * @throws InvalidRequest for a name that this model cannot give, PassDiffers where the pass's logits are not those
   *   recorded
   */
  taps(
    runId: number,
    event: PassEvent,
    tokenIds: readonly TokenId[],
    names: readonly string[]
  ): Promise<readonly Tap[]>;
  /** What each layer of a pass would already predict. @throws as `taps`, also where the model has no lens.onnx */
  lens(runId: number, event: PassEvent, tokenIds: readonly TokenId[]): Promise<Lens>;
  /**
   * Keys and values of a layer at the positions from 0 to the pass's last: what the run's cache holds of them or,
   * with the cache off, what the pass computed.
   *
   * @throws as `taps`
   */
  kv(runId: number, event: PassEvent, tokenIds: readonly TokenId[], layer: number): Promise<KeysAndValues>;
  /**
   * One of the weights that the load event names.
   *
   * @returns float32 in the shape in which it is stored, from its file
   * @throws InvalidRequest for another name
   */
  matrix(name: string): Promise<Tap>;
};

/** Loads a model; the composition root says from where. @param beside one that is loaded already, and stays */
export type OpenModel = (
  choice: ModelChoice,
  onProgress: OnProgress | null,
  beside: LoadedModel | null
) => Promise<LoadedModel>;

/** The smaller model that drafts for another: in its folder "draft", on the same backend. */
const draftOf = ({model, folder, backend}: ModelChoice): ModelChoice => ({
  model: `${model}/draft`,
  folder: `${folder.replace(/\/$/, "")}/draft/`,
  backend
});

export function engineService(open: OpenModel): EngineService {
  let model: LoadedModel | null = null;
  let choice: ModelChoice | null = null;
  let drafting: Promise<LoadedModel> | null = null;
  const runs = new Map<number, Run>();
  const memory = new TapMemory();
  const loaded = (): LoadedModel => {
    if (!model) throw new RuntimeFailure("not-loaded", "no model is loaded yet");
    return model;
  };
  /** Loaded when it is first needed; asked for again, also after a failure. */
  const draft = (): Promise<LoadedModel> => {
    drafting ??= open(draftOf(choice!), null, loaded());
    drafting.catch(() => (drafting = null));
    return drafting;
  };
  const runOf = (runId: number): Run => {
    const run = runs.get(runId);
    if (!run) throw new RuntimeFailure("closed", `run ${runId} was closed`);
    return run;
  };
  return {
    async load(wanted, onProgress) {
      if (model)
        throw new RuntimeFailure("closed", "a service loads one model; start another for another model");
      model = await open(wanted, onProgress, null);
      choice = wanted;
      return {load: model.load, vocabulary: model.tokenizer.vocabulary};
    },
    ping: async () => undefined,
    tokenize: async (text) => loaded().tokenizer.encode(text),
    async start(runId, request, from) {
      const branch = from ? {parent: runs.get(from.runId ?? NaN) ?? null, resume: from.resume} : null;
      runs.set(runId, await Run.start({model: loaded(), draft, memory, runId}, request, branch));
    },
    next: async (runId) => (await runs.get(runId)?.next()) ?? null,
    abort: async (runId) => runs.get(runId)?.abort(),
    async close(runId) {
      const run = runs.get(runId);
      runs.delete(runId);
      await run?.close();
    },
    taps: async (runId, ...asked) => runOf(runId).taps(...asked),
    lens: async (runId, ...asked) => runOf(runId).lens(...asked),
    kv: async (runId, ...asked) => runOf(runId).kv(...asked),
    matrix: async (name) => loaded().matrix(name)
  };
}
