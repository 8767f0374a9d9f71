import fc from "fast-check";
import {expect, it} from "vitest";
import {languages} from "../../app/i18n/strings.ts";
import {firstLooks, insideNames, themes} from "../../app/looks.ts";
import {isPrintable, printPlace, readPlace, type Place} from "../../app/url.ts";
import {
  branchRequest,
  changedSettings,
  defaultRequest,
  position,
  tokenId,
  type Branch,
  type Change,
  type Request
} from "../../engine/index.ts";
import {someStrategy} from "../engine/strategy/arbitraries.ts";
import {someWarper} from "../engine/warp/arbitraries.ts";

const usual = {branches: [], looks: firstLooks, language: "en", theme: "system"} as const;

const lab = (request: Partial<Request>, cursor = -1): Place => ({
  page: {name: "lab"},
  request: {...defaultRequest, ...request},
  cursor,
  ...usual
});

it("an empty address is the lab with the usual request, nothing run", () => {
  for (const hash of ["", "#", "#/", "#/lab"]) expect(readPlace(hash)).toEqual({...lab({}), problem: null});
});

it("writes only what differs, and the cursor", () => {
  expect(printPlace(lab({seed: 8}, 12))).toBe("#/lab?v=1&seed=8&at=12");
  expect(printPlace(lab({}))).toBe("#/lab?v=1");
});

it("the presenter's link holds the same, and whether it asks", () => {
  const present = (asking: boolean): Place => ({...lab({seed: 8}, 12), page: {name: "present", asking}});
  expect(printPlace(present(true))).toBe("#/present?v=1&seed=8&at=12&ask=1");
  expect(printPlace(present(false))).toBe("#/present?v=1&seed=8&at=12");
  for (const asking of [true, false])
    expect(readPlace(printPlace(present(asking)))).toEqual({...present(asking), problem: null});
});

const warperChains = fc.array(someWarper, {maxLength: 6});

const settings = {
  seed: fc.nat(),
  strategy: someStrategy,
  warpers: warperChains,
  maxNewTokens: fc.integer({min: 1, max: 5000}),
  maxLength: fc.option(fc.integer({min: 1, max: 5000})),
  stopStrings: fc.array(fc.constantFrom("\n", "#at=1", "?&%", "é", "%E0%A4%A", "12~force~3"), {maxLength: 3}),
  cache: fc.boolean()
};

const requests = fc
  .record({...settings, prompt: fc.string({unit: "grapheme", minLength: 1}).filter((s) => s.isWellFormed())})
  .map((some): Request => ({...defaultRequest, ...some}));

/** Branches in order of their places, as a session makes them: each changes its settings against its parent's. */
const chains = fc.array(
  fc.record({
    step: fc.nat(40),
    force: fc.option(fc.nat(4095)),
    settings: fc.record(settings, {requiredKeys: []})
  }),
  {maxLength: 5}
);

function branchesOf(root: Request, links: readonly Link[]): readonly Branch[] {
  let parent = root;
  let at = 8;
  return links.map(({step, force, settings: wished}) => {
    at += step + 1;
    const change: Change =
      force !== null
        ? {kind: "force", tokenId: tokenId(force)}
        : {kind: "settings", settings: changedSettings(parent, {...parent, ...defined(wished)})};
    const branch: Branch = {at: position(at), change};
    parent = branchRequest(parent, branch);
    return branch;
  });
}

type Link = {
  step: number;
  force: number | null;
  settings: {readonly [K in keyof Request]?: Request[K] | undefined};
};
const defined = (some: object) => Object.fromEntries(Object.entries(some).filter(([, v]) => v !== undefined));

const looks = fc.record({
  layer: fc.option(fc.nat(40)),
  head: fc.oneof(fc.constant("all" as const), fc.nat(12)),
  mergeStep: fc.option(fc.nat(99)),
  training: fc.option(fc.record({step: fc.option(fc.nat(999)), text: fc.option(fc.string())})),
  inside: fc.subarray([...insideNames]),
  tap: fc.option(fc.constantFrom("hook_embed", "blocks.3.attn.hook_rot_q")),
  matrix: fc.option(fc.constantFrom("model.layers.0.mlp/up_proj", "onnx::MatMul_12"))
});

it("reads what it wrote, for any session: request, branches, cursor, what is open, language, theme", () => {
  const sessions = fc.record({
    request: requests,
    links: chains,
    cursor: fc.integer({min: -1, max: 9999}),
    looks,
    language: fc.constantFrom(...Object.keys(languages)),
    theme: fc.constantFrom(...themes)
  });
  fc.assert(
    fc.property(sessions, ({links, ...rest}) => {
      const place: Place = {page: {name: "lab"}, ...rest, branches: branchesOf(rest.request, links)};
      expect(readPlace(printPlace(place))).toEqual({...place, problem: null});
    })
  );
});

it("reads what it wrote for a lesson", () => {
  for (const lesson of [null, "01-what", "a b/ü%"]) {
    const place: Place = {page: {name: "notebook", lesson}, request: defaultRequest, cursor: -1, ...usual};
    expect(readPlace(printPlace(place))).toEqual({...place, problem: null});
  }
});

it.each([
  ["#/lab?seed=many", /^The seed in the link, “many”, is not a whole number from 0 to 4,294,967,295$/],
  ["#/lab?max-new-tokens=0", /^The largest number of new tokens in the link, “0”, is not/],
  ["#/lab?max-length=long", /^The largest length in the link, “long”, is not/],
  ["#/lab?train=some", /^The merge of the training in the link, “some”, is not/],
  ["#/lab?warpers=topZ=1", /topZ/],
  ["#/lab?warpers=temperature=0", /temperature must be/],
  ["#/lab?v=7", /^The link could not be read: .+version 7/],
  ["#/lab?at=-3", /^The stage in the link, “-3”, is not a whole number from 0 to/],
  ["#/lab?prompt=", /empty/],
  ["#/lab?backend=abacus", /backend/],
  ["#/lab?branch=12", /a branch is written/],
  ["#/lab?branch=12~force~fox", /id/],
  ["#/lab?branch=12~set~v=1%26seed=minus", /^The seed in the link, “minus”, is not/],
  ["#/lab?layer=top", /^The layer in the link, “top”, is not/],
  ["#/lab?inside=soul", /inside must be one of/],
  ["#/lab?tap=a%20b", /tap must be/],
  ["#/lab?lang=xx", /lang must be one of/],
  ["#/lab?theme=pink", /theme must be one of/]
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
