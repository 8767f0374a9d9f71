import {expect, it} from "vitest";
import {en} from "../../../../app/i18n/en/index.ts";
import {changeSaid, nameSpoken} from "../../../../app/shell/branches/branchName.tsx";
import {areStrategiesApart, changedParts, textAfter} from "../../../../app/shell/branches/describeBranch.ts";
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

it("names runs by their strategy where that is all that differs", () => {
  const beams = {...request, strategy: strategy("beam", {numBeams: 4})};
  expect(areStrategiesApart(request, beams)).toBe(true);
  expect(areStrategiesApart(request, {...beams, seed: 9})).toBe(false);
  const forced = [{position: position(4), tokenId: tokenId(1)}];
  expect(areStrategiesApart(request, {...beams, forced})).toBe(false);
  expect(areStrategiesApart(request, request)).toBe(false);
  expect(words.compare.byStrategy(beams.strategy)).toBe("beam search, width 4");
  expect(words.compare.byStrategy({name: "greedy"})).toBe("greedy");
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
