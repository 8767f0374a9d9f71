import {
  changedSettings,
  frameAt,
  type Request,
  type StopReason,
  type TokenId,
  type WarperName
} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import type {TreeSpan} from "./layoutTree.ts";

/** A setting that can change from a branch to its parent, each warper by itself; "order" is that of the warpers. */
export type ChangedPart = Parameters<Strings["branches"]["part"]>[0];

/** What sets one request apart from another, in the order of the settings. */
export function changedParts(from: Request, to: Request): readonly ChangedPart[] {
  const keys = Object.keys(changedSettings(from, to)) as (keyof ReturnType<typeof changedSettings>)[];
  return keys.flatMap((key) => (key === "warpers" ? changedWarpers(from, to) : [key]));
}

function changedWarpers(from: Request, to: Request): readonly ChangedPart[] {
  const names = [...new Set([...from.warpers, ...to.warpers].map(({name}) => name))];
  const changed = names.filter((name) => paramsOf(from, name) !== paramsOf(to, name));
  return isOrderKept(from, to) ? changed : [...changed, "order"];
}

/** Of the warpers that stand in both. */
function isOrderKept(a: Request, b: Request): boolean {
  const shared = (of: Request, other: Request) =>
    of.warpers.map(({name}) => name).filter((name) => other.warpers.some((spec) => spec.name === name));
  return shared(a, b).join() === shared(b, a).join();
}

/** What sets two runs apart where that is settings alone; none where tokens were put into one of them. */
export const partsApart = (a: Request, b: Request): readonly ChangedPart[] =>
  JSON.stringify(a.forced) === JSON.stringify(b.forced) ? changedParts(a, b) : [];

const paramsOf = ({warpers}: Request, name: WarperName): string =>
  JSON.stringify(warpers.filter((spec) => spec.name === name).map(({params}) => params));

/** What a branch is named after. */
export type Named =
  | {readonly kind: "root"}
  | {readonly kind: "force"; readonly tokenId: TokenId; readonly instead: TokenId | null}
  | {readonly kind: "settings"; readonly parts: readonly ChangedPart[]; readonly from: Request};

/** What a branch is, seen from its parent: `instead` is the parent's token there, as far as the parent has run. */
export function nameOf({parent, at, change, request}: BranchNode, nodes: readonly BranchNode[]): Named {
  const above = nodes.find(({id}) => id === parent);
  if (change === null || at === null) return {kind: "root"};
  if (change.kind === "force")
    return {kind: "force", tokenId: change.tokenId, instead: above ? (tokensOf(above)[at] ?? null) : null};
  const from = above?.request ?? request;
  return {kind: "settings", parts: changedParts(from, request), from};
}

/** Prompt and generated ids as of now. */
export const tokensOf = ({trace, length}: BranchNode): readonly TokenId[] =>
  length > 0 ? frameAt(trace, length - 1).tokenIds : [];

/** 0 before it was tokenized. */
export const promptLengthOf = ({trace, length}: BranchNode): number =>
  length > 0 ? frameAt(trace, length - 1).promptLength : 0;

export const spanOf = (node: BranchNode): TreeSpan => {
  const frame = node.length > 0 ? frameAt(node.trace, node.length - 1) : null;
  const from = node.at ?? frame?.promptLength ?? 0;
  return {id: node.id, parent: node.parent, from, to: Math.max(from, frame?.tokenIds.length ?? 0)};
};

/** The text that follows the change: of a root, its completion. `tail` are bytes of a character still incomplete. */
export function textAfter(
  {trace, length}: BranchNode,
  from: number
): {text: string; tail: readonly number[]} {
  let text = "";
  let tail: readonly number[] = [];
  for (let cursor = from; cursor < length; ++cursor) {
    const event = trace[cursor]!;
    if (event.stage !== "detokenize") continue;
    text += event.text;
    tail = event.heldBack;
  }
  return {text, tail};
}

/** Why a run ended; null while it has not. */
export function endOf({trace, length}: BranchNode): StopReason | null {
  const last = trace[length - 1];
  return last?.stage === "stop" ? last.reason : null;
}
