import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  checkRequest,
  defaultRequest,
  InvalidRequest,
  limits,
  loneSurrogate,
  parseRequest,
  parseWarpers,
  position,
  printRequest,
  printWarpers,
  strategyNames,
  tokenId,
  warper,
  warperNames,
  type Request,
  type WarperName
} from "../../engine/index.ts";
import {someStrategy} from "./strategy/arbitraries.ts";
import {someWarper, within} from "./warp/arbitraries.ts";

const text = fc.string({unit: "binary", minLength: 1, maxLength: 30});

const someRequest: fc.Arbitrary<Request> = fc.record<Request>({
  version: fc.constant(1),
  prompt: text,
  model: fc.oneof(fc.constant("embedded"), fc.webUrl(), text),
  seed: within(limits.seed),
  warpers: fc.array(someWarper, {maxLength: 5}),
  strategy: someStrategy,
  maxNewTokens: within(limits.maxNewTokens),
  maxLength: fc.option(within(limits.maxLength)),
  stopStrings: fc.array(text, {maxLength: 3}),
  cache: fc.boolean(),
  backend: fc.constantFrom("auto", "webgpu", "wasm"),
  forced: fc.uniqueArray(
    fc.record({
      position: within(limits.forced).map(position),
      tokenId: within(limits.forced).map(tokenId)
    }),
    {selector: ({position}) => position, maxLength: 3}
  )
});

/** The field and the sentence that a link is refused with. */
function refusal(link: string): {field: string; message: string} {
  try {
    parseRequest(link);
  } catch (error) {
    if (error instanceof InvalidRequest) return {field: error.field, message: error.message};
    throw error;
  }
  throw new Error(`${link} was not refused`);
}

describe("links", () => {
  it("the default request is the shortest link, and what is missing is the default", () => {
    expect(printRequest(defaultRequest)).toBe("v=1");
    expect(parseRequest("")).toEqual(defaultRequest);
    expect(parseRequest("?v=1")).toEqual(defaultRequest);
  });

  it("printing and parsing gives the same request back", () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        checkRequest(request);
        expect(parseRequest(printRequest(request))).toEqual(request);
      }),
      {numRuns: 300}
    );
  });

  it("says the same request in one way only", () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        const link = printRequest(request);
        expect(printRequest(parseRequest(link))).toBe(link);
      })
    );
  });

  it("a worked link", () => {
    const request: Request = {
      ...defaultRequest,
      prompt: "1 + 1 = é & 😀",
      seed: 42,
      warpers: [warper("topP", 0.9), warper("temperature", 0.7)],
      strategy: {name: "greedy"},
      maxLength: 100,
      stopStrings: [".", "\n"],
      cache: false,
      forced: [{position: position(9), tokenId: tokenId(3)}]
    };
    expect(printRequest(request)).toBe(
      "v=1&prompt=1+%2B+1+%3D+%C3%A9+%26+%F0%9F%98%80&seed=42&warpers=topP%3D0.9%2Ctemperature%3D0.7" +
        "&strategy=greedy&max-length=100&stop=.&stop=%0A&cache=off&forced=9%3A3"
    );
    expect(parseRequest(printRequest(request))).toEqual(request);
  });

  it("no warpers at all is not the default chain", () => {
    expect(parseRequest("warpers=").warpers).toEqual([]);
    expect(parseRequest(printRequest({...defaultRequest, warpers: []})).warpers).toEqual([]);
  });
});

describe("malformed links", () => {
  it.each([
    ["v=2", "version", "this link is of version 2; this page reads version 1"],
    ["prompt=", "prompt", "the prompt is empty; write at least one character"],
    ["model=", "model", "the model's address is empty; write at least one character"],
    ["seed=-1", "seed", "seed must be a whole number from 0 to 4294967295, got -1"],
    ["seed=1.5", "seed", "seed must be a whole number from 0 to 4294967295, got 1.5"],
    ["seed=", "seed", "seed must be a whole number from 0 to 4294967295, got no number"],
    ["seed=seven", "seed", "seed must be a whole number from 0 to 4294967295, got no number"],
    ["max-new-tokens=0", "maxNewTokens", "maxNewTokens must be a whole number from 1 to 100000, got 0"],
    ["max-length=0", "maxLength", "maxLength must be a whole number from 1 to 1000000, got 0"],
    ["strategy=beam:0", "strategy", "numBeams must be a whole number from 1 to 16, got 0"],
    ["strategy=beam:4:", "strategy", "lengthPenalty must be a number from -10 to 10, got no number"],
    ["strategy=beam:4:1:soon", "strategy", 'earlyStopping must be one of false, true, never, got "soon"'],
    ["strategy=greedy:4", "strategy", 'greedy takes no parameters, written greedy, got "greedy:4"'],
    ["strategy=best", "strategy", `strategy must be one of ${strategyNames.join(", ")}, got "best"`],
    [
      "strategy=__proto__",
      "strategy",
      `strategy must be one of ${strategyNames.join(", ")}, got "__proto__"`
    ],
    [
      "strategy=constructor",
      "strategy",
      `strategy must be one of ${strategyNames.join(", ")}, got "constructor"`
    ],
    ["backend=cuda", "backend", 'backend must be one of auto, webgpu, wasm, got "cuda"'],
    ["cache=maybe", "cache", 'cache must be one of on, off, got "maybe"'],
    ["stop=", "stopStrings", "a stop string is empty; write at least one character"],
    ["forced=9", "forced", 'forced tokens are written position:id, got "9"'],
    ["forced=9:3,9:4", "forced", "two tokens are forced at position 9; only one can be there"],
    [
      "warpers=temperature=0",
      "warpers",
      "temperature must be a number above 0, at most 100, got 0; for greedy"
    ],
    ["warpers=topP=1.5", "warpers", "topP p must be a number above 0, at most 1, got 1.5"],
    ["warpers=topK=2.5", "warpers", "topK k must be a whole number from 1 to 1000000, got 2.5"],
    ["warpers=topK=many", "warpers", "topK k must be a whole number from 1 to 1000000, got no number"],
    ["warpers=topK", "warpers", 'topK takes up to 3 values, written topK=50:all:1, got ""'],
    ["warpers=temperature=5:6", "warpers", 'temperature takes one value, written temperature=1, got "5:6"'],
    ["warpers=topK=5:6", "warpers", 'topK ties must be one of all, exactly, got "6"'],
    ["warpers=topK=5:all:1:2", "warpers", "topK takes up to 3 values"],
    ["warpers=topK=5:all:0", "warpers", "topK keep must be a whole number from 1 to 1000000, got 0"],
    [
      "warpers=suppressTokens",
      "warpers",
      'suppressTokens takes one value, written suppressTokens=5 17, got ""'
    ],
    ["warpers=suppressTokens=5 x", "warpers", "a token id of suppressTokens ids must be a whole number"],
    ["warpers=suppressTokens=5 5", "warpers", "suppressTokens ids has 5 twice; give it once"],
    [
      "warpers=logitBias=5",
      "warpers",
      "a number of logitBias biases must be a number from -100 to 100, got no number"
    ],
    [
      "warpers=logitBias=5:101",
      "warpers",
      "a number of logitBias biases must be a number from -100 to 100, got 101"
    ],
    ["warpers=logitBias=5:1 5:2", "warpers", "logitBias biases has 5 twice"],
    ["warpers=topK=5=6", "warpers", "topK k must be a whole number from 1 to 1000000, got no number"],
    [
      "warpers=topK=5,",
      "warpers",
      'unknown warper ""; known are logitBias, repetitionPenalty, frequencyPenalty'
    ],
    ["warpers=__proto__=1", "warpers", 'unknown warper "__proto__"; known are'],
    ["warpers=constructor=1", "warpers", 'unknown warper "constructor"; known are'],
    ["warpers=hasOwnProperty", "warpers", 'unknown warper "hasOwnProperty"; known are']
  ])("%s", (link, field, message) => {
    const refused = refusal(link);
    expect(refused.field).toBe(field);
    expect(refused.message).toContain(message);
  });

  const keys = fc.constantFrom(
    ..."v prompt model seed warpers strategy max-new-tokens max-length stop cache backend forced __proto__".split(
      " "
    )
  );
  const value = fc.oneof(
    fc.string({unit: "binary"}),
    fc.constantFrom(
      "1",
      "on",
      "greedy",
      "topK=3",
      "topP=",
      "=",
      ":",
      "1:2",
      "__proto__",
      "NaN",
      "1e999",
      "-0",
      "0x10"
    ),
    fc.tuple(fc.constantFrom(...warperNames, "valueOf"), fc.double()).map(([name, n]) => `${name}=${n}`)
  );
  const links = fc.oneof(
    fc.string({unit: "binary"}),
    fc.array(fc.tuple(keys, value), {maxLength: 4}).map((pairs) => new URLSearchParams(pairs).toString()),
    fc
      .array(fc.tuple(keys, value), {maxLength: 4})
      .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"))
  );

  it("give a valid request or InvalidRequest, never anything else", () => {
    fc.assert(
      fc.property(links, (link) => {
        try {
          checkRequest(parseRequest(link));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequest);
          expect((error as Error).message).toMatch(/\w/);
        }
      }),
      {numRuns: 1000}
    );
  });
});

describe("checkRequest", () => {
  it.each([
    [{prompt: "a\uD83D"}, "prompt", "the prompt has half a character at place 2 (the lone surrogate U+D83D)"],
    [{prompt: "\uDE00 b"}, "prompt", "at place 1 (the lone surrogate U+DE00)"],
    [{stopStrings: [".", "\uDE00"]}, "stopStrings", "a stop string has half a character at place 1"],
    [{model: "\uD800"}, "model", "the model's address has half a character"],
    [
      {forced: [{position: position(-1), tokenId: tokenId(1)}]},
      "forced",
      "the position of a forced token must be"
    ],
    [
      {forced: [{position: position(1), tokenId: tokenId(0.5)}]},
      "forced",
      "the id of a forced token must be"
    ],
    [{seed: NaN}, "seed", "got no number"],
    [{seed: "7" as unknown as number}, "seed", "seed must be a whole number from 0"],
    [{warpers: [{name: "topQ" as WarperName, params: {}}]}, "warpers", 'unknown warper "topQ"']
  ] as const)("refuses %j", (changes, field, message) => {
    const check = () => checkRequest({...defaultRequest, ...changes});
    expect(check).toThrow(InvalidRequest);
    expect(check).toThrow(message);
    expect(check).toThrow(expect.objectContaining({field}) as Error);
  });

  it("loneSurrogate() finds the first one", () => {
    expect(["", "abc", "😀", "é😀é"].map(loneSurrogate)).toEqual([null, null, null, null]);
    expect(["\uD83D", "😀\uD83D", "\uDE00😀", "\uD83D\uD83D\uDE00"].map(loneSurrogate)).toEqual([0, 2, 0, 0]);
  });
});

describe("chains of warpers", () => {
  it("are written as name=value, in order, a warper as often as wanted", () => {
    const chain = "repetitionPenalty=1.1,topP=0.9,temperature=0.7,topP=0.5";
    expect(printWarpers(parseWarpers(chain))).toBe(chain);
    expect(parseWarpers(" topK = 40 , temperature=1e-2 ")).toEqual([
      {name: "topK", params: {k: 40, ties: "all", keep: 1}},
      {name: "temperature", params: {temperature: 0.01}}
    ]);
    expect(parseWarpers("  ")).toEqual([]);
  });

  it("have further values after a colon, as far as they are not as usual", () => {
    const chain = [
      warper("repetitionPenalty", {penalty: 1.1, scope: "last", lastN: 64}),
      warper("topK", {k: 40, ties: "exactly"}),
      warper("topP", {p: 0.9, keep: 2}),
      warper("suppressTokens", [5, 17]),
      warper("suppressTokens", []),
      warper("logitBias", [
        [5, 2.5],
        [17, -1]
      ])
    ];
    const text =
      "repetitionPenalty=1.1:last,topK=40:exactly,topP=0.9:ascending:2,suppressTokens=5 17,suppressTokens=," +
      "logitBias=5:2.5 17:-1";
    expect(printWarpers(chain)).toBe(text);
    expect(parseWarpers(text)).toEqual(chain);
  });

  it("links from before there were further values still mean what they meant", () => {
    expect(
      parseRequest("v=1&warpers=repetitionPenalty%3D1.1%2Ctemperature%3D0.8%2CtopK%3D40%2CtopP%3D0.95")
        .warpers
    ).toEqual([
      {name: "repetitionPenalty", params: {penalty: 1.1, scope: "all", lastN: 64}},
      {name: "temperature", params: {temperature: 0.8}},
      {name: "topK", params: {k: 40, ties: "all", keep: 1}},
      {name: "topP", params: {p: 0.95, rule: "ascending", keep: 1}}
    ]);
  });
});
