import type {ReactNode} from "react";
import type {AppendEvent, SampleEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {TokenChip} from "../../draw/TokenChip.tsx";
import {ARROW, chipWidth, firstShown} from "./layoutGrowth.ts";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

const NONE: readonly TokenId[] = [];

type Props = {
  readonly event: AppendEvent;
  /** What the strategy picked; null where that is not known. */
  readonly sample: SampleEvent | null;
  /** The sequence, at least up to what was appended; without it that stands alone. */
  readonly tokenIds?: readonly TokenId[];
  /** How many of them the reader wrote. */
  readonly promptLength?: number;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "append">;
};

/** Below it a caption is no wider than its token. */
const NARROW = 480;

/** The sequence grows by one: by what was picked, or by what the request puts there instead. */
export function AppendPanel(props: Props) {
  const {event, sample, tokenIds = NONE, promptLength = 0, vocabulary, now = false, width, strings} = props;
  const text = strings.append;
  const {position, tokenId, forced} = event;
  const told = <T,>(draw: (id: TokenId) => T) => ({
    token: draw(tokenId),
    picked: sample && sample.tokenId !== tokenId ? draw(sample.tokenId) : null,
    id: tokenId,
    position,
    forced
  });
  const caption = width < NARROW ? text.id : text.picked;
  const fresh = Math.max(
    chipWidth(vocabulary, tokenId, text.position(position)),
    sample ? ARROW + chipWidth(vocabulary, sample.tokenId, caption(sample.tokenId)) : 0
  );
  const from = tokenIds.length > 0 ? firstShown(tokenIds, position, fresh, vocabulary, width) : position;
  const rows = [
    [text.rows.position, formatCount(position)],
    [text.rows.token, tokenPlain(vocabulary, tokenId)],
    [text.rows.id, formatCount(tokenId)],
    [text.rows.forced, forced ? text.yes : text.no],
    ...(sample ? [[text.rows.picked, tokenPlain(vocabulary, sample.tokenId)]] : [])
  ];
  return (
    <PanelFrame
      id="append"
      title={text.title}
      sub={text.sub}
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      say={
        <Sentence
          pieces={text.said<ReactNode>(
            told((id) => (
              <b className={forced ? undefined : "picked"}>
                <Token token={tokenText(vocabulary, id)} />
              </b>
            ))
          )}
        />
      }
      table={{head: text.table, rows}}
    >
      <div
        className="growth"
        role="img"
        style={{maxWidth: width}}
        aria-label={text.said<string>(told((id) => tokenPlain(vocabulary, id))).join("")}
      >
        <span className="when">{text.before}</span>
        <div className="row">
          <Earlier {...{tokenIds, promptLength, from, position, vocabulary}} />
          <TokenChip kind="slot" token={null} below={text.position(position)} />
          {sample && <Picked {...{sample, vocabulary, caption}} used={sample.tokenId === tokenId} />}
        </div>
        <span className="when">{text.after}</span>
        <div className="row">
          <Earlier {...{tokenIds, promptLength, from, position, vocabulary}} />
          <TokenChip
            kind={forced ? "prompt" : "new"}
            token={tokenText(vocabulary, tokenId)}
            below={forced ? text.placedForced(position) : text.position(position)}
          />
          <TokenChip kind="slot" token={null} below={text.position(position + 1)} />
        </div>
      </div>
    </PanelFrame>
  );
}

type EarlierProps = {
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  readonly from: number;
  readonly position: number;
  readonly vocabulary: Vocabulary;
};

/** The tokens that were there, from position `from` on. */
function Earlier({tokenIds, promptLength, from, position, vocabulary}: EarlierProps) {
  return (
    <>
      {from > 0 && <span className="more">…</span>}
      {tokenIds.slice(from, position).map((id, i) => (
        <TokenChip
          key={i}
          kind={from + i < promptLength ? "prompt" : "drawn"}
          token={tokenText(vocabulary, id)}
          below={formatCount(from + i)}
        />
      ))}
    </>
  );
}

type PickedProps = {
  readonly sample: SampleEvent;
  /** It is what comes into the empty place. */
  readonly used: boolean;
  readonly vocabulary: Vocabulary;
  readonly caption: (id: number) => string;
};

/** What the strategy picked, on its way to the empty place. */
function Picked({sample: {tokenId}, used, vocabulary, caption}: PickedProps) {
  return (
    <span className="picked">
      <span className="arrow">←</span>
      <TokenChip
        kind={used ? "drawn" : "removed"}
        token={tokenText(vocabulary, tokenId)}
        below={caption(tokenId)}
      />
    </span>
  );
}
