import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {layoutTree, type TreeSpan} from "../../../../app/shell/branches/layoutTree.ts";

const span = (id: number, parent: number | null, from: number, to = 20): TreeSpan => ({id, parent, from, to});
const order = (spans: readonly TreeSpan[], active = 0) => layoutTree(spans, active).rows.map(({id}) => id);

describe("layoutTree()", () => {
  it("of one run is one row without lines down", () => {
    const {rows, first, last} = layoutTree([span(0, null, 4, 12)], 0);
    expect(rows).toEqual([{...span(0, null, 4, 12), depth: 0, descendants: [], litTo: 12, edges: []}]);
    expect([first, last]).toEqual([4, 12]);
  });

  it("of nothing is nothing", () => {
    expect(layoutTree([], -1)).toEqual({rows: [], first: 0, last: 0});
  });

  it("puts below a branch those that left it, the latest first, ties by id", () => {
    const spans = [span(0, null, 4), span(1, 0, 6), span(2, 0, 9), span(3, 1, 8), span(4, 0, 9)];
    expect(order(spans)).toEqual([0, 2, 4, 1, 3]);
  });

  it("lets a branch leave the ancestor that the token before it was shared with", () => {
    const spans = [span(0, null, 4), span(1, 0, 9), span(2, 1, 6), span(3, 1, 9)];
    const {rows} = layoutTree(spans, 2);
    expect(rows.map(({id}) => id)).toEqual([0, 1, 3, 2]);
    const edges = rows[0]!.edges.map(({upper, lower, at}) => [upper, lower, at]);
    expect(edges).toEqual([
      [0, 1, 9],
      [0, 2, 9],
      [0, 3, 6]
    ]);
    expect(rows.map(({depth}) => depth)).toEqual([0, 1, 2, 2]);
    expect(rows[1]!.descendants).toEqual([2, 3]);
  });

  it("lights the way from the root to the active branch", () => {
    const spans = [span(0, null, 4), span(1, 0, 6), span(2, 1, 9, 15), span(3, 0, 8)];
    const lit = new Map(layoutTree(spans, 2).rows.map(({id, litTo}) => [id, litTo]));
    expect([0, 1, 2, 3].map((id) => lit.get(id))).toEqual([6, 9, 15, null]);
  });

  it("never lets a line down cross another branch, and shows each once", () => {
    const anyTree = fc
      .array(fc.record({parent: fc.nat(), from: fc.integer({min: 4, max: 19})}), {maxLength: 20})
      .map((made) => [
        span(0, null, 4),
        ...made.map(({parent, from}, i) => span(i + 1, parent % (i + 1), from))
      ]);
    fc.assert(
      fc.property(anyTree, (spans) => {
        const {rows} = layoutTree(spans, 0);
        expect(rows.map(({id}) => id).sort((a, b) => a - b)).toEqual(spans.map(({id}) => id));
        rows.forEach((row, index) => {
          for (const {upper, lower, at} of row.edges)
            if (upper < index && index < lower) expect(at).toBeLessThanOrEqual(row.from);
        });
      })
    );
  });
});
