import {
  beamParams,
  isSampling,
  type Frame,
  type Request,
  type Stage,
  type Vocabulary
} from "../../../engine/index.ts";
import {formatCoin, formatCount, formatShape} from "../../draw/format.ts";
import {tokenText, type TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {weightBytes} from "../../draw/weightBytes.ts";
import {count, feeds, idsOf, sequencesOf} from "./machineNumbers.ts";
import type {BoxName} from "./machineMap.ts";

export type MachineInput = {
  readonly frame: Frame | null;
  readonly next: Stage | null;
  readonly request: Request;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["machine"];
};

type Values = {readonly [B in Exclude<BoxName, "token" | "warpers" | "layers">]: readonly string[]};

/** The small print of each box that is plain text, its longest form first; none where nothing is known yet. */
export function boxValues({frame, request, next, strings}: MachineInput): Values {
  const load = frame?.latest.load;
  const config = load?.config;
  const tokenize = frame?.latest.tokenize;
  const rows = frame && rowsOf(frame, request);
  const coming = frame && next === "transfer" ? feeds(frame, request) : null;
  const side = frame ? sequencesOf(frame, coming !== null) : 1;
  const beside = (shape: readonly number[]) => (side > 1 ? [side, ...shape] : shape);
  const ids = coming ? beside([count(coming)]) : shapeOfIds(frame);
  return {
    weights: load ? strings.weights(weightBytes(load), load.parameters) : [],
    text: tokenize ? [strings.characters([...tokenize.text].length)] : [],
    tokenizer: tokenize ? [strings.tokens(tokenize.tokenIds.length)] : [],
    tensor: ids ? [strings.int64(formatShape(ids)), formatShape(ids)] : [],
    embedding: config && rows ? [formatShape(beside([rows, config.dModel]))] : [],
    head: config ? [`${formatCount(config.dModel)} → ${formatCount(config.vocabSize)}`] : [],
    logits: config ? [formatShape(beside([config.vocabSize]))] : [],
    draw: drawValue(frame, request, strings),
    detokenizer: detokenizerValue(frame, strings),
    completion: tokenize ? [strings.tokens(frame.tokenIds.length)] : []
  };
}

/** Positions that the pass reads, or will read. */
function rowsOf(frame: Frame, request: Request): number | null {
  const fed = frame.pass?.positions ?? feeds(frame, request);
  return fed && count(fed);
}

const shapeOfIds = (frame: Frame | null): readonly number[] | undefined => {
  const transfer = frame?.inPass.transfer;
  return transfer && idsOf(transfer)?.shape;
};

function drawValue(
  frame: Frame | null,
  request: Request,
  {beams, coin, largest}: Strings["machine"]
): readonly string[] {
  const drawn = frame?.inPass.sample ?? frame?.inPass.oppose;
  if (request.strategy.name === "beam") return beams(beamParams(request.strategy.params ?? {}).numBeams);
  if (drawn) return drawn.coin === null ? largest : [formatCoin(drawn.coin)];
  return isSampling(request.strategy) ? [coin] : largest;
}

function detokenizerValue(frame: Frame | null, strings: Strings["machine"]): readonly string[] {
  const held = frame?.inPass.detokenize?.heldBack.length ?? 0;
  return held > 0 ? strings.heldBack(held) : [strings.idsToText];
}

/** The token appended in this pass, or picked to be; before that, in the generation phase, the one that this pass reads. */
export function tokenShown({frame, vocabulary}: MachineInput): TokenText | null {
  if (!frame) return null;
  const id =
    frame.inPass.append?.tokenId ??
    frame.inPass.sample?.tokenId ??
    (frame.tokenIds.length > frame.promptLength ? frame.tokenIds.at(-1) : null);
  return id == null ? null : tokenText(vocabulary, id);
}

/** One short name a warper of the chain, the one at the cursor marked. */
export function warperNames({
  frame,
  request,
  strings
}: MachineInput): readonly {text: string; now: boolean}[] {
  const now = frame?.event.stage === "warp" ? frame.event.index : -1;
  return request.warpers.map(({name}, i) => ({text: strings.warper(name), now: i === now}));
}
