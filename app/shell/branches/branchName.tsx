import type {ReactNode} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {spoken} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {textShown, tokenPlain, tokenText, type TokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import {nameOf, partsApart, promptLengthOf, type Named} from "./describeBranch.ts";

type Words = Strings["branches"];

/** A branch under the name of what changed, its tokens drawn: for `<Sentence>`. */
export function nameDrawn(
  node: BranchNode,
  nodes: readonly BranchNode[],
  vocabulary: Vocabulary,
  strings: Words
): Pieces<ReactNode> {
  const draw = (token: TokenText, kind: string) => (
    <b className={kind}>
      <Token token={token} />
    </b>
  );
  return pieces(node, nameOf(node, nodes), strings.name, strings.partInName, {
    prompt: draw(textShown(shortened(node.request.prompt)), "prompt"),
    token: (id, kind) => draw(tokenText(vocabulary, id), kind)
  });
}

/**
 * The name of one of two runs side by side: the settings that set it apart from the other, where it is these alone; of
 * a branch of the other, also from where on.
 */
export function nameBeside(
  node: BranchNode,
  other: BranchNode,
  nodes: readonly BranchNode[],
  vocabulary: Vocabulary,
  strings: Words
): Pieces<ReactNode> {
  const {parent, at, request} = node;
  const parts = partsApart(request, other.request).map((part) =>
    strings.standsAt(part, request, other.request)
  );
  if (parts.length === 0) return nameDrawn(node, nodes, vocabulary, strings);
  const isLater = at !== null && parent === other.id && at > promptLengthOf(node);
  return [isLater ? strings.name.settings(parts, at) : parts.join(", ")];
}

/** The same name for a label; with `part: strings.part`, each change in full. */
export const nameSpoken = (
  node: BranchNode,
  nodes: readonly BranchNode[],
  vocabulary: Vocabulary,
  strings: Words,
  part: Words["part"] = strings.partInName
): string =>
  spoken(
    pieces(node, nameOf(node, nodes), strings.name, part, {
      prompt: shortened(node.request.prompt),
      token: (id) => tokenPlain(vocabulary, id)
    })
  );

/** Which branches came and which went, between two states of the tree. */
export function changeSaid(
  before: readonly BranchNode[],
  after: readonly BranchNode[],
  vocabulary: Vocabulary,
  strings: Words
): string {
  const names = (some: readonly BranchNode[], others: readonly BranchNode[]) =>
    some
      .filter(({id}) => !others.some((other) => other.id === id))
      .map((node) => nameSpoken(node, some, vocabulary, strings));
  return strings.tree.changed(names(after, before), names(before, after));
}

type Drawn<T> = {
  readonly prompt: T;
  readonly token: (id: (Named & {kind: "force"})["tokenId"], kind: string) => T;
};

function pieces<T>(
  {at, request}: BranchNode,
  named: Named,
  name: Words["name"],
  part: Words["part"],
  drawn: Drawn<T>
): Pieces<T> {
  if (named.kind === "root") return name.root(drawn.prompt);
  if (named.kind === "force") {
    const instead = named.instead === null ? null : drawn.token(named.instead, "instead");
    return name.force(drawn.token(named.tokenId, "forced"), instead, at ?? 0);
  }
  return [
    name.settings(
      named.parts.map((changed) => part(changed, named.from, request)),
      at ?? 0
    )
  ];
}

/** More characters of a prompt than a name can have. */
const MOST = 80;

function shortened(prompt: string): string {
  const characters = [...prompt];
  return characters.length <= MOST ? prompt : `${characters.slice(0, MOST).join("")}…`;
}
