import {expect, it} from "vitest";
import {actionsOf} from "../../../app/shell/actions.ts";
import {onwardOf, type Onward} from "../../../app/shell/onward.ts";
import {createPlayer, type Player} from "../../../app/shell/player.ts";
import type {View} from "../../../app/notebook.ts";
import {frameAt, strategy, tokenId, type Request} from "../../../engine/index.ts";
import {
  favours,
  loadEvent,
  requestOf,
  scriptedConfig,
  withoutMeasured
} from "../../engine/scriptedDecoder.ts";
import {fakeEngine} from "../fakeEngine.ts";

const request = requestOf({maxNewTokens: 4, strategy: strategy("multinomial")});

async function toEnd(wanted: Request = request, fake = fakeEngine()): Promise<Player> {
  const player = createPlayer(fake.engine, 0);
  await player.start(wanted);
  await player.toEnd();
  return player;
}

function onward(player: Player, change: Partial<View> = {}): Onward | null {
  const {trace, cursor, nodes, active} = player.session.get();
  const frame = frameAt(trace, cursor);
  const load = loadEvent();
  const view: View = {
    trace,
    frame,
    request: player.get().request!,
    step: null,
    load,
    config: load.config,
    vocabulary: []
  };
  return onwardOf({...view, ...change}, nodes, active);
}

it("where the tokens asked for are there, so many more follow: the run is that of the larger number", async () => {
  const player = await toEnd();
  const {cursor, trace} = player.session.get();
  const next = onward(player)!;
  expect(next).toMatchObject({tokens: 10, request: {...request, maxNewTokens: 14}});
  let draft: Request | null = null;
  await actionsOf(player, request, (fields) => (draft = fields)).onward(next);
  expect(draft).toEqual(next.request);
  expect(player.session.get().cursor).toBe(cursor);
  expect(player.session.get().trace[cursor]!.stage).toBe("transfer");
  expect(
    player.session
      .get()
      .trace.slice(0, cursor)
      .map(({stage}) => stage)
  ).toEqual(trace.slice(0, cursor).map(({stage}) => stage));
  await player.toEnd();
  const whole = await toEnd(next.request);
  expect(withoutMeasured(player.session.get().trace)).toEqual(withoutMeasured(whole.session.get().trace));
  player.undo();
  expect(player.session.get().trace).toBe(trace);
});

it("no more tokens than another limit leaves", async () => {
  const player = await toEnd({...request, maxLength: 9});
  expect(player.session.get().trace.at(-1)).toMatchObject({reason: "max-new-tokens"});
  expect(onward(player)).toMatchObject({tokens: 3, request: {maxNewTokens: 7}});
  const length = frameAt(player.session.get().trace, player.session.get().cursor).tokenIds.length;
  expect(onward(player, {config: {...scriptedConfig, maxPositions: length}})).toMatchObject({tokens: null});
});

it("else the next seed, where coins pick; after the last one the first", async () => {
  const ends = () => fakeEngine(() => favours(0));
  const player = await toEnd(request, ends());
  expect(player.session.get().trace.at(-1)).toMatchObject({reason: "eos"});
  const next = onward(player)!;
  expect(next).toEqual({tokens: null, request: {...request, seed: request.seed + 1}});
  const root = player.session.get().active;
  await actionsOf(player, request, () => undefined).onward(next);
  expect(player.get().request).toEqual(next.request);
  expect(player.session.get()).toMatchObject({canUndo: true});
  player.undo();
  expect(player.session.get().active).toBe(root);
  expect(onward(await toEnd({...request, seed: 2 ** 32 - 1}, ends()))).toMatchObject({request: {seed: 0}});
  expect(onward(await toEnd({...request, strategy: strategy("greedy")}, ends()))).toBeNull();
});

it("a token put at the very end stays: it is not picked again", async () => {
  const player = await toEnd();
  await player.branch({kind: "force", tokenId: tokenId(3)});
  await player.toEnd();
  expect(player.session.get().trace.findLast(({stage}) => stage === "append")).toMatchObject({forced: true});
  expect(onward(player)).toMatchObject({tokens: null});
});

it("nothing before the end, of a recorded run, or after an error", async () => {
  const player = await toEnd();
  expect(onward(player, {recorded: true})).toBeNull();
  player.back();
  expect(onward(player)).toBeNull();
  const {trace} = player.session.get();
  const stop = {stage: "stop", reason: "error", error: "Error", message: ""} as const;
  const failed = [...trace.slice(0, -1), stop];
  expect(onward(player, {frame: frameAt(failed, failed.length - 1)})).toBeNull();
});
