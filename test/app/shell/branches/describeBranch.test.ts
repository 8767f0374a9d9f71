import {expect, it} from "vitest";
import {en} from "../../../../app/i18n/en/index.ts";
import {changeSaid, nameBeside, nameDrawn, nameSpoken} from "../../../../app/shell/branches/branchName.tsx";
import {changedParts, partsApart, textAfter} from "../../../../app/shell/branches/describeBranch.ts";
import type {BranchNode} from "../../../../app/tree.ts";
import {movedInGrid} from "../../../../app/shell/branches/useGridRoving.ts";
import {position, strategy, tokenId, warper, type Request} from "../../../../engine/index.ts";
import {branchOf, force, madeTree, oddTree, request, until, vocabulary} from "./madeTree.ts";

const words = en.branches;
const said = (change: Partial<Request>) =>
  changedParts(request, {...request, ...change}).map((part) =>
    words.part(part, request, {...request, ...change})
  );

it("names branches by what changed", async () => {
  const nodes = await madeTree();
  expect(nodes.map((node) => nameSpoken(node, nodes, vocabulary, words))).toEqual([
    "“Once upon a little”",
    "␣fox instead of ␣boy at position 4",
    "temperature 0.8 → 1.6, top-k 40 → off, from position 8",
    "␣saw instead of ␣loved at position 6"
  ]);
  const short = [until(nodes[0]!, 5), nodes[1]!];
  expect(nameSpoken(nodes[1]!, short, vocabulary, words)).toBe("␣fox at position 4");
});

it("says which branches came and which went", async () => {
  const nodes = await madeTree();
  const fewer = nodes.slice(0, 2);
  expect(changeSaid(nodes.slice(0, 1), fewer, vocabulary, words)).toBe(
    "Added: ␣fox instead of ␣boy at position 4."
  );
  expect(changeSaid(nodes, fewer, vocabulary, words)).toBe(
    "Taken away: temperature 0.8 → 1.6, top-k 40 → off, from position 8. Taken away: ␣saw instead of ␣loved at position 6."
  );
});

it("says each setting that changed, from and to", () => {
  expect(said({})).toEqual([]);
  expect(said({seed: 9, cache: false})).toEqual(["seed 7 → 9", "KV cache on → off"]);
  expect(said({strategy: {name: "greedy"}})).toEqual(["strategy sampling → greedy"]);
  expect(said({warpers: [...request.warpers].reverse()})).toEqual(["order of the warpers"]);
  const [first, ...others] = request.warpers;
  expect(said({warpers: [...others, {...first!, params: {temperature: 1.5}}]})).toHaveLength(2);
  expect(said({warpers: [warper("repetitionPenalty", 1.2), ...request.warpers]})).toEqual([
    "repetition penalty off → 1.2"
  ]);
  expect(said({stopStrings: ["\n"], maxLength: 1000, maxNewTokens: 48})).toEqual([
    "new tokens at most 16 → 48",
    "tokens in all at most no limit → 1,000",
    "stop strings none → “↵”"
  ]);
});

it("names two runs side by side by the settings that set them apart", async () => {
  const beams: Request = {...request, strategy: strategy("beam", {numBeams: 4})};
  const [first, ...others] = request.warpers;
  const cold: Request = {...request, seed: 9, warpers: [{...first!, params: {temperature: 0.3}}, ...others]};
  const named = (one: Request, other: Request) =>
    partsApart(one, other).map((part) => words.standsAt(part, one, other));
  expect(named(beams, request)).toEqual(["beam search, width 4"]);
  expect(named(request, beams)).toEqual(["sampling"]);
  expect(named(cold, request)).toEqual(["temperature 0.3", "seed 9"]);
  expect(named(request, cold)).toEqual(["temperature 0.8", "seed 7"]);
  expect(named({...request, warpers: [...request.warpers].reverse()}, request)).toEqual([
    "top-p, top-k, temperature"
  ]);
  const forced = [{position: position(4), tokenId: tokenId(1)}];
  expect(partsApart(request, {...beams, forced})).toEqual([]);
  expect(partsApart(request, request)).toEqual([]);
});

it("names them by what they are where tokens set them apart, and says from where on a setting holds", async () => {
  const nodes = await madeTree();
  const [root, fox, hot] = nodes as [BranchNode, BranchNode, BranchNode];
  const named = (one: BranchNode, other: BranchNode) => nameBeside(one, other, nodes, vocabulary, words);
  expect(named(fox, root)).toEqual(nameDrawn(fox, nodes, vocabulary, words));
  expect(named(hot, root)).toEqual(["temperature 1.6, top-k off, from position 8"]);
  expect(named(root, hot)).toEqual(["temperature 0.8, top-k 40"]);
});

it("names a branch by its strategy and the first parameter; in full in the table, and where that tells nothing", () => {
  const beams = (lengthPenalty: number): Request => ({
    ...request,
    strategy: strategy("beam", {numBeams: 4, lengthPenalty})
  });
  const greedy: Request = {...request, strategy: {name: "greedy"}};
  expect(words.partInName("strategy", beams(0.6), greedy)).toBe("beam search, width 4 → greedy");
  expect(words.part("strategy", beams(0.6), greedy)).toContain("length penalty 0.6");
  expect(words.partInName("strategy", beams(0.6), beams(1))).toMatch(/length penalty 0\.6.+ → .+penalty 1,/);
  expect(words.partInName("seed", request, {...request, seed: 9})).toBe("seed 7 → 9");
});

it("counts what was generated where two runs are the same, and says “so far” only before their ends", () => {
  const {same} = words.compare;
  expect(same(10, true)).toBe("All 10 generated tokens are the same.");
  expect(same(1, true)).toBe("The generated token is the same.");
  expect(same(3, false)).toBe("The 3 tokens generated so far are the same.");
  expect(same(0, false)).toBe("Neither has generated a token yet.");
});

it("tells the text after the change, and bytes of a character that is not whole yet", async () => {
  const [root] = await oddTree();
  const at = root!.trace.find((event) => event.stage === "tokenize")!.tokenIds.length;
  const half = await branchOf(root!, 1, at, force(0xf0));
  const shown = half.trace.findIndex((event, i) => i >= half.shared && event.stage === "detokenize");
  expect(textAfter(until(half, shown + 1), half.shared)).toEqual({text: "", tail: [0xf0, 0x9f]});
  expect(textAfter(until(half, half.shared), half.shared)).toEqual({text: "", tail: []});
});

it("arrow keys walk the tokens of both runs over empty places", () => {
  const cells = [
    [true, true],
    [true, false],
    [true, true]
  ];
  expect(movedInGrid("ArrowDown", [0, 1], cells)).toEqual([2, 1]);
  expect(movedInGrid("ArrowRight", [1, 0], cells)).toBeUndefined();
  expect(movedInGrid("End", [0, 0], cells)).toEqual([2, 0]);
  expect(movedInGrid("Home", [2, 1], cells)).toEqual([0, 1]);
  expect(movedInGrid("a", [0, 0], cells)).toBeUndefined();
});
