import {expect, it} from "vitest";
import {createPlayer, type Player} from "../../../app/shell/player.ts";
import {
  measuresOf,
  position,
  strategy,
  tokenId,
  warper,
  type Branch,
  type Trace
} from "../../../engine/index.ts";
import {requestOf, withoutMeasured} from "../../engine/scriptedDecoder.ts";
import {fakeEngine} from "../fakeEngine.ts";

const request = requestOf({maxNewTokens: 4});
const stages = (player: Player) =>
  player.session
    .get()
    .trace.map((event) => event.stage)
    .join(" ");
const appended = (trace: Trace) =>
  trace.flatMap((event) => (event.stage === "append" ? [[event.tokenId, event.forced]] : []));

/** At the draw of the second new token. */
async function atSecondDraw(fake = fakeEngine()) {
  const player = createPlayer(fake.engine, 0);
  await player.start(request);
  await player.toToken();
  await player.toToken();
  return {...fake, player, root: player.session.get().active};
}

/** A token that the step at the cursor did not pick. */
function another(player: Player) {
  const event = player.session.get().trace.findLast((e) => e.stage === "sample");
  return tokenId(event?.stage === "sample" && event.tokenId === 3 ? 4 : 3);
}

it("a token put in place of the one drawn is a branch: its cursor stands where the text takes it", async () => {
  const {player, root} = await atSecondDraw();
  const parent = player.session.get().trace;
  const id = another(player);
  await player.branch({kind: "force", tokenId: id});
  const {nodes, active, trace, cursor} = player.session.get();
  const node = nodes.at(-1)!;
  expect(node).toMatchObject({id: active, parent: root, at: 3, change: {kind: "force", tokenId: id}});
  expect(trace[cursor]).toMatchObject({stage: "append", position: 3, tokenId: id, forced: true});
  expect(trace.slice(0, node.shared).every((event, i) => event === parent[i])).toBe(true);
  expect(player.get().request).toBe(node.request);
});

it("shares the cache of its prefix: of what is not new, nothing is read again", async () => {
  const {player, inputs} = await atSecondDraw();
  const before = inputs.length;
  await player.branch({kind: "force", tokenId: another(player)});
  expect(inputs).toHaveLength(before);
  await player.toEnd();
  expect(inputs.slice(before).map(({tokenIds}) => tokenIds.length)).toEqual([1, 1]);
});

it("steps, runs and ends in the branch in view; the other stays as it was and goes on by itself", async () => {
  const {player, root} = await atSecondDraw();
  const before = player.session.get().length;
  await player.branch({kind: "force", tokenId: another(player)});
  await player.step();
  expect(player.session.get().trace.at(-1)!.stage).toBe("detokenize");
  await player.toEnd();
  expect(stages(player)).toMatch(/stop$/);
  player.select(root);
  expect(player.session.get().length).toBe(before);
  await player.toEnd();
  expect(appended(player.session.get().trace).every(([, forced]) => !forced)).toBe(true);
});

it("other settings are a branch whose step draws with them and the same coin", async () => {
  const {player} = await atSecondDraw();
  const wanted = {...request, strategy: {name: "multinomial"}, warpers: [warper("temperature", 2)]} as const;
  await player.branch({kind: "settings", request: wanted});
  const {trace, cursor, nodes} = player.session.get();
  expect(trace[cursor]!.stage).toBe("sample");
  expect(trace[cursor - 1]!.stage).toBe("warp");
  expect(nodes.at(-1)!.request).toMatchObject(wanted);
});

it("other settings beside the run: both go to their ends, the prompt is read once", async () => {
  const {player, root, inputs} = await atSecondDraw();
  const beams = {...request, strategy: strategy("beam", {numBeams: 2})};
  await player.beside(beams);
  const {nodes, active, cursor, length} = player.session.get();
  expect(nodes.map(({trace}) => trace.at(-1)!.stage)).toEqual(["stop", "stop"]);
  expect(nodes[1]).toMatchObject({id: active, parent: root, at: 2, request: beams});
  expect(cursor).toBe(length - 1);
  expect(inputs.filter(({tokenIds}) => tokenIds.length === 2 && tokenIds[0] === 1)).toHaveLength(1);
  const [own, other] = nodes.map(({trace}) => measuresOf(trace));
  expect([own!.tokens, other!.tokens]).toEqual([4, 4]);
  expect(other!.positionsFed).toBe(2 + 3 * 2);
  expect(other!.logProbability).toBeGreaterThanOrEqual(own!.logProbability!);
});

it("the run's own settings beside it are the run itself", async () => {
  const {player, root} = await atSecondDraw();
  await player.beside(request);
  expect(player.session.get()).toMatchObject({active: root, nodes: [{id: root}]});
  await player.beside({...request, seed: 9});
  player.select(root);
  await player.beside({...request, seed: 9});
  expect(player.session.get().nodes).toHaveLength(2);
});

it("where the pass is still to come, it is run first", async () => {
  const {engine} = fakeEngine();
  const player = createPlayer(engine);
  await player.start(request);
  await player.step();
  expect(stages(player)).toBe("load tokenize transfer");
  await player.branch({kind: "force", tokenId: tokenId(5)});
  const [root, branch] = player.session.get().nodes;
  expect(root!.trace.at(-1)!.stage).toBe("fetch");
  expect(branch!.trace.at(-1)).toMatchObject({stage: "append", tokenId: 5});
});

it("the same wish twice is one branch, and the token that is there is none", async () => {
  const {player, root} = await atSecondDraw();
  const id = another(player);
  await player.branch({kind: "force", tokenId: id});
  player.select(root);
  await player.branch({kind: "force", tokenId: id});
  expect(player.session.get().nodes).toHaveLength(2);
  expect(player.session.get().active).not.toBe(root);
  await player.branch({kind: "force", tokenId: id});
  expect(player.session.get().nodes).toHaveLength(2);
});

it("undo takes a branch and its run away, redo brings it back and it goes on", async () => {
  const {player, asked, root} = await atSecondDraw();
  await player.branch({kind: "force", tokenId: another(player)});
  const made = player.session.get().trace;
  player.undo();
  expect(player.session.get()).toMatchObject({active: root, canRedo: true});
  expect(asked.freed).toBe(1);
  player.redo();
  expect(player.session.get().trace).toBe(made);
  await player.toEnd();
  expect(stages(player)).toMatch(/append detokenize transfer decode .* stop$/);
});

it("a branch goes on after a crash and without its parent's run", async () => {
  const {player, crash} = await atSecondDraw();
  await player.branch({kind: "force", tokenId: another(player)});
  await player.toEnd();
  const whole = withoutMeasured(player.session.get().trace);
  const other = await atSecondDraw();
  await other.player.branch({kind: "force", tokenId: another(other.player)});
  other.crash();
  await other.player.toEnd();
  expect(other.player.get().failure).toBeNull();
  expect(appended(other.player.session.get().trace)).toEqual(appended(whole as Trace));
  crash();
  await player.taps(undefined!, [], ["a"]); // opens the run again, to its end
});

it("a link's branches come back in order, each on the one before, at the cursor", async () => {
  const {player} = await atSecondDraw();
  await player.branch({kind: "force", tokenId: another(player)});
  await player.toToken();
  await player.branch({kind: "settings", request: {...request, strategy: {name: "multinomial"}}});
  const {nodes, trace, cursor} = player.session.get();
  const branches = nodes.slice(1).map(({at, change}): Branch => ({at: at!, change: change!}));
  const again = createPlayer(fakeEngine().engine);
  await again.restore({request, branches, cursor});
  expect(again.session.get().cursor).toBe(cursor);
  expect(withoutMeasured(again.session.get().trace)).toEqual(withoutMeasured(trace));
  expect(again.session.get()).toMatchObject({canUndo: false});
});

it("a link's branch beyond the end is said, and what there is stays in view", async () => {
  const player = createPlayer(fakeEngine().engine);
  const branch: Branch = {at: position(90), change: {kind: "force", tokenId: tokenId(3)}};
  await player.restore({request, branches: [branch], cursor: 9});
  expect(player.get().failure).toMatchObject({kind: "request", field: "branch"});
  expect(stages(player)).toMatch(/stop$/);
});
