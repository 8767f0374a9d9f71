import {packEvent, roundLogits} from "../../app/packed.ts";
import {parseSession, printSession} from "../../app/traceFile.ts";
import {
  collect,
  defaultRequest,
  frameAt,
  generate,
  stepOf,
  toJson,
  type Decoder,
  type LoadEvent,
  type Request,
  type Tokenizer,
  type Trace,
  type TraceEvent,
  type Vocabulary
} from "../../engine/index.ts";

/** What the app fetches on a first visit, inside the folder that it is served from. */
export const RECORDED = "recorded/trace.json";
/** Compressed with gzip, it may have no more bytes. */
export const MOST_GZIP = 350_000;

/** A loaded model, whoever loaded it. */
export type Model = {readonly decoder: Decoder; readonly tokenizer: Tokenizer; readonly load: LoadEvent};

/**
 * Runs the default request on a model and writes the trace as a session file, without times: the same model gives the
 * same bytes. The logits are rounded as the file has them before anything is computed from them, so that every warper
 * and draw of the file follows exactly from its logits.
 *
 * @throws Error where rounding changes a token, or what is read back is not what was recorded
 */
export async function recordTrace(model: Model, request: Request = defaultRequest): Promise<string> {
  const {decoder, tokenizer, load} = model;
  const exact = await collect(generate({request, tokenizer, load, decoder}));
  const rounded = await collect(generate({request, tokenizer, load, decoder: rounding(decoder)}));
  const trace = rounded.map(withoutTimes);
  if (tokensOf(trace) !== tokensOf(exact))
    throw new Error("rounding the logits changes a token of this request, so it cannot be recorded");
  const root = {id: 0, parent: null, at: null, change: null, request, shared: 0, imported: false};
  const nodes = [{...root, trace, length: trace.length}];
  const file = `${printSession(nodes, 0, 0, tokenizer.vocabulary, packEvent)}\n`;
  checkRead(file, trace, request);
  return file;
}

/** The ids of prompt and completion, one after the other. */
export const tokensOf = (trace: Trace): string => frameAt(trace, trace.length - 1).tokenIds.join(" ");

/** A decoder whose logits can be packed without loss. */
const rounding = (decoder: Decoder): Decoder => ({
  config: decoder.config,
  backend: decoder.backend,
  taps: (n, past) => decoder.taps(n, past),
  upload: (input) => decoder.upload(input),
  async forward(input, uploaded) {
    const pass = await decoder.forward(input, uploaded);
    return {...pass, logits: roundLogits(pass.logits)};
  },
  share: (past) => decoder.share(past),
  release: (past) => decoder.release(past)
});

function withoutTimes({measured: _, ...event}: TraceEvent): TraceEvent {
  return event as TraceEvent; // of each member, the same member: TypeScript spreads no union
}

/** Reads the file as the app will, and computes each warper and draw from its logits again. */
function checkRead(file: string, recorded: Trace, request: Request): void {
  const {nodes, vocabulary} = parseSession(file);
  const trace = nodes[0]?.trace ?? [];
  if (toJson(trace) !== toJson(recorded))
    throw new Error("the file gives another trace than the one recorded");
  for (const [at, event] of trace.entries()) {
    const again = computedAgain(trace, at, request, vocabulary) ?? {};
    for (const [name, value] of Object.entries(again))
      if (toJson(value) !== toJson(event[name as keyof typeof event]))
        throw new Error(
          `${name} of event ${at} (${event.stage}) does not follow from the logits of the file`
        );
  }
}

/** The fields of a warper's or a draw's event that the app computes from the logits itself; null for other events. */
export function computedAgain(trace: Trace, at: number, request: Request, vocabulary: Vocabulary) {
  const event = trace[at]!;
  if (event.stage !== "warp" && event.stage !== "sample") return null;
  const step = stepOf(trace, frameAt(trace, at), request, vocabulary)!;
  if (event.stage === "sample") return {...step.picked, probability: step.probabilities[step.picked.tokenId]};
  const {applied, removed, kept, massKept, entropyBefore, entropy} = step.chain[event.index]!;
  return {applied, removed, kept, massKept, entropyBefore, entropy};
}
