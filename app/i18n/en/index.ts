import {append} from "./append.ts";
import {attention} from "./attention.ts";
import {branches} from "./branches.ts";
import {cache} from "./cache.ts";
import {detokenize} from "./detokenize.ts";
import {draw} from "./draw.ts";
import {errors} from "./errors.ts";
import {contrast} from "./contrast.ts";
import {expand} from "./expand.ts";
import {lookahead} from "./lookahead.ts";
import {oppose} from "./oppose.ts";
import {speculative} from "./speculative.ts";
import {lens} from "./lens.ts";
import {load} from "./load.ts";
import {logits} from "./logits.ts";
import {machine} from "./machine.ts";
import {matrix} from "./matrix.ts";
import {narration} from "./narration.ts";
import {notebook} from "./notebook.ts";
import {panel} from "./panel.ts";
import {present} from "./present.ts";
import {presets} from "./presets.ts";
import {recorded} from "./recorded.ts";
import {residual} from "./residual.ts";
import {settings} from "./settings.ts";
import {shell} from "./shell.ts";
import {stop} from "./stop.ts";
import {tap} from "./tap.ts";
import {tokenize} from "./tokenize.ts";
import {training} from "./training.ts";
import {transfer} from "./transfer.ts";
import {warp} from "./warp.ts";

/** Every visible or spoken text of the app, in English. One file a part of the screen. */
export const en = {
  panel,
  shell,
  settings,
  narration,
  errors,
  notebook,
  present,
  machine,
  matrix,
  load,
  tokenize,
  training,
  attention,
  transfer,
  append,
  detokenize,
  stop,
  logits,
  warp,
  presets,
  draw,
  expand,
  contrast,
  speculative,
  lookahead,
  oppose,
  branches,
  cache,
  lens,
  residual,
  tap,
  recorded
};
