import {useId} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import {formatNumber} from "../../draw/format.ts";
import {Hatch} from "../../draw/Hatch.tsx";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BeamTree, TreeEdge, TreeNode} from "./layoutBeamTree.ts";

type Props = {
  readonly tree: BeamTree;
  readonly promptLength: number;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["expand"];
};

/** The search as a tree that grows to the right. */
export function BeamTreeFigure({tree, promptLength, label, vocabulary, strings}: Props) {
  const hatch = useId();
  const {columns, nodes, edges, root, stubs, line, box, hidden} = tree;
  const last = columns.at(-1);
  return (
    <svg className="beamtree" width={tree.width} height={tree.height} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      {columns.map(({x, step, more, of}) => (
        <g key={step}>
          <text className="s" x={x} y="12">
            {strings.column(step)}
          </text>
          {more > 0 && (
            <text className="s quiet" x={x} y={tree.height - 4}>
              {strings.more(more, of)}
            </text>
          )}
        </g>
      ))}
      {last && <line className="cut" x1="0" x2={last.x + box.width} y1={line} y2={line} />}
      <text className="s quiet" x="0" y={line + 14}>
        {strings.kept}
      </text>
      <text className="s quiet" x="0" y={line + 29}>
        {strings.pruned}
      </text>
      {edges.map((edge) => (
        <path key={edge.key} className={`edge ${edge.kind}`} d={curve(edge)} />
      ))}
      {stubs.length === 0 ? (
        <Root root={root} lines={[strings.prompt, strings.root(promptLength)]} />
      ) : (
        <Stubs tree={tree} title={strings.before(hidden)} vocabulary={vocabulary} strings={strings} />
      )}
      {nodes.map((node) => (
        <Node key={node.key} node={node} box={box} hatch={`url(#${hatch})`} vocabulary={vocabulary} />
      ))}
    </svg>
  );
}

type RootProps = {readonly root: BeamTree["root"]; readonly lines: readonly string[]};

function Root({root: {x, y, width}, lines}: RootProps) {
  const height = 8 + 16 * lines.length;
  const top = y - height / 2;
  return (
    <>
      <rect className="root" x={x} y={top} width={width} height={height} rx="4" />
      {lines.map((text, i) => (
        <text
          key={text}
          className={i === 0 ? "s strong" : "s quiet"}
          x={x + width / 2}
          y={top + 17 + 16 * i}
          textAnchor="middle"
        >
          {text}
        </text>
      ))}
    </>
  );
}

type StubsProps = {
  readonly tree: BeamTree;
  readonly title: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["expand"];
};

/** The ends of the beams that the first column continues. */
function Stubs({tree: {stubs, root, box}, title, vocabulary, strings}: StubsProps) {
  return (
    <>
      <text className="s" x={root.x} y="12">
        {title}
      </text>
      {stubs.map(({tokenIds, y}) => (
        <g key={y}>
          <rect
            className="stub"
            x={root.x}
            y={y - box.height / 2}
            width={root.width}
            height={box.height}
            rx="4"
          />
          <text className="m end" x={root.x + root.width - 5} y={y + 4.5} textAnchor="end">
            {endOf(
              tokenIds.map((id) => tokenPlain(vocabulary, id)),
              root.width - 18,
              strings
            )}
          </text>
        </g>
      ))}
    </>
  );
}

/** As many of the last tokens as fit. */
function endOf(tokens: readonly string[], room: number, strings: Strings["expand"]): string {
  let from = tokens.length - 1;
  while (from > 0 && textWidth(tokens.slice(from - 1).join(""), 12, "mono") <= room) --from;
  return strings.text(fitText(tokens.slice(from).join(""), room, 12, "mono"), from > 0);
}

type NodeProps = {
  readonly node: TreeNode;
  readonly box: BeamTree["box"];
  readonly hatch: string;
  readonly vocabulary: Vocabulary;
};

function Node({node, box, hatch, vocabulary}: NodeProps) {
  const {x, y, kind, fate, tokenId, score, isGreedy} = node;
  const top = y - box.height / 2;
  const number = formatNumber(score);
  const indent = isGreedy ? 12 : 9; // beside the mark that lies on the edge
  const room = box.width - 13 - indent - textWidth(number, 12, "strong");
  const isPruned = kind === "pruned";
  return (
    <g className={`node ${kind}`}>
      <rect x={x} y={top} width={box.width} height={box.height} rx="4" {...(isPruned && {fill: hatch})} />
      {isPruned && (
        <rect className="plate" x={x + 5} y={top + 4} width={box.width - 10} height={box.height - 8} />
      )}
      {fate === "finished" && (
        <rect className="inner" x={x + 3} y={top + 3} width={box.width - 6} height={box.height - 6} rx="2" />
      )}
      <text className="m" x={x + indent} y={y + 4.5}>
        {fitText(tokenPlain(vocabulary, tokenId), room, 13, "mono")}
      </text>
      <text className="s n" x={x + box.width - 9} y={y + 4.5} textAnchor="end">
        {number}
      </text>
      {isGreedy && (
        <g className="greedy" aria-hidden="true">
          <circle cx={x} cy={y} r="8" />
          <text x={x} y={y + 3.5} textAnchor="middle">
            g
          </text>
        </g>
      )}
    </g>
  );
}

function curve({from: [x0, y0], to: [x1, y1]}: TreeEdge): string {
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}
