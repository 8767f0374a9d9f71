import {useMemo} from "react";
import type {LookaheadEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {BigFacts} from "../../draw/BigFacts.tsx";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {GuessList, Pool} from "./GuessList.tsx";
import {maskOf, partWidth, totalsOf} from "./layoutLookahead.ts";
import {MaskFigure} from "./MaskFigure.tsx";
import {WindowGrid} from "./WindowGrid.tsx";

type Props = {
  /** The run's passes up to the cursor, the first one first; at least one. */
  readonly events: readonly LookaheadEvent[];
  /** The text up to the newest pass's position, at least. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "lookahead">;
};

/** One pass of lookahead decoding: the window, who attends to whom, the guesses, what was taken, the pool. */
export function LookaheadPanel({events, tokenIds, vocabulary, width, now = false, strings}: Props) {
  const {panel, lookahead: words} = strings;
  const event = events.at(-1)!;
  const mask = useMemo(() => maskOf(event, tokenIds), [event, tokenIds]);
  const {passes, fed, tokens} = totalsOf(events);
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
    >
      <p className="say">{words.intro}</p>
      <div className="lookahead">
        <WindowGrid {...shared} />
        {mask.size > 1 && (
          <MaskFigure
            mask={mask}
            width={Math.min(partWidth(width), 360)}
            label={words.maskLabel(mask.size, mask.seen.length)}
            vocabulary={vocabulary}
            strings={words}
          />
        )}
        <div className="tries">
          {event.guesses.length > 0 && <GuessList {...shared} />}
          <BigFacts
            facts={[
              [formatNumber(tokens / passes), words.perPass(tokens, passes)],
              [formatCount(fed), words.fed(tokens)]
            ]}
          />
        </div>
        {event.pool.length > 0 && <Pool {...shared} />}
      </div>
    </PanelFrame>
  );
}
