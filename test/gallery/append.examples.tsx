import {example} from "gallery";
import {AppendPanel} from "../../app/panels/append/AppendPanel.tsx";
import {en} from "../../app/i18n/en/index.ts";
import {position, tokenId, type AppendEvent, type SampleEvent} from "../../engine/index.ts";
import {frameOf, trace, vocabulary} from "./littleGirl.ts";

const {tokenIds, promptLength} = frameOf(trace(), "append", 3).frame;

const draw = (width: number, event: AppendEvent, sample: SampleEvent | null, isAlone = false) => (
  <AppendPanel
    {...{event, sample, vocabulary, width}}
    {...(!isAlone && {tokenIds, promptLength})}
    now
    strings={en}
  />
);
const append = (id: number, forced = false): AppendEvent => ({
  stage: "append",
  position: position(10),
  tokenId: tokenId(id),
  forced
});
const sample: SampleEvent = {
  stage: "sample",
  strategy: "multinomial",
  coin: 0.254812,
  tokenId: tokenId(525),
  probability: 0.120854,
  rank: 3
};

example("append", (width) => draw(width, append(525), sample));
example("append-sequence-not-known", (width) => draw(width, append(525), sample, true));
example("append-forced", (width) => draw(width, append(834, true), sample));
example("append-forced-same", (width) => draw(width, append(525, true), sample));
example("append-special-token", (width) => draw(width, append(0), {...sample, tokenId: tokenId(0)}));
example("append-without-sample", (width) => draw(width, append(525), null));
