import {branchPointOf, branchRequest, type Branch, type Change} from "../engine/index.ts";
import type {Position, Request, Trace, TraceEvent} from "../engine/index.ts";
import {sameBranch} from "./branching.ts";
import {createHistory} from "./history.ts";
import type {Session} from "./session.ts";

/** One branch of a session: a trace of its own whose first `shared` events are its parent's own objects. */
export type BranchNode = {
  readonly id: number;
  /** Null for a root. */
  readonly parent: number | null;
  /** Position of the first token that can differ from the parent's; null for a root. */
  readonly at: Position | null;
  readonly change: Change | null;
  readonly request: Request;
  readonly trace: Trace;
  /** Events now; the trace is append-only. */
  readonly length: number;
  /** Events shared with the parent; 0 for a root. */
  readonly shared: number;
  /** Whether its own events came from a file: what this machine computes may differ from them. */
  readonly imported: boolean;
};

/** The branches, and of the active one its trace and the event in view (-1: nothing was run). */
export type Tree = Session & {
  /** In the order in which they were made. */
  readonly nodes: readonly BranchNode[];
  /** Id of the active one; -1 before the first. */
  readonly active: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
};

/** A branch as a file has it: `id` and `parent` are those of the file. */
export type Grown = Omit<BranchNode, "length" | "imported">;

type Shape = {readonly ids: readonly number[]; readonly active: number};
type Kept = {readonly node: BranchNode; readonly events: TraceEvent[]};
type Planted = Omit<BranchNode, "id" | "trace" | "length">;

/** A run of a few hundred tokens holds some megabytes of logits: undo brings back the last few, not fifty. */
const RUNS_KEPT = 3;

function ofNewestRuns(past: readonly Shape[]): readonly Shape[] {
  const roots = [...new Set(past.map(({ids}) => ids[0]))].slice(-RUNS_KEPT);
  return past.filter(({ids}) => roots.includes(ids[0]));
}

/** A session as a tree of branches with one cursor. Undo and redo walk the changes of the tree, never the cursor. */
export function createTree() {
  const kept = new Map<number, Kept>(); // also those that undo can bring back
  const history = createHistory<Shape>(ofNewestRuns);
  const listeners = new Set<() => void>();
  let made = 0;
  let shape: Shape = {ids: [], active: -1};
  let tree: Tree = {trace: [], length: 0, cursor: -1, nodes: [], active: -1, canUndo: false, canRedo: false};

  function show(cursor: number): void {
    const now = shape.ids.map((id) => kept.get(id)!.node);
    const same = now.length === tree.nodes.length && now.every((node, i) => node === tree.nodes[i]);
    const nodes = same ? tree.nodes : now; // so that scrubbing changes nothing that is drawn from them
    const {trace, length} = kept.get(shape.active)!.node;
    const {canUndo, canRedo} = history;
    const inside = Math.max(Math.min(0, length - 1), Math.min(length - 1, cursor));
    tree = {trace, length, cursor: inside, nodes, active: shape.active, canUndo, canRedo};
    for (const listener of listeners) listener();
  }

  /** Another shape, which undo takes back. */
  function change(next: Shape, cursor: number): void {
    if (shape.active >= 0) history.push(shape);
    shape = next;
    const alive = new Set([shape, ...history.states()].flatMap(({ids}) => ids));
    for (const id of [...kept.keys()]) if (!alive.has(id)) kept.delete(id);
    show(cursor);
  }

  function turn(next: Shape | null): void {
    if (!next) return;
    shape = next;
    show(tree.cursor);
  }

  function add(planted: Planted, events: TraceEvent[]): number {
    const id = made++;
    kept.set(id, {node: {...planted, id, trace: events, length: events.length}, events});
    return id;
  }

  /** A branch that nobody sees yet, and the last event that it shares; null where the parent's trace is too short. */
  function grow(parentId: number, {at, change: difference}: Branch): {id: number; point: number} | null {
    const parent = kept.get(parentId)!.node;
    const point = branchPointOf(parent.trace, at);
    if (point === null) return null;
    const shared = point + 1;
    const request = branchRequest(parent.request, {at, change: difference});
    const planted = {parent: parentId, at, change: difference, request, shared, imported: false};
    return {id: add(planted, parent.trace.slice(0, shared)), point};
  }

  return {
    get: () => tree,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    node: (id: number): BranchNode | null => kept.get(id)?.node ?? null,
    /** Adds events to a branch. In the active one the cursor follows where it was already at the end. */
    append(id: number, ...more: readonly TraceEvent[]) {
      const known = kept.get(id);
      if (!known) return;
      const {node, events} = known;
      const following = id === shape.active && tree.cursor === events.length - 1;
      for (const event of more) events.push(event);
      kept.set(id, {events, node: {...node, length: events.length}});
      show(following ? events.length - 1 : tree.cursor);
    },
    /** Moves the cursor, at most to an end of the trace in view. */
    seek(cursor: number) {
      const to = Math.max(Math.min(0, tree.length - 1), Math.min(tree.length - 1, cursor));
      if (to !== tree.cursor) show(to);
    },
    /** A new root in place of all branches; undo brings them back. */
    plant(request: Request, ...first: readonly TraceEvent[]): number {
      const planted = {parent: null, at: null, change: null, request, shared: 0, imported: false};
      const id = add(planted, [...first]);
      change({ids: [id], active: id}, first.length - 1);
      return id;
    },
    /** Another trace of the same run in a root, and what it was asked for; the cursor stays at its place. */
    replace(id: number, request: Request, events: TraceEvent[]) {
      const {node} = kept.get(id)!;
      kept.set(id, {node: {...node, request, trace: events, length: events.length}, events});
      show(tree.cursor);
    },
    /** A new branch, active, its cursor at the last event that it shares; null where the parent's trace is too short. */
    branch(parentId: number, branch: Branch): number | null {
      const grown = grow(parentId, branch);
      if (grown) change({ids: [...shape.ids, grown.id], active: grown.id}, grown.point);
      return grown && grown.id;
    },
    /** The same behind what is in view: that stays, and undo knows nothing of it. Of two that are alike, the first. */
    sprout(parentId: number, branch: Branch): number | null {
      const known = sameBranch(tree.nodes, parentId, branch);
      if (known) return known.id;
      const grown = grow(parentId, branch);
      if (!grown) return null;
      shape = {...shape, ids: [...shape.ids, grown.id]};
      show(tree.cursor);
      return grown.id;
    },
    /** Puts these branches first, in this order. */
    arrange(ids: readonly number[]) {
      shape = {...shape, ids: [...ids, ...shape.ids.filter((id) => !ids.includes(id))]};
      show(tree.cursor);
    },
    /**
     * Takes the error that ended a branch out of its trace, so that it can go on.
     *
     * @param backend where all branches are computed from now on; without one, where they were
     */
    reopen(id: number, backend?: Request["backend"]) {
      if (backend)
        for (const other of shape.ids) {
          const {node, events} = kept.get(other)!;
          kept.set(other, {events, node: {...node, request: {...node.request, backend}}});
        }
      const {node, events} = kept.get(id)!;
      const last = events.at(-1);
      if (last?.stage !== "stop" || last.reason !== "error") return show(tree.cursor);
      const before = events.slice(0, -1);
      kept.set(id, {node: {...node, trace: before, length: before.length}, events: before});
      show(tree.cursor);
    },
    /** Shows another branch; the cursor stays at its event where the branch has so many. */
    select(id: number) {
      if (id === shape.active || !shape.ids.includes(id)) return;
      shape = {...shape, active: id};
      show(tree.cursor);
    },
    /** Takes a branch and what grew from it out of the tree; its parent is shown where it was. A root stays. */
    remove(id: number) {
      const parent = kept.get(id)?.node.parent ?? null;
      if (parent === null || !shape.ids.includes(id)) return;
      const gone = new Set([id]);
      for (const {id: other, parent: of} of tree.nodes) if (of !== null && gone.has(of)) gone.add(other);
      const ids = shape.ids.filter((other) => !gone.has(other));
      change({ids, active: gone.has(shape.active) ? parent : shape.active}, tree.cursor);
    },
    undo: () => turn(history.undo(shape)),
    redo: () => turn(history.redo(shape)),
    /** What was before cannot come back. */
    forget() {
      history.clear();
      for (const id of [...kept.keys()]) if (!shape.ids.includes(id)) kept.delete(id);
      if (shape.active >= 0) show(tree.cursor);
    },
    /** Branches of a file in place of all others, parents before children; undo brings those back. */
    graft(grown: readonly Grown[], active: number, cursor: number) {
      const ids = new Map<number, number>();
      for (const {id, trace, ...rest} of grown) {
        const parent = rest.parent === null ? null : ids.get(rest.parent)!;
        ids.set(id, add({...rest, parent, imported: true}, [...trace]));
      }
      change({ids: [...ids.values()], active: ids.get(active)!}, cursor);
    }
  };
}

export type TreeStore = ReturnType<typeof createTree>;
