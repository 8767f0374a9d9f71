import type {Beam, ExpandEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {greedyFate, type GreedyFate} from "./greedyPath.ts";

type Fact = readonly [number: string, words: string];
type Ahead = Pick<Beam, "tokenIds" | "score">;

/** Tokens of a text that are named at most; of a longer one the last. */
const NAMED = 6;

/** What the search is worth so far: the sum of what is ahead, greedy's own where it is another, how they compare, the sequences that were run. */
export function beamFacts(
  events: readonly ExpandEvent[],
  vocabulary: Vocabulary,
  words: Strings["expand"]
): readonly Fact[] {
  const last = events.at(-1)!;
  const named = (ids: readonly TokenId[]) =>
    words.text(
      ids
        .slice(-NAMED)
        .map((id) => tokenPlain(vocabulary, id))
        .join(""),
      ids.length > NAMED
    );
  const best = last.done ? last.finished[0] : last.running[0];
  const sequences = events.reduce((sum, {beams}, step) => sum + (step === 0 ? 1 : beams.length), 0);
  const greedy = greedyFate(events);
  const isGreedy = greedy.kind !== "pruned" && greedy.tokenIds.join() === best?.tokenIds.join();
  const said = (text: string) => words.best(text, last.done, isGreedy);
  return [
    ...(best ? [[formatNumber(best.score), said(named(best.tokenIds))] as const] : []),
    ...(isGreedy ? [] : greedyFacts(greedy, best, named, words)),
    [formatCount(sequences), words.sequences(sequences, events.length)]
  ];
}

function greedyFacts(
  greedy: GreedyFate,
  best: Ahead | undefined,
  named: (ids: readonly TokenId[]) => string,
  words: Strings["expand"]
): readonly Fact[] {
  if (greedy.kind === "pruned") return [[formatCount(greedy.step), words.greedyPruned]];
  const {tokenIds, score} = greedy;
  const path = words.greedy(named(tokenIds), greedy.kind === "finished" ? greedy.rank : undefined);
  const own: Fact = [formatNumber(score), path];
  if (!best || best.tokenIds.length !== tokenIds.length || best.score <= score) return [own];
  return [own, [`${formatNumber(Math.exp(best.score - score), 1)} ×`, words.ratio]];
}
