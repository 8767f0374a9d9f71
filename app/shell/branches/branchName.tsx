import type {ReactNode} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {spoken} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {textShown, tokenPlain, tokenText, type TokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import {nameOf, type Named} from "./describeBranch.ts";

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
  return pieces(node, nameOf(node, nodes), strings, {
    prompt: draw(textShown(shortened(node.request.prompt)), "prompt"),
    token: (id, kind) => draw(tokenText(vocabulary, id), kind)
  });
}

/** The same name for a label. */
export const nameSpoken = (
  node: BranchNode,
  nodes: readonly BranchNode[],
  vocabulary: Vocabulary,
  strings: Words
): string =>
  spoken(
    pieces(node, nameOf(node, nodes), strings, {
      prompt: shortened(node.request.prompt),
      token: (id) => tokenPlain(vocabulary, id)
    })
  );

type Drawn<T> = {
  readonly prompt: T;
  readonly token: (id: (Named & {kind: "force"})["tokenId"], kind: string) => T;
};

function pieces<T>({at, request}: BranchNode, named: Named, strings: Words, drawn: Drawn<T>): Pieces<T> {
  const {name, part} = strings;
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
