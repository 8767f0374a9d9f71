import {useMemo} from "react";
import type {LookaheadEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {BigFacts} from "../../draw/BigFacts.tsx";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {PanelFrame, type TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {GuessList, Pool} from "./GuessList.tsx";
import {maskOf, ngramsOf, partsIn, totalsOf} from "./layoutLookahead.ts";
import {MaskFigure} from "./MaskFigure.tsx";
import {WindowGrid} from "./WindowGrid.tsx";
import "./lookahead.css";

type Props = {
  /** The run's passes up to the cursor, the first one first; at least one. */
  readonly events: readonly LookaheadEvent[];
  /** The text up to the newest pass's position, at least. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly width: number;
  /** The room there is, in px: then window, guesses and so much of the pool as fits, and nothing else. */
  readonly height?: number;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "lookahead">;
};

/** Of a line of the pool, and what stands above the pool without guesses; a guess has two lines. Pixels. */
const [LINE, ABOVE, GUESS] = [27, 76, 50];

/** Lines of the pool that fit beside the window, with one for how many more there are. */
const rowsIn = (height: number, {guesses}: LookaheadEvent): number =>
  Math.max(
    1,
    Math.floor((height - ABOVE - (guesses.length > 0 ? 28 : 0) - GUESS * guesses.length) / LINE) - 1
  );

/** One pass of lookahead decoding: the window, who attends to whom, the guesses, what was taken, the pool. */
export function LookaheadPanel(props: Props) {
  const {events, tokenIds, vocabulary, width, height, now = false, strings} = props;
  const {panel, lookahead: words} = strings;
  const event = events.at(-1)!;
  const isWhole = height === undefined;
  const mask = useMemo(() => maskOf(event, tokenIds), [event, tokenIds]);
  const table = useMemo(() => tableOf(event, vocabulary, words), [event, vocabulary, words]);
  const {passes, fed, tokens} = totalsOf(events);
  const parts = partsIn(width);
  const kind = !isWhole ? "lookahead inroom" : parts.count < 3 ? "lookahead few" : "lookahead";
  const shared = {event, vocabulary, strings: words};
  const taken = event.emitted.map((id) => tokenPlain(vocabulary, id)).join("");
  return (
    <PanelFrame
      id="lookahead"
      title={words.title}
      sub={words.sub(event)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={words.said(event, taken, events.at(-2)?.pool ?? [])}
      {...(table.rows.length > 0 && {table})}
    >
      {isWhole && <p className="say">{words.intro}</p>}
      <div className={kind}>
        <WindowGrid {...shared} />
        {isWhole && mask.size > 1 && (
          <MaskFigure
            mask={mask}
            width={Math.min(parts.width, 360)}
            label={words.maskLabel(mask.size, mask.seen.length)}
            vocabulary={vocabulary}
            strings={words}
          />
        )}
        <div className="tries">
          {event.guesses.length > 0 && <GuessList {...shared} />}
          {isWhole && (
            <BigFacts
              facts={[
                [formatNumber(tokens / passes), words.perPass(tokens, passes)],
                [formatCount(fed), words.fed(tokens)]
              ]}
            />
          )}
          {!isWhole && event.pool.length > 0 && <Pool {...shared} shown={rowsIn(height, event)} />}
        </div>
        {isWhole && event.pool.length > 0 && <Pool {...shared} />}
      </div>
    </PanelFrame>
  );
}

/** Every n-gram in view or in the pool: the window's columns, the guesses, the pool. */
function tableOf(event: LookaheadEvent, vocabulary: Vocabulary, words: Strings["lookahead"]): TableTwinProps {
  const rows = ngramsOf(event).map(({part, place, tokenIds, agreed}) => [
    <Ngram key="tokens" ids={tokenIds} vocabulary={vocabulary} />,
    words.place(part, place),
    agreed === null ? "" : formatCount(agreed)
  ]);
  return {head: words.head, rows};
}

const Ngram = ({ids, vocabulary}: {readonly ids: readonly TokenId[]; readonly vocabulary: Vocabulary}) =>
  ids.map((id, i) => <Token key={i} token={tokenText(vocabulary, id)} />);
