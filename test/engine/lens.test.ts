import {describe, expect, it} from "vitest";
import {lensOf} from "../../engine/lens.ts";

const names = ["hook_embed", "blocks.0.hook_resid_post"];
const ln = Math.log;

/** Two layers, two positions, a vocabulary of three; logits are logarithms, so that probabilities are round. */
const early = Float32Array.of(ln(2), ln(1), ln(1), ln(1), ln(4), ln(5));
const late = Float32Array.of(ln(1), ln(1), ln(8), ln(7), ln(2), ln(1));

describe("lensOf", () => {
  const {cells} = lensOf(names, [early, late], 3, 2);
  it("softmaxes each row over the whole vocabulary and names the best tokens, most probable first", () => {
    expect(cells.map((layer) => layer.map(({top}) => top.map(({tokenId}) => tokenId)))).toEqual([
      [
        [0, 1],
        [2, 1]
      ],
      [
        [2, 0],
        [0, 1]
      ]
    ]);
    expect(cells[0]![0]!.top[0]!.probability).toBeCloseTo(0.5, 6);
    expect(cells[0]![1]!.top.map(({probability}) => probability)[0]).toBeCloseTo(0.5, 6);
    expect(cells[1]![1]!.top[0]!.probability).toBeCloseTo(0.7, 6);
  });
  it("follows, at each position, what the last layer finds most probable", () => {
    expect(cells.map((layer) => layer.map(({winnerRank}) => winnerRank))).toEqual([
      [3, 3],
      [1, 1]
    ]);
    expect(cells[0]![0]!.winnerProbability).toBeCloseTo(0.25, 6);
    expect(cells[0]![1]!.winnerProbability).toBeCloseTo(0.1, 6);
  });
  it("gives the entropy in bits", () => {
    expect(cells[0]![0]!.entropy).toBeCloseTo(1.5, 5);
  });
  it("breaks ties by id and names no more tokens than there are", () => {
    const [[cell]] = lensOf(["hook_embed"], [new Float32Array(3)], 3, 5).cells as [[(typeof cells)[0][0]]];
    expect(cell!.top.map(({tokenId}) => tokenId)).toEqual([0, 1, 2]);
    expect(cell!.winnerRank).toBe(1);
  });
  it("keeps names and order", () => {
    expect(lensOf(names, [early, late], 3).names).toEqual(names);
  });
  it("reads 7 layers of 100 positions over 4,096 tokens while one waits", () => {
    const layer = Float32Array.from({length: 100 * 4096}, (_, i) => 8 * Math.sin(i * 1.7));
    const from = performance.now();
    lensOf(
      Array.from({length: 7}, (_, i) => `${i}`),
      Array.from({length: 7}, () => layer),
      4096
    );
    const ms = performance.now() - from;
    expect(ms).toBeLessThan(2000);
  });
});
