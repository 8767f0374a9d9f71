/** What of a branch decides its place in the tree. Positions count tokens from 0. */
export type TreeSpan = {
  readonly id: number;
  readonly parent: number | null;
  /** Position of its first own token: where its line begins; the first generated one for a root. */
  readonly from: number;
  /** Tokens it has, prompt included: where its line ends. */
  readonly to: number;
};

/** A line that goes down from one row to another at a position. */
export type TreeEdge = {
  readonly upper: number;
  readonly lower: number;
  readonly at: number;
  /** On the way from a root to the active branch. */
  readonly lit: boolean;
};

export type TreeRow = TreeSpan & {
  /** Generations below a root, as they were made. */
  readonly depth: number;
  /** Ids that go with it when it is removed: those of its descendants. */
  readonly descendants: readonly number[];
  /** How far its own line is on the way to the active branch; null where it is not at all. */
  readonly litTo: number | null;
  /** The lines down that begin, pass or end in this row. */
  readonly edges: readonly TreeEdge[];
};

export type TreeLayout = {
  readonly rows: readonly TreeRow[];
  /** Ends of the position axis: the first generated position, and the longest branch. */
  readonly first: number;
  readonly last: number;
};

/**
 * One row a branch. Below each branch stand those that left it, the latest to leave first: so a line down never
 * crosses another branch. A branch that changed something at or before its parent's own beginning leaves the
 * ancestor that the token there was shared with.
 */
export function layoutTree(spans: readonly TreeSpan[], active: number): TreeLayout {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const origins = new Map(spans.map((span) => [span.id, originOf(span, byId)]));
  const ordered = inOrder(spans, origins);
  const rowOf = new Map(ordered.map((span, row) => [span.id, row]));
  const litTo = litSpans(active, byId, origins);
  const edges = ordered.flatMap((span, lower): TreeEdge[] => {
    const origin = origins.get(span.id) ?? null;
    if (origin === null) return [];
    return [{upper: rowOf.get(origin)!, lower, at: span.from, lit: litTo.has(span.id)}];
  });
  return {
    rows: ordered.map((span, row) => ({
      ...span,
      depth: depthOf(span, byId),
      descendants: descendantsOf(span.id, spans),
      litTo: litTo.get(span.id) ?? null,
      edges: edges.filter(({upper, lower}) => upper <= row && row <= lower)
    })),
    first: Math.min(...spans.map(({from}) => from), ordered[0]?.from ?? 0),
    last: Math.max(...spans.map((span) => span.to), 0)
  };
}

type ById = ReadonlyMap<number, TreeSpan>;
/** The branch that each one leaves; null for roots. */
type Origins = ReadonlyMap<number, number | null>;

/** The nearest ancestor that has a token of its own before the branch begins, or a root. */
function originOf(span: TreeSpan, byId: ById): number | null {
  let origin = parentOf(span, byId);
  while (origin && origin.from >= span.from && parentOf(origin, byId)) origin = parentOf(origin, byId);
  return origin?.id ?? null;
}

const parentOf = ({parent}: TreeSpan, byId: ById): TreeSpan | undefined =>
  parent === null ? undefined : byId.get(parent);

function inOrder(spans: readonly TreeSpan[], origins: Origins): readonly TreeSpan[] {
  const below = (origin: number | null): readonly TreeSpan[] =>
    spans
      .filter((span) => origins.get(span.id) === origin)
      .sort((a, b) => (origin === null ? 0 : b.from - a.from) || a.id - b.id)
      .flatMap((span) => [span, ...below(span.id)]);
  return below(null);
}

/** The branches on the way to the active one, with the position where each is left (or ends). */
function litSpans(active: number, byId: ById, origins: Origins): ReadonlyMap<number, number> {
  const lit = new Map<number, number>();
  let span = byId.get(active);
  let to = span?.to ?? 0;
  while (span) {
    lit.set(span.id, to);
    to = span.from;
    const origin: number | null = origins.get(span.id) ?? null;
    span = origin === null ? undefined : byId.get(origin);
  }
  return lit;
}

function depthOf(span: TreeSpan, byId: ById): number {
  let depth = 0;
  for (let above = parentOf(span, byId); above; above = parentOf(above, byId)) ++depth;
  return depth;
}

/** Ids of the branches made of a branch, and of those. */
export function descendantsOf(id: number, spans: readonly TreeSpan[]): readonly number[] {
  return spans
    .filter((span) => span.parent === id)
    .flatMap((child) => [child.id, ...descendantsOf(child.id, spans)]);
}
