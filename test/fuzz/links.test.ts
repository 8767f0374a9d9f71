import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {printPlace, readPlace} from "../../app/url.ts";
import {
  checkRequest,
  defaultRequest,
  InvalidRequest,
  parseBranch,
  parseRequest,
  parseWarpers,
  printBranch,
  printRequest,
  printWarpers,
  warperNames
} from "../../engine/index.ts";
import {hostileText} from "./arbitraries.ts";
import {check, orRefused} from "./check.ts";

const KEYS = ["v", "prompt", "model", "seed", "warpers", "strategy", "max-new-tokens", "max-length", "stop"];
const MORE_KEYS = [
  "cache",
  "backend",
  "forced",
  "branch",
  "at",
  "lang",
  "theme",
  "layer",
  "head",
  "inside",
  "tap"
];
const key = fc.oneof(
  {weight: 6, arbitrary: fc.constantFrom(...KEYS, ...MORE_KEYS)},
  {weight: 1, arbitrary: hostileText}
);
const chain = fc
  .array(
    fc.tuple(
      fc.constantFrom(...warperNames, "toString"),
      fc.oneof(hostileText, fc.constantFrom("5 17", "5:2 17:-1", "3:last:9", "0.5:descending:2", "%0A %22"))
    )
  )
  .map((parts) => parts.map(([name, value]) => `${name}=${value}`).join(","));
const branch = fc
  .tuple(
    fc.nat(600),
    fc.constantFrom("force", "set", "fork"),
    fc.oneof(hostileText, fc.nat(9999).map(String))
  )
  .map((parts) => parts.join("~"));
const usual = fc.constantFrom(
  "1",
  "7",
  "0.9",
  "on",
  "off",
  "greedy",
  "beam:4:0.6:never",
  "beam:2",
  "wasm",
  "topK=5,topP=0.9",
  "12:34",
  "en",
  "dark"
);
const value = fc.oneof(usual, hostileText, chain, branch);
const pairs = fc.array(fc.tuple(key, value), {maxLength: 6});

/** A query as a browser writes it, or as somebody typed it. */
const queries = fc.oneof(
  pairs.map((some) => new URLSearchParams(some as [string, string][]).toString()),
  pairs.map((some) => some.map(([name, text]) => `${name}=${text}`).join("&")),
  fc.string()
);

describe("the request of a link", () => {
  it("is read or refused; what was read is valid, and reads the same when written again", () =>
    check(queries, (query) => {
      const request = orRefused(() => parseRequest(query), InvalidRequest);
      if (!request) return;
      checkRequest(request);
      expect(parseRequest(printRequest(request))).toEqual(request);
    }));

  it("has a chain of warpers that is read or refused, and reads the same again", () =>
    check(fc.oneof(chain, hostileText), (text) => {
      const warpers = orRefused(() => parseWarpers(text), InvalidRequest);
      if (warpers) expect(parseWarpers(printWarpers(warpers))).toEqual(warpers);
    }));
});

it("a branch is read or refused, and reads the same again", () =>
  check(
    fc.oneof(
      branch,
      hostileText,
      queries.map((query) => `9~set~${query}`)
    ),
    (text) => {
      const read = orRefused(() => parseBranch(defaultRequest, text), InvalidRequest);
      if (read) expect(parseBranch(defaultRequest, printBranch(defaultRequest, read))).toEqual(read);
    }
  ));

const paths = fc.oneof(
  fc.constantFrom("lab", "notebook", "notebook/01", "notebook/%E0%A4%A", ""),
  hostileText
);

it("an address is a place, with a sentence where something could not be read, and the place has an address", () =>
  check(fc.tuple(paths, queries), ([path, query]) => {
    const {problem, ...place} = readPlace(`#/${path}?${query}`);
    if (problem !== null) expect(place.request).toEqual(defaultRequest);
    else expect(readPlace(printPlace(place))).toMatchObject({page: place.page, problem: null});
  }));
