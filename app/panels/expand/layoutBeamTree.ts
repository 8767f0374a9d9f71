import {bestOf, type Candidate, type ExpandEvent, type TokenId} from "../../../engine/index.ts";

/** What became of a continuation; "best" is the sequence that is ahead, or that the search ended with. */
export type NodeKind = "best" | "running" | "finished" | "pruned";

export type TreeNode = {
  readonly key: string;
  readonly tokenId: TokenId;
  /** Summed log-probability, by which candidates are ranked. */
  readonly score: number;
  readonly kind: NodeKind;
  /** Of a continuation that was pruned: why. */
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
  }[];
  readonly nodes: readonly TreeNode[];
  readonly edges: readonly TreeEdge[];
  readonly root: {readonly x: number; readonly y: number; readonly width: number};
  /** Steps before the first column, which the root stands for. */
  readonly hidden: number;
  /** Between what was kept and what was pruned. */
  readonly line: number;
  readonly box: {readonly width: number; readonly height: number};
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
  const narrow = width < 560;
  const rootWidth = narrow ? 62 : 96;
  const least = narrow ? 136 : 172;
  const fitting = Math.max(1, Math.floor((width - rootWidth) / least));
  const shown = Math.min(fitting, events.length);
  const hidden = events.length - shown;
  const room = (width - rootWidth) / Math.max(shown, Math.min(fitting, 4));
  const pitch = Math.max(least, Math.min(230, room)); // also while the page has given no width yet
  const gap = narrow ? 26 : Math.min(70, pitch * 0.36);
  const best = bestOf(events.at(-1)!);
  const greedy = greedyBeams(events);
  const steps = events.slice(hidden).map((event, i) => rowsOf(event, hidden + i, best, greedy));
  const keptRows = Math.max(1, ...steps.map(({kept}) => kept.length));
  const prunedRows = Math.max(0, ...steps.map(({pruned}) => Math.min(PRUNED, pruned.length)));
  const rowRoom = (height - TOP - ABOVE_LINE - BELOW_LINE - BOTTOM) / (keptRows + prunedRows);
  const rowPitch = Math.floor(Math.max(LEAST_PITCH, Math.min(PITCH, rowRoom)));
  const boxHeight = Math.min(BOX, rowPitch - BETWEEN);
  const line = TOP + keptRows * rowPitch + ABOVE_LINE;
  const xOf = (column: number) => rootWidth + column * pitch + gap;
  const yOf = (row: number) => TOP + row * rowPitch + boxHeight / 2;
  const rootY = yOf((keptRows - 1) / 2);
  const nodes: TreeNode[] = [];
  const edges: TreeEdge[] = [];
  steps.forEach(({kept, pruned}, column) => {
    const place = ({parent, node}: Row, y: number, key: string) => {
      nodes.push({...node, key, x: xOf(column), y});
      const from: TreeEdge["from"] =
        column === 0 ? [rootWidth, rootY] : [xOf(column - 1) + pitch - gap, yOf(parent)];
      edges.push({key, from, to: [xOf(column), y], kind: node.kind});
    };
    kept.forEach((row, i) => place(row, yOf(i), `${hidden + column}.${i}`));
    pruned
      .slice(0, PRUNED)
      .forEach((row, i) =>
        place(row, line + BELOW_LINE + i * rowPitch + boxHeight / 2, `${hidden + column}.p${i}`)
      );
  });
  return {
    columns: steps.map(({pruned}, i) => ({
      x: xOf(i),
      step: hidden + i + 1,
      more: Math.max(0, pruned.length - PRUNED)
    })),
    nodes,
    edges: edges.sort((a, b) => weight(a.kind) - weight(b.kind)),
    root: {x: 0, y: rootY, width: rootWidth},
    hidden,
    line,
    box: {width: pitch - gap, height: boxHeight},
    width,
    height: line + BELOW_LINE + prunedRows * rowPitch + BOTTOM
  };
}

/** The best path is drawn over the others. */
const weight = (kind: NodeKind): number => ["pruned", "running", "finished", "best"].indexOf(kind);

const isPrefix = (start: readonly TokenId[], of: readonly TokenId[]): boolean =>
  start.every((id, i) => id === of[i]);

/** The continuations of one step: those that go on in their order, then those that ended; and the others. */
function rowsOf(
  event: ExpandEvent,
  step: number,
  best: readonly TokenId[],
  greedy: readonly (number | null)[]
): {readonly kept: readonly Row[]; readonly pruned: readonly Row[]} {
  const rowOf = (candidate: Candidate, kind: NodeKind, isGreedy: boolean): Row => ({
    parent: candidate.beam,
    node: {tokenId: candidate.tokenId, score: candidate.total, kind, fate: candidate.fate, isGreedy}
  });
  const wholeOf = ({beam, tokenId}: Candidate) => [...event.beams[beam]!.tokenIds, tokenId];
  const kindOf = (candidate: Candidate, other: NodeKind) =>
    isPrefix(wholeOf(candidate), best) ? "best" : other;
  const running = event.candidates
    .filter(({fate}) => fate === "running")
    .map((candidate, i) => rowOf(candidate, kindOf(candidate, "running"), greedy[step] === i));
  const finished = event.candidates
    .filter(({fate}) => fate === "finished")
    .map((candidate) => rowOf(candidate, kindOf(candidate, "finished"), false));
  const pruned = event.candidates
    .filter(({fate}) => fate !== "running" && fate !== "finished")
    .map((candidate) => rowOf(candidate, "pruned", false));
  return {kept: [...running, ...finished], pruned};
}

/** After each step, which running beam is greedy decoding's own sequence; null once it was pruned or has ended. */
export function greedyBeams(events: readonly ExpandEvent[]): readonly (number | null)[] {
  let at: number | null = 0;
  return events.map(({candidates, running}) => {
    if (at === null) return null;
    const own = candidates.filter(({beam}) => beam === at);
    const most = own.reduce<Candidate | null>(
      (top, one) => (top && top.score >= one.score ? top : one),
      null
    );
    const next = most
      ? running.findIndex(({parent, tokenIds}) => parent === at && tokenIds.at(-1) === most.tokenId)
      : -1;
    at = next < 0 ? null : next;
    return at;
  });
}
