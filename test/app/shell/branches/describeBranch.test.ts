import {expect, it} from "vitest";
import {en} from "../../../../app/i18n/en/index.ts";
import {nameSpoken} from "../../../../app/shell/branches/branchName.tsx";
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
    "temperature 0.8 → 1.6, top-k 40 → off from position 8",
    "␣saw instead of ␣loved at position 6"
  ]);
  const short = [until(nodes[0]!, 5), nodes[1]!];
  expect(nameSpoken(nodes[1]!, short, vocabulary, words)).toBe("␣fox at position 4");
});

it("says each setting that changed, from and to", () => {
  expect(said({})).toEqual([]);
  expect(said({seed: 9, cache: false})).toEqual(["seed 7 → 9", "KV cache on → off"]);
  expect(said({strategy: {name: "greedy"}})).toEqual(["strategy sampling → greedy"]);
  expect(said({warpers: [...request.warpers].reverse()})).toEqual(["order of the warpers"]);
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
