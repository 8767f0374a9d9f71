import {
  branchPointOf,
  branchRequest,
  InvalidRequest,
  parseBranch,
  parseRequest,
  printBranch,
  printRequest,
  toJson,
  type Request,
  type Trace,
  type TraceEvent,
  type Vocabulary
} from "../engine/index.ts";
import {count, flag, integer, list, Malformed, nullable, oneOf, record, text, type Read} from "./check.ts";
import {readEvent} from "./readEvent.ts";
import {checkTrace} from "./readTrace.ts";
import type {BranchNode, Grown} from "./tree.ts";

/**
 * A session as a file: one JSON object. `branches[0]` is the root with its whole trace; every other one has its
 * parent's place in the list, what it changes (as in a link), and the events of its own. Numbers are exact: float32
 * as the shortest decimal that gives it back, -Infinity, Infinity and NaN as those strings. The large arrays may also be
 * packed (packed.ts).
 */
export type SessionFile = {
  readonly nodes: readonly Grown[];
  readonly active: number;
  readonly cursor: number;
  readonly vocabulary: Vocabulary;
};

const FORMAT = "one-token-at-a-time session";
/** Larger files are not read at all. */
export const MOST_BYTES = 256 * 1024 * 1024;

/**
 * @param nodes parents before children, as a tree has them
 * @param write how an event stands in the file; `packEvent` makes it smaller
 */
export function printSession(
  nodes: readonly BranchNode[],
  active: number,
  cursor: number,
  vocabulary: Vocabulary,
  write: (event: TraceEvent) => unknown = (event) => event
): string {
  const place = (id: number) => nodes.findIndex((node) => node.id === id);
  const branches = nodes.map((node) => {
    const parent = nodes.find(({id}) => id === node.parent);
    const {at, change, shared, trace, length} = node;
    return {
      parent: parent ? place(parent.id) : null,
      change: parent && at !== null && change ? printBranch(parent.request, {at, change}) : null,
      events: trace.slice(shared, length).map(write)
    };
  });
  const request = printRequest(nodes[0]!.request);
  return toJson({format: FORMAT, version: 1, request, active: place(active), cursor, branches, vocabulary});
}

/**
 * The reverse of `printSession`, for a file of unknown origin.
 * @throws Malformed with a sentence that says what and where
 */
export function parseSession(json: string): SessionFile {
  if (json.length > MOST_BYTES) throw new Malformed(`the file is larger than ${MOST_BYTES / 2 ** 20} MB`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Malformed("it is not JSON");
  }
  try {
    return session(value, "session");
  } catch (error) {
    if (error instanceof InvalidRequest) throw new Malformed(error.message);
    if (error instanceof RangeError) throw new Malformed("it is nested too deeply or too large");
    throw error;
  }
}

const written = record((o) => ({
  parent: o.take("parent", nullable(count)),
  change: o.take("change", nullable(text)),
  events: o.take("events", list(readEvent, 200_000))
}));

const entry: Read<Vocabulary[number]> = record((o) => ({
  bytes: o.take("bytes", list(integer(0, 255), 1000)),
  text: o.take("text", nullable(text)),
  special: o.take("special", flag)
}));

const session: Read<SessionFile> = record((o) => {
  o.take("format", oneOf(FORMAT));
  const version = o.take("version", count);
  if (version !== 1) throw new Malformed(`it is of version ${version}; this page reads version 1`);
  const request = parseRequest(o.take("request", text));
  const branches = o.take("branches", list(written, 1000));
  const vocabulary = o.take("vocabulary", list(entry, 1_000_000));
  const nodes: Grown[] = [];
  branches.forEach((branch, id) => nodes.push(grow(branch, id, nodes, request)));
  const [root] = nodes;
  if (!root) throw new Malformed("branches must have at least one run");
  checkVocabulary(root.trace, vocabulary);
  const active = o.take("active", integer(0, nodes.length - 1));
  return {nodes, active, cursor: o.take("cursor", count), vocabulary};
});

/** A branch with its whole trace; its parent's events are the parent's own objects. */
function grow(
  {
    parent: of,
    change,
    events
  }: {readonly parent: number | null; readonly change: string | null; readonly events: Trace},
  id: number,
  before: readonly Grown[],
  rootRequest: Request
): Grown {
  const at = `branches[${id}]`;
  if ((of === null) !== (id === 0) || (change === null) !== (id === 0))
    throw new Malformed(`${at}: the first must be a run, the others branches of it`);
  const parent = of === null ? null : before[of];
  if (parent === undefined) throw new Malformed(`${at}.parent must come before it`);
  if (!parent || change === null) {
    checkTrace(events, rootRequest, `${at}.events`);
    return {id, parent: null, at: null, change: null, request: rootRequest, trace: events, shared: 0};
  }
  const branch = parseBranch(parent.request, change);
  const point = branchPointOf(parent.trace, branch.at);
  if (point === null) throw new Malformed(`${at} leaves its parent at a position that it does not reach`);
  const request = branchRequest(parent.request, branch);
  const trace: readonly TraceEvent[] = [...parent.trace.slice(0, point + 1), ...events];
  checkTrace(trace, request, `${at}.trace`);
  return {id, parent: parent.id, ...branch, request, trace, shared: point + 1};
}

function checkVocabulary([load]: Trace, vocabulary: Vocabulary): void {
  if (load?.stage === "load" && load.config.vocabSize === vocabulary.length) return;
  throw new Malformed("vocabulary must have an entry for each token of the model");
}
