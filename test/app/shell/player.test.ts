import {expect, it} from "vitest";
import {createPlayer} from "../../../app/shell/player.ts";
import {RuntimeFailure} from "../../../engine/index.ts";
import {requestOf} from "../../engine/scriptedDecoder.ts";
import {fakeEngine, settle} from "../fakeEngine.ts";

const stages = (player: ReturnType<typeof createPlayer>) =>
  player.session
    .get()
    .trace.map((event) => event.stage)
    .join(" ");

const ONE = "transfer decode fetch sample append detokenize";
const FIRST = "load tokenize transfer prefill fetch sample append detokenize";

it("starting shows the prompt as tokens, and nothing runs ahead of the steps", async () => {
  const {engine, asked} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  expect(stages(player)).toBe("load tokenize");
  expect(asked.next).toBe(2);
  await player.step();
  expect(stages(player)).toBe("load tokenize transfer");
  expect(asked.next).toBe(3);
});

it("back and forward inside the trace ask the engine for nothing", async () => {
  const {engine, asked} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  await player.step();
  player.back();
  player.back();
  expect(player.session.get().cursor).toBe(0);
  await player.step();
  await player.step();
  expect(player.session.get()).toMatchObject({cursor: 2, length: 3});
  expect(asked.next).toBe(3);
});

it("goes to the next token, then to the end, and no further", async () => {
  const {engine, asked} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf({maxNewTokens: 2}));
  await player.toToken();
  expect(stages(player)).toBe("load tokenize transfer prefill fetch sample");
  await player.toEnd();
  expect(stages(player)).toBe(`${FIRST} ${ONE} stop`);
  expect(player.session.get().cursor).toBe(player.session.get().length - 1);
  const {next} = asked;
  await player.step();
  await player.toEnd();
  expect(asked.next).toBe(next);
});

it("goes to a token that the trace already has without asking", async () => {
  const {engine, asked} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf({maxNewTokens: 2}));
  await player.toEnd();
  const {next} = asked;
  player.seek(0);
  await player.toToken();
  expect(player.session.get().cursor).toBe(5);
  await player.toToken();
  expect(player.session.get().cursor).toBe(11);
  expect(asked.next).toBe(next);
});

it("back stays alive while a step is computed; the event arrives and the cursor stays where it was put", async () => {
  const {engine, hold} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  const open = hold();
  const step = player.step();
  player.back();
  expect(player.session.get().cursor).toBe(0);
  open();
  await step;
  expect(player.session.get()).toMatchObject({cursor: 0, length: 3});
});

it("says that it waits only when an event takes longer than a moment", async () => {
  const {engine, hold} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  const open = hold();
  const step = player.step();
  expect(player.get().waiting).toBe(false);
  await new Promise((done) => setTimeout(done, 160));
  expect(player.get().waiting).toBe(true);
  open();
  await step;
  expect(player.get().waiting).toBe(false);
});

it("two presses while one step is computed are one step", async () => {
  const {engine, hold} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  const open = hold();
  const steps = [player.step(), player.step()];
  open();
  await Promise.all(steps);
  expect(player.session.get().length).toBe(3);
});

it("running can be stopped; what was being computed still arrives", async () => {
  const {engine} = fakeEngine();
  const player = createPlayer(engine, 1);
  await player.start(requestOf());
  const running = player.run();
  await settle();
  expect(player.get().loop).toBe("run");
  player.stop();
  await running;
  expect(player.get().loop).toBeNull();
  const {length} = player.session.get();
  await settle();
  expect(player.session.get().length).toBe(length);
});

it("run ends by itself at the end", async () => {
  const {engine} = fakeEngine();
  const player = createPlayer(engine, 0);
  await player.start(requestOf({maxNewTokens: 1}));
  await player.run();
  expect(stages(player)).toBe(`${FIRST} stop`);
  expect(player.get().loop).toBeNull();
});

it("a bad request keeps the trace in view and names its field", async () => {
  const {engine} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  const before = player.session.get().trace;
  await player.start(requestOf({prompt: ""}));
  expect(player.get().failure).toMatchObject({kind: "request", field: "prompt"});
  expect(player.session.get().trace).toBe(before);
  expect(player.get().request?.prompt).toBe("ab");
});

it("a new run frees the old one", async () => {
  const {engine, asked} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  await player.start(requestOf({seed: 1}));
  expect(asked.freed).toBe(1);
  expect(stages(player)).toBe("load tokenize");
});

it("after a crash the trace stays, and stepping on runs it again to where it was", async () => {
  const {engine, asked, crash} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf({maxNewTokens: 2}));
  await player.toToken();
  const before = [...player.session.get().trace];
  crash();
  expect(player.session.get().trace).toEqual(before);
  await player.step();
  expect(asked.starts).toBe(2);
  expect(player.get().failure).toBeNull();
  expect(stages(player)).toBe("load tokenize transfer prefill fetch sample append");
});

it("a crash during a step is a failure that can be read, and nothing is lost", async () => {
  const {engine, crash, hold} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  const open = hold();
  const step = player.step();
  await settle();
  crash();
  open();
  await step;
  expect(player.get().failure).toEqual({kind: "crash", error: "Error", message: "the worker died"});
  expect(stages(player)).toBe("load tokenize");
});

it("goes on after an error that ended the run: loaded again, to the tokens that it would have had", async () => {
  const {engine, failPasses, asked} = fakeEngine();
  const calm = createPlayer(fakeEngine().engine);
  const player = createPlayer(engine);
  for (const one of [calm, player]) {
    await one.start(requestOf({maxNewTokens: 3}));
    await one.toToken();
  }
  await calm.toEnd();
  failPasses(new RuntimeFailure("out-of-memory", "no memory is left"));
  await player.toEnd();
  const failed = player.session.get();
  expect(failed.trace.at(-1)).toMatchObject({
    reason: "error",
    error: "out-of-memory",
    message: "no memory is left"
  });
  await player.step();
  expect(player.session.get().length).toBe(failed.length);

  await player.goOn();
  expect(player.session.get().trace.at(-1)).toMatchObject({stage: "stop", reason: "error"}); // it fails again
  failPasses(null);
  await player.goOn("wasm");
  expect(asked.reloads).toBe(2);
  expect(player.session.get().trace.at(-1)!.stage).toBe("decode");
  await player.toEnd();
  const tokens = (one: typeof player) =>
    one.session.get().trace.flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));
  expect(tokens(player)).toEqual(tokens(calm));
  expect(player.get().request!.backend).toBe("wasm");
});

it("a step that fails after another run was begun is not that run's failure", async () => {
  const {engine, hold, failPasses} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(requestOf());
  await player.step();
  const open = hold();
  failPasses(new Error("another model was loaded"));
  const step = player.step();
  const started = player.start(requestOf({seed: 3}));
  open();
  await Promise.all([step, started]);
  expect(player.get().failure).toBeNull();
  expect(stages(player)).toBe("load tokenize");
});

it("restores a link: the same trace, at its cursor", async () => {
  const {engine} = fakeEngine();
  const player = createPlayer(engine);
  await player.restore({request: requestOf({maxNewTokens: 2}), branches: [], cursor: 9});
  expect(player.session.get()).toMatchObject({cursor: 9, length: 10});
  const beyond = createPlayer(engine);
  await beyond.restore({request: requestOf({maxNewTokens: 1}), branches: [], cursor: 500});
  expect(stages(beyond)).toBe(`${FIRST} stop`);
});

it("runs to a stage", async () => {
  const {engine} = fakeEngine();
  const player = createPlayer(engine);
  await player.runTo(requestOf(), "fetch");
  expect(stages(player)).toBe("load tokenize transfer prefill fetch");
});
