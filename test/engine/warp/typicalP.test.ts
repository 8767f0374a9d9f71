import fc from "fast-check";
import {expect, it} from "vitest";
import {softmax} from "../../../engine/index.ts";
import {apply, kept, logitsOf} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it.each([
  [[0.97, 0.01, 0.01, 0.01], [0]],
  [
    [0.4, 0.2, 0.2, 0.2],
    [1, 2, 3]
  ]
])("at .5, of %j keeps the ids %j (Hugging Face's own tests)", (probabilities, expected) => {
  expect(kept(apply("typicalP", 0.5, logitsOf(...probabilities)))).toEqual(expected);
});

it("the token that crosses the mass stays; the most probable may go", () => {
  // H = 1.333 nats; distances from it: .2 -> .276, .15 -> .564, .5 -> .640, .1 -> .969, .05 -> 1.663
  const logits = logitsOf(0.5, 0.2, 0.15, 0.1, 0.05);
  const at = (mass: number) => kept(apply("typicalP", mass, logits));
  expect(at(0.1)).toEqual([1]);
  expect(at(0.3)).toEqual([1, 2]);
  expect(at(0.75)).toEqual([0, 1, 2]);
  expect(at(0.9)).toEqual([0, 1, 2, 3]);
  expect(at(0.99)).toEqual([0, 1, 2, 3, 4]);
});

it("keeps equals together, and at least m", () => {
  expect(kept(apply("typicalP", 0.1, Float32Array.of(0, 0, 0)))).toEqual([0, 1, 2]);
  expect(kept(apply("typicalP", {mass: 0.1, keep: 2}, logitsOf(0.5, 0.2, 0.15, 0.1, 0.05)))).toEqual([1, 2]);
});

it("1 is off, also where probabilities are too small for float32", () => {
  const logits = Float32Array.of(0, -300, -Infinity);
  expect([...apply("typicalP", 1, logits)]).toEqual([...logits]);
});

it("keeps at least the mass, and a larger mass keeps more", () => {
  const mass = fc.double({min: 0.05, max: 0.95, noNaN: true});
  fc.assert(
    fc.property(someLogits, mass, mass, (logits, a, b) => {
      const few = kept(apply("typicalP", Math.min(a, b), logits));
      const probabilities = softmax(logits);
      expect(few.reduce((sum, id) => sum + probabilities[id]!, 0)).toBeGreaterThan(Math.min(a, b) - 1e-5);
      expect(kept(apply("typicalP", Math.max(a, b), logits))).toEqual(expect.arrayContaining([...few]));
    })
  );
});
