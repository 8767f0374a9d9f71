import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {LogitsPanel} from "../../app/panels/logits/LogitsPanel.tsx";
import {banning, id, madeLogits, madeVocabulary, onlyAlive} from "./made.ts";

const REAL = 4096;
const SMALL = 41;
const small = {vocabulary: madeVocabulary(SMALL), strings: en};
const real = {vocabulary: madeVocabulary(REAL), strings: en};
const smallLogits = madeLogits(SMALL);
const realLogits = madeLogits(REAL);

example("logits-4096", (width) => (
  <LogitsPanel {...real} logits={realLogits} chosen={null} now width={width} />
));

example("logits-4096-chosen", (width) => (
  <LogitsPanel {...real} logits={realLogits} chosen={id(15)} width={width} onPick={() => {}} />
));

example("logits-chosen-among-the-others", (width) => (
  <LogitsPanel {...real} logits={realLogits} chosen={id(77)} width={width} onPick={() => {}} />
));

example("logits-narrow", () => <LogitsPanel {...small} logits={smallLogits} chosen={id(1)} width={320} />);

example("logits-wide", () => <LogitsPanel {...small} logits={smallLogits} chosen={id(1)} width={1376} />);

example("logits-twelve-banned", (width) => (
  <LogitsPanel
    {...small}
    logits={banning(smallLogits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])}
    chosen={null}
    width={width}
  />
));

example("logits-all-equal", (width) => (
  <LogitsPanel {...small} logits={new Float32Array(SMALL).fill(1.5)} chosen={id(3)} width={width} />
));

example("logits-one-alive", (width) => (
  <LogitsPanel {...small} logits={onlyAlive(smallLogits, [34])} chosen={id(34)} width={width} />
));

example("logits-three-tokens", (width) => (
  <LogitsPanel {...small} logits={Float32Array.of(2, -1, 0.5)} chosen={null} width={width} />
));

example("logits-one-certain-token", (width) => (
  <LogitsPanel
    {...small}
    logits={smallLogits.map((logit, at) => (at === 35 ? 40 : logit))}
    chosen={null}
    width={width}
  />
));
