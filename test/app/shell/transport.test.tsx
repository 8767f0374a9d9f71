import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import type {View} from "../../../app/notebook.ts";
import {createPlayer} from "../../../app/shell/player.ts";
import {SkipLinks} from "../../../app/shell/SkipLinks.tsx";
import {StepButton} from "../../../app/shell/TransportButtons.tsx";
import {frameAt} from "../../../engine/index.ts";
import {fakeTokenizer, loadEvent, requestOf} from "../../engine/scriptedDecoder.ts";
import {fakeEngine} from "../fakeEngine.ts";

const player = createPlayer(fakeEngine().engine, 0);
await player.start(requestOf({}));

function step(differs: boolean): string {
  const {trace, cursor} = player.session.get();
  const load = loadEvent();
  const view: View = {
    trace,
    frame: frameAt(trace, cursor),
    request: player.get().request!,
    step: null,
    load,
    config: load.config,
    vocabulary: fakeTokenizer().vocabulary
  };
  return renderToStaticMarkup(
    <StepButton view={view} state={player.get()} differs={differs} onStep={() => undefined} strings={en} />
  );
}

it("while the fields differ from the run, the step is no main button and says that it goes on as before", () => {
  const {asBefore} = en.shell.transport;
  expect(step(false)).not.toContain(asBefore);
  expect(step(false)).toContain('class="move go"');
  expect(step(true)).toContain(`<span>${asBefore}`);
  expect(step(true)).toContain('class="move go old"');
});

it("what can be skipped to is on the page: the machine and the steps in the lab, the text elsewhere", () => {
  const {machine, steps, text} = en.shell.skip;
  const links = (lab: boolean) =>
    renderToStaticMarkup(<SkipLinks lab={lab} strings={en.shell.skip} />).match(/[^<>]+(?=<\/button>)/g);
  expect(links(true)).toEqual([machine, steps]);
  expect(links(false)).toEqual([text]);
});
