import {laterLoop} from "./laterLoop.ts";
import {opposingParameters, opposingSamples} from "./opposingParameters.ts";
import type {Strategy} from "./strategy.ts";

/**
 * DoLa, decoding by contrasting layers (Chuang et al., 2024): the last layer's distribution is set against that of an
 * earlier one, read through the same LM head: of some candidates the one with the largest Jensen-Shannon divergence
 * from it, at each token anew. The score of a plausible token is log p_last - log p_earlier.
 *
 * As HF's `_dola_decoding`, but for two things. Earlier layers go through the final norm, as the logit lens has it; HF
 * gives the LM head the bare residual stream. The divergence is the paper's, KL(p || m) and KL(q || m); HF's code and
 * the authors' exchange the arguments. The repetition penalty that both recommend (1.2) is the warper of that name.
 */
export const dola: Strategy = {
  name: "dola",
  parameters: {
    ...opposingParameters,
    layers: {kind: "choice", default: "low", options: ["low", "high"]}
  },
  samples: opposingSamples,
  readsAgain: true,
  run: laterLoop(() => import("./dolaLoop.ts"))
};
