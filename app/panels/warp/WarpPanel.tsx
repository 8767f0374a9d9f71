import {useMemo, useState, type CSSProperties} from "react";
import {tokenId, type ChainLink, type Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Said} from "../../draw/Sentence.tsx";
import {useEcho} from "../../draw/tokenEcho.ts";
import type {Strings} from "../../i18n/strings.ts";
import {cardsOf, rankChain} from "./cardsOf.ts";
import {largestBar, layoutChain} from "./layoutWarp.ts";
import {sayFocus, sayWarp, type Focus} from "./sayWarp.tsx";
import {WarpCard} from "./WarpCard.tsx";
import {WarpKey} from "./WarpKey.tsx";
import {warpTable} from "./warpTable.tsx";

type Props = {
  /** float32 (vocab_size), what the first warper gets */
  readonly logits: Float32Array;
  readonly chain: readonly ChainLink[];
  /** How many warpers have been applied. */
  readonly reached: number;
  /** The warper at the cursor, null where the cursor is elsewhere. */
  readonly nowIndex: number | null;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  /** The height of a card's plot, in px, where it is not as usual for the width. */
  readonly plotHeight?: number;
  /** Of a card, in px, where it is not as usual. */
  readonly widest?: number;
  readonly strings: Pick<Strings, "panel" | "warp">;
};

/**
 * Each warper a card: bars out over bars in, who is left, how much of the mass. Below each other, only the one at the
 * cursor is open, so that it is in the window.
 */
export function WarpPanel({
  logits,
  chain,
  reached,
  nowIndex,
  vocabulary,
  now = false,
  width,
  plotHeight = width > 1000 ? 154 : 120,
  widest,
  strings
}: Props) {
  const text = strings.warp;
  const [focus, setFocus] = useState<Focus | null>(null);
  const rankings = useMemo(() => rankChain(logits, chain), [logits, chain]);
  const {columns, card} = layoutChain(chain.length, width, widest);
  const cards = useMemo(() => cardsOf(chain, rankings, reached, card), [chain, rankings, reached, card]);
  const table = useMemo(() => warpTable(cards, vocabulary, text), [cards, vocabulary, text]);
  const order = cards.some(({card: {moved}}) => moved > 0);
  const read = focus && sayFocus(cards[focus.card], focus.rank, vocabulary, text);
  useEcho(focus ? tokenId(focus.id) : null);
  return (
    <PanelFrame
      id="warp"
      title={text.title}
      sub={text.sub}
      provenance="derived"
      how={text.how}
      strings={strings.panel}
      now={now}
      controls={<WarpKey strings={text} />}
      say={<Said rest={sayWarp(cards, nowIndex, vocabulary, text)} read={read} />}
      table={table}
    >
      <ol
        className="chain"
        data-columns={columns}
        style={{"--columns": columns, "--card": `${card}px`} as CSSProperties}
      >
        {cards.map((data, index) => (
          <WarpCard
            key={index}
            {...{data, index, order, focus, vocabulary}}
            now={index === nowIndex}
            startsRow={index % columns === 0}
            folded={columns === 1 && (nowIndex === null ? data.state === "waits" : index !== nowIndex)}
            width={card}
            height={plotHeight}
            largest={largestBar(rankings)}
            onFocus={setFocus}
            strings={text}
          />
        ))}
      </ol>
    </PanelFrame>
  );
}
