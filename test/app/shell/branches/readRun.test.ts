import {expect, it} from "vitest";
import {readRun} from "../../../../app/shell/branches/readRun.ts";
import {narration} from "../../../../app/i18n/en/narration.ts";
import {collect, frameAt, generate, position, softmax, strategy, tokenId} from "../../../../engine/index.ts";
import {
  fakeTokenizer,
  hashed,
  loadEvent,
  of,
  requestOf,
  scriptedConfig,
  scriptedDecoder
} from "../../../engine/scriptedDecoder.ts";

const tokenizer = fakeTokenizer();
const forced = [{position: position(3), tokenId: tokenId(6)}];
const request = requestOf({strategy: strategy("contrastiveDecoding", {mode: "sampling"}), forced});
const trace = await collect(
  generate({
    request,
    tokenizer,
    decoder: scriptedDecoder(hashed()),
    load: loadEvent(),
    draft: () =>
      Promise.resolve({decoder: scriptedDecoder(() => [-9, 3, 2, 1, 0, 1, 2, 3]), load: loadEvent()})
  })
);
const steps = of(trace, "oppose");

it("reads of a token that two distributions chose what it was picked by, and its coin", () => {
  const root = {id: 0, parent: null, at: null, change: null, shared: 0, imported: false};
  const {tokens, stepwise} = readRun({...root, request, trace, length: trace.length}, tokenizer.vocabulary);
  const picked = tokens.flatMap((token) => token.picked ?? []);
  expect(picked).toHaveLength(3);
  expect(stepwise).toBe(false); // its p is of scores, not of the decoder
  picked.forEach(({p, coin, forced}, i) => {
    const {scores, chosen, coin: tossed} = steps[i]!;
    expect(coin).toBe(tossed);
    expect(forced).toBe(i === 1);
    if (!forced) expect(p).toBeCloseTo(softmax(scores)[chosen]!, 6);
  });
});

it("tells such a step with its token and its factor", () => {
  const drawn = {token: (id: number) => `<${id}>`, text: (text: string) => text};
  const event = steps[0]!;
  const said = narration.past
    .oppose(event, {...drawn, request, config: scriptedConfig, recorded: false})
    .join("");
  const {own, other} = event.tokens.find((token) => token.tokenId === event.chosen)!;
  expect(said).toContain(`landed on <${event.chosen}>`);
  expect(said).toContain(`${Number(Math.exp(own - other).toPrecision(3))} times as probable as the amateur`);
  const frame = frameAt(trace, trace.indexOf(event));
  const future = {...drawn, request, config: scriptedConfig, recorded: false, frame, backend: "wasm", warp: undefined, reason: undefined} as const; // prettier-ignore
  expect(narration.future.append(future).join("")).toBe(`put <${event.chosen}> at position 2`);
});
