import type {CandidateLayer, OpposeEvent} from "../../../engine/index.ts";
import {formatCoin, formatCount, formatNumber, formatPercentSmall, formatTick} from "../../draw/format.ts";
import {plural} from "./plural.ts";

type Against = OpposeEvent["against"];

/** @param index from 0; null is the embedding */
const layer = (index: number | null): string => (index === null ? "embedding" : `layer ${index + 1}`);
const chosenLayer = ({layers, chosen}: Extract<Against, {kind: "layer"}>) => layers[chosen]!.layer;
/** What the decoder is set against, inside a sentence. */
export const theOther = (against: Against, draft: string): string => {
  if (against.kind === "draft") return draft;
  const index = chosenLayer(against);
  return index === null ? "the embedding" : layer(index);
};
const own = ({kind}: Against): string => (kind === "draft" ? "decoder (expert)" : "last layer");
const other = (against: Against): string =>
  against.kind === "draft" ? "small decoder (amateur)" : layer(chosenLayer(against));
const divergenceOf = (against: Against): number =>
  against.kind === "draft" ? against.divergence : against.layers[against.chosen]!.divergence;

/** How the chosen token came to be it. */
function picked({tokens, plausible, coin}: OpposeEvent, score: number): string {
  const all = plural(plausible, "plausible token");
  if (coin !== null) return `drawn from ${all} with the coin ${formatCoin(coin)}`;
  return tokens.some((other) => other.score !== null && other.score > score)
    ? `the largest of ${all} once the warpers have acted`
    : `the largest score of ${all}`;
}

/** Why this layer is the one that the last layer is set against. */
function why(against: Against): string {
  if (against.kind === "draft" || against.layers.length === 1) return "";
  const name = theOther(against, "");
  return ` ${name[0]!.toUpperCase()}${name.slice(1)} is taken because it differs most from the last layer.`;
}

function said(event: OpposeEvent, name: string): string {
  const {against, tokens, chosen, plausible, alpha} = event;
  const taken = tokens.find(({tokenId}) => tokenId === chosen)!;
  const score = taken.score ?? taken.own - taken.other;
  const difference = `ln ${formatPercentSmall(Math.exp(taken.own))} − ln ${formatPercentSmall(Math.exp(taken.other))} = ${formatNumber(score)}`;
  if (plausible === 1)
    return `Only ${name} is plausible at alpha ${formatTick(alpha)}, so it comes next whatever its score: ${difference}.${why(against)}`;
  if (divergenceOf(against) === 0)
    return `Both say the same, so every plausible token has the score 0: ${name} comes next.`;
  return `${name}: ${difference}, ${picked(event, score)}.${why(against)}`;
}

/** A step of contrastive decoding or of DoLa. */
export const oppose = {
  title: ({kind}: Against) => (kind === "draft" ? "Contrastive decoding: one step" : "DoLa: one step"),
  sub: (against: Against) =>
    `how probable ${against.kind === "draft" ? "the decoder" : "the last layer"} and ${theOther(against, "the small one")} find each token, logarithmic; the score is how far the disc is to the right of the ring`,
  how: ({kind}: Against) =>
    kind === "draft"
      ? "Both distributions are softmaxes of the logits of one pass of each decoder, before any warper. The score is the difference of their logarithms; the warpers act on the scores."
      : "The last layer’s distribution is the decoder’s own. An earlier layer’s is what the final norm and the LM head make of its residual stream. The score is the difference of their logarithms; the warpers act on the scores.",
  said,
  label: ({plausible}: OpposeEvent, shown: number, chosen: string) =>
    `${plural(shown, "token")} with two probabilities each, ${plausible} of the whole vocabulary plausible; ${chosen} comes next`,
  own,
  other,
  least: (alpha: number, {kind}: Against) =>
    `plausible from here: ${formatTick(alpha)} × the ${kind === "draft" ? "decoder" : "last layer"}’s largest probability`,
  more: (count: number) => `${formatCount(count)} more plausible`,
  scoreAxis: "score",
  cut: "not plausible, so without a score:",
  layers:
    "How far each layer’s distribution is from the last layer’s: Jensen–Shannon divergence in bits, 0 the same, 1 nothing in common",
  layer,
  layersLabel: (layers: readonly CandidateLayer[], chosen: number) =>
    `Divergence of ${plural(layers.length, "earlier layer")} from the last one; the most different is ${layer(layers[chosen]!.layer)}, ${formatNumber(layers[chosen]!.divergence, 4)} bits`,
  head: (against: Against) => ["token", own(against), other(against), "score", "picked by", ""],
  absurd: "not plausible",
  chosen: "comes next"
};
