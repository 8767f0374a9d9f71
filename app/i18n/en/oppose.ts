import type {CandidateLayer, OpposedToken, OpposeEvent} from "../../../engine/index.ts";
import {formatCoin, formatCount, formatNumber, formatTick, powerOfTen} from "../../draw/format.ts";
import {digitsThat} from "./contrast.ts";
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
const bits = (divergence: number, decimals: number): string =>
  `${formatNumber(divergence, decimals)}\u202Fbits`;
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

/** 0.0929 -> "9.29 %", 2.3e-9 -> "2.30·10⁻⁷ %" */
function percent(p: number, digits: number): string {
  const [mantissa, exponent] = (100 * p).toPrecision(digits).split("e");
  return `${mantissa}${exponent ? `·${powerOfTen(Number(exponent))}` : ""}\u202F%`;
}

/** A score as a difference, with so many digits that it is right as printed. */
function difference({own, other}: Pick<OpposedToken, "own" | "other">, score: number): string {
  const [a, b] = [Math.exp(own), Math.exp(other)];
  const rounded = (p: number, digits: number) => Math.log(Number(p.toPrecision(digits)));
  const digits = digitsThat((n) => formatNumber(rounded(a, n) - rounded(b, n)) === formatNumber(score));
  return `ln ${percent(a, digits)} − ln ${percent(b, digits)} = ${formatNumber(score)}`;
}

function said(event: OpposeEvent, name: string): string {
  const {against, tokens, chosen, plausible, alpha} = event;
  const taken = tokens.find(({tokenId}) => tokenId === chosen)!;
  const score = taken.score ?? taken.own - taken.other;
  const sum = difference(taken, score);
  if (plausible === 1)
    return `Only ${name} is plausible at alpha ${formatTick(alpha)}, so it comes next whatever its score: ${sum}.${why(against)}`;
  if (divergenceOf(against) === 0)
    return `Both say the same, so every plausible token has the score 0: ${name} comes next.`;
  return `${name}: ${sum}, ${picked(event, score)}.${why(against)}`;
}

/** A step of contrastive decoding or of DoLa. */
export const oppose = {
  title: ({kind}: Against) => (kind === "draft" ? "Contrastive decoding: one step" : "DoLa: one step"),
  sub: (against: Against) =>
    `how probable ${against.kind === "draft" ? "the decoder" : "the last layer"} and ${theOther(against, "the amateur")} find each token, logarithmic; the score is how far the disc is to the right of the ring`,
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
  axis: "probability, log scale",
  score: "score",
  scoreAxis: "score: ln of the ratio",
  cut: "not plausible, so no score; from the top of either:",
  rest: (count: number) => `and ${plural(count, "other")}`,
  /** @param of undefined where it is not known */
  layers: (candidates: number, of: number | undefined) =>
    `How far ${candidates === 1 ? "the candidate layer" : `each of ${formatCount(candidates)} candidate layers`}${of === undefined ? "" : `, of ${formatCount(of)} in all,`} is from the last: Jensen–Shannon divergence, 0 the same, 1 bit (the line) nothing in common`,
  layer,
  bits,
  layersLabel: (layers: readonly CandidateLayer[], chosen: number, decimals: number) =>
    `Divergence of ${plural(layers.length, "earlier layer")} from the last one; the most different is ${layer(layers[chosen]!.layer)}, ${bits(layers[chosen]!.divergence, decimals)}`,
  head: (against: Against) => ["token", own(against), other(against), "score", "picked by", ""],
  absurd: "not plausible",
  chosen: "comes next"
};
