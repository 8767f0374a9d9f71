import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {TapMemory} from "../../../engine/runtime/tapMemory.ts";

/** A tap of so many bytes. */
const tap = (name: string, bytes: number) => ({name, shape: [bytes / 4], data: new Float32Array(bytes / 4)});

describe("the memory of taps", () => {
  it("holds 64 MB unless told otherwise", () => {
    expect(new TapMemory().limit).toBe(64 * 1024 * 1024);
  });

  it("lets the least recently used go first; looking is use", () => {
    const memory = new TapMemory(100);
    for (const name of ["a", "b", "c"]) memory.set(name, tap(name, 32));
    expect(memory.get("a")?.name).toBe("a");
    memory.set("d", tap("d", 32));
    expect(["a", "b", "c", "d"].filter((key) => memory.get(key))).toEqual(["a", "c", "d"]);
    expect(memory.bytes).toBe(96);
  });

  it("does not keep what is larger than the whole, and lets nothing go for it", () => {
    const memory = new TapMemory(100);
    memory.set("a", tap("a", 40));
    memory.set("b", tap("b", 104));
    expect([memory.get("a")?.name, memory.get("b"), memory.bytes]).toEqual(["a", undefined, 40]);
  });

  it("counts what is put twice once", () => {
    const memory = new TapMemory(100);
    memory.set("a", tap("a", 40));
    memory.set("a", tap("a", 60));
    expect(memory.bytes).toBe(60);
  });

  it("holds no more than its limit, and what was put last unless that alone is more", () => {
    const puts = fc.array(
      fc.record({key: fc.constantFrom(..."abcdef"), size: fc.integer({min: 1, max: 30})})
    );
    fc.assert(
      fc.property(puts, (list) => {
        const memory = new TapMemory(100);
        for (const {key, size} of list) {
          memory.set(key, tap(key, 4 * size));
          expect(memory.bytes).toBeLessThanOrEqual(100);
          expect(memory.get(key)?.data.length).toBe(4 * size <= 100 ? size : undefined);
        }
        const held = [..."abcdef"].reduce((sum, key) => sum + (memory.get(key)?.data.byteLength ?? 0), 0);
        expect(memory.bytes).toBe(held);
      })
    );
  });
});
