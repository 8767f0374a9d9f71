import {
  branchRequest,
  InvalidRequest,
  parseBranch,
  parseRequest,
  printBranch,
  printRequest,
  type Branch,
  type Request
} from "../engine/index.ts";
import type {BranchNode} from "./tree.ts";
import {isPrintable} from "./url.ts";

/** A branch to be run again, `length` events of it. `parent` is 0 for the root, n for the nth sprout; it comes first. */
export type Sprout = {readonly parent: number; readonly branch: Branch; readonly length: number};

/** A tree without its events: they follow from it. */
export type Outline = {readonly length: number; readonly sprouts: readonly Sprout[]};

/**
 * What the address does not say of a tab: settings that were not run yet, and the branches that are not in view. The
 * tab's entry in the history has it, so that it outlives a reload, and a page that the browser discarded; it goes with
 * the tab.
 */
export type TabState = {
  /** Null where what stood in the fields could not be run. */
  readonly draft: Request | null;
  readonly outline: Outline;
};

type Written = {
  readonly draft: string | null;
  readonly length: number;
  readonly sprouts: readonly (readonly [parent: number, branch: string, length: number])[];
};

export function printTabState(draft: Request, nodes: readonly BranchNode[]): string {
  const [root, ...grown] = nodes;
  const sprouts = grown.map(({parent, at, change, length}): Written["sprouts"][number] => {
    const from = nodes.findIndex(({id}) => id === parent);
    return [from, printBranch(nodes[from]!.request, {at: at!, change: change!}), length];
  });
  const isComplete = nodes.every(({request}) => isPrintable(request));
  const written: Written = {
    draft: isPrintable(draft) ? printRequest(draft) : null,
    length: root?.length ?? 0,
    sprouts: isComplete ? sprouts : []
  };
  return JSON.stringify(written);
}

/**
 * The reverse of `printTabState`; null for what it did not write.
 *
 * @param state of the entry in the history
 * @param root what the address of the same entry asks for
 */
export function readTabState(state: unknown, root: Request): TabState | null {
  if (typeof state !== "string") return null;
  try {
    const {draft, length, sprouts} = JSON.parse(state) as Written;
    return {
      draft: draft === null ? null : parseRequest(checkText(draft)),
      outline: {length: count(length), sprouts: readSprouts(sprouts, root)}
    };
  } catch {
    return null;
  }
}

function readSprouts(written: Written["sprouts"], root: Request): readonly Sprout[] {
  const requests = [root];
  return written.map(([from, text, length]) => {
    const parent = requests[from];
    if (!parent) throw new InvalidRequest("branch", `a branch of number ${from}, which is none before it`);
    const branch = parseBranch(parent, text);
    requests.push(branchRequest(parent, branch));
    return {parent: from, branch, length: count(length)};
  });
}

function checkText(text: unknown): string {
  if (typeof text === "string") return text;
  throw new TypeError(`settings are written as a text, got ${JSON.stringify(text)}`);
}

function count(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`a length must be a whole number, got ${JSON.stringify(value)}`);
}
