import {expect, it} from "vitest";
import {createPlayer} from "../../app/shell/player.ts";
import {printTabState, readTabState} from "../../app/tabState.ts";
import {strategy, tokenId, warper, type Request} from "../../engine/index.ts";
import {requestOf, withoutMeasured} from "../engine/scriptedDecoder.ts";
import {fakeEngine} from "./fakeEngine.ts";

const request = requestOf({maxNewTokens: 4});
const draft = {...request, prompt: "Another one, “not” run & kept"};

/** A run, a branch that forces a token in it, one with other settings in that, and another one of the run. */
async function grown() {
  const player = createPlayer(fakeEngine().engine, 0);
  await player.start(request);
  await player.toToken();
  await player.toToken();
  const root = player.session.get().active;
  await player.branch({kind: "force", tokenId: tokenId(3)});
  await player.toToken();
  await player.branch({
    kind: "settings",
    request: {...request, strategy: strategy("multinomial"), warpers: [warper("topK", 3)]}
  });
  await player.toEnd();
  player.select(root);
  await player.branch({kind: "settings", request: {...request, seed: 9}});
  player.select(root);
  player.seek(4);
  return player;
}

const shapeOf = (player: ReturnType<typeof createPlayer>) => {
  const {nodes, active, cursor} = player.session.get();
  const at = (id: number | null) => nodes.findIndex((node) => node.id === id);
  return {
    cursor,
    active: at(active),
    nodes: nodes.map(({parent, at: position, change, request, shared, trace}) => ({
      parent: at(parent),
      position,
      change,
      request,
      shared,
      trace: withoutMeasured(trace)
    }))
  };
};

it("what stood in the fields and every branch come back, each as far as it had been run", async () => {
  const before = await grown();
  expect(before.session.get().nodes).toHaveLength(4);
  const kept = readTabState(printTabState(draft, before.session.get().nodes), request)!;
  expect(kept.draft).toEqual(draft);
  const after = createPlayer(fakeEngine().engine, 0);
  await after.restore({request, branches: [], cursor: 4, outline: kept.outline});
  expect(shapeOf(after)).toEqual(shapeOf(before));
  expect(after.session.get()).toMatchObject({canUndo: false, canRedo: false});
  expect(after.get()).toMatchObject({failure: null, loop: null});
});

it("the branch in view comes first, and stands among the others in its order", async () => {
  const before = await grown();
  const {nodes} = before.session.get();
  before.select(nodes[3]!.id);
  const {at, change} = nodes[3]!;
  const {outline} = readTabState(printTabState(draft, nodes), request)!;
  const {cursor} = before.session.get();
  const after = createPlayer(fakeEngine().engine, 0);
  await after.restore({request, branches: [{at: at!, change: change!}], cursor, outline});
  expect(shapeOf(after)).toEqual(shapeOf(before));
});

it("a run without branches, and settings that cannot be run, are remembered as such", async () => {
  const player = createPlayer(fakeEngine().engine, 0);
  expect(readTabState(printTabState(draft, []), request)).toEqual({
    draft,
    outline: {length: 0, sprouts: []}
  });
  await player.start(request);
  const {nodes} = player.session.get();
  const none: Request = {...request, prompt: "", maxNewTokens: 0};
  expect(readTabState(printTabState(none, nodes), request)).toEqual({
    draft: null,
    outline: {length: nodes[0]!.length, sprouts: []}
  });
});

it("what it did not write is nothing", async () => {
  const [draftText, length, sprout] = ["v=1&prompt=a", 9, [0, "2~force~3", 12]] as const;
  const written = (change: object) =>
    JSON.stringify({draft: draftText, length, sprouts: [sprout], ...change});
  expect(readTabState(written({}), request)).not.toBeNull();
  for (const state of [
    null,
    undefined,
    7,
    {draft, length},
    "",
    "{",
    "null",
    "[]",
    written({draft: 3}),
    written({draft: "v=1&max-new-tokens=-1"}),
    written({length: -1}),
    written({length: 1e300}),
    written({sprouts: null}),
    written({sprouts: [[1, "2~force~3", 12]]}),
    written({sprouts: [["__proto__", "2~force~3", 12]]}),
    written({sprouts: [[0, "nonsense", 12]]}),
    written({sprouts: [[0, "2~force~3", "12"]]})
  ])
    expect(readTabState(state, request), JSON.stringify(state)).toBeNull();
});
