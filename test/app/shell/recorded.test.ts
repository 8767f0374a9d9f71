import {describe, expect, it} from "vitest";
import {createRecording} from "../../../app/recording.ts";
import {createPlayer, type Player} from "../../../app/shell/player.ts";
import {printSession} from "../../../app/traceFile.ts";
import {tokenId, type Trace} from "../../../engine/index.ts";
import {
  fakeTokenizer,
  favours,
  hashed,
  requestOf,
  scriptedDecoder,
  stages,
  traceOf
} from "../../engine/scriptedDecoder.ts";
import {fakeEngine, settle} from "../fakeEngine.ts";

const request = requestOf({model: "script"});

/** The file of a whole run, as `npm run record` writes it, but for the packing. */
async function fileOf(trace: Trace): Promise<string> {
  const root = {id: 0, parent: null, at: null, change: null, request, shared: 0, imported: false};
  return printSession([{...root, trace, length: trace.length}], 0, 0, fakeTokenizer().vocabulary);
}

const recorded = await traceOf(request, {decoder: scriptedDecoder(hashed())});
const file = await fileOf(recorded);
const recording = (text = file) => createRecording(() => Promise.resolve(text), request);

/** A player whose model is not there yet. */
function early(script = hashed(), text?: string) {
  const fake = fakeEngine(script, false);
  return {...fake, player: createPlayer(fake.engine, 0, recording(text))};
}

const ids = (player: Player) =>
  player.session.get().trace.flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));
const place = (player: Player) => {
  const {cursor, length} = player.session.get();
  return {cursor, length};
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settle();
}

describe("before the model is there", () => {
  it("the recorded run is stepped, event by event, and the engine is asked for nothing", async () => {
    const {player, asked} = early();
    await player.start(request);
    expect(stages(player.session.get().trace)).toBe("load tokenize");
    await player.step();
    expect(stages(player.session.get().trace)).toBe("load tokenize transfer");
    await player.toToken();
    player.back();
    await player.toEnd();
    expect(stages(player.session.get().trace)).toBe(stages(recorded));
    expect(player.isRecorded()).toBe(true);
    expect(asked.starts).toBe(0);
  });

  it("its passes have nothing inside", async () => {
    const {player} = early();
    await player.start(request);
    await expect(player.taps(undefined!, [], ["a"])).rejects.toThrow(/nothing inside/);
  });

  it("another request waits for the model", async () => {
    const {player, arrive} = early();
    const started = player.start({...request, seed: 8});
    await settle();
    expect(player.session.get().length).toBe(0);
    arrive();
    await started;
    expect(player.isRecorded()).toBe(false);
    expect(stages(player.session.get().trace)).toBe("load tokenize");
  });

  it.each([
    ["that is none", "{}"],
    ["of another request", file.replace('"request":"v=1&', '"request":"v=1&seed=9&')]
  ])("a file %s is left alone: the request waits for the model", async (_, text) => {
    const {player, arrive} = early(hashed(), text);
    const started = player.start(request);
    await settle();
    expect(player.session.get().length).toBe(0);
    arrive();
    await started;
    expect(player.isRecorded()).toBe(false);
  });

  it("a link to an event of it shows that event at once", async () => {
    const {player} = early();
    await player.restore({request, branches: [], cursor: 9});
    expect(place(player)).toEqual({cursor: 9, length: 10});
    expect(player.isRecorded()).toBe(true);
  });
});

describe("once the model is there", () => {
  it("the same request runs live up to the same event; cursor and ids are those of the recording", async () => {
    const {player, arrive, asked} = early();
    await player.start(request);
    await player.toToken();
    await player.toToken();
    player.seek(6);
    const before = place(player);
    const told = ids(player);
    arrive();
    await until(() => !player.isRecorded());
    expect(place(player)).toEqual(before);
    expect(ids(player)).toEqual(told);
    expect(player.get().replaced).toEqual({at: null});
    expect(asked).toMatchObject({starts: 1, next: before.length, freed: 0});
    await player.toEnd();
    expect(ids(player)).toEqual(recorded.flatMap((e) => (e.stage === "append" ? [e.tokenId] : [])));
    expect(asked.starts).toBe(1);
    expect(await player.taps(undefined!, [], ["a"])).toHaveLength(1);
  });

  it("steps taken while it catches up are not lost", async () => {
    const {player, arrive, hold} = early();
    await player.start(request);
    const open = hold();
    arrive();
    await settle();
    for (let i = 0; i < 5; ++i) await player.step();
    expect(player.isRecorded()).toBe(true);
    open();
    await until(() => !player.isRecorded());
    expect(place(player)).toEqual({cursor: 6, length: 7});
    await player.step();
    expect(stages(player.session.get().trace)).toBe(
      "load tokenize transfer prefill fetch sample append detokenize"
    );
  });

  it("a run that goes on by itself goes on, from the recording to the model", async () => {
    const fake = fakeEngine(hashed(), false);
    const player = createPlayer(fake.engine, 3, recording());
    await player.start(request);
    const running = player.run();
    await settle();
    fake.arrive();
    await running;
    await until(() => !player.isRecorded());
    expect(stages(player.session.get().trace)).toBe(stages(recorded));
    expect(ids(player)).toEqual(recorded.flatMap((e) => (e.stage === "append" ? [e.tokenId] : [])));
  });

  it("where the model gives other tokens, its run is what is shown, and the place is said", async () => {
    const {player, arrive} = early(() => favours(5));
    await player.start(request);
    await player.toEnd();
    expect(ids(player)).not.toEqual([5, 5, 5]);
    arrive();
    await until(() => !player.isRecorded());
    expect(ids(player)).toEqual([5, 5, 5]);
    expect(player.get().replaced).toEqual({at: 2});
    await player.start({...request, seed: 1});
    expect(player.get().replaced).toBeNull();
  });

  it("where its run ends sooner, the cursor is at its end", async () => {
    const {player, arrive} = early(() => favours(0));
    await player.start(request);
    await player.toEnd();
    arrive();
    await until(() => !player.isRecorded());
    expect(player.session.get().trace.at(-1)).toMatchObject({stage: "stop", reason: "eos"});
    const {cursor, length} = place(player);
    expect(cursor).toBe(length - 1);
  });

  it("a branch asked for meanwhile grows from the live run", async () => {
    const {player, arrive} = early();
    await player.start(request);
    await player.toToken();
    const branching = player.branch({kind: "force", tokenId: tokenId(7)});
    await settle();
    expect(player.session.get().nodes).toHaveLength(1);
    arrive();
    await branching;
    const {nodes, trace, cursor} = player.session.get();
    expect(nodes).toHaveLength(2);
    expect(trace[cursor]).toMatchObject({stage: "append", tokenId: 7, forced: true});
    expect(player.isRecorded()).toBe(false);
  });

  it("a branch asked for, and left for a step, does not come", async () => {
    const {player, arrive} = early();
    await player.start(request);
    await player.toToken();
    const branching = player.branch({kind: "force", tokenId: tokenId(7)});
    await player.step();
    arrive();
    await branching;
    await until(() => !player.isRecorded());
    expect(player.session.get().nodes).toHaveLength(1);
  });

  it("a link with branches is run, not shown as the recording", async () => {
    const {player, arrive} = early();
    const change = {kind: "force", tokenId: tokenId(6)} as const;
    const at = recorded.find((event) => event.stage === "append")!.position;
    const restoring = player.restore({request, branches: [{at, change}], cursor: 6});
    await settle();
    expect(player.session.get().length).toBe(0);
    arrive();
    await restoring;
    expect(player.session.get().nodes).toHaveLength(2);
    expect(player.isRecorded()).toBe(false);
  });

  it("what was left for another run becomes live when undo brings it back", async () => {
    const {player, arrive, asked} = early();
    await player.start(request);
    await player.toToken();
    const other = player.start({...request, seed: 8});
    arrive();
    await other;
    player.undo();
    expect(place(player).length).toBe(6);
    await until(() => !player.isRecorded());
    expect(place(player).length).toBe(6);
    await player.toEnd();
    expect(stages(player.session.get().trace)).toBe(stages(recorded));
    expect(asked.starts - asked.freed).toBe(1);
  });
});

describe("where the model fails", () => {
  it("the recorded run can still be stepped, and a branch does not come", async () => {
    const {player, fail} = early();
    await player.start(request);
    fail();
    await player.step();
    await player.branch({kind: "force", tokenId: tokenId(7)});
    expect(player.get()).toMatchObject({loop: null, failure: null});
    expect(player.session.get().nodes).toHaveLength(1);
    expect(stages(player.session.get().trace)).toBe("load tokenize transfer");
  });

  it("a crash while it catches up leaves the recording; the next model takes over", async () => {
    const {player, arrive, hold, crash, engine} = early();
    await player.start(request);
    await player.toToken();
    const open = hold();
    arrive();
    await settle();
    crash();
    open();
    await settle();
    expect(player.isRecorded()).toBe(true);
    await player.step();
    await engine.load(request);
    await until(() => !player.isRecorded());
    expect(place(player)).toEqual({cursor: 6, length: 7});
  });
});
