import type {Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import {nameSpoken} from "./branchName.tsx";
import {endOf} from "./describeBranch.ts";
import type {TreeLayout} from "./layoutTree.ts";

/** The tree as a table, a row a branch, its changes in full. */
export function branchTable(
  nodes: readonly BranchNode[],
  {rows}: TreeLayout,
  vocabulary: Vocabulary,
  strings: Strings["branches"]
): TableTwinProps {
  return {
    head: strings.tree.table,
    rows: rows.map(({id, depth, from, to}) => {
      const node = nodes.find((other) => other.id === id)!;
      return [
        nameSpoken(node, nodes, vocabulary, strings, strings.part),
        formatCount(depth),
        formatCount(from),
        formatCount(to - from),
        formatCount(node.parent === null ? 0 : from),
        strings.end(endOf(node))
      ];
    })
  };
}
