import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  added,
  changed,
  keysOf,
  moved,
  placeOfAdded,
  presetOf,
  removed,
  sameChain,
  usualSpec
} from "../../../../app/shell/chain/chainEdits.ts";
import {warperGroups} from "../../../../app/shell/chain/warperGroups.ts";
import {
  checkWarper,
  defaultRequest,
  preset,
  presetNames,
  warper,
  warperNames,
  type WarperSpec
} from "../../../../engine/index.ts";
import {someWarper} from "../../../engine/warp/arbitraries.ts";

const {warpers: usual} = defaultRequest;
const names = (chain: readonly WarperSpec[]) => chain.map(({name}) => name);

describe("a chain", () => {
  it("takes a warper at its usual place, with a usual value", () => {
    const chain = added(usual, "repetitionPenalty");
    expect(names(chain)).toEqual(["repetitionPenalty", "temperature", "topK", "topP"]);
    expect(names(added(removed(chain, 2), "topK"))).toEqual(names(chain));
    expect(placeOfAdded(usual, "repetitionPenalty")).toBe(0);
    expect(placeOfAdded(usual, "minP")).toBe(3);
    expect(placeOfAdded(usual, "topK")).toBe(2); // a second one, after the first
    for (const name of warperNames) expect(() => checkWarper(usualSpec(name))).not.toThrow();
  });

  it("leaves an order of the reader's own alone", () => {
    const own = [warper("topP", 0.9), warper("temperature", 2)];
    expect(names(added(own, "topK"))).toEqual(["topK", "topP", "temperature"]);
    expect(changed(own, 0, warper("topP", 0.5))).toEqual([warper("topP", 0.5), warper("temperature", 2)]);
  });

  it("moves a warper to a place, beyond the ends to the end", () => {
    const chain = added(usual, "minP");
    expect(names(moved(chain, 0, 2))).toEqual(["topK", "topP", "temperature", "minP"]);
    expect(names(moved(chain, 3, 1))).toEqual(["temperature", "minP", "topK", "topP"]);
    expect(names(moved(chain, 0, Infinity))).toEqual(["topK", "topP", "minP", "temperature"]);
    expect(names(moved(chain, 2, -1))).toEqual(["topP", "temperature", "topK", "minP"]);
    expect(moved(chain, 0, -1)).toEqual(chain);
  });

  it("moved there and back is the same, and nobody is lost", () => {
    const chains = fc.array(someWarper, {minLength: 1, maxLength: 6});
    fc.assert(
      fc.property(chains, fc.nat(5), fc.nat(5), (chain, a, b) => {
        const [from, to] = [a % chain.length, b % chain.length];
        const there = moved(chain, from, to);
        expect(there[to]).toBe(chain[from]);
        expect(moved(there, to, from)).toEqual(chain);
        expect(new Set(keysOf(there))).toEqual(new Set(keysOf(chain)));
        expect(new Set(keysOf(chain)).size).toBe(chain.length);
      })
    );
  });

  it("knows which engine would run it just so", () => {
    expect(presetOf(usual)).toBe("HF");
    expect(presetOf([])).toBe("HF");
    for (const name of presetNames) {
      const {warpers} = preset(name, usual);
      expect(sameChain(preset(presetOf(warpers)!, warpers).warpers, warpers)).toBe(true);
    }
    expect(presetOf(preset("llama.cpp", usual).warpers)).toBe("llama.cpp");
    expect(presetOf([warper("topP", 0.9), warper("temperature", 2)])).toBeNull();
    expect(presetOf([warper("topK", 5), warper("topK", 5)])).toBeNull();
  });
});

it("the menu has every warper once", () => {
  expect(warperGroups.flatMap((group) => group.names).toSorted()).toEqual([...warperNames].toSorted());
});
