import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import {chainOf} from "../../app/branching.ts";
import {Malformed} from "../../app/check.ts";
import {createPlayer, type Player} from "../../app/shell/player.ts";
import {parseSession, printSession} from "../../app/traceFile.ts";
import type {BranchNode} from "../../app/tree.ts";
import {
  branchPointOf,
  branchRequest,
  collect,
  frameAt,
  generate,
  position,
  resumeAt,
  stepOf,
  strategy,
  tokenId,
  warper,
  type Branch,
  type StrategyName,
  type Trace
} from "../../engine/index.ts";
import {layeredDecoder} from "../engine/layeredDecoder.ts";
import {
  fakeTokenizer,
  favours,
  hashed,
  loadEvent,
  requestOf,
  scriptedDecoder
} from "../engine/scriptedDecoder.ts";
import {fakeEngine} from "./fakeEngine.ts";

const {vocabulary} = fakeTokenizer();
const request = requestOf({
  maxNewTokens: 5,
  strategy: {name: "multinomial"},
  warpers: [warper("repetitionPenalty", 1.3), warper("temperature", 0.7), warper("topK", 3)]
});

/** A run, a forced token in it, and other settings after that. */
async function session(): Promise<Player> {
  const player = createPlayer(fakeEngine().engine, 0);
  await player.start(request);
  await player.toEnd();
  player.seek(player.session.get().trace.findIndex((event) => event.stage === "sample"));
  await player.branch({kind: "force", tokenId: tokenId(7)});
  await player.toEnd();
  player.seek(player.session.get().length - 4);
  await player.branch({kind: "settings", request: {...request, seed: 99}});
  await player.toEnd();
  return player;
}

let player: Player;
let json: string;
beforeAll(async () => {
  player = await session();
  const {nodes, active, cursor} = player.session.get();
  json = printSession(nodes, active, cursor, vocabulary);
});

const plain = (trace: Trace) =>
  JSON.stringify(trace, (_, v: unknown) =>
    ArrayBuffer.isView(v) ? [...(v as Float32Array)].map(String) : v
  );

describe("a search as a file", () => {
  const searching = {...request, strategy: strategy("beam", {numBeams: 3, lengthPenalty: 0.6})};

  it("comes back the same, and branches from the end of its prompt's pass", async () => {
    const own = createPlayer(fakeEngine().engine, 0);
    await own.start(searching);
    await own.toEnd();
    const {nodes} = own.session.get();
    const {trace} = nodes[0]!;
    own.seek(trace.findIndex(({stage}) => stage === "expand") + 5);
    await own.branch({kind: "settings", request: {...request, strategy: {name: "greedy"}}});
    await own.toEnd();
    const session = own.session.get();
    expect(session.nodes).toHaveLength(2);
    const branch = session.nodes[1]!;
    expect(trace[branch.shared - 1]!.stage).toBe("fetch");
    expect(branch.at).toBe(2);
    expect(branch.trace.at(-1)).toMatchObject({stage: "stop", reason: "max-new-tokens"});
    expect(branch.trace.some(({stage}) => stage === "expand")).toBe(false);
    const read = parseSession(printSession(session.nodes, session.active, session.cursor, vocabulary));
    read.nodes.forEach((node, i) =>
      expect(JSON.parse(plain(node.trace))).toEqual(JSON.parse(plain(session.nodes[i]!.trace)))
    );
  });

  it("is refused where a step is not one", async () => {
    const own = createPlayer(fakeEngine().engine, 0);
    await own.start(searching);
    await own.toEnd();
    const {nodes} = own.session.get();
    const written = printSession(nodes, 0, 0, vocabulary);
    for (const [from, to] of [
      [/(?<="running":\[\{"tokenIds":\[\d+\],"parent":)0/, "9"],
      [/"fate":"narrow"/, '"fate":"lucky"'],
      [/"stage":"expand","position":2/, '"stage":"expand","position":3'],
      [/"beam":0,"tokenId":/, '"beam":7,"tokenId":'],
      [/"batch":3/, '"batch":2']
    ] as const) {
      const broken = written.replace(from, to);
      expect(broken === written).toBe(false);
      expect(() => parseSession(broken)).toThrow(Malformed);
    }
  });
});

describe("a run that compares two distributions, as a file", () => {
  const rows = [1, 2, 3].map((id) => favours(id));
  const {withTaps, lens, decoder} = layeredDecoder(hashed(), rows);
  const model = {
    decoder: withTaps,
    lens,
    load: loadEvent(decoder.config),
    tokenizer: fakeTokenizer(),
    draft: () => Promise.resolve({decoder: scriptedDecoder(hashed()), load: loadEvent()})
  };
  const own = {id: 0, parent: null, at: null, change: null, shared: 0, imported: false};

  /** A run, and a branch of it with another seed. */
  async function nodesOf(name: StrategyName): Promise<readonly BranchNode[]> {
    const wanted = {...request, strategy: strategy(name, {mode: "sampling"})};
    const trace = await collect(generate({...model, request: wanted}));
    const change = {kind: "settings", settings: {seed: 99}} as const;
    const branch: Branch = {at: position(4), change};
    const other = branchRequest(wanted, branch);
    const point = branchPointOf(trace, branch.at)!;
    const events = await collect(generate({...model, request: other, resume: resumeAt(trace, point, other)}));
    const whole = [...trace.slice(0, point + 1), ...events];
    return [
      {...own, request: wanted, trace, length: trace.length},
      {
        ...own,
        id: 1,
        parent: 0,
        ...branch,
        request: other,
        trace: whole,
        length: whole.length,
        shared: point + 1
      }
    ];
  }

  it.each(["contrastiveDecoding", "dola"] as const)("comes back the same, branches too: %s", async (name) => {
    const nodes = await nodesOf(name);
    const read = parseSession(printSession(nodes, 0, 0, vocabulary));
    read.nodes.forEach((node, i) =>
      expect(JSON.parse(plain(node.trace))).toEqual(JSON.parse(plain(nodes[i]!.trace)))
    );
    expect(nodes[1]!.trace.filter(({stage}) => stage === "oppose")).toHaveLength(5);
  });

  it("is refused where a step is not one", async () => {
    const [draft, layers] = [await nodesOf("contrastiveDecoding"), await nodesOf("dola")].map((nodes) =>
      printSession(nodes.slice(0, 1), 0, 0, vocabulary)
    );
    for (const [written, from, to] of [
      [draft, /"stage":"oppose","position":2/, '"stage":"oppose","position":3'],
      [draft, /(?<="stage":"oppose".*?)"tokenId":\d/, '"tokenId":99'],
      [draft, /(?<="stage":"oppose".*?"chosen":)\d/, "0"],
      [draft, /(?<="stage":"oppose".*?"own":)-?[\d.e-]+/, '"-Infinity"'],
      [draft, /(?<="scores":\[)/, "1,"],
      [draft, /"kind":"draft"/, '"kind":"teacher"'],
      [layers, /(?<="layers":\[.*?\],"chosen":)\d/, "9"]
    ] as const) {
      const broken = written!.replace(from, to);
      expect(broken === written, String(from)).toBe(false);
      expect(() => parseSession(broken), String(from)).toThrow(Malformed);
    }
  });
});

describe("a session as a file", () => {
  it("comes back the same: every branch, every event, every number", () => {
    const {nodes} = player.session.get();
    const read = parseSession(json);
    expect(nodes).toHaveLength(3);
    expect(read.vocabulary).toEqual(vocabulary);
    read.nodes.forEach((node, i) => {
      expect(node).toMatchObject({at: nodes[i]!.at, change: nodes[i]!.change, request: nodes[i]!.request});
      expect(node.shared).toBe(nodes[i]!.shared);
      expect(plain(node.trace)).toBe(plain(nodes[i]!.trace));
    });
  });

  it("keeps shared events shared: they are the parent's own objects, and stand in the file once", () => {
    const [root, branch] = parseSession(json).nodes;
    expect(branch!.trace.slice(0, branch!.shared).every((event, i) => event === root!.trace[i])).toBe(true);
    expect(json.match(/"stage":"load"/g)).toHaveLength(1);
  });

  it("steps identically without a model run: frames and steps are those of the run", () => {
    const {nodes} = player.session.get();
    parseSession(json).nodes.forEach((node, i) => {
      const {trace} = nodes[i]!;
      for (let cursor = 0; cursor < trace.length; ++cursor) {
        const [mine, run] = [frameAt(node.trace, cursor), frameAt(trace, cursor)];
        expect({...mine, event: 0, pass: 0}).toEqual({...run, event: 0, pass: 0});
        expect(stepOf(node.trace, mine, node.request, vocabulary)?.picked).toEqual(
          stepOf(trace, run, nodes[i]!.request, vocabulary)?.picked
        );
      }
    });
  });

  it("is put in place of what was there, asks the engine for nothing, and undo brings that back", async () => {
    const {engine, asked} = fakeEngine();
    const other = createPlayer(engine, 0);
    await other.start(requestOf({prompt: "b"}));
    const before = {...asked};
    const {nodes, active, cursor, vocabulary: words} = parseSession(json);
    other.graft(nodes, active, cursor, words);
    expect(other.session.get().cursor).toBe(cursor);
    expect(other.vocabularyOf(other.session.get().trace)).toBe(words);
    for (let i = 0; i < 5; ++i) other.back();
    expect(asked).toEqual({...before, freed: 1});
    other.undo();
    expect(other.get().request!.prompt).toBe("b");
  });

  it("goes on from its end with the same model, and can be branched", async () => {
    const other = createPlayer(fakeEngine().engine, 0);
    const {nodes, cursor, vocabulary: words} = parseSession(json);
    const cut = nodes.map((node) => ({...node, trace: node.trace.slice(0, -4)})); // before the last pass
    other.graft(cut.slice(0, 1), 0, cursor, words);
    await other.toEnd();
    expect(other.get().failure).toBeNull();
    expect(other.session.get().trace.at(-1)!.stage).toBe("stop");
    other.seek(8);
    await other.branch({kind: "force", tokenId: tokenId(6)});
    const {nodes: grown, active, trace, cursor: at} = other.session.get();
    expect(chainOf(grown, active)).toHaveLength(2);
    expect(trace[at]).toMatchObject({stage: "append", tokenId: 6});
  });

  it("its passes are looked into only where its own model is loaded", async () => {
    const other = createPlayer(fakeEngine().engine, 0);
    const {nodes, cursor, vocabulary: words} = parseSession(json);
    other.graft(nodes, 0, cursor, words);
    await expect(other.taps(undefined!, [], ["a"])).rejects.toThrow(/came from a file/);
  });
});

describe("a file that is none", () => {
  const changed = (change: (file: Record<string, never>) => void) => {
    const file = JSON.parse(json) as Record<string, never>;
    change(file);
    return JSON.stringify(file);
  };
  /** Sets a value at a path. */
  const at = (path: string, value: unknown) =>
    changed((file) => {
      const keys = path.split(".");
      const last = keys.pop()!;
      const of = keys.reduce<Record<string, unknown>>((o, key) => o[key] as Record<string, unknown>, file);
      of[last] = value;
    });

  it.each([
    ["nothing", () => "", /not JSON/],
    ["a list", () => "[]", /must be an object/],
    ["null", () => "null", /must be an object/],
    ["another file", () => "{}", /format must be there/],
    ["a newer version", () => at("version", 2), /version 2/],
    ["a broken request", () => at("request", "v=1&seed=minus"), /seed/],
    ["no branches", () => at("branches", []), /one run/],
    ["two roots", () => at("branches.1.parent", null), /the first must be a run/],
    ["a parent that is not there", () => at("branches.1.parent", 9), /must come before/],
    ["its own parent", () => at("branches.1.parent", 1), /must come before/],
    ["a branch beyond the end", () => at("branches.1.change", "400~force~3"), /does not reach/],
    ["a stage that is none", () => at("branches.0.events.1.stage", "constructor"), /names no stage/],
    ["stages in another order", () => at("branches.0.events.2.stage", "stop"), /reason|after/],
    ["too few logits", () => at("branches.0.events.3.logits", [1, 2]), /a logit for each token/],
    [
      "a logit that is none",
      () => at("branches.0.events.3.logits", Array(8).fill("NaN")),
      /a logit for each/
    ],
    ["a token outside the vocabulary", () => at("branches.0.events.1.tokenIds", [1, 99999]), /vocabulary/],
    ["a position out of turn", () => at("branches.0.events.9.position", 40), /position/],
    [
      "a length that is no number",
      () => at("branches.0.events.3.cache", {length: {}, bytes: 1}),
      /whole number/
    ],
    ["a vocabulary of another size", () => at("vocabulary", []), /an entry for each token/],
    ["a cursor that is none", () => at("cursor", -1), /whole number/],
    ["an active branch that is not there", () => at("active", 3), /whole number/]
  ])("%s is refused with a sentence", (_, file, says) => {
    expect(() => parseSession(file())).toThrow(says);
    expect(() => parseSession(file())).toThrow(expect.objectContaining({name: "Malformed"}) as Error);
  });

  it("prototype keys are names as any other, and reach no object", () => {
    const poisoned = json.replace('{"format"', '{"__proto__":{"polluted":true},"format"');
    expect(parseSession(poisoned).nodes).toHaveLength(3);
    expect(({} as {polluted?: boolean}).polluted).toBeUndefined();
    const only = `{"__proto__":${json}}`;
    expect(() => parseSession(only)).toThrow(/format must be there/);
  });

  it("any JSON, and any text, is read or refused with a sentence", () => {
    const never = (text: string) => {
      try {
        parseSession(text);
      } catch (error) {
        expect((error as Error).name).toBe("Malformed");
      }
    };
    fc.assert(fc.property(fc.json(), never));
    fc.assert(fc.property(fc.string(), never));
    never(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
  });

  it("a value of the wrong kind anywhere is refused, never taken over", () => {
    const paths: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      if (path.length > 0) paths.push(path);
      if (Array.isArray(value)) value.slice(0, 2).forEach((item, i) => walk(item, [...path, i]));
      else if (typeof value === "object" && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    };
    walk(JSON.parse(json), []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.constantFrom({}, [[]], {length: 3}), (path, value) => {
        const file = at(path.join("."), value);
        try {
          parseSession(file);
        } catch (error) {
          expect((error as Error).name).toBe("Malformed");
        }
      }),
      {numRuns: 400}
    );
  });
});
