import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {isInRange, nudged} from "../../../app/shell/NumberField.tsx";
import {Settings} from "../../../app/shell/Settings.tsx";
import {unescapeTyped} from "../../../app/shell/StopStrings.tsx";
import {
  defaultRequest,
  limits,
  preset,
  presetNames,
  strategies,
  strategy,
  strategyNames,
  warper,
  warperNames,
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

it("says of a temperature alone what 0 would be", () => {
  const mustBe = (name: "temperature" | "topP", key: string) =>
    en.settings.mustBe(en.settings.chain.parameter(name, key), "RANGE");
  expect(mustBe("temperature", "temperature")).toBe(
    "temperature must be RANGE; 0 would be Greedy: choose it under Strategy"
  );
  expect(mustBe("topP", "p")).toBe("p must be RANGE");
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

it("says what has a say: no seed with greedy, and what acts only on drawing is idle", () => {
  const chain = [warper("repetitionPenalty", 1.1), ...defaultRequest.warpers];
  const {seed, chain: words} = en.settings;
  const idleIn = (markup: string) => markup.split(words.idle).length - 1;
  const drawing = html({warpers: chain});
  expect(drawing).toContain(`>${seed}<`);
  expect(idleIn(drawing)).toBe(0);
  const greedy = html({warpers: chain, strategy: {name: "greedy"}});
  expect(greedy).not.toContain(`>${seed}<`);
  expect(idleIn(greedy)).toBe(3);
});

it("has a field for each parameter of each warper, but for those that have no say", () => {
  const all = warperNames.map((name) => warper(name, {}));
  const markup = html({warpers: all});
  const kinds = all.flatMap(({name, params}) =>
    Object.values(warpers[name].parameters).flatMap(({kind, onlyIf}) =>
      onlyIf && params[onlyIf.parameter] !== onlyIf.is ? [] : [kind]
    )
  );
  const count = (...some: readonly string[]) => kinds.filter((kind) => some.includes(kind)).length;
  const chain = markup.slice(markup.indexOf("chainfield"));
  expect(chain.split('role="spinbutton"')).toHaveLength(count("number") + 1);
  expect(chain.split("<select")).toHaveLength(count("choice") + 2); // and that of the engines
  expect(chain.split('class="text mono"')).toHaveLength(count("ids", "biases", "texts") + 1);
  expect(html({warpers: [warper("repetitionPenalty", {scope: "last"})]})).toContain("last n");
});

it("says what an engine leaves out, and of an order of one's own that it is none", () => {
  const {chain: words} = en.settings;
  expect(html({})).toContain(words.presetRules.HF);
  expect(html({warpers: defaultRequest.warpers.toReversed()})).toContain(words.ownOrder);
  expect(words.ignored("transformers.js", preset("transformers.js", defaultRequest.warpers).ignored)).toBe(
    "transformers.js takes top-p and ignores it without a word."
  );
});

it("says of each engine whether penalties or temperature come first, as its chain has them", () => {
  const {chain: words} = en.settings;
  const wanted = [warper("temperature", 0.8), warper("repetitionPenalty", 1.2)];
  for (const name of presetNames) {
    const order = preset(name, wanted).warpers.map((spec) => spec.name);
    const rules = words.presetRules[name].toLowerCase();
    expect(rules.indexOf("penalt") < rules.indexOf("temperature"), name).toBe(
      order.indexOf("repetitionPenalty") < order.indexOf("temperature")
    );
  }
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
