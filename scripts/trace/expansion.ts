import {beamParams} from "../../engine/index.ts";
import type {Candidate, ExpandEvent, Hypothesis, Request, TokenId, Vocabulary} from "../../engine/index.ts";
import {tableLines, type Column} from "./table.ts";
import {count, tokenText} from "./words.ts";

const FATES: Readonly<Record<Candidate["fate"], string>> = {
  running: "goes on",
  finished: "ended: a hypothesis",
  narrow: "no beam left for it",
  low: "ends, but ranks too low",
  worse: "ended, but others are better"
};

const DONE: Readonly<Record<NonNullable<ExpandEvent["done"]>, string>> = {
  full: "there are as many hypotheses as beams",
  hopeless: "no beam can beat the worst hypothesis",
  exhausted: "every candidate ended"
};

const CANDIDATES: readonly Column[] = [
  {head: "rank", number: true},
  {head: "beam"},
  {head: "token"},
  {head: "ln p", number: true},
  {head: "sum", number: true},
  {head: ""}
];

const HYPOTHESES: readonly Column[] = [
  {head: "rank", number: true},
  {head: "normalized", number: true},
  {head: "sum", number: true},
  {head: "tokens"}
];

/** One step of beam search: the candidates, what became of each, and the hypotheses where the search is done. */
export function tellExpand(event: ExpandEvent, request: Request, vocabulary: Vocabulary): readonly string[] {
  const {beams, candidates, running, finished, copied, done} = event;
  const joined = (ids: readonly TokenId[]) => ids.map((id) => tokenText(vocabulary, id)).join(" ");
  const rows = candidates.map(({beam, tokenId, score, total, fate}, i) => [
    String(i + 1),
    beams[beam]!.tokenIds.length === 0 ? "the prompt" : joined(beams[beam]!.tokenIds),
    tokenText(vocabulary, tokenId),
    score.toFixed(3),
    total.toFixed(3),
    FATES[fate]
  ]);
  const copies = copied > 0 ? `; ${count(copied, "cached position")} are copied for them` : "";
  const lines = [
    `${count(beams.length, "beam")} times ${count(vocabulary.length, "token")}: the best ${candidates.length}`,
    ...tableLines(CANDIDATES, rows)
  ];
  if (!done) return [...lines, `${count(running.length, "beam")} go on${copies}`];
  const {numReturnSequences} = beamParams(request.strategy.params ?? {});
  const returned = finished.slice(0, numReturnSequences);
  return [
    ...lines,
    `the search is over: ${DONE[done]}`,
    ...tableLines(HYPOTHESES, returned.map(hypothesisRow))
  ];

  function hypothesisRow({tokenIds, score, normalized}: Hypothesis, i: number): readonly string[] {
    return [String(i + 1), normalized.toFixed(4), score.toFixed(3), joined(tokenIds)];
  }
}
