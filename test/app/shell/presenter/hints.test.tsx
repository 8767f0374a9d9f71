import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../../app/i18n/en/index.ts";
import type {View} from "../../../../app/notebook.ts";
import {Hints} from "../../../../app/shell/presenter/Hints.tsx";
import {collect, frameAt} from "../../../../engine/index.ts";
import {
  eventsOf,
  fakeTokenizer,
  hashed,
  loadEvent,
  requestOf,
  scriptedConfig,
  scriptedDecoder
} from "../../../engine/scriptedDecoder.ts";

const {vocabulary} = fakeTokenizer();
const request = requestOf({maxNewTokens: 1});
const trace = [
  loadEvent(),
  ...(await collect(eventsOf({maxNewTokens: 1}, {decoder: scriptedDecoder(hashed())})))
];
const nothing = () => undefined;

function hints(cursor: number, asking = false): string {
  const view: View = {
    trace,
    frame: frameAt(trace, cursor),
    request,
    step: null,
    load: loadEvent(),
    config: scriptedConfig,
    vocabulary
  };
  return renderToStaticMarkup(
    <Hints
      {...{view, asking}}
      asksNext={false}
      busy={false}
      onOn={nothing}
      onBack={nothing}
      onLeave={nothing}
      onHelp={nothing}
      strings={en}
    />
  );
}

it("has no key for what does nothing: none on after the end, none back from the first stage", () => {
  const [first, next, last] = [0, 1, trace.length - 1];
  expect(hints(first)).toMatch(/hintkey" aria-disabled="true"/);
  expect(hints(first, true)).not.toContain("aria-disabled");
  for (const html of [hints(next), hints(last)]) expect(html).not.toContain("aria-disabled");
  expect(hints(next)).toContain("hintkey on");
  expect(hints(next)).not.toContain(en.present.foot.end);
  expect(hints(last)).not.toContain("hintkey on");
  expect(hints(last)).toContain(`<span class="theend">${en.present.foot.end}</span>`);
});
