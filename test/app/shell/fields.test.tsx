import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {isInRange, nudged} from "../../../app/shell/NumberField.tsx";
import {Settings} from "../../../app/shell/Settings.tsx";
import {unescapeTyped} from "../../../app/shell/StopStrings.tsx";
import {
  defaultRequest,
  limits,
  strategies,
  strategy,
  strategyNames,
  warpers,
  type ParameterRange,
  type Strategy
} from "../../../engine/index.ts";

const temperature = warpers.temperature.parameters["temperature"] as ParameterRange;

it("takes what the engine takes", () => {
  expect(isInRange(0, temperature)).toBe(false);
  expect(isInRange(0.001, temperature)).toBe(true);
  expect(isInRange(NaN, temperature)).toBe(false);
  expect(isInRange(1.5, limits.seed)).toBe(false);
  expect(isInRange(2 ** 32, limits.seed)).toBe(false);
});

it("arrow keys move by the slider's step, without rounding noise, and stop at the ends", () => {
  expect(nudged(0.8, 1, temperature)).toBe(0.85);
  expect(nudged(0.1, -1, temperature)).toBe(0.05);
  expect(nudged(0.05, -1, temperature)).toBe(0.05);
  expect(nudged(7, 1, limits.seed)).toBe(8);
  expect(nudged(0, -1, limits.seed)).toBe(0);
});

it("a stop string may hold new lines", () => {
  expect(unescapeTyped("a\\nb")).toBe("a\nb");
  expect(unescapeTyped("a\\\\n")).toBe("a\\n");
  expect(unescapeTyped(".")).toBe(".");
});

const html = (overrides: Partial<typeof defaultRequest>, field = "") =>
  renderToStaticMarkup(
    <Settings
      draft={{...defaultRequest, ...overrides}}
      onDraft={() => undefined}
      refused={(name) => (name === field ? "THE SENTENCE" : null)}
      backend={{name: "wasm", device: "cpu", why: "no adapter here"}}
      strings={en.settings}
    />
  );

it("shows what has a say: no seed, temperature, top-k or top-p with greedy", () => {
  const {warpers: names, seed} = en.settings;
  for (const word of [names.temperature, names.topK, names.topP, seed, names.repetitionPenalty])
    expect(html({})).toContain(`>${word}<`);
  const greedy = html({strategy: {name: "greedy"}});
  for (const word of [names.temperature, names.topK, names.topP, seed])
    expect(greedy).not.toContain(`>${word}<`);
  expect(greedy).toContain(`>${names.repetitionPenalty}<`);
});

it("has a field, with words, for each parameter of the strategy", () => {
  for (const name of strategyNames) {
    const {parameters}: Strategy = strategies[name];
    const fields = html({strategy: strategy(name)});
    for (const key of Object.keys(parameters)) {
      const words = en.settings.strategyParameters[name]?.[key];
      expect(words?.label, `${name} ${key}`).toBeDefined();
      expect(fields).toContain(words!.label);
    }
  }
});

it.each(["strategy", "seed", "warpers", "maxNewTokens", "stopStrings", "backend"])(
  "what the engine refused about %s stands once, with the settings",
  (field) => {
    expect(html({}, field).split("THE SENTENCE")).toHaveLength(2);
  }
);

it("says why this backend runs", () => {
  expect(html({})).toContain("no adapter here");
});
