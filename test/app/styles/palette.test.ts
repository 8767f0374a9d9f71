import {readdirSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {describe, expect, it} from "vitest";
import {denseShare} from "../../../app/draw/colour.ts";
import {contrast, deltaE, labOf, linear, mix, seenWith, visions} from "./colour.ts";

const app = resolve(import.meta.dirname, "../../../app");
const css = readFileSync(resolve(app, "styles/tokens.css"), "utf8");
const [light = "", darkByMedia = "", darkByChoice = ""] = css.split(
  /@media \(prefers-color-scheme: dark\)|:root\[data-theme="dark"\]/
);

/** The declarations of a block, without their comments, in their order. */
const declared = (block: string): readonly (readonly [string, string])[] =>
  [...block.slice(0, block.indexOf("}")).matchAll(/--([\w-]+): ([^;]+);/g)].map((m) => [m[1]!, m[2]!]);

const lightTokens = Object.fromEntries(declared(light));
const themes = {light: lightTokens, dark: {...lightTokens, ...Object.fromEntries(declared(darkByChoice))}};
type Theme = Readonly<Record<string, string>>;

const isColour = (value: string) => /^#[0-9a-f]{6}$/.test(value);
const colour = (theme: Theme, name: string) => {
  expect(theme[name], `--${name}`).toMatch(/^#[0-9a-f]{6}$/);
  return linear(theme[name]!);
};

const GROUNDS = "paper surface sunken";

/** What is written in each colour, and on what: WCAG 2.2, 1.4.3. */
const TEXT: Readonly<Record<string, string>> = {
  ink: `${GROUNDS} cpu-tint gpu-tint prompt-tint kept-tint removed-tint`,
  "ink-2": `${GROUNDS} cpu-tint gpu-tint removed-tint`,
  "ink-3": `${GROUNDS} cpu-tint gpu-tint`,
  cpu: `${GROUNDS} cpu-tint`,
  gpu: `${GROUNDS} gpu-tint`,
  prompt: `${GROUNDS} prompt-tint`,
  drawn: `${GROUNDS} drawn-tint`,
  kept: `${GROUNDS} kept-tint`,
  query: `${GROUNDS} query-tint`,
  key: `${GROUNDS} key-tint`,
  value: `${GROUNDS} value-tint`,
  "on-fill": "ink ink-2 cpu gpu drawn kept",
  "on-guess": "guess"
};

/** Marks, outlines of controls, the focus: 1.4.11. Hairlines part things that are apart anyway. */
const MARKS: Readonly<Record<string, string>> = {
  line: "paper surface",
  removed: "paper surface",
  focus: `${GROUNDS} cpu-tint gpu-tint`,
  kept: `paper surface removed-tint`,
  cpu: "cpu-tint",
  gpu: "gpu-tint",
  drawn: "cpu-tint paper surface"
};

/**
 * Colours that meet in one figure and mean different things. Beyond 10 most people see two colours at a glance; where
 * they are nearer, what else tells them apart stands beside them.
 */
const APART: readonly (readonly [a: string, b: string, least: number, also: string])[] = [
  ["cpu", "gpu", 30, ""],
  ["cpu", "drawn", 10, ""],
  ["gpu", "drawn", 20, ""],
  ["prompt", "drawn", 12, ""],
  ["kept", "removed", 15, ""],
  ["kept", "drawn", 25, ""],
  ["key", "value", 15, ""],
  ["key", "removed", 12, ""],
  ["value", "removed", 12, ""],
  ["query", "key", 8, "K stands beside its rows; queries are drawn in panels of their own"],
  ["query", "value", 25, ""],
  ["query", "drawn", 10, ""],
  ["drawn", "removed", 9, "what is removed is hatched"],
  ["cpu", "kept", 30, ""],
  ["gpu", "kept", 6, "lanes are rules and tints, probability is bars"],
  ["guess", "kept", 30, ""],
  ["guess", "drawn", 20, ""],
  ["guess", "cpu", 9, "a guess has an outline of ink"],
  ["drawn", "ink", 12, ""]
];

/** Ink on shades of a hue, and the share at which the shade is strongest. */
const RAMPS: readonly (readonly [hue: string, share: number | "ramp-top", what: string])[] = [
  ["query", "ramp-top", "attention"],
  ["kept", 0.5, "the bar of the draw, the lens"]
];

describe.each(Object.entries(themes))("%s", (_, theme) => {
  const pairs = (table: Readonly<Record<string, string>>) =>
    Object.entries(table).flatMap(([name, grounds]) =>
      grounds.split(" ").map((ground) => [name, ground] as const)
    );

  it.each(pairs(TEXT))("--%s can be read on --%s", (text, ground) => {
    expect(contrast(colour(theme, text), colour(theme, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(MARKS))("--%s can be seen on --%s", (mark, ground) => {
    expect(contrast(colour(theme, mark), colour(theme, ground))).toBeGreaterThanOrEqual(3);
  });

  it.each(RAMPS)("ink can be read on every shade of --%s up to %s: %s", (hue, top) => {
    const most = top === "ramp-top" ? parseFloat(theme["ramp-top"]!) / 100 : top;
    for (let share = 0; share <= most; share += 0.01) {
      const shade = mix(colour(theme, hue), share, colour(theme, "surface"));
      expect(contrast(colour(theme, "ink"), shade), String(share)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("a twentieth of the attention stands out in a dense map more than its mask does", () => {
    const surface = colour(theme, "surface");
    const cell = mix(colour(theme, "query"), denseShare(0.05), surface);
    expect(contrast(cell, surface)).toBeGreaterThan(contrast(colour(theme, "hairline"), surface));
  });

  it.each(APART)("--%s is not --%s, for any eyes", (a, b, least, also) => {
    for (const vision of visions) {
      const [seenA, seenB] = [a, b].map((name) => labOf(seenWith(vision, colour(theme, name))));
      expect(deltaE(seenA!, seenB!), vision).toBeGreaterThanOrEqual(least);
    }
    expect(least >= 10 || also !== "", "what else tells them apart").toBe(true);
  });
});

it("every colour of the palette is held against something", () => {
  const named = [TEXT, MARKS].flatMap((table) => [
    ...Object.keys(table),
    ...Object.values(table).flatMap((grounds) => grounds.split(" "))
  ]);
  const colours = Object.entries(lightTokens).flatMap(([name, value]) => (isColour(value) ? [name] : []));
  expect(colours.filter((name) => !named.includes(name))).toEqual(["hairline"]);
});

it("a dark theme that is chosen is the one that a system asks for, and gives every colour anew", () => {
  expect(declared(darkByMedia)).toEqual(declared(darkByChoice));
  const given = declared(darkByChoice).map(([name]) => name);
  expect(
    Object.keys(lightTokens).filter((name) => isColour(lightTokens[name]!) && !given.includes(name))
  ).toEqual([]);
});

it("no other file has a colour of its own", () => {
  const files = readdirSync(app, {recursive: true, encoding: "utf8"}).filter(
    (file) => /\.(css|tsx?)$/.test(file) && !file.endsWith("tokens.css")
  );
  expect(files.length).toBeGreaterThan(100);
  const own = files.filter((file) =>
    /#[0-9a-f]{6}\b|\b(rgba?|hsla?)\(/i.test(readFileSync(resolve(app, file), "utf8"))
  );
  expect(own).toEqual([]);
});

/** Pairs 1, 7, 13, 17, 24 and 34 of Sharma, Wu, Dalal 2005, table 1. */
it.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [50, 1.8634, 0.5757], 1],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082]
] as const)("measures the difference between %j and %j as the paper does", (a, b, difference) => {
  expect(deltaE(a, b)).toBeCloseTo(difference, 4);
});

it("measures contrast as WCAG does", () => {
  expect(contrast(linear("#ffffff"), linear("#000000"))).toBeCloseTo(21, 6);
  expect(contrast(linear("#777777"), linear("#ffffff"))).toBeCloseTo(4.48, 2);
});
