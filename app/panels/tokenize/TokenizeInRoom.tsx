import {useMemo, type CSSProperties} from "react";
import type {TokenizeEvent, Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {TokenChip} from "../../draw/TokenChip.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {ladderRows, layoutBand, PITCH, tokensIn, type Band} from "./layoutBand.ts";
import {appliedIn, mergeColumn, preTokenAt} from "./layoutMerges.ts";
import {MergeColumnView} from "./MergeColumnView.tsx";
import {Symbols} from "./MergeSymbols.tsx";
import {noteOf} from "./noteOf.ts";
import type {PlacedToken} from "./tokensOf.ts";

type Props = {
  readonly event: TokenizeEvent;
  readonly tokens: readonly (readonly PlacedToken[])[];
  readonly offsets: readonly number[];
  readonly step: number;
  /** The pre-token of the merge at the cursor; -1: none is. */
  readonly at: number;
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly height: number;
  readonly strings: Strings["tokenize"];
};

/** All of it in the room there is: the merges of each pre-token, or else the tokens and the merges of one. */
export function TokenizeInRoom({width, height, ...props}: Props) {
  const {event, tokens, strings} = props;
  const words = useMemo(() => ({...strings, rank: formatCount}), [strings]);
  const band = useMemo(
    () =>
      layoutBand(
        event.preTokens,
        event.preTokens.map((preToken, i) => noteOf(preToken, tokens[i]!.length, strings)),
        tokens.map((of) => strings.ids(of.map(({tokenId}) => tokenId))),
        {width, height}
      ),
    [event, tokens, strings, width, height]
  );
  if (band) return <MergeBand {...props} band={band} strings={words} />;
  return <TokensAndLadder {...props} {...{width, height}} strings={words} />;
}

type BandProps = Omit<Props, "width" | "height"> & {readonly band: Band};

function MergeBand({event, tokens, offsets, step, at, vocabulary, band, strings}: BandProps) {
  const style = {"--pitch": `${PITCH}px`, "--size": `${band.size}px`} as CSSProperties;
  return (
    <div className="band" style={style}>
      {event.preTokens.map((preToken, i) => (
        <div key={i} style={{width: band.widths[i]}}>
          <MergeColumnView
            {...{preToken, vocabulary, strings}}
            text={event.text}
            tokens={tokens[i]!}
            applied={appliedIn(offsets, i, step)}
            current={i === at}
          />
        </div>
      ))}
    </div>
  );
}

function TokensAndLadder(props: Props) {
  const {event, offsets, step, at, vocabulary, width, height, strings} = props;
  const {tokenIds, preTokens} = event;
  const shown = tokensIn(event, vocabulary, strings.ids, {width, height});
  const index = at < 0 ? preTokenAt(offsets, step) : at;
  const preToken = preTokens[index];
  const column = preToken && mergeColumn(preToken, appliedIn(offsets, index, step));
  const rows = column ? ladderRows(preToken, column.rows, width) : [];
  const before = column ? column.hidden + column.rows.length - rows.length : 0;
  return (
    <>
      <div className="line">
        {tokenIds.slice(0, shown).map((id, i) => (
          <TokenChip key={i} kind="prompt" token={tokenText(vocabulary, id)} below={strings.ids([id])} />
        ))}
        {shown < tokenIds.length && <span className="note">{strings.more(tokenIds.length - shown)}</span>}
      </div>
      <p className="ladder">
        {before > 0 && <span className="note">{strings.earlier(before)} → </span>}
        {rows.map((row, i) => (
          <span key={row.done}>
            {i > 0 && " → "}
            <span className="step">
              <Symbols row={row} bytes={preToken!.bytes} strings={strings} />
            </span>
          </span>
        ))}
      </p>
    </>
  );
}
