import {useMemo, useState} from "react";
import {tokenId, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber, formatPercent} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Probe} from "../../draw/Probe.tsx";
import {rank} from "../../draw/ranking.ts";
import {Said} from "../../draw/Sentence.tsx";
import {useEcho} from "../../draw/tokenEcho.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {layoutCurve, TOP} from "./layoutCurve.ts";
import {layoutRows, rowColumns, splitWidth} from "./layoutRows.ts";
import {logitsTable} from "./logitsTable.tsx";
import {RankCurve} from "./RankCurve.tsx";
import {sayFocus, sayLogits} from "./sayLogits.tsx";
import {TopRows} from "./TopRows.tsx";

type Props = {
  /** float32 (vocab_size), before any warper */
  readonly logits: Float32Array;
  readonly chosen: TokenId | null;
  /** The token that gave them, where the pass read several. */
  readonly after?: TokenId | null;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  /** The room there is, in px; fewer tokens are named where it is low. */
  readonly height?: number;
  readonly strings: Pick<Strings, "panel" | "logits">;
  /** Given where a token can be taken instead of the chosen one. */
  readonly onPick?: (id: TokenId) => void;
};

/** The whole vocabulary by rank, the top as bars, "n others" always. */
export function LogitsPanel(props: Props) {
  const {logits, chosen, after = null, vocabulary, now = false, width, strings, onPick} = props;
  const text = strings.logits;
  const [asked, setFocus] = useState<number | null>(null);
  const ranking = useMemo(() => rank(logits), [logits]);
  const focus = asked !== null && asked < ranking.alive ? asked : null;
  useEcho(focus === null ? null : tokenId(ranking.order[focus]!));
  const size = splitWidth(width);
  const beside = size.curve < width;
  const top = props.height === undefined ? TOP : topIn(props.height);
  const height = curveHeight(beside, top, onPick !== undefined);
  const curve = useMemo(
    () => layoutCurve(ranking, size.curve, height, top),
    [ranking, size.curve, height, top]
  );
  const rows = layoutRows(ranking, chosen, rowColumns(size.rows).bar, top);
  const chosenRank = chosen === null ? -1 : ranking.order.indexOf(chosen);
  const table = useMemo(() => logitsTable(ranking, vocabulary, text), [ranking, vocabulary, text]);
  const valueText = () => {
    const id = tokenId(ranking.order[focus ?? 0]!);
    const p = formatPercent(ranking.probabilities[id]!);
    const logit = formatNumber(logits[id]!);
    return text.row({token: tokenPlain(vocabulary, id), rank: formatCount((focus ?? 0) + 1), p, logit});
  };
  const rest = sayLogits(ranking, chosenRank, vocabulary, text);
  const read = focus === null ? null : sayFocus(ranking, focus, vocabulary, text, onPick !== undefined);
  return (
    <PanelFrame
      id="logits"
      title={text.title}
      sub={
        <>
          {text.sub(logits.length)}
          {after !== null && (
            <>
              {text.after}
              <Token token={tokenText(vocabulary, after)} />
            </>
          )}
        </>
      }
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      say={<Said rest={rest} read={read} />}
      table={table}
    >
      <div className={["logits", beside && "beside", onPick && "takes"].filter(Boolean).join(" ")}>
        <div className="figure">
          <RankCurve
            {...{ranking, curve, height, focus}}
            width={size.curve}
            chosen={chosenRank}
            strings={text}
          />
          <Probe
            {...curve.plot}
            label={text.read}
            valueText={valueText()}
            value={focus}
            count={ranking.alive}
            at={curve.rankAt}
            onValue={setFocus}
            {...(onPick && {onTake: (at: number) => onPick(tokenId(ranking.order[at]!))})}
          />
        </div>
        <TopRows
          {...{rows, chosen, focus, vocabulary, onPick}}
          width={size.rows}
          onFocus={setFocus}
          strings={text}
        />
      </div>
    </PanelFrame>
  );
}

/** As high as the rows beside it, with a row kept free for a token taken from among the others. */
const curveHeight = (beside: boolean, top: number, takes: boolean): number =>
  beside ? 18 + (top + 2) * (takes ? 24 : 18) : 220;

/** How many tokens can be named in a low room, under the panel's header and the head of the rows. */
const topIn = (height: number): number => Math.max(3, Math.min(TOP, Math.floor((height - 50) / 18) - 2));
