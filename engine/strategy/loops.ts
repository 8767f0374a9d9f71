import {beamLoop} from "./beam.ts";
import {contrastiveLoop} from "./contrastive.ts";
import {contrastiveDecodingLoop} from "./contrastiveDecoding.ts";
import {dolaLoop} from "./dola.ts";
import {greedy} from "./greedy.ts";
import {lookaheadLoop} from "./lookahead.ts";
import {multinomial} from "./multinomial.ts";
import {oneTokenAPass} from "./oneTokenAPass.ts";
import {speculativeLoop} from "./speculative.ts";
import type {StrategyLoop, StrategyName} from "./strategy.ts";

/** How each strategy runs. Apart from what it is called and takes: a page whose engine is in a worker reads only that. */
export const loops: Readonly<Record<StrategyName, StrategyLoop>> = {
  greedy: oneTokenAPass(greedy),
  multinomial: oneTokenAPass(multinomial),
  beam: beamLoop,
  contrastive: contrastiveLoop,
  speculative: speculativeLoop,
  lookahead: lookaheadLoop,
  contrastiveDecoding: contrastiveDecodingLoop,
  dola: dolaLoop
};
