import {defaultRequest, type LoadEvent, type Request, type Trace, type Vocabulary} from "../engine/index.ts";
import {sameRequest} from "./shell/draft.ts";
import {createStore} from "./store.ts";
import {parseSession} from "./traceFile.ts";

/** A whole run of the default request, made beforehand (npm run record): there to be stepped before the model is. */
export type Recording = {readonly trace: Trace; readonly load: LoadEvent; readonly vocabulary: Vocabulary};

export type RecordingStore = {
  /** Null until it was asked for and has come. */
  get(): Recording | null;
  subscribe(listener: () => void): () => void;
  /** Reads it, once. Null where there is none that can be read: the model is on its way all the same. */
  want(): Promise<Recording | null>;
};

/** Whether a request is the one that is recorded. */
export const isRecordedRequest = (request: Request): boolean => sameRequest(request, defaultRequest);

/** @param read gives the session file that `npm run record` wrote */
export function createRecording(read: () => Promise<string>): RecordingStore {
  const store = createStore<Recording | null>(null);
  let wanted: Promise<Recording | null> | null = null;
  async function load(): Promise<Recording | null> {
    const {nodes, vocabulary} = parseSession(await read());
    const {request, trace} = nodes[0]!;
    const [first] = trace;
    if (first?.stage !== "load" || !isRecordedRequest(request)) return null; // of another version of this page
    store.set({trace, load: first, vocabulary});
    return store.get();
  }
  return {
    get: store.get,
    subscribe: store.subscribe,
    want: () => (wanted ??= load().catch(() => null))
  };
}

/** Where nothing is recorded. */
export const noRecording: RecordingStore = {
  get: () => null,
  subscribe: () => () => undefined,
  want: () => Promise.resolve(null)
};
