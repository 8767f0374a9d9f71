import fc from "fast-check";
import {beforeAll, expect, it} from "vitest";
import {Malformed} from "../../app/check.ts";
import {packEvent, roundLogits} from "../../app/packed.ts";
import {parseSession, printSession} from "../../app/traceFile.ts";
import type {BranchNode} from "../../app/tree.ts";
import {
  branchPointOf,
  branchRequest,
  collect,
  position,
  tokenId,
  type Branch,
  type Request,
  type Tokenizer
} from "../../engine/index.ts";
import {
  entries,
  eventsOf,
  fakeTokenizer,
  hashed,
  requestOf,
  scriptedDecoder
} from "../engine/scriptedDecoder.ts";
import {damaged, hostileText} from "./arbitraries.ts";
import {check, orRefused} from "./check.ts";

let file: unknown;
/** The same, its large arrays packed. */
let packed: unknown;

const plain = fakeTokenizer(entries);
const tokenizer: Tokenizer = {
  ...plain,
  encode(text) {
    const {tokenIds, ...rest} = plain.encode(text);
    return {...rest, tokenIds, offsets: tokenIds.map((_, i) => ({from: i, to: i + 1, partial: false}))};
  }
};
const traceOf = (request: Request) =>
  collect(eventsOf(request, {decoder: scriptedDecoder(hashed()), tokenizer}));

/** Logits that can be packed. */
const finite = (logits: Float32Array) => roundLogits(logits.map((logit) => Math.max(logit, -100)));

/** A run of three tokens, and a branch of it in which the second was another. */
beforeAll(async () => {
  const request = requestOf();
  const trace = await traceOf(request);
  const root: BranchNode = {
    id: 0,
    parent: null,
    at: null,
    change: null,
    request,
    trace,
    length: trace.length,
    shared: 0,
    imported: false
  };
  const branch: Branch = {at: position(3), change: {kind: "force", tokenId: tokenId(2)}};
  const shared = branchPointOf(trace, branch.at)! + 1;
  const ownRequest = branchRequest(request, branch);
  const own = await traceOf(ownRequest);
  const child: BranchNode = {...root, id: 1, parent: 0, ...branch, request: ownRequest, trace: own, shared};
  const nodes = [root, {...child, length: own.length}];
  file = JSON.parse(printSession(nodes, 1, 4, tokenizer.vocabulary));
  packed = JSON.parse(
    printSession(nodes, 1, 4, tokenizer.vocabulary, (event) =>
      packEvent("logits" in event ? {...event, logits: finite(event.logits)} : event)
    )
  );
});

const written = (value: unknown) => JSON.stringify(value) ?? "";

it("a session is read as it was written", () => {
  for (const one of [file, packed]) {
    const {nodes, active, cursor} = parseSession(written(one));
    expect(nodes).toHaveLength(2);
    expect({active, cursor}).toEqual({active: 1, cursor: 4});
  }
});

it("damaged, is refused with a sentence, or is a session", () =>
  check(
    fc.boolean().chain((large) => damaged(large ? file : packed)),
    (value) => {
      const session = orRefused(() => parseSession(written(value)), Malformed);
      if (!session) return;
      expect(session.nodes.length).toBeGreaterThan(session.active);
      expect(session.nodes[0]!.parent).toBeNull();
    }
  ));

it("of any content is refused with a sentence", () =>
  check(fc.oneof(fc.json(), hostileText), (text) => {
    expect(orRefused(() => parseSession(text), Malformed)).toBeNull();
  }));
