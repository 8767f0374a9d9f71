import {useMemo, useState} from "react";
import type {SampleEvent, Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Probe} from "../../draw/Probe.tsx";
import {Said, spoken} from "../../draw/Sentence.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {BAR_TOP, DrawFigure} from "./DrawFigure.tsx";
import {drawTable} from "./drawTable.tsx";
import {layoutBlocks, segmentAt, segmentsOf} from "./layoutDraw.ts";
import {asNodes, asText, sayDraw, saySegment} from "./sayDraw.tsx";

type Props = {
  /** float32 (vocab_size): what the token is picked from */
  readonly probabilities: Float32Array;
  /** null: not picked yet */
  readonly sample: SampleEvent | null;
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "draw">;
};

/** The cumulative bar in order of token id, and the coin that lands on it. */
export function DrawPanel({probabilities, sample, seed, vocabulary, now = false, width, strings}: Props) {
  const text = strings.draw;
  const [focus, setFocus] = useState<number | null>(null);
  const segments = useMemo(() => segmentsOf(probabilities), [probabilities]);
  const blocks = useMemo(() => layoutBlocks(segments, {from: 0, to: 1, width}), [segments, width]);
  const picked = sample?.tokenId ?? null;
  const table = useMemo(
    () => drawTable(segments, picked, vocabulary, text),
    [segments, picked, vocabulary, text]
  );
  const count = segments.ids.length;
  const barHeight = width > 1000 ? 52 : 36;
  const read = focus !== null && focus < count ? focus : null;
  const label =
    text.label(count) + " " + spoken(sayDraw<string>(segments, sample, seed, text, asText(vocabulary)));
  const nodes = asNodes(vocabulary);
  const runs = blocks.filter(({first, last}) => last - first > 1);
  const merged = runs.reduce((sum, {first, last}) => sum + last - first, 0);
  const said = sayDraw(segments, sample, seed, text, nodes);
  const rest = merged > 0 ? [...said, text.merged(merged, runs.length)] : said;
  return (
    <PanelFrame
      id="draw"
      title={text.title}
      sub={text.sub(count)}
      provenance="derived"
      how={text.how}
      strings={strings.panel}
      now={now}
      say={<Said rest={rest} read={read === null ? null : saySegment(segments, read, sample, text, nodes)} />}
      table={table}
    >
      <div className="figure draw">
        <DrawFigure
          {...{segments, blocks, sample, width, barHeight, label, vocabulary}}
          focus={read}
          strings={text}
        />
        <Probe
          label={text.read}
          valueText={
            count > 0 ? spoken(saySegment<string>(segments, read ?? 0, sample, text, asText(vocabulary))) : ""
          }
          value={read}
          count={count}
          at={(x) => segmentAt(segments, x / width)}
          onValue={setFocus}
          left={0}
          top={BAR_TOP}
          width={width}
          height={barHeight}
        />
      </div>
    </PanelFrame>
  );
}
