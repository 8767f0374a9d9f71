import type {ReactNode} from "react";
import type {AppendEvent, SampleEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {TokenChip} from "../../draw/TokenChip.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly event: AppendEvent;
  /** What the strategy picked; null where that is not known. */
  readonly sample: SampleEvent | null;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "append">;
};

/** The sequence grows by one: by what was picked, or by what the request puts there instead. */
export function AppendPanel({event, sample, vocabulary, now = false, width, strings}: Props) {
  const text = strings.append;
  const {position, tokenId, forced} = event;
  const told = <T,>(draw: (id: TokenId) => T) => ({
    token: draw(tokenId),
    picked: sample && sample.tokenId !== tokenId ? draw(sample.tokenId) : null,
    id: tokenId,
    position,
    forced
  });
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
        <Sentence pieces={text.said<ReactNode>(told((id) => <Token token={tokenText(vocabulary, id)} />))} />
      }
      table={{head: text.table, rows}}
    >
      <div
        className="flow"
        role="img"
        style={{maxWidth: width}}
        aria-label={text.said<string>(told((id) => tokenPlain(vocabulary, id))).join("")}
      >
        {sample && (
          <>
            <TokenChip
              kind={forced && sample.tokenId !== tokenId ? "removed" : "drawn"}
              token={tokenText(vocabulary, sample.tokenId)}
              below={text.picked(sample.tokenId)}
            />
            <span className="arrow">→</span>
          </>
        )}
        <span className="grown">
          <TokenChip
            kind={forced ? "prompt" : "new"}
            token={tokenText(vocabulary, tokenId)}
            below={text.placed(position, tokenId)}
          />
          {forced && <span className="note">{text.forced}</span>}
        </span>
        <TokenChip kind="slot" token={null} below={text.position(position + 1)} />
      </div>
    </PanelFrame>
  );
}
