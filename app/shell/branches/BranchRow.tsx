import type {CSSProperties} from "react";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {bytesText, textShown, type TokenText} from "../../draw/tokenText.ts";
import type {RovingItem} from "../../draw/useRoving.ts";
import type {BranchNode} from "../../tree.ts";
import {BranchActions} from "./BranchActions.tsx";
import {BranchLines} from "./BranchLines.tsx";
import {nameDrawn, nameSpoken} from "./branchName.tsx";
import type {BranchTreeProps} from "./BranchTree.tsx";
import {endOf, textAfter} from "./describeBranch.ts";
import type {TreeRow} from "./layoutTree.ts";
import type {TreeScale} from "./treeScale.ts";

export type BranchRowProps = BranchTreeProps & {
  readonly node: BranchNode;
  readonly row: TreeRow;
  readonly index: number;
  readonly scale: TreeScale;
  /** It would go with the branch whose removal is considered. */
  readonly going: boolean;
  readonly onGoing: (id: number | null) => void;
  readonly item: RovingItem;
};

/** Its lines, its name, the text that follows, what can be done with it. The name's room is one button. */
export function BranchRow(props: BranchRowProps) {
  const {node, row, index, scale, going, nodes, vocabulary, active, onSelect, width, item} = props;
  const words = props.strings.branches;
  const isActive = node.id === active;
  const shown = shownText(node);
  const facts = factsOf(node, row, words.tree, words.end);
  const name = nameSpoken(node, nodes, vocabulary, words);
  const ended = endOf(node) !== null;
  const text = plain(shown) || words.tree.noText(ended);
  const label = words.tree.row({name, depth: row.depth, text, facts, active: isActive});
  return (
    <li
      className={`branchrow${isActive ? " active" : ""}${going ? " going" : ""}`}
      style={{"--lines": `${scale.width}px`} as CSSProperties}
    >
      <BranchLines row={row} index={index} scale={scale} active={isActive} ended={ended} />
      <button
        type="button"
        className="branch"
        aria-current={isActive}
        onClick={() => onSelect(node.id)}
        {...item}
      >
        <span className="sr">{label}</span>
        <span className="name" aria-hidden="true">
          <Sentence pieces={nameDrawn(node, nodes, vocabulary, words)} />
          {isActive && <span className="inview">{words.tree.inView}</span>}
        </span>
        <span className="text" aria-hidden="true">
          {plain(shown) ? <Token token={shown} /> : text}
        </span>
        <span className="facts" aria-hidden="true">
          {width < 640 ? words.tree.factsShort(row.to - row.from, words.end(endOf(node))) : facts}
        </span>
      </button>
      <BranchActions {...props} name={name} />
    </li>
  );
}

/** More of a text than fits a line at any width. */
const MOST = 400;

/** The text after the change; where no character is whole yet, its bytes. */
function shownText(node: BranchNode): TokenText {
  const {text, tail} = textAfter(node, node.shared);
  return text === "" ? bytesText(tail) : textShown(text.slice(0, MOST));
}

const plain = ({spaces, text}: TokenText): string => spaces + text;

function factsOf(
  node: BranchNode,
  {from, to}: TreeRow,
  words: BranchTreeProps["strings"]["branches"]["tree"],
  end: BranchTreeProps["strings"]["branches"]["end"]
): string {
  const facts = words.facts(to - from, node.parent === null ? 0 : from, end(endOf(node)));
  return node.imported ? `${facts}, ${words.imported}` : facts;
}
