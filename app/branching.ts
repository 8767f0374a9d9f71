import {
  changedSettings,
  position,
  searchStart,
  type Branch,
  type Frame,
  type Position,
  type Request,
  type TokenId
} from "../engine/index.ts";
import type {BranchNode} from "./tree.ts";

/** What a reader asks for at a step: another token, or the settings of another request. */
export type Wish =
  | {readonly kind: "force"; readonly tokenId: TokenId}
  | {readonly kind: "settings"; readonly request: Request};

/**
 * The position of the token that the step at the cursor leads to; of a search over several continuations, of the first
 * token that it looks for: what is changed changes all of it.
 */
export function positionAt({inPass, latest: {expand}, tokenIds}: Frame): Position {
  if (expand) return searchStart(expand);
  return inPass.append?.position ?? position(tokenIds.length);
}

/** From the root to a branch. */
export function chainOf(nodes: readonly BranchNode[], id: number): readonly BranchNode[] {
  const chain: BranchNode[] = [];
  for (let node = byId(nodes, id); node; node = byId(nodes, node.parent)) chain.unshift(node);
  return chain;
}

/** In a branch's trace, the branch that the step for a position belongs to: its request made that step. */
export function ownerOf(nodes: readonly BranchNode[], id: number, at: Position): BranchNode | null {
  return chainOf(nodes, id).findLast((node) => node.at === null || node.at <= at) ?? null;
}

/**
 * Where a wish at a position of a branch grows from. What is asked for at the very token that a branch changed
 * stands beside that branch, not under it. `branch` is null where the parent already has what is wished for.
 */
export function branchFrom(
  nodes: readonly BranchNode[],
  id: number,
  at: Position,
  wish: Wish
): {readonly parent: BranchNode; readonly branch: Branch | null} | null {
  const replaces = ({change}: BranchNode) => change?.kind === "force" || wish.kind === "settings";
  const parent = chainOf(nodes, id).findLast(
    (node) => node.at === null || node.at < at || (node.at === at && !replaces(node))
  );
  if (!parent) return null;
  if (wish.kind === "force") {
    const has = parent.trace.some(
      (event) => event.stage === "append" && event.position === at && event.tokenId === wish.tokenId
    );
    return {parent, branch: has ? null : {at, change: wish}};
  }
  const settings = changedSettings(parent.request, wish.request);
  const changes = Object.keys(settings).length > 0;
  return {parent, branch: changes ? {at, change: {kind: "settings", settings}} : null};
}

/** A branch of the same parent that changes the same thing at the same place. */
export function sameBranch(
  nodes: readonly BranchNode[],
  parent: number,
  {at, change}: Branch
): BranchNode | null {
  const written = JSON.stringify(change);
  return (
    nodes.find(
      (node) => node.parent === parent && node.at === at && JSON.stringify(node.change) === written
    ) ?? null
  );
}

/** How a link says which branch is in view. */
export const branchesOf = (chain: readonly BranchNode[]): readonly Branch[] =>
  chain.flatMap(({at, change}) => (at !== null && change ? [{at, change}] : []));

/** The branch that a link means, where the tree has it. */
export function nodeOfChain(
  nodes: readonly BranchNode[],
  root: BranchNode,
  branches: readonly Branch[]
): BranchNode | null {
  let node: BranchNode | null = root;
  for (const branch of branches) node = node && sameBranch(nodes, node.id, branch);
  return node;
}

/** The request that the settings fields show for a branch: what branches forced is the story's, not a setting. */
export function settingsOf(nodes: readonly BranchNode[], id: number): Request | null {
  const [root] = chainOf(nodes, id);
  const node = byId(nodes, id);
  return root && node ? {...node.request, forced: root.request.forced} : null;
}

const byId = (nodes: readonly BranchNode[], id: number | null): BranchNode | undefined =>
  id === null ? undefined : nodes.find((node) => node.id === id);
