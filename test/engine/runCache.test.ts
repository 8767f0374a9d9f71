import {describe, expect, it} from "vitest";
import {RunCache, tokenId} from "../../engine/index.ts";
import {causalInput, causalInputs} from "../../engine/stages.ts";
import {hashed, scriptedDecoder} from "./scriptedDecoder.ts";

const ids = (...numbers: readonly number[]) => numbers.map(tokenId);

async function read(cache: RunCache, sequence: readonly number[]): Promise<void> {
  cache.take((await cache.decoder.forward(causalInput(ids(...sequence), cache.past))).past);
}

describe("RunCache", () => {
  it("frees those beside it, and theirs, with itself", async () => {
    const decoder = scriptedDecoder(hashed());
    const other = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, true);
    await read(cache, [1, 2]);
    const fork = cache.fork();
    await read(fork, [1, 2, 3]);
    const draft = cache.beside(other, "draft");
    await read(draft, [1, 2]);
    await read(draft.fork(), [1, 2, 5]);
    expect(cache.inLane("draft")).toBe(draft);
    expect(fork.inLane("draft")).toBeNull();
    cache.free();
    expect([decoder.counts.caches, other.counts.caches]).toEqual([0, 0]);
    cache.free();
    expect(decoder.counts.caches).toBe(0);
  });

  it("a fork leaves it as it was, also where the fork grows in place", async () => {
    const decoder = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, true);
    await read(cache, [1, 2]);
    const fork = cache.fork();
    await read(fork, [1, 2, 3]); // at the tip: the same cache, longer
    expect(fork.past!.cache).toBe(cache.past!.cache);
    expect([cache.past!.length, fork.past!.length]).toEqual([2, 3]);
    const sides = [ids(1, 2, 3, 4), ids(1, 2, 3, 5)];
    fork.take((await decoder.forward(causalInputs(sides, fork.past, [0, 0]))).past);
    expect(decoder.counts.caches).toBe(2);
    fork.free();
    expect(decoder.counts.caches).toBe(1);
    cache.free();
    expect(decoder.counts.caches).toBe(0);
  });

  it("counts the passes of all of them in one row", () => {
    const cache = new RunCache(scriptedDecoder(hashed()), true);
    const draft = cache.beside(scriptedDecoder(hashed()), "draft");
    expect([cache.countPass(), draft.countPass(), cache.fork().countPass()]).toEqual([1, 2, 3]);
    expect([cache.passes, draft.passes]).toEqual([3, 3]);
  });

  it("rolls back, and goes on from there in a cache of its own", async () => {
    const decoder = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, true);
    await read(cache, [1, 2, 3, 4]);
    cache.cut(9);
    expect(cache.past!.length).toBe(4);
    cache.cut(2);
    await read(cache, [1, 2, 5]);
    expect(decoder.inputs.at(-1)!.tokenIds).toEqual([5]);
    expect(decoder.counts).toMatchObject({caches: 1, forks: 1});
    cache.free();
    expect(decoder.counts.caches).toBe(0);
  });

  it("switched off holds nothing, nor do those beside it", async () => {
    const decoder = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, false);
    await read(cache, [1, 2]);
    await read(cache.fork(), [1, 2, 3]);
    expect(cache.past).toBeNull();
    expect(decoder.counts.caches).toBe(0);
  });

  it("that holds several sequences is not shared with a branch", async () => {
    const decoder = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, true);
    cache.take((await decoder.forward(causalInputs([ids(1, 2), ids(1, 3)], null))).past);
    expect(cache.branch(2, true, 1).past).toBeNull();
    cache.free();
    expect(decoder.counts.caches).toBe(0);
  });
});
