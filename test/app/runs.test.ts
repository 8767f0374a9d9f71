import {expect, it} from "vitest";
import type {Engine} from "../../app/engine.ts";
import {createRuns} from "../../app/runs.ts";
import type {BranchNode} from "../../app/tree.ts";
import {
  branchPointOf,
  branchRequest,
  collect,
  generate,
  position,
  resumeAt,
  strategy,
  type Branch,
  type Request,
  type Resume,
  type TraceEvent
} from "../../engine/index.ts";
import {layeredDecoder} from "../engine/layeredDecoder.ts";
import {
  fakeTokenizer,
  favours,
  hashed,
  loadEvent,
  requestOf,
  scriptedDecoder,
  withoutMeasured
} from "../engine/scriptedDecoder.ts";

const rows = [1, 2, 3].map((id) => favours(id));
const {withTaps, lens, decoder} = layeredDecoder(hashed(), rows);
const model = {
  decoder: withTaps,
  lens,
  load: loadEvent(decoder.config),
  tokenizer: fakeTokenizer(),
  draft: () => Promise.resolve({decoder: scriptedDecoder(hashed()), load: loadEvent()})
};
const eventsOf = (request: Request, resume?: Resume) =>
  generate({...model, request, ...(resume && {resume})});

/** An engine that has nothing but runs. */
const engine = {
  load: () => Promise.resolve(),
  start: (request: Request, from?: {readonly resume: Resume}) => {
    const events = eventsOf(request, from?.resume);
    const next = async () => (await events.next()).value ?? null;
    return Promise.resolve({next, free: () => undefined});
  }
} as unknown as Engine;

async function rest(node: BranchNode): Promise<readonly TraceEvent[]> {
  const run = await createRuns(engine).of(node);
  const events: TraceEvent[] = [];
  for (let event; (event = await run.next()); ) events.push(event); // prettier-ignore
  return events;
}

it.each(["greedy", "beam", "contrastiveDecoding", "dola"] as const)(
  "a run of %s that was lost, or came from a file, goes on where its trace ends",
  async (name) => {
    const request = requestOf({strategy: strategy(name), maxNewTokens: 3});
    const trace = await collect(eventsOf(request));
    const change = {kind: "settings", settings: {maxNewTokens: 5}} as const;
    const branch: Branch = {at: position(name === "beam" ? 2 : 3), change};
    const other = branchRequest(request, branch);
    const point = branchPointOf(trace, branch.at)!;
    const own = await collect(eventsOf(other, resumeAt(trace, point, other)));
    const root = {id: 0, parent: null, at: null, change: null, request, trace, shared: 0};
    const whole = [...trace.slice(0, point + 1), ...own];
    const child = {id: 1, parent: 0, ...branch, request: other, trace: whole, shared: point + 1};
    for (const node of [root, child])
      for (const imported of [false, true])
        for (let length = Math.max(node.shared, 2); length < node.trace.length; ++length) {
          const events = await rest({...node, trace: node.trace.slice(0, length), length, imported});
          const expected = node.trace.slice(length);
          expect(withoutMeasured(events).map(({stage}) => stage), `${length}`).toEqual(expected.map(({stage}) => stage)); // prettier-ignore
          const tokens = (all: readonly TraceEvent[]) => all.flatMap((e) => (e.stage === "append" ? [e.tokenId] : [])); // prettier-ignore
          expect(tokens(events)).toEqual(tokens(expected));
        }
  }
);
