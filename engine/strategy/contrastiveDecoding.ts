import {laterLoop} from "./laterLoop.ts";
import {opposingParameters, opposingSamples} from "./opposingParameters.ts";
import type {Strategy} from "./strategy.ts";

/**
 * Contrastive decoding (Li et al., 2023): the decoder is the expert, the smaller one beside it the amateur, and the
 * score of a plausible token is log p_expert - log p_amateur: what the expert knows better. Both read every token, the
 * prompt once each. The token with the largest score comes next, or one drawn with the scores as logits; the paper
 * searches with beams. The amateur's temperature, a parameter there, is 1.
 */
export const contrastiveDecoding: Strategy = {
  name: "contrastiveDecoding",
  parameters: opposingParameters,
  samples: opposingSamples,
  needsDraft: () => true,
  readsAgain: true,
  run: laterLoop(() => import("./contrastiveDecodingLoop.ts"))
};
