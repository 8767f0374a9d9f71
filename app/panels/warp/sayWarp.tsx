import type {ReactNode} from "react";
import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatBits, formatCount, formatNumber, formatPercent} from "../../draw/format.ts";
import {spoken} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {CardData} from "./cardsOf.ts";
import {SHOWN} from "./layoutWarp.ts";

/** A token in focus: where it is read (card, rank from 0) and which it is. */
export type Focus = {readonly card: number; readonly rank: number; readonly id: number};

type Text = Strings["warp"];
type Draw<T> = {readonly token: (id: number) => T; readonly number: (text: string) => T};

const asText = (vocabulary: Vocabulary): Draw<string> => ({
  token: (id) => tokenPlain(vocabulary, tokenId(id)),
  number: (text) => text
});
const asNodes = (vocabulary: Vocabulary): Draw<ReactNode> => ({
  token: (id) => (
    <b>
      <Token token={tokenText(vocabulary, tokenId(id))} />
    </b>
  ),
  number: (text) => <b>{text}</b>
});

const nameOf = ({link}: CardData, text: Text): string => (link ? text.name(link.spec.name) : text.noneName);

/** What a card shows now, as its figure's name. */
export function cardLabel(data: CardData, vocabulary: Vocabulary, text: Text): string {
  const name = nameOf(data, text);
  if (data.state === "waits") return text.cardWaits(name);
  if (data.state === "skipped") return text.cardNotApplied(name);
  if (data.state === "next" || !data.link)
    return text.cardIn(name, data.before.alive, formatBits(data.entropyBefore), data.link !== null);
  return spoken(effect<string>(data, text, asText(vocabulary)));
}

/** The entropy before, as it is written; null where it is written as the one after. */
const changed = (before: number, after: number): string | null =>
  formatBits(before) === formatBits(after) ? null : formatNumber(before);

function effect<T>(data: CardData, text: Text, draw: Draw<T>): Pieces<T> {
  const name = nameOf(data, text);
  const entropyIn = changed(data.entropyBefore, data.entropy);
  const entropy = draw.number(formatBits(data.entropy));
  const tail = text.entropyNow<T>(entropyIn, entropy);
  if (data.link!.removed.length === 0) return [...sayChange(data, name, text, draw), ...tail];
  const kept = text.keptOf<T>({
    name,
    kept: draw.number(formatCount(data.after.alive)),
    from: formatCount(data.before.alive),
    mass: draw.number(text.mass(data.link!.massKept))
  });
  return [...kept, ...tail];
}

/** What a warper did that removed nothing: who gained by it, or lost; where no figure shows it, that it removed nothing. */
function sayChange<T>({link, change}: CardData, name: string, text: Text, draw: Draw<T>): Pieces<T> {
  const [from, to] = [change?.from ?? 0, change?.to ?? 0].map(formatPercent) as [string, string];
  if (!change || (from === to && !change.moved)) return [text.nothingRemoved(name)];
  const token = [draw.token(change.id), ...text.fromTo<T>(from, draw.number(to))];
  if (change.moved)
    return [text.movedLogits(link!.spec.name, change.moved.count, change.moved.way), ...token];
  return [text.tempered(text.temperature(link!.spec), change.to > change.from), ...token];
}

/** The token at a rank of a card, in words, for the probe. */
export const focusText = (data: CardData, rank: number, vocabulary: Vocabulary, text: Text): string =>
  spoken(readAt<string>(data, rank, text, asText(vocabulary)));

/** The same, drawn; null where that card is no longer there, or no longer reached. */
export const sayFocus = (
  data: CardData | undefined,
  rank: number,
  vocabulary: Vocabulary,
  text: Text
): Pieces<ReactNode> | null =>
  data && data.state !== "waits" ? readAt<ReactNode>(data, rank, text, asNodes(vocabulary)) : null;

function readAt<T>(data: CardData, rank: number, text: Text, draw: Draw<T>): Pieces<T> {
  const bar = data.card.bars[rank];
  if (!bar) return [];
  const read = {
    name: nameOf(data, text),
    token: draw.token(bar.id),
    rank: formatCount(rank + 1),
    before: draw.number(formatPercent(bar.before))
  };
  if (data.state === "next") return text.focusIn<T>(read);
  if (bar.state === "removed") return text.focusRemoved<T>(read);
  return text.focusKept<T>({...read, after: draw.number(formatPercent(bar.after))});
}

/** The panel's sentence: what the warper at the cursor did, or all of them; then how to read the cards. */
export function sayWarp(
  cards: readonly CardData[],
  nowIndex: number | null,
  vocabulary: Vocabulary,
  text: Text
): Pieces<ReactNode> {
  const draw = asNodes(vocabulary);
  const [first, last] = [cards[0]!, cards.at(-1)!];
  const how = text.ranks(Math.min(SHOWN, first.before.order.length));
  if (!first.link) return [text.none];
  const now = nowIndex === null ? undefined : cards[nowIndex];
  if (now?.state === "skipped") return [text.cardNotApplied(nameOf(now, text)), how];
  if (now?.state === "done") return [...effect<ReactNode>(now, text, draw), how];
  if (last.state === "next" || last.state === "waits") return [how];
  const whole = text.whole<ReactNode>({
    kept: draw.number(formatCount(last.after.alive)),
    from: formatCount(first.before.alive),
    entropyIn: formatNumber(first.entropyBefore),
    entropy: draw.number(formatBits(last.entropy))
  });
  return [...whole, how];
}
