import type {CandidateLayer, OpposeEvent} from "../../../engine/index.ts";
import {formatCoin, formatNumber, formatPercentSmall} from "../../draw/format.ts";
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

function said({against, tokens, chosen, plausible, coin, alpha}: OpposeEvent, name: string): string {
  const taken = tokens.find(({tokenId}) => tokenId === chosen)!;
  const difference = `ln ${formatPercentSmall(Math.exp(taken.own))} − ln ${formatPercentSmall(Math.exp(taken.other))} = ${formatNumber(taken.own - taken.other)}`;
  if (plausible === 1)
    return `Only ${name} is plausible at alpha ${formatNumber(alpha)}, so it comes next whatever its score: ${difference}.`;
  if (divergenceOf(against) === 0)
    return `Both say the same, so every plausible token has the score 0: ${name} comes next.`;
  const how =
    coin === null
      ? tokens.some(({score}) => score !== null && score > taken.own - taken.other)
        ? `the largest of ${plural(plausible, "plausible token")} once the warpers have acted`
        : `the largest score of ${plural(plausible, "plausible token")}`
      : `drawn from ${plural(plausible, "plausible token")} with the coin ${formatCoin(coin)}`;
  return `${name}: ${difference}, ${how}.`;
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
  least: (alpha: number) => `plausible from ${formatNumber(alpha)} × the largest on`,
  scoreAxis: "score",
  cut: "not plausible, so without a score:",
  layers: "Jensen–Shannon divergence from the last layer, in bits",
  layer,
  layersLabel: (layers: readonly CandidateLayer[], chosen: number) =>
    `Divergence of ${plural(layers.length, "earlier layer")} from the last one; the most different is ${layer(layers[chosen]!.layer)}, ${formatNumber(layers[chosen]!.divergence, 4)} bits`,
  head: (against: Against) => ["token", own(against), other(against), "score", "picked by", ""],
  absurd: "not plausible",
  chosen: "comes next"
};
