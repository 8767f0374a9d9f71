import type {ReactNode} from "react";
import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber, formatPart, formatPercent} from "../../draw/format.ts";
import {massOf, type Ranking} from "../../draw/ranking.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {TOP} from "./layoutCurve.ts";

type Said = readonly ReactNode[];

/** What the panel shows now, in a sentence: who leads, who was taken, what is banned. */
export function sayLogits(
  ranking: Ranking,
  chosen: number,
  vocabulary: Vocabulary,
  strings: Strings["logits"]
): Said {
  const {alive, logits} = ranking;
  const banned = alive < logits.length && alive > 0 ? [strings.bannedToo(logits.length - alive)] : [];
  const leader = sayLeader(ranking, chosen === 0, vocabulary, strings);
  return [...leader, ...sayChosen(ranking, chosen, vocabulary, strings), ...banned];
}

/** The chosen token and its place, unless it has been named as the one that leads. */
function sayChosen(
  ranking: Ranking,
  chosen: number,
  vocabulary: Vocabulary,
  strings: Strings["logits"]
): Said {
  if (chosen < 0 || (chosen === 0 && !isFlat(ranking))) return [];
  return strings.chosen<ReactNode>(placed(ranking, chosen, vocabulary, true));
}

const isFlat = ({alive, logits, order}: Ranking): boolean =>
  alive > 1 && logits[order[0]!] === logits[order[alive - 1]!];

function sayLeader(
  ranking: Ranking,
  isChosen: boolean,
  vocabulary: Vocabulary,
  strings: Strings["logits"]
): Said {
  const {alive, order, probabilities} = ranking;
  if (alive === 0) return [strings.none];
  const {token, p} = placed(ranking, 0, vocabulary, isChosen);
  if (alive === 1) return strings.single<ReactNode>(token, isChosen);
  if (isFlat(ranking)) return strings.equal<ReactNode>(alive, p);
  const top = Math.min(TOP, alive);
  const [mass, rest] = [massOf(ranking, 0, top), massOf(ranking, top, alive)];
  return strings.summary<ReactNode>({
    token,
    p: bold(formatPart(probabilities[order[0]!]!)),
    chosen: isChosen,
    top,
    mass: bold(rest > 0 ? formatPart(mass) : formatPercent(mass)),
    others: alive - top,
    rest: bold(formatPercent(rest))
  });
}

/** One token, read from the curve or from its row. */
export function sayFocus(
  ranking: Ranking,
  rank: number,
  vocabulary: Vocabulary,
  strings: Strings["logits"],
  canTake: boolean
): Said {
  const said = strings.focus<ReactNode>(placed(ranking, rank, vocabulary));
  return canTake ? [...said, strings.takeHint] : said;
}

/** A token's numbers as a sentence needs them. */
function placed(ranking: Ranking, rank: number, vocabulary: Vocabulary, isPicked = false) {
  const {order, probabilities, logits, alive} = ranking;
  const id = order[rank]!;
  return {
    token: (
      <b className={isPicked ? "picked" : undefined}>
        <Token token={tokenText(vocabulary, tokenId(id))} />
      </b>
    ),
    id: formatCount(id),
    rank: formatCount(rank + 1),
    of: formatCount(Math.max(alive, rank + 1)),
    p: bold(formatPercent(probabilities[id]!)),
    logit: bold(formatNumber(logits[id]!))
  };
}

const bold = (content: ReactNode): ReactNode => <b>{content}</b>;
