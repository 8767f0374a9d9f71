import type {TreeRow} from "./layoutTree.ts";
import type {TreeScale} from "./treeScale.ts";

type Props = {
  readonly row: TreeRow;
  /** Place of the row in the tree. */
  readonly index: number;
  readonly scale: TreeScale;
  readonly active: boolean;
  readonly ended: boolean;
};

/** Where a row's own line lies, in px from its top: the middle of its name's first line. */
const Y = 17.5;

/** One row's part of the tree: the lines that pass, the one that arrives, its own, those that leave it. */
export function BranchLines({row, index, scale: {width, x}, active, ended}: Props) {
  const {from, to, litTo, edges} = row;
  const isRoot = !edges.some(({lower}) => lower === index);
  const sorted = [...edges].sort((a, b) => Number(a.lit) - Number(b.lit));
  return (
    <svg className="lines" width={width} height="100%" aria-hidden="true">
      {isRoot && <line className="stub" x1="1" x2={x(from)} y1={Y} y2={Y} />}
      <line className="own" x1={x(from)} x2={x(to)} y1={Y} y2={Y} />
      {sorted.map(({upper, lower, at, lit}) => (
        <line
          key={lower}
          className={lit ? "lit" : "own"}
          x1={x(at)}
          x2={x(at)}
          y1={upper === index ? Y : 0}
          y2={lower === index ? Y : "100%"}
        />
      ))}
      {litTo !== null && <line className="lit" x1={x(from)} x2={x(litTo)} y1={Y} y2={Y} />}
      <circle
        className={`end${active ? " lit" : ""}${ended ? " ended" : ""}`}
        cx={x(to)}
        cy={Y}
        r={active ? 4.5 : 3.5}
      />
    </svg>
  );
}
