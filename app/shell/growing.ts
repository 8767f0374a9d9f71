import {branchPointOf, frameAt, InvalidRequest, pickingStages, position} from "../../engine/index.ts";
import type {Branch, Position, Request, Stage} from "../../engine/index.ts";
import {branchFrom, positionAt, sameBranch, type Wish} from "../branching.ts";
import type {Outline} from "../tabState.ts";
import type {TreeStore} from "../tree.ts";
import {fetchFor, type Pulling} from "./pulling.ts";

/** What a link asks for: a run, the branches from it to the one in view, and an event of that one. */
export type Story = {
  readonly request: Request;
  readonly branches: readonly Branch[];
  readonly cursor: number;
  /** All branches that there were, where the tab remembers more than its address says. */
  readonly outline?: Outline;
};

type IsMine = () => boolean;

type Means = {
  readonly tree: TreeStore;
  readonly pulling: Pulling;
  /**
   * A new root with its first event; false where another loop has taken over.
   *
   * @param live whether it has to be run here: branches cannot grow from a recorded trace
   */
  readonly begin: (request: Request, isMine: IsMine, live?: boolean) => Promise<boolean>;
  /** To the next event of these stages from `from` on, computed where the trace does not reach so far. */
  readonly reach: (stages: readonly Stage[], from: number, isMine: IsMine) => Promise<void>;
};

/** How branches come to be: one by one at the cursor, or all that a link names. */
export function createGrowing({tree, pulling, begin, reach}: Means) {
  /** Runs on until a branch can be made at a position. */
  async function reachPoint(at: Position, isMine: IsMine): Promise<void> {
    if (branchPointOf(tree.get().trace, at) === null) await pulling.until(fetchFor(at), isMine);
  }

  /** Shows the branch that a wish at a position asks for, made or found; false where there can be none. */
  function show(at: Position, wish: Wish): boolean {
    const {nodes, active} = tree.get();
    const from = branchFrom(nodes, active, at, wish);
    if (!from) return false;
    const {parent, branch} = from;
    const known = branch ? sameBranch(nodes, parent.id, branch) : parent;
    if (known) tree.select(known.id);
    return known !== null || (branch !== null && tree.branch(parent.id, branch) !== null);
  }

  /** Every branch of an outline, each as far as it had been run, behind what is in view. */
  async function regrow({length, sprouts}: Outline, isMine: IsMine): Promise<void> {
    const {cursor} = tree.get();
    const ids: (number | null)[] = [];
    const reachLength = async (id: number | null, length: number) => {
      ids.push(id);
      if (id !== null && tree.node(id)!.length < length)
        await pulling.until((_, index) => index >= length - 1, isMine, id);
    };
    await reachLength(tree.get().nodes[0]!.id, length);
    for (const {parent, branch, length} of sprouts) {
      if (!isMine()) return;
      const from = ids[parent] ?? null;
      await reachLength(from === null ? null : tree.sprout(from, branch), length);
    }
    tree.arrange(ids.filter((id) => id !== null));
    if (isMine()) tree.seek(cursor); // it follows where a trace grows at its end
  }

  return {
    /** Makes or finds the branch that a wish at the cursor asks for, and goes to where it differs. */
    async grow(wish: Wish, isMine: IsMine): Promise<void> {
      const {trace, cursor} = tree.get();
      if (cursor < 0) return;
      const at = positionAt(frameAt(trace, cursor));
      await reachPoint(at, isMine);
      if (!isMine() || !show(at, wish)) return;
      const point = branchPointOf(tree.get().trace, at);
      if (point !== null) await reach(wish.kind === "force" ? ["append"] : pickingStages, point, isMine);
    },
    /**
     * Runs what is in view to its end, and beside it the same prompt with the settings of another request: a branch
     * from the first new token on, which shares the pass over the prompt.
     */
    async growBeside(request: Request, isMine: IsMine): Promise<void> {
      const {length, trace} = tree.get();
      if (length === 0) return;
      await pulling.until(() => false, isMine);
      const first = position(frameAt(trace, trace.length - 1).promptLength);
      if (!isMine() || !show(first, {kind: "settings", request})) return;
      await pulling.until(() => false, isMine);
      tree.seek(tree.get().length - 1);
    },
    /** Runs what a link asks for: the root up to the first branch, each branch up to the next, then to the cursor. */
    async retell({request, branches, cursor, outline}: Story, isMine: IsMine): Promise<void> {
      const others = outline && outline.sprouts.length > 0 ? outline : null;
      if (!(await begin(request, isMine, branches.length > 0 || others !== null))) return;
      for (const branch of branches) {
        await reachPoint(branch.at, isMine);
        if (!isMine()) return;
        if (tree.branch(tree.get().active, branch) === null) throw unreached(branch);
      }
      if (cursor >= tree.get().length) await pulling.until((_, index) => index >= cursor, isMine);
      tree.forget();
      tree.seek(cursor);
      if (others) await regrow(others, isMine);
    }
  };
}

const unreached = ({at}: Branch): InvalidRequest =>
  new InvalidRequest(
    "branch",
    `the link branches at position ${at}, which the run does not reach; what is shown is the run without that branch`
  );
