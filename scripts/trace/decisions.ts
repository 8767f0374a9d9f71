import type {
  ContrastEvent,
  LookaheadEvent,
  OpposeEvent,
  ProposeEvent,
  TokenId,
  VerifyEvent,
  Vocabulary
} from "../../engine/index.ts";
import {tableLines, type Column} from "./table.ts";
import {count, percent, tokenText} from "./words.ts";

/** Decisions of the strategies that have a stage of their own, told line by line. */

const joined = (ids: readonly TokenId[], vocabulary: Vocabulary) =>
  ids.map((id) => tokenText(vocabulary, id)).join(" ");

const CONTRAST: readonly Column[] = [
  {head: ""},
  {head: "token"},
  {head: "p", number: true},
  {head: "similarity", number: true},
  {head: "to position", number: true},
  {head: "score", number: true}
];

export function tellContrast(event: ContrastEvent, vocabulary: Vocabulary): readonly string[] {
  const {candidates, chosen, alpha} = event;
  const rows = candidates.map((candidate, i) => [
    i === chosen ? ">" : "",
    tokenText(vocabulary, candidate.tokenId),
    percent(candidate.probability),
    candidate.degeneration.toFixed(3),
    String(candidate.mostSimilar),
    candidate.score.toFixed(4)
  ]);
  return [
    `${count(candidates.length, "candidate")} read on trial; score = ${(1 - alpha).toFixed(2)} p - ${alpha.toFixed(2)} similarity`,
    ...tableLines(CONTRAST, rows)
  ];
}

export function tellPropose(
  {tokens, drafter, found}: ProposeEvent,
  vocabulary: Vocabulary
): readonly string[] {
  if (tokens.length === 0)
    return [drafter === "model" ? "no room for a draft" : "the last tokens did not stand together before"];
  const from = found ? `, which followed the same tokens at positions ${found.from} to ${found.to - 1}` : "";
  return [
    `proposed: ${joined(
      tokens.map(({tokenId}) => tokenId),
      vocabulary
    )}${from}`
  ];
}

const VERIFY: readonly Column[] = [
  {head: ""},
  {head: "token"},
  {head: "q", number: true},
  {head: "p", number: true},
  {head: "p / q", number: true},
  {head: "coin", number: true}
];

const FATE = {true: "accepted", false: "rejected", null: "not tested"} as const;

export function tellVerify(event: VerifyEvent, vocabulary: Vocabulary): readonly string[] {
  const {tokens, accepted, extra, rollBack} = event;
  const rows = tokens.map((token) => [
    FATE[`${token.accepted}`],
    tokenText(vocabulary, token.tokenId),
    percent(token.q),
    token.p === null ? "" : percent(token.p),
    token.ratio === null ? "" : token.ratio.toFixed(3),
    token.acceptCoin === null ? "" : token.acceptCoin.toFixed(6)
  ]);
  const from = extra.from === "residual" ? "what p has above q" : "the decoder's own distribution";
  const {target} = rollBack;
  const forgotten = target ? target.before - target.after : 0;
  return [
    `${accepted} of ${count(tokens.length, "proposed token")} accepted`,
    ...(rows.length > 0 ? tableLines(VERIFY, rows) : []),
    `then ${tokenText(vocabulary, extra.tokenId)}, ${percent(extra.probability)} of ${from}`,
    ...(forgotten > 0 ? [`the KV cache forgets ${count(forgotten, "position")}`] : [])
  ];
}

export function tellLookahead(event: LookaheadEvent, vocabulary: Vocabulary): readonly string[] {
  const {window, fresh, guesses, chosen, emitted, fed, pool} = event;
  const rows = [...window, ...(window.length > 0 ? [fresh] : [])];
  return [
    `fed ${count(fed.committed, "token")} of the text, ${fed.guesses} of guesses, ${fed.window} of the window`,
    ...rows.map((row, l) => `${l < window.length ? `row ${l}` : "next "}  ${joined(row, vocabulary)}`),
    ...guesses.map(
      ({tokenIds, agreed}, i) =>
        `guess  ${joined(tokenIds, vocabulary)}: ${agreed} agreed${i === chosen ? ", taken" : ""}`
    ),
    `taken: ${joined(emitted, vocabulary)}; ${count(pool.length, "n-gram")} in the pool`
  ];
}

const OPPOSE: readonly Column[] = [
  {head: ""},
  {head: "token"},
  {head: "own", number: true},
  {head: "other", number: true},
  {head: "score", number: true},
  {head: "warped", number: true}
];

export function tellOppose(event: OpposeEvent, vocabulary: Vocabulary): readonly string[] {
  const {against, alpha, plausible, tokens, chosen, coin} = event;
  const rows = tokens.map((token) => [
    token.tokenId === chosen ? ">" : "",
    tokenText(vocabulary, token.tokenId),
    percent(Math.exp(token.own)),
    percent(Math.exp(token.other)),
    token.score === null ? "not plausible" : token.score.toFixed(3),
    token.probability === 0 ? "" : percent(token.probability)
  ]);
  return [
    ...(against.kind === "draft" ? [tellDraft(against)] : tellLayers(against)),
    `${count(plausible, "token")} at least ${alpha} times as probable as the most probable one; score = ln own - ln other`,
    ...tableLines(OPPOSE, rows),
    `${coin === null ? "taken" : `coin ${coin.toFixed(6)}`}: ${tokenText(vocabulary, chosen)}`
  ];
}

type Against<K> = Extract<OpposeEvent["against"], {readonly kind: K}>;

const tellDraft = ({divergence}: Against<"draft">) =>
  `against the smaller decoder, ${divergence.toFixed(4)} bits of divergence from it`;

function tellLayers({layers, chosen}: Against<"layer">): readonly string[] {
  const name = (layer: number | null) => (layer === null ? "the embedding" : `layer ${layer + 1}`);
  const each = layers.map(({layer, divergence}) => `${name(layer)} ${divergence.toFixed(4)}`);
  return [`against ${name(layers[chosen]!.layer)}; bits of divergence from the last: ${each.join(", ")}`];
}
