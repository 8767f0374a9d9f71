import {createElement} from "react";
import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {warperNames, type MachineInput} from "../../../app/panels/machine/boxTexts.ts";
import {counterTexts, ledgerLines} from "../../../app/panels/machine/labelTexts.ts";
import {Machine} from "../../../app/panels/machine/Machine.tsx";
import {machineState} from "../../../app/panels/machine/machineState.ts";
import {position, strategy, warper, type ProposeEvent} from "../../../engine/index.ts";
import {frameOf, load, request, trace, vocabulary, webgpu} from "../../gallery/littleGirl.ts";

const inputOf = (name: Parameters<typeof strategy>[0], stage: "fetch" | "warp"): MachineInput => ({
  ...frameOf(trace(), stage, 0),
  request: {...request(), warpers: [warper("repetitionPenalty", 1.2), ...request().warpers], strategy: strategy(name)}, // prettier-ignore
  vocabulary,
  strings: en.machine
});
const texts = (input: MachineInput) => warperNames(input).map(({text}) => text);

it("names in the warpers' box those that the strategy lets act, but all that have a stage of their own", () => {
  const all = texts(inputOf("multinomial", "warp"));
  expect(all.length).toBeGreaterThan(1);
  expect(texts(inputOf("greedy", "warp"))).toEqual(all);
  expect(texts(inputOf("speculative", "fetch"))).toEqual(all);
  for (const name of ["beam", "contrastive", "lookahead", "contrastiveDecoding", "dola"] as const)
    expect(texts(inputOf(name, "fetch"))).toEqual(all.slice(0, 1));
  const none = inputOf("beam", "fetch");
  expect(texts({...none, request: {...none.request, warpers: request().warpers}})).toEqual([]);
});

/** The newest pass is the smaller decoder's, which was loaded in 40 ms. */
function onDraft(name: Parameters<typeof strategy>[0], event?: ProposeEvent): MachineInput {
  const {frame: own, next} = frameOf(trace(), "fetch", 0);
  const small = {...load(webgpu), measured: {ms: 40, device: "cpu"}};
  const frame = {
    ...own,
    ...(event && {event, inPass: {...own.inPass, propose: event}}),
    pass: {...own.pass!, lane: "draft"} as const,
    draft: {load: small, passes: 3, positionsFed: 9}
  };
  return {frame, next, request: {...request(), strategy: strategy(name)}, vocabulary, strings: en.machine};
}

it("calls the smaller decoder by one name, and times the load of that one", () => {
  for (const [name, small] of [
    ["speculative", "draft"],
    ["contrastiveDecoding", "amateur"]
  ] as const) {
    // prettier-ignore
    const input = onDraft(name);
    expect(counterTexts(input).title.toLowerCase()).toContain(`${small} pass 3`);
    expect(ledgerLines(input).join()).toContain(`1 pass, and 3 of the ${small}`);
    const html = renderToStaticMarkup(createElement(Machine, {...input, maxPositionsShown: 19, width: 1376, strings: en})); // prettier-ignore
    expect(html).toContain(`>${small}</text>`);
    expect(html).not.toContain(">decoder</text>");
    expect(html).toContain(en.machine.loadTime(40));
  }
});

it("lights the arrow from the warpers to a draft that a model wrote, and not to one that was looked up", () => {
  const event: ProposeEvent = {stage: "propose", position: position(8), drafter: "model", tokens: [], found: null}; // prettier-ignore
  const {frame, request: asked} = onDraft("speculative", event);
  const arrow = (drafter: ProposeEvent["drafter"]) =>
    machineState(frame, null, {...asked, strategy: strategy("speculative", {drafter})}).paths.warpersDraw;
  expect(arrow("model")).toBe("now");
  expect(arrow("prompt-lookup")).toBe("rest");
});
