import {beforeAll, describe, expect, it, vi} from "vitest";
import {branchFrom, ownerOf, settingsOf} from "../../app/branching.ts";
import {createTree, type TreeStore} from "../../app/tree.ts";
import {position, tokenId, type Branch, type Trace, type TraceEvent} from "../../engine/index.ts";
import {hashed, requestOf, scriptedDecoder, traceOf} from "../engine/scriptedDecoder.ts";

const stop: TraceEvent = {stage: "stop", reason: "eos"};
const request = requestOf({maxNewTokens: 4});
const force = (at: number, id: number): Branch => ({
  at: position(at),
  change: {kind: "force", tokenId: tokenId(id)}
});

let run: Trace;
beforeAll(async () => {
  run = await traceOf(request, {decoder: scriptedDecoder(hashed())});
});

const planted = (): TreeStore => {
  const tree = createTree();
  tree.plant(request, ...run);
  return tree;
};
const ids = (tree: TreeStore) => tree.get().nodes.map(({id}) => id);

describe("one trace, one cursor", () => {
  it("begins empty, with the cursor before everything", () => {
    expect(createTree().get()).toMatchObject({trace: [], length: 0, cursor: -1, nodes: [], active: -1});
  });

  it("append() moves a cursor that is at the end, and leaves one that was moved back", () => {
    const tree = createTree();
    const id = tree.plant(request, stop);
    tree.append(id, stop, stop);
    expect(tree.get().cursor).toBe(2);
    tree.seek(0);
    tree.append(id, stop);
    expect(tree.get()).toMatchObject({cursor: 0, length: 4});
  });

  it("append() copies nothing: the trace stays one array, and each state of it is another object", () => {
    const tree = createTree();
    const id = tree.plant(request, stop);
    const before = tree.get();
    tree.append(id, stop);
    expect(tree.get().trace).toBe(before.trace);
    expect(tree.get()).not.toBe(before);
    expect(before.length).toBe(1);
  });

  it("seek() stays inside the trace, and tells nobody where nothing moves", () => {
    const tree = createTree();
    tree.plant(request, stop, stop);
    const listener = vi.fn();
    const unsubscribe = tree.subscribe(listener);
    tree.seek(99);
    expect(listener).not.toHaveBeenCalled();
    tree.seek(-5);
    expect(tree.get().cursor).toBe(0);
    unsubscribe();
    tree.seek(1);
    expect(listener).toHaveBeenCalledOnce();
  });

  it("a new root leaves the old trace to whoever holds it", () => {
    const tree = planted();
    const {trace} = tree.get();
    tree.plant(request, stop);
    expect(tree.get()).toMatchObject({length: 1, cursor: 0});
    expect(trace).toHaveLength(run.length);
  });
});

describe("branches", () => {
  it("share their parent's own events up to the fetch, and the cursor stands there", () => {
    const tree = planted();
    const [root] = ids(tree);
    const id = tree.branch(root!, force(3, 5))!;
    const node = tree.node(id)!;
    expect(node.trace.at(-1)!.stage).toBe("fetch");
    expect(node.trace.every((event, i) => event === run[i])).toBe(true);
    expect(node).toMatchObject({parent: root, shared: node.length, request: {forced: [{position: 3}]}});
    expect(tree.get()).toMatchObject({active: id, cursor: node.length - 1});
    tree.append(id, stop);
    expect(tree.node(root!)!.length).toBe(run.length);
  });

  it("none where the parent's trace does not reach so far", () => {
    const tree = planted();
    expect(tree.branch(ids(tree)[0]!, force(400, 5))).toBeNull();
    expect(tree.get().canUndo).toBe(false);
  });

  it("an event that comes for a branch out of view is added to it and moves no cursor", () => {
    const tree = planted();
    const [root] = ids(tree);
    const id = tree.branch(root!, force(3, 5))!;
    tree.select(root!);
    const {cursor} = tree.get();
    tree.append(id, stop);
    expect(tree.get().cursor).toBe(cursor);
    expect(tree.node(id)!.trace.at(-1)).toBe(stop);
  });

  it("showing another one keeps the cursor, at most at its end", () => {
    const tree = planted();
    const [root] = ids(tree);
    const id = tree.branch(root!, force(2, 5))!;
    tree.select(root!);
    tree.seek(3);
    tree.select(id);
    expect(tree.get().cursor).toBe(3);
    tree.select(root!);
    tree.seek(run.length - 1);
    tree.select(id);
    expect(tree.get().cursor).toBe(tree.node(id)!.length - 1);
  });

  it("one is removed with what grew from it; a root stays", () => {
    const tree = planted();
    const [root] = ids(tree);
    const a = tree.branch(root!, force(2, 5))!;
    const b = tree.branch(a, force(2, 6))!;
    const c = tree.branch(root!, force(3, 5))!;
    tree.select(b);
    tree.remove(a);
    expect(ids(tree)).toEqual([root, c]);
    expect(tree.get().active).toBe(root);
    tree.remove(root!);
    expect(ids(tree)).toEqual([root, c]);
  });

  it("undo and redo walk changes: a branch made, one removed, a new root; never the cursor", () => {
    const tree = planted();
    const [root] = ids(tree);
    const a = tree.branch(root!, force(2, 5))!;
    tree.remove(a);
    const again = tree.plant(request, stop);
    expect(ids(tree)).toEqual([again]);
    tree.undo();
    expect(ids(tree)).toEqual([root]);
    tree.undo();
    expect(ids(tree)).toEqual([root, a]);
    expect(tree.get().active).toBe(a);
    tree.undo();
    expect(ids(tree)).toEqual([root]);
    expect(tree.get().canUndo).toBe(false);
    tree.seek(1);
    tree.redo();
    expect(tree.get()).toMatchObject({active: a, cursor: 1});
    tree.redo();
    tree.redo();
    expect(ids(tree)).toEqual([again]);
    expect(tree.get().canRedo).toBe(false);
  });

  it("a change after undo forgets what was undone", () => {
    const tree = planted();
    const [root] = ids(tree);
    const a = tree.branch(root!, force(2, 5))!;
    tree.undo();
    tree.branch(root!, force(3, 6));
    expect(tree.get().canRedo).toBe(false);
    expect(tree.node(a)).toBeNull();
  });
});

describe("where a wish grows from", () => {
  const settings = (temperature: number) => ({
    ...request,
    warpers: [{name: "temperature", params: {temperature}} as const]
  });
  const grown = () => {
    const tree = planted();
    const [root] = ids(tree);
    const a = tree.branch(root!, force(3, 5))!;
    return {tree, root: root!, a};
  };

  it("the step for a position belongs to the branch that has it as its own", () => {
    const {tree, root, a} = grown();
    const {nodes} = tree.get();
    expect(ownerOf(nodes, a, position(2))!.id).toBe(root);
    expect(ownerOf(nodes, a, position(3))!.id).toBe(a);
    expect(ownerOf(nodes, a, position(9))!.id).toBe(a);
  });

  it("before a branch's own token from its parent, at it beside it, after it from it", () => {
    const {tree, root, a} = grown();
    const from = (at: number) =>
      branchFrom(tree.get().nodes, a, position(at), {kind: "force", tokenId: tokenId(6)})!.parent.id;
    expect([from(2), from(3), from(4)]).toEqual([root, root, a]);
  });

  it("settings are told apart from those of the parent; the same ones, and the token that is there, are no branch", () => {
    const {tree, a} = grown();
    const {nodes} = tree.get();
    const at = position(2);
    const made = branchFrom(nodes, a, at, {kind: "settings", request: settings(0.5)})!;
    expect(made.branch!.change).toEqual({kind: "settings", settings: {warpers: settings(0.5).warpers}});
    expect(branchFrom(nodes, a, at, {kind: "settings", request})!.branch).toBeNull();
    const there = run.find((event) => event.stage === "append" && event.position === 2);
    const same = there?.stage === "append" ? there.tokenId : tokenId(0);
    expect(branchFrom(nodes, a, at, {kind: "force", tokenId: same})!.branch).toBeNull();
  });

  it("the settings fields leave out what branches forced", () => {
    const {tree, a} = grown();
    expect(settingsOf(tree.get().nodes, a)).toEqual(request);
  });
});

describe("reopen()", () => {
  const failed: TraceEvent = {stage: "stop", reason: "error", error: "device-lost", message: "it was lost"};

  it("takes the error out of one branch, so that it can go on, and leaves every other end", () => {
    const tree = createTree();
    const id = tree.plant(request, ...run.slice(0, -1), failed);
    const before = tree.get().trace;
    tree.reopen(id);
    expect(tree.get()).toMatchObject({length: run.length - 1, cursor: run.length - 2});
    expect(tree.get().trace).toEqual(run.slice(0, -1));
    expect(before.at(-1)).toBe(failed); // who still looks at it sees what was
    tree.append(id, run.at(-1)!);
    tree.reopen(id);
    expect(tree.get().trace).toEqual(run);
  });

  it("moves all branches to another backend", () => {
    const tree = planted();
    const [root] = ids(tree);
    tree.branch(root!, force(3, 5));
    tree.reopen(root!, "wasm");
    expect(tree.get().nodes.map((node) => node.request.backend)).toEqual(["wasm", "wasm"]);
  });
});

it("undo brings back the last three runs that were begun anew, each with its branches, and holds no more", () => {
  const tree = createTree();
  for (const seed of [1, 2, 3, 4, 5]) {
    const root = tree.plant({...request, seed}, ...run);
    tree.branch(root, force(3, 5));
  }
  const seeds: number[] = [];
  for (tree.undo(); tree.get().canUndo; tree.undo())
    seeds.push(tree.get().nodes[0]!.request.seed * 10 + tree.get().nodes.length);
  expect(seeds).toEqual([51, 42, 41, 32]);
  expect(tree.get().nodes.map((node) => node.request.seed)).toEqual([3]);
});
