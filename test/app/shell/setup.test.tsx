import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {Setup} from "../../../app/shell/Setup.tsx";
import {countIn, type TokenCount} from "../../../app/shell/useTokenCount.ts";
import type {View} from "../../../app/notebook.ts";
import {
  defaultRequest,
  isSampling,
  strategy,
  strategyNames,
  warper,
  type Request
} from "../../../engine/index.ts";
import {hashed, loadEvent, requestOf, scriptedDecoder, traceOf} from "../../engine/scriptedDecoder.ts";
import {fakeEngine} from "../fakeEngine.ts";

const words = en.settings;

const html = (draft: Request, counted: TokenCount | null = null, compact = false) =>
  renderToStaticMarkup(
    <Setup
      engine={fakeEngine().engine}
      loaded={null}
      counted={counted}
      draft={draft}
      onDraft={() => undefined}
      running={defaultRequest}
      onStart={() => undefined}
      failure={null}
      preview={null}
      compact={compact}
      strings={words}
    />
  );

const startOf = (markup: string) => new RegExp(`<button[^>]*>${words.startAgain}</button>`).exec(markup)?.[0];

it("a prompt that cannot be run offers no start, only the way back; one that can, both", () => {
  expect(startOf(html({...defaultRequest, prompt: "Another"}))).not.toContain("disabled");
  const refused = html({...defaultRequest, prompt: ""});
  expect(startOf(refused)).toContain("disabled");
  expect(refused).toContain(words.undo);
  expect(
    startOf(html({...defaultRequest, prompt: "Another"}, {status: "counted", tokens: 9, of: 8}))
  ).toContain("disabled");
});

it("a prompt that cannot be run is shown, also where the fields stand behind a button", () => {
  expect(html({...defaultRequest, prompt: ""}, null, true)).toContain('role="alert"');
  expect(html({...defaultRequest, prompt: "Another"}, null, true)).not.toContain("<textarea");
});

it("tokens are counted from the trace in view, for its own prompt alone", async () => {
  const request = requestOf({});
  const trace = await traceOf(request, {decoder: scriptedDecoder(hashed())});
  const view = {trace, config: loadEvent().config} as unknown as View;
  const tokenized = trace.find((event) => event.stage === "tokenize")!;
  const of = view.config.maxPositions;
  expect(countIn(view, request.prompt)).toEqual({status: "counted", tokens: tokenized.tokenIds.length, of});
  expect(countIn(view, `${request.prompt}!`)).toBeNull();
  expect(countIn({...view, trace: trace.slice(0, 1)}, request.prompt)).toBeNull();
});

it("the summary names what matters, item by item", () => {
  const {warpers} = defaultRequest;
  expect(words.summary({...defaultRequest, warpers: [warper("repetitionPenalty", 1.2), ...warpers]})).toEqual(
    ["sampling", "seed 7", "r 1.2", "T 0.8", "top-k 40", "top-p 0.95", "24 tokens"]
  );
  const twice = words.summary({...defaultRequest, warpers: [...warpers, ...warpers]});
  expect(twice.slice(2)).toEqual(["T 0.8", "top-k 40", "top-p 0.95", "T 0.8", "top-k 40", "1 more warper", "24 tokens"]); // prettier-ignore
});

it("the summary names only the warpers that the strategy lets act", () => {
  const warpers = [warper("repetitionPenalty", 1.2), ...defaultRequest.warpers];
  for (const spec of strategyNames.map((name) => strategy(name))) {
    const said = words.summary({...defaultRequest, warpers, strategy: spec});
    expect(said).toContain("r 1.2");
    expect(said.includes("T 0.8")).toBe(isSampling(spec));
  }
  const greedy = {...defaultRequest, strategy: {name: "greedy"}} as const;
  expect(words.summary(greedy)).toEqual(["greedy", "no warper acts", "24 tokens"]);
  expect(words.summary({...greedy, warpers: []})).toEqual(["greedy", "no warpers", "24 tokens"]);
});
