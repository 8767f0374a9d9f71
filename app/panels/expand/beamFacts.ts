import type {ExpandEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {greedyBeams} from "./layoutBeamTree.ts";

/** Tokens of a text that are named at most; of a longer one the last. */
const NAMED = 6;

/** What the search is worth so far: the best sum, greedy's own, how they compare, the sequences that were run. */
export function beamFacts(
  events: readonly ExpandEvent[],
  vocabulary: Vocabulary,
  words: Strings["expand"]
): readonly (readonly [number: string, words: string])[] {
  const last = events.at(-1)!;
  const named = (ids: readonly TokenId[]) =>
    (ids.length > NAMED ? "…" : "") +
    ids
      .slice(-NAMED)
      .map((id) => tokenPlain(vocabulary, id))
      .join("");
  const best = last.done ? last.finished[0] : last.running[0];
  const facts: (readonly [string, string])[] = [];
  if (best) facts.push([formatNumber(best.score), words.best(named(best.tokenIds))]);
  const path = greedyBeams(events);
  const at = path.at(-1) ?? null;
  const lost = path.indexOf(null);
  if (at !== null) {
    const greedy = last.running[at]!;
    facts.push([formatNumber(greedy.score), words.greedy(named(greedy.tokenIds))]);
    if (best && best.tokenIds.length === greedy.tokenIds.length && best.score > greedy.score)
      facts.push([`${formatNumber(Math.exp(best.score - greedy.score), 1)} ×`, words.ratio]);
  } else if (lost >= 0) facts.push(["g", words.greedyLost(lost + 1)]);
  const sequences = events.reduce((sum, {beams}, step) => sum + (step === 0 ? 1 : beams.length), 0);
  facts.push([formatCount(sequences), words.sequences(events.length)]);
  return facts;
}
