import fc from "fast-check";
import {expect, it} from "vitest";
import {isPrintable, printPlace, readPlace, type Place} from "../../app/url.ts";
import {defaultRequest, warper, warperNames, type Request} from "../../engine/index.ts";

const lab = (request: Partial<Request>, cursor = -1): Place => ({
  page: {name: "lab"},
  request: {...defaultRequest, ...request},
  cursor
});

it("an empty address is the lab with the usual request, nothing run", () => {
  for (const hash of ["", "#", "#/", "#/lab"]) expect(readPlace(hash)).toEqual({...lab({}), problem: null});
});

it("writes only what differs, and the cursor", () => {
  expect(printPlace(lab({seed: 8}, 12))).toBe("#/lab?v=1&seed=8&at=12");
  expect(printPlace(lab({}))).toBe("#/lab?v=1");
});

it("reads what it wrote, for any text and settings", () => {
  const requests = fc.record({
    prompt: fc.string({unit: "grapheme", minLength: 1}).filter((s) => s.isWellFormed()),
    seed: fc.nat(),
    warpers: fc.subarray([...warperNames]).map((names) => names.map((name) => warper(name, {}))),
    stopStrings: fc.array(fc.constantFrom("\n", "#at=1", "?&%", "é", "%E0%A4%A"), {maxLength: 3}),
    cache: fc.boolean()
  });
  fc.assert(
    fc.property(requests, fc.integer({min: -1, max: 9999}), (request, cursor) => {
      const place = lab(request, cursor);
      expect(readPlace(printPlace(place))).toEqual({...place, problem: null});
    })
  );
});

it("reads what it wrote for a lesson", () => {
  for (const lesson of [null, "01-what", "a b/ü%"]) {
    const place: Place = {page: {name: "notebook", lesson}, request: defaultRequest, cursor: -1};
    expect(readPlace(printPlace(place))).toEqual({...place, problem: null});
  }
});

it.each([
  ["#/lab?seed=many", /seed/],
  ["#/lab?warpers=topZ=1", /topZ/],
  ["#/lab?warpers=temperature=0", /temperature must be/],
  ["#/lab?v=7", /version 7/],
  ["#/lab?at=-3", /at must be/],
  ["#/lab?prompt=", /empty/],
  ["#/lab?backend=abacus", /backend/]
])("%s gives a sentence and the defaults", (hash, says) => {
  const place = readPlace(hash);
  expect(place.problem).toMatch(says);
  expect(place).toMatchObject({request: defaultRequest, cursor: -1});
});

it("never throws, whatever stands in the address", () => {
  fc.assert(fc.property(fc.string(), (text) => void readPlace(`#${text}`)));
});

it("a request that could not be read again is not put into a link", () => {
  expect(isPrintable(defaultRequest)).toBe(true);
  expect(isPrintable({...defaultRequest, prompt: ""})).toBe(false);
  expect(isPrintable({...defaultRequest, prompt: "\uD83D"})).toBe(false);
});
