import {expect, it} from "vitest";
import {spoken} from "../../../app/draw/Sentence.tsx";
import {en} from "../../../app/i18n/en/index.ts";
import {
  drawnTokens,
  nameOfEvent,
  passNumber,
  spokenTokens,
  tellFuture,
  tellPast
} from "../../../app/shell/narrate.ts";
import {nextOf} from "../../../app/shell/nextStage.ts";
import {collect, frameAt, strategy, warper, type Request} from "../../../engine/index.ts";
import type {View} from "../../../app/notebook.ts";
import {
  eventsOf,
  fakeTokenizer,
  hashed,
  loadEvent,
  requestOf,
  scriptedConfig,
  scriptedDecoder
} from "../../engine/scriptedDecoder.ts";

const {vocabulary} = fakeTokenizer();
const drawn = spokenTokens(vocabulary);

async function told(overrides: Partial<Request>) {
  const request = requestOf(overrides);
  const trace = await collect(eventsOf(overrides, {decoder: scriptedDecoder(hashed())}));
  return trace.map((event, cursor) => {
    const frame = frameAt(trace, cursor);
    const view: View = {
      trace,
      frame,
      request,
      step: null,
      load: loadEvent(),
      config: scriptedConfig,
      vocabulary
    };
    const next = nextOf(trace, frame, request, scriptedConfig);
    return {
      name: nameOfEvent(event, view, en),
      pass: passNumber(frame),
      past: spoken(tellPast(event, view, drawn, en)),
      future: next && spoken(tellFuture(next, view, drawn, en))
    };
  });
}

it("tells a run in sentences", async () => {
  const lines = await told({maxNewTokens: 2});
  expect(lines.map(({past}) => past)).toMatchSnapshot();
  expect(lines.map(({future}) => future)).toMatchSnapshot();
  expect(lines.map(({pass, name}) => `${pass} ${name}`)).toMatchSnapshot();
});

it("tells warpers, the coin, and a run without cache", async () => {
  const warpers = [
    warper("temperature", 0.5),
    warper("topK", 3),
    warper("topP", 0.9),
    warper("repetitionPenalty", 2)
  ];
  const lines = await told({maxNewTokens: 2, warpers, strategy: {name: "multinomial"}, cache: false});
  expect(lines.map(({past}) => past)).toMatchSnapshot();
  expect(lines.map(({future}) => future)).toMatchSnapshot();
});

it("tells a search", async () => {
  const lines = await told({maxNewTokens: 2, strategy: strategy("beam", {numBeams: 2})});
  expect(lines.map(({past}) => past)).toMatchSnapshot();
  expect(lines.map(({future}) => future)).toMatchSnapshot();
  expect(lines.map(({pass, name}) => `${pass} ${name}`)).toMatchSnapshot();
});

it("says where the token after a draft comes from", () => {
  const verify = (from: "residual" | "target", drafted: number) =>
    spoken(
      en.narration.past.verify!(
        {tokens: Array.from({length: drafted}, () => ({})), accepted: 1, extra: {tokenId: 7, from}} as never,
        {token: (id: number) => `#${id}`} as never
      )
    );
  expect(verify("residual", 4)).toBe("accepted 1 of 4, then drew #7 from what is left");
  expect(verify("target", 1)).toBe("accepted 1 of 1, then the decoder’s own #7");
  expect(verify("target", 0)).toBe("nothing to test; the decoder’s own token is #7");
});

it("says of one token left that it stayed", () => {
  const stayed = (kept: number) =>
    spoken(
      en.narration.past.warp!(
        {warper: "topP", applied: true, entropyBefore: 1, entropy: 1, kept, removed: []} as never,
        {config: scriptedConfig} as never
      )
    );
  expect(stayed(1)).toBe("the only token left stayed");
  expect(stayed(4)).toBe("all 4 tokens stayed");
});

it("says of warpers that greedy passes by that they did nothing", async () => {
  const lines = await told({maxNewTokens: 1, warpers: [warper("topK", 3)]});
  expect(lines[5]!.past).toMatch(/nothing changed/);
  expect(lines[4]!.future).toMatch(/no effect on greedy/);
});

it("every sentence of the bar exists with tokens drawn, too", () => {
  expect(drawnTokens(vocabulary).text(" a")).toEqual({spaces: "␣", text: "a"});
});
