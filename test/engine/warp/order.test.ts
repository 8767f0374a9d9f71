import {expect, it} from "vitest";
import {parseWarpers, softmax} from "../../../engine/index.ts";
import {apply, logitsOf} from "./apply.ts";

/** Worked by hand: the same settings in Hugging Face's order, and in that of an engine with temperature last. */
it.each([
  ["temperature=2,topP=0.8", [0.3806, 0.2407, 0.2085, 0.1702, 0]],
  ["topP=0.8,temperature=2", [0.4587, 0.2901, 0.2512, 0, 0]],
  ["temperature=0.5,topP=0.8", [0.8621, 0.1379, 0, 0, 0]],
  ["topP=0.8,temperature=0.5", [0.8, 0.128, 0.072, 0, 0]],
  ["topK=3,topP=0.8", [0.7143, 0.2857, 0, 0, 0]],
  ["topP=0.8,topK=3", [0.5882, 0.2353, 0.1765, 0, 0]]
])("%s makes %j of .5 .2 .15 .1 .05", (chain, expected) => {
  const warped = parseWarpers(chain).reduce(
    (logits, {name, params}) => apply(name, params, logits),
    logitsOf(0.5, 0.2, 0.15, 0.1, 0.05)
  );
  softmax(warped).forEach((p, id) => expect(p).toBeCloseTo(expected[id]!, 4));
});
