import {useMemo, useState} from "react";
import {argmax, tokenId, type SampleEvent, type Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Probe} from "../../draw/Probe.tsx";
import {Said, Sentence, spoken} from "../../draw/Sentence.tsx";
import {useEcho} from "../../draw/tokenEcho.ts";
import type {Strings} from "../../i18n/strings.ts";
import {DrawFigure} from "./DrawFigure.tsx";
import {drawAgain, TIMES} from "./drawAgain.ts";
import {AgainPart} from "./AgainPart.tsx";
import {drawTable} from "./drawTable.tsx";
import {BAR_TOP, barIn, layoutBlocks, lensAround, segmentAt, segmentsOf} from "./layoutDraw.ts";
import {asNodes, asText, sayDraw, sayFacts, saySegment} from "./sayDraw.tsx";

type Props = {
  /** float32 (vocab_size): what the token is picked from */
  readonly probabilities: Float32Array;
  /** null: not picked yet */
  readonly sample: SampleEvent | null;
  readonly seed: number;
  /** Of the token to be drawn: with the seed it gives the coins. */
  readonly position: number;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  /** The room there is, in px: the bar is as high as it allows. */
  readonly height?: number;
  /** Leads to where another token can be put in place of the one drawn. */
  readonly onInstead?: (() => void) | undefined;
  readonly strings: Pick<Strings, "panel" | "draw">;
};

/** The cumulative bar in order of token id, and the coin that lands on it. */
export function DrawPanel(props: Props) {
  const {probabilities, sample, seed, position, vocabulary, now = false, width, strings} = props;
  const text = strings.draw;
  const [askedFor, setAskedFor] = useState<Float32Array | null>(null);
  const [focus, setFocus] = useState<number | null>(null);
  const segments = useMemo(() => segmentsOf(probabilities), [probabilities]);
  const blocks = useMemo(() => layoutBlocks(segments, {from: 0, to: 1, width}), [segments, width]);
  const picked = sample?.tokenId ?? null;
  const isAsked = askedFor === probabilities;
  const counts = useMemo(
    () => (isAsked ? drawAgain(probabilities, seed, position) : null),
    [isAsked, probabilities, seed, position]
  );
  const table = useMemo(
    () => drawTable(segments, picked, vocabulary, text, counts && {counts, times: TIMES}),
    [segments, picked, vocabulary, text, counts]
  );
  const count = segments.ids.length;
  const greedy = sample?.strategy === "greedy" ? sample.tokenId : tokenId(argmax(probabilities));
  const hit = sample && sample.coin !== null ? segments.ids.indexOf(sample.tokenId) : -1;
  const lens = hit < 0 ? null : lensAround(segments, hit, width);
  const barHeight =
    props.height === undefined ? (width > 1000 || width < 560 ? 52 : 36) : barIn(props.height, lens !== null);
  const read = focus !== null && focus < count ? focus : null;
  useEcho(read === null ? null : tokenId(segments.ids[read]!));
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
      table={table}
    >
      <div className="figure draw">
        <DrawFigure
          {...{segments, lens, blocks, sample, width, barHeight, label, vocabulary}}
          focus={read}
          greedy={count > 0 ? segments.ids.indexOf(greedy) : null}
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
      <p className="say">
        <Said rest={rest} read={read === null ? null : saySegment(segments, read, sample, text, nodes)} />
      </p>
      {count > 0 && (
        <div className="facts">
          <p className="say">
            <Sentence pieces={sayFacts(probabilities, greedy, picked, sample?.coin === null, text, nodes)} />
          </p>
          {props.onInstead && (
            <button type="button" className="btn" onClick={props.onInstead}>
              {text.instead}
            </button>
          )}
          <button
            type="button"
            className="btn again"
            onClick={() => setAskedFor(isAsked ? null : probabilities)}
          >
            {isAsked ? text.again.hide : text.again.ask(TIMES)}
          </button>
        </div>
      )}
      {counts && <AgainPart {...{probabilities, counts, greedy, picked, width, vocabulary}} strings={text} />}
    </PanelFrame>
  );
}
