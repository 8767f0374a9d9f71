import {bestOf, type Beam, type Candidate, type ExpandEvent, type TokenId} from "../../../engine/index.ts";
import {greedyPath} from "./greedyPath.ts";

/** What became of a continuation; "best" is the sequence that is ahead, or that the search ended with. */
export type NodeKind = "best" | "running" | "finished" | "pruned";

export type TreeNode = {
  readonly key: string;
  readonly tokenId: TokenId;
  /** Summed log-probability, by which candidates are ranked. */
  readonly score: number;
  readonly kind: NodeKind;
  /** Also of what is best: whether it ended. Of a continuation that was pruned: why. */
  readonly fate: Candidate["fate"];
  /** Whether greedy decoding would come through here. */
  readonly isGreedy: boolean;
  readonly x: number;
  readonly y: number;
};

export type TreeEdge = {
  readonly key: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly kind: NodeKind;
};

export type BeamTree = {
  readonly columns: readonly {
    readonly x: number;
    /** Counts the new tokens, from 1. */
    readonly step: number;
    /** Continuations pruned in this step for which there is no room. */
    readonly more: number;
    /** Continuations in all. */
    readonly of: number;
  }[];
  readonly nodes: readonly TreeNode[];
  readonly edges: readonly TreeEdge[];
  /** The prompt, or what stands in its place. */
  readonly root: {readonly x: number; readonly y: number; readonly width: number};
  /** Where steps are hidden: the beams that the first column continues. */
  readonly stubs: readonly {readonly tokenIds: readonly TokenId[]; readonly y: number}[];
  /** Steps before the first column. */
  readonly hidden: number;
  /** Between what was kept and what was pruned. */
  readonly line: number;
  readonly box: {readonly width: number; readonly height: number};
  /** Of what is drawn, which may be less than there is room for. */
  readonly width: number;
  readonly height: number;
};

const TOP = 26;
/** From one box to the next, where there is room, and at least; a box, at most; between two boxes, at least. In px. */
const [PITCH, LEAST_PITCH] = [37, 20];
const BOX = 28;
const BETWEEN = 3;
/** Around the line between what was kept and what was pruned, and under the last box. */
const [ABOVE_LINE, BELOW_LINE, BOTTOM] = [4, 14, 16];
/** Pruned continuations drawn a step. */
const PRUNED = 3;

type Row = {readonly parent: number; readonly node: Omit<TreeNode, "x" | "y" | "key">};

/**
 * The steps of a search as columns: kept continuations above a line, pruned ones below, each joined to the beam that it
 * continues. As many of the newest steps as the width has room for.
 *
 * @param events of one search, the first step first; at least one
 * @param height the room there is, in px: rows are lower where it is little, as far as they can be read
 */
export function layoutBeamTree(events: readonly ExpandEvent[], width: number, height = Infinity): BeamTree {
  const {hidden, rootWidth, pitch, gap} = columnsOf(events.length, width);
  const best = bestOf(events.at(-1)!);
  const greedy = greedyPath(events);
  const steps = events.slice(hidden).map((event, i) => rowsOf(event, best, greedy[hidden + i] ?? null));
  const before: readonly Beam[] = hidden > 0 ? events[hidden]!.beams : [];
  const rows = {
    kept: Math.max(1, before.length, ...steps.map(({kept}) => kept.length)),
    pruned: Math.max(0, ...steps.map(({pruned}) => Math.min(PRUNED, pruned.length)))
  };
  const {boxHeight, line, yOf, yOfPruned, whole} = heightsOf(rows, height);
  const xOf = (column: number) => rootWidth + column * pitch + gap;
  const rootY = yOf((rows.kept - 1) / 2);
  const nodes: TreeNode[] = [];
  const edges: TreeEdge[] = [];
  steps.forEach(({kept, pruned}, column) => {
    const place = ({parent, node}: Row, y: number, key: string) => {
      nodes.push({...node, key, x: xOf(column), y});
      const start = rootWidth + column * pitch;
      const from: TreeEdge["from"] = [start, column === 0 && hidden === 0 ? rootY : yOf(parent)];
      edges.push({key, from, to: [xOf(column), y], kind: node.kind});
    };
    kept.forEach((row, i) => place(row, yOf(i), `${hidden + column}.${i}`));
    pruned.slice(0, PRUNED).forEach((row, i) => place(row, yOfPruned(i), `${hidden + column}.p${i}`));
  });
  return {
    columns: steps.map(({kept, pruned}, i) => ({
      x: xOf(i),
      step: hidden + i + 1,
      more: Math.max(0, pruned.length - PRUNED),
      of: kept.length + pruned.length
    })),
    nodes,
    edges: edges.sort((a, b) => weight(a.kind) - weight(b.kind)),
    root: {x: 0, y: rootY, width: rootWidth},
    stubs: before.map(({tokenIds}, i) => ({tokenIds, y: yOf(i)})),
    hidden,
    line,
    box: {width: pitch - gap, height: boxHeight},
    width: rootWidth + steps.length * pitch,
    height: whole
  };
}

/** How many steps have no room, and how far columns stand apart. */
function columnsOf(steps: number, width: number) {
  const narrow = width < 560;
  const rootWidth = narrow ? 62 : 96;
  const least = narrow ? 130 : 172;
  const fitting = Math.max(1, Math.floor((width - rootWidth) / least));
  const shown = Math.min(fitting, steps);
  const room = (width - rootWidth) / Math.max(shown, Math.min(fitting, 4));
  const pitch = Math.max(least, Math.min(230, room)); // also while the page has given no width yet
  return {hidden: steps - shown, rootWidth, pitch, gap: narrow ? 20 : pitch * 0.26};
}

/** @param rows above the line and below it, in the column that has most */
function heightsOf(rows: {readonly kept: number; readonly pruned: number}, height: number) {
  const rowRoom = (height - TOP - ABOVE_LINE - BELOW_LINE - BOTTOM) / (rows.kept + rows.pruned);
  const rowPitch = Math.floor(Math.max(LEAST_PITCH, Math.min(PITCH, rowRoom)));
  const boxHeight = Math.min(BOX, rowPitch - BETWEEN);
  const line = TOP + rows.kept * rowPitch + ABOVE_LINE;
  return {
    boxHeight,
    line,
    yOf: (row: number) => TOP + row * rowPitch + boxHeight / 2,
    yOfPruned: (row: number) => line + BELOW_LINE + row * rowPitch + boxHeight / 2,
    whole: line + BELOW_LINE + rows.pruned * rowPitch + BOTTOM
  };
}

/** The best path is drawn over the others. */
const weight = (kind: NodeKind): number => ["pruned", "running", "finished", "best"].indexOf(kind);

const isPrefix = (start: readonly TokenId[], of: readonly TokenId[]): boolean =>
  start.every((id, i) => id === of[i]);

/**
 * The continuations of one step: those that go on in their order, then those that ended; and the others.
 *
 * @param greedy what greedy decoding takes here
 */
function rowsOf(
  {candidates, beams}: ExpandEvent,
  best: readonly TokenId[],
  greedy: Candidate | null
): {readonly kept: readonly Row[]; readonly pruned: readonly Row[]} {
  const kindOf = ({beam, tokenId, fate}: Candidate): NodeKind => {
    if (fate !== "running" && fate !== "finished") return "pruned";
    return isPrefix([...beams[beam]!.tokenIds, tokenId], best) ? "best" : fate;
  };
  const rows = candidates.map((candidate): Row => {
    const {beam, tokenId, total, fate} = candidate;
    const kind = kindOf(candidate);
    return {parent: beam, node: {tokenId, score: total, kind, fate, isGreedy: candidate === greedy}};
  });
  const withFate = (fate: Candidate["fate"]) => rows.filter(({node}) => node.fate === fate);
  return {
    kept: [...withFate("running"), ...withFate("finished")],
    pruned: rows.filter(({node}) => node.kind === "pruned")
  };
}
