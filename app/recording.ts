import {defaultRequest, type LoadEvent, type Request, type Trace, type Vocabulary} from "../engine/index.ts";
import {sameRequest} from "./shell/draft.ts";
import {createStore} from "./store.ts";
import {parseSession} from "./traceFile.ts";

/** A whole run of the default request, made beforehand (npm run record): there to be stepped before the model is. */
export type Recording = {readonly trace: Trace; readonly load: LoadEvent; readonly vocabulary: Vocabulary};

export type RecordingStore = {
  /** Whether it is, or would be, of a request. */
  isOf(request: Request): boolean;
  /** Null until it was asked for and has come. */
  get(): Recording | null;
  subscribe(listener: () => void): () => void;
  /** Reads it, once. Null where there is none that can be read: the model is on its way all the same. */
  want(): Promise<Recording | null>;
};

/** @param read gives the session file that `npm run record` wrote */
export function createRecording(
  read: () => Promise<string>,
  request: Request = defaultRequest
): RecordingStore {
  const store = createStore<Recording | null>(null);
  let wanted: Promise<Recording | null> | null = null;
  const isOf = (other: Request): boolean => sameRequest(other, request);
  async function load(): Promise<Recording | null> {
    const {nodes, vocabulary} = parseSession(await read());
    const {request: recorded, trace} = nodes[0]!;
    const [first] = trace;
    if (first?.stage !== "load" || !isOf(recorded)) return null; // of another version of this page
    store.set({trace, load: first, vocabulary});
    return store.get();
  }
  return {
    isOf,
    get: store.get,
    subscribe: store.subscribe,
    want: () => (wanted ??= load().catch(() => null))
  };
}

/** Where nothing is recorded. */
export const noRecording: RecordingStore = {
  isOf: () => false,
  get: () => null,
  subscribe: () => () => undefined,
  want: () => Promise.resolve(null)
};
