import type {ReactNode} from "react";
import {entropyBits, tokenId, type SampleEvent, type Vocabulary} from "../../../engine/index.ts";
import {formatBits, formatCount, formatPercent} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import {decimalsFor, type Segments} from "./layoutDraw.ts";

/** How tokens and numbers are put into a sentence: as text, or drawn. */
export type Draw<T> = {
  readonly token: (id: number, isPicked: boolean) => T;
  readonly number: (text: string) => T;
};

export const asText = (vocabulary: Vocabulary): Draw<string> => ({
  token: (id) => tokenPlain(vocabulary, tokenId(id)),
  number: (text) => text
});

export const asNodes = (vocabulary: Vocabulary): Draw<ReactNode> => ({
  token: (id, isPicked) => (
    <b className={isPicked ? "picked" : undefined}>
      <Token token={tokenText(vocabulary, tokenId(id))} />
    </b>
  ),
  number: (text) => <b>{text}</b>
});

/** What happened on the bar, in a sentence. */
export function sayDraw<T>(
  segments: Segments,
  sample: SampleEvent | null,
  seed: number,
  text: Strings["draw"],
  draw: Draw<T>
): Pieces<T> {
  const {ids, edges} = segments;
  if (!sample) return ids.length === 1 ? text.single<T>(draw.token(ids[0]!, false)) : [text.waiting];
  const token = draw.token(sample.tokenId, true);
  if (sample.coin === null) return text.greedy<T>(token, draw.number(formatPercent(sample.probability)));
  const hit = ids.indexOf(sample.tokenId);
  const [from, to] = [edges[hit] ?? 0, edges[hit + 1] ?? 1];
  const decimals = decimalsFor(from, sample.coin, to);
  const fell = text.fell<T>({
    coin: draw.number(sample.coin.toFixed(decimals)),
    seed: formatCount(seed),
    from: from.toFixed(decimals),
    to: to.toFixed(decimals),
    token,
    rank: formatCount(sample.rank),
    of: formatCount(ids.length)
  });
  return ids.length === 1 ? [...fell, text.singleFell] : fell;
}

/** One segment, read from the bar. */
export function saySegment<T>(
  {ids, edges}: Segments,
  segment: number,
  sample: SampleEvent | null,
  text: Strings["draw"],
  draw: Draw<T>
): Pieces<T> {
  const [from, to] = [edges[segment]!, edges[segment + 1]!];
  const decimals = decimalsFor(from, from, to);
  const id = ids[segment]!;
  return text.focus<T>({
    token: draw.token(id, id === sample?.tokenId),
    id: formatCount(id),
    from: from.toFixed(decimals),
    to: to.toFixed(decimals),
    p: draw.number(formatPercent(to - from))
  });
}

/** How uncertain the step is, and what greedy would take. */
export function sayFacts<T>(
  probabilities: Float32Array,
  greedy: number,
  picked: number | null,
  /** The run is greedy itself. */
  isGreedy: boolean,
  text: Strings["draw"],
  draw: Draw<T>
): Pieces<T> {
  const entropy = entropyBits(probabilities);
  return text.facts<T>({
    entropy: draw.number(formatBits(entropy)),
    perplexity: draw.number(text.perplexity(2 ** entropy)),
    greedy: isGreedy
      ? null
      : {token: draw.token(greedy, greedy === picked), p: formatPercent(probabilities[greedy]!)}
  });
}
