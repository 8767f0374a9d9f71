import {useMemo, useState} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {useRoving} from "../../draw/useRoving.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import {branchTable} from "./branchTable.tsx";
import {BranchRow} from "./BranchRow.tsx";
import {spanOf} from "./describeBranch.ts";
import {layoutTree, type TreeLayout} from "./layoutTree.ts";
import {PositionAxis} from "./PositionAxis.tsx";
import {treeScale} from "./treeScale.ts";
import {UndoRedo} from "./UndoRedo.tsx";

export type BranchTreeProps = {
  readonly nodes: readonly BranchNode[];
  /** Id of the branch in view. */
  readonly active: number;
  readonly vocabulary: Vocabulary;
  readonly onSelect: (id: number) => void;
  readonly onRemove: (id: number) => void;
  /** The branch to stand beside the one in view; null for none. */
  readonly onCompare: (id: number | null) => void;
  readonly compared: number | null;
  /** Null where there is nothing to undo. */
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "branches">;
};

/** Every branch as a line over positions, named by what changed, with the text that follows. */
export function BranchTree(props: BranchTreeProps) {
  const {nodes, active, vocabulary, onUndo, onRedo, width, strings} = props;
  const words = strings.branches.tree;
  const layout = useMemo(() => layoutTree(nodes.map(spanOf), active), [nodes, active]);
  const table = useMemo(
    () => branchTable(nodes, layout, vocabulary, strings.branches),
    [nodes, layout, vocabulary, strings]
  );
  return (
    <PanelFrame
      id="branches"
      title={words.title}
      sub={words.sub}
      provenance="model"
      how={words.how}
      strings={strings.panel}
      controls={<UndoRedo onUndo={onUndo} onRedo={onRedo} strings={words} />}
      say={sayTree(layout, words)}
      {...(nodes.length > 0 && {table})}
    >
      {nodes.length > 0 && <Rows {...props} layout={layout} narrow={width < 640} />}
    </PanelFrame>
  );
}

function sayTree({rows}: TreeLayout, words: Strings["branches"]["tree"]): string {
  if (rows.length === 0) return words.none;
  if (rows.length === 1) return words.alone;
  return words.say(rows.length - 1, Math.max(...rows.map(({depth}) => depth)));
}

type RowsProps = BranchTreeProps & {readonly layout: TreeLayout; readonly narrow: boolean};

function Rows({layout, narrow, ...props}: RowsProps) {
  const {nodes, width, strings} = props;
  const [going, setGoing] = useState<number | null>(null);
  const roving = useRoving(layout.rows.length);
  const scale = treeScale(layout, width);
  const goes = layout.rows.find(({id}) => id === going);
  return (
    <div className={narrow ? "branchtree narrow" : "branchtree"} style={{width}}>
      <PositionAxis scale={scale} strings={strings.branches.tree} />
      <ol aria-label={strings.branches.tree.list} {...roving.list}>
        {layout.rows.map((row, index) => (
          <BranchRow
            key={row.id}
            {...props}
            node={nodes.find(({id}) => id === row.id)!}
            row={row}
            index={index}
            scale={scale}
            going={goes !== undefined && (goes.id === row.id || goes.descendants.includes(row.id))}
            onGoing={setGoing}
            item={roving.item(index)}
          />
        ))}
      </ol>
    </div>
  );
}
