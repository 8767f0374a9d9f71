import {describe, expect, it} from "vitest";
import {Queue} from "../../../engine/runtime/queue.ts";

describe("a queue", () => {
  it("runs one job at a time, in order, also after one that fails", async () => {
    const queue = new Queue();
    const seen: string[] = [];
    const job = (name: string, fails = false) =>
      queue.run(async () => {
        seen.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 2));
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const jobs = [job("a"), job("b", true), queue.run(() => "c")];
    const results = await Promise.allSettled(jobs);
    expect(results.map(({status}) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });
});
