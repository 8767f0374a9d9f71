import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  branchPointAt,
  branchPointOf,
  branchRequest,
  changedSettings,
  collect,
  defaultRequest,
  generate,
  InvalidRequest,
  parseBranch,
  position,
  printBranch,
  resumeAt,
  RunCache,
  tokenId,
  warper,
  type Branch,
  type Request,
  type Trace
} from "../../engine/index.ts";
import {
  fakeTokenizer,
  hashed,
  loadEvent,
  of,
  requestOf,
  scriptedDecoder,
  withoutMeasured,
  type ScriptedDecoder
} from "./scriptedDecoder.ts";

const sampling = requestOf({
  strategy: {name: "multinomial"},
  warpers: [warper("repetitionPenalty", 1.3), warper("temperature", 0.9), warper("topP", 0.9)],
  maxNewTokens: 6
});

/** A run whose cache stays open, as a session keeps it. */
async function root(request: Request, decoder: ScriptedDecoder) {
  const cache = new RunCache(decoder, request.cache);
  const options = {request, decoder, cache, tokenizer: fakeTokenizer(), load: loadEvent(decoder.config)};
  return {trace: await collect(generate(options)), cache};
}

/** The whole trace of a branch: its parent's events up to `at`, then its own. */
async function branchOff(
  parent: {trace: Trace; cache: RunCache},
  at: number,
  request: Request,
  decoder: ScriptedDecoder
) {
  const resume = resumeAt(parent.trace, at, request);
  const cache = parent.cache.branch(resume.tokenIds.length, request.cache, resume.passes);
  const load = loadEvent(decoder.config);
  const own = await collect(generate({request, decoder, cache, resume, tokenizer: fakeTokenizer(), load}));
  return {trace: [...parent.trace.slice(0, at + 1), ...own], cache};
}

const ids = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);
const fedIn = (decoder: ScriptedDecoder, from: number) =>
  decoder.inputs.slice(from).reduce((sum, input) => sum + input.tokenIds.length, 0);

describe("a branch", () => {
  it("that changes nothing gives its parent's trace, from every branch point, feeding only what is new", async () => {
    const decoder = scriptedDecoder(hashed());
    const parent = await root(sampling, decoder);
    for (const [at, event] of parent.trace.entries()) {
      if (event.stage !== "fetch") continue;
      const passesBefore = decoder.inputs.length;
      const branch = await branchOff(parent, at, sampling, decoder);
      expect(withoutMeasured(branch.trace)).toEqual(withoutMeasured(parent.trace));
      const shared = of(parent.trace.slice(0, at + 1), "append").length;
      expect(fedIn(decoder, passesBefore)).toBe(sampling.maxNewTokens - 1 - shared);
      branch.cache.free();
    }
    expect(decoder.counts.caches).toBe(1);
    parent.cache.free();
    expect(decoder.counts.caches).toBe(0);
  });

  it("shares its parent's event objects up to the branch point", async () => {
    const decoder = scriptedDecoder(hashed());
    const parent = await root(sampling, decoder);
    const at = branchPointOf(parent.trace, position(4))!;
    const branch = await branchOff(parent, at, {...sampling, seed: 99}, decoder);
    for (let i = 0; i <= at; ++i) expect(branch.trace[i]).toBe(parent.trace[i]);
  });

  it("with a forced token equals the run that forces it from the start", async () => {
    const decoder = scriptedDecoder(hashed());
    const parent = await root(sampling, decoder);
    const change: Branch = {at: position(4), change: {kind: "force", tokenId: tokenId(6)}};
    const request = branchRequest(sampling, change);
    const branch = await branchOff(parent, branchPointOf(parent.trace, position(4))!, request, decoder);
    const whole = await root(request, decoder);
    expect(ids(branch.trace)).toEqual(ids(whole.trace));
    expect(ids(branch.trace)[2]).toBe(6);
    expect(ids(branch.trace).slice(0, 2)).toEqual(ids(parent.trace).slice(0, 2));
  });

  it("lets its parent go on undisturbed, in either order of freeing", async () => {
    for (const parentFirst of [true, false]) {
      const decoder = scriptedDecoder(hashed());
      const parent = await root(sampling, decoder);
      const last = branchPointAt(parent.trace, parent.trace.length - 1)!; // at the tip of the parent's cache
      const longer = {...sampling, maxNewTokens: 9};
      const branch = await branchOff(parent, last, longer, decoder);
      const again = await branchOff(parent, last, longer, decoder);
      expect(withoutMeasured(again.trace)).toEqual(withoutMeasured(branch.trace));
      for (const {cache} of parentFirst ? [parent, branch, again] : [again, branch, parent]) cache.free();
      expect(decoder.counts.caches).toBe(0);
    }
  });

  it("off a run without a cache, and one without a cache off a run with one, read the sequence again", async () => {
    const decoder = scriptedDecoder(hashed());
    for (const [parentCache, ownCache] of [
      [false, true],
      [true, false]
    ] as const) {
      const parent = await root({...sampling, cache: parentCache}, decoder);
      const at = branchPointOf(parent.trace, position(4))!;
      const branch = await branchOff(parent, at, {...sampling, cache: ownCache}, decoder);
      expect(ids(branch.trace)).toEqual(ids(parent.trace));
      parent.cache.free();
      branch.cache.free();
    }
    expect(decoder.counts.caches).toBe(0);
  });
});

describe("branchPointAt()", () => {
  it("is the fetch of the cursor's own pass, or of the next one during transfer and pass", async () => {
    const decoder = scriptedDecoder(hashed());
    const {trace} = await root(sampling, decoder);
    const fetches = [...trace.keys()].filter((i) => trace[i]!.stage === "fetch");
    let expected = 0;
    trace.forEach((event, cursor) => {
      if (event.stage === "transfer" && cursor > fetches[0]!) ++expected;
      expect(branchPointAt(trace, cursor), `${event.stage} at ${cursor}`).toBe(fetches[expected]);
    });
    expect(branchPointAt(trace.slice(0, 3), 2)).toBeNull();
  });
});

describe("a branch in a link", () => {
  const parent = requestOf({seed: 3});
  const settings = fc.record(
    {
      seed: fc.integer({min: 0, max: 2 ** 32 - 1}),
      maxNewTokens: fc.integer({min: 1, max: 500}),
      cache: fc.boolean(),
      stopStrings: fc.array(fc.string({minLength: 1, maxLength: 4, unit: "grapheme"}), {maxLength: 2}),
      warpers: fc.constantFrom([], [warper("topK", 3)], [warper("topP", 0.5), warper("temperature", 2)])
    },
    {requiredKeys: []}
  );
  const branches = fc.oneof(
    fc.record({
      at: fc.nat(9999).map(position),
      change: fc.record({kind: fc.constant("force" as const), tokenId: fc.nat(9999).map(tokenId)})
    }),
    fc.record({
      at: fc.nat(9999).map(position),
      change: fc.record({kind: fc.constant("settings" as const), settings})
    })
  );

  it("comes back as the same request", () => {
    fc.assert(
      fc.property(branches, (branch) => {
        const read = parseBranch(parent, printBranch(parent, branch));
        expect(read.at).toBe(branch.at);
        expect(branchRequest(parent, read)).toEqual(branchRequest(parent, branch));
      })
    );
  });

  it("refuses what it cannot read with an InvalidRequest", () => {
    for (const text of [
      "",
      "x",
      "1~force~",
      "1~force~x",
      "-1~force~2",
      "1~set~seed=-1",
      "1~set~v=2",
      "1~fold~2"
    ])
      expect(() => parseBranch(parent, text), text).toThrow(InvalidRequest);
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseBranch(parent, text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequest);
        }
      })
    );
  });
});

it("changedSettings() names what differs and nothing else", () => {
  expect(changedSettings(defaultRequest, {...defaultRequest, seed: 8, prompt: "other"})).toEqual({seed: 8});
  expect(changedSettings(defaultRequest, {...defaultRequest})).toEqual({});
});
