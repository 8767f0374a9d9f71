import {
  eventToJson,
  generate,
  InvalidRequest,
  passAgain,
  RunCache,
  type Decoder,
  type DraftModel,
  type LmHead,
  type LoadEvent,
  type PassEvent,
  type StopEvent,
  type Tap,
  type Tokenizer,
  type TraceEvent
} from "../../engine/index.ts";
import {Account} from "./account.ts";
import {Follower} from "./follower.ts";
import type {TraceOptions} from "./options.ts";

/** A loaded model, whoever loaded it. */
export type Model = {
  readonly decoder: Decoder;
  readonly tokenizer: Tokenizer;
  readonly load: LoadEvent;
  /** Reads its layers as if each were the last. */
  readonly lens?: LmHead;
  /** Loads the model that drafts. */
  readonly draft?: () => Promise<DraftModel>;
};

export type Output = {
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
  readonly signal?: AbortSignal;
};

/**
 * Runs a request and prints each event as it comes; nothing is computed ahead of what was written.
 *
 * @returns the event that ended the run
 * @throws InvalidRequest, before anything is printed, where the request does not fit the model
 */
export async function run(options: TraceOptions, model: Model, {write, signal}: Output): Promise<StopEvent> {
  const {request, taps: names} = options;
  const {decoder} = model;
  checkTaps(decoder, names);
  const cache = new RunCache(decoder, request.cache);
  const follower = new Follower(request, model.tokenizer.vocabulary);
  const print = printer(options, model, follower);
  try {
    for await (const event of generate({request, ...model, cache, ...(signal && {signal})})) {
      follower.follow(event);
      const {taps} =
        isPass(event) && names.length > 0
          ? await passAgain(decoder, event, follower.tokenIds, cache.past, names)
          : {taps: []};
      await write(print(event, taps));
      if (event.stage === "stop") return event;
    }
  } finally {
    cache.free();
  }
  throw new Error("the run ended without a stop event");
}

type Printer = (event: TraceEvent, taps: readonly Tap[]) => string;

function printer({request, json, arrays}: TraceOptions, model: Model, follower: Follower): Printer {
  if (!json) {
    const account = new Account(request, model.tokenizer.vocabulary, follower);
    return (event, taps) => account.of(event, taps);
  }
  return (event, taps) => {
    const after = follower.logits ?? undefined;
    return `${eventToJson(event, arrays, {...(after && {after}), taps})}\n`;
  };
}

const isPass = (event: TraceEvent): event is PassEvent =>
  event.stage === "prefill" || event.stage === "decode";

/** A name that no pass could answer, found before the first one. */
function checkTaps(decoder: Decoder, names: readonly string[]): void {
  const known = decoder.taps(1, 0).map(({name}) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  if (known.length === 0)
    throw new InvalidRequest(
      "taps",
      "this model has no onnx/inspect.onnx, so nothing inside a pass can be shown; leave --taps out or export it with taps"
    );
  const kinds = [...new Set(known.map((name) => name.replace(/^blocks\.\d+\./, "blocks.N.")))];
  const last = decoder.config.nLayers - 1;
  throw new InvalidRequest(
    "taps",
    `this decoder has no tap ${JSON.stringify(unknown)}; it has ${kinds.join(", ")}, N from 0 to ${last}`
  );
}
