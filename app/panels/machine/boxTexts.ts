import {
  beamParams,
  comingAppend,
  comingPass,
  isSampling,
  picksEveryPass,
  type Frame,
  type Request,
  type Stage,
  type Vocabulary
} from "../../../engine/index.ts";
import {actingWarpers} from "../../draw/actingWarpers.ts";
import {formatCoin, formatCount, formatShape} from "../../draw/format.ts";
import {tokenText, type TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {weightBytes} from "../../draw/weightBytes.ts";
import {count, idsOf, loadNow, logitsOf, passNow, sequencesOf} from "./machineNumbers.ts";
import type {BoxName} from "./machineMap.ts";

export type MachineInput = {
  readonly frame: Frame | null;
  readonly next: Stage | null;
  readonly request: Request;
  readonly vocabulary: Vocabulary;
  /** There is no model, and none on its way. */
  readonly failed?: boolean;
  /** The frame is of a trace that was recorded. */
  readonly recorded?: boolean;
  readonly strings: Strings["machine"];
};

export const nameOf = (box: BoxName, {frame, request, strings}: MachineInput): string =>
  box !== "draw"
    ? strings.boxes[box]
    : frame?.event.stage === "propose"
      ? strings.draft
      : strings.picks[request.strategy.name];

type Values = {readonly [B in Exclude<BoxName, "token" | "warpers" | "layers">]: readonly string[]};

/** The small print of each box that is plain text, its longest form first; none where nothing is known yet. */
export function boxValues({frame, request, next, strings}: MachineInput): Values {
  const load = loadNow(frame);
  const config = load?.config;
  const tokenize = frame?.latest.tokenize;
  const {fed} = passNow(frame, request);
  const side = frame ? sequencesOf(frame, request) : 1;
  const ids = frame && next === "transfer" ? idsComing(frame, request) : shapeOfIds(frame);
  const scores = config && shapeOfLogits(frame, side, config.vocabSize);
  return {
    weights: load ? strings.weights(weightBytes(load), load.parameters) : [],
    text: tokenize ? [strings.characters([...tokenize.text].length)] : [],
    tokenizer: tokenize ? [strings.tokens(tokenize.tokenIds.length)] : [],
    tensor: ids ? [strings.int64(formatShape(ids)), formatShape(ids)] : [],
    embedding: config && fed ? [formatShape(beside(side, [count(fed), config.dModel]))] : [],
    head: config ? [`${formatCount(config.dModel)} → ${formatCount(config.vocabSize)}`] : [],
    logits: scores ? [formatShape(scores)] : [],
    draw: drawValue(frame, request, strings),
    detokenizer: detokenizerValue(frame, strings),
    completion:
      tokenize && frame.text !== "" ? [strings.characters([...tokenize.text, ...frame.text].length)] : []
  };
}

const beside = (sequences: number, shape: readonly number[]): readonly number[] =>
  sequences > 1 ? [sequences, ...shape] : shape;

/** The next pass's, where it is known. */
function idsComing(frame: Frame, request: Request): readonly number[] | undefined {
  const coming = comingPass(frame, request);
  return coming ? beside(coming.sequences, [count(coming.positions)]) : undefined;
}

/** As they came back; before that, as the pass makes them. Of a pattern's rows most are not told. */
function shapeOfLogits(frame: Frame | null, side: number, vocabSize: number): readonly number[] | undefined {
  const {pass, inPass} = frame ?? {};
  const fetched = inPass?.fetch && logitsOf(inPass.fetch);
  if (fetched) return fetched.shape;
  return pass?.at ? undefined : beside(side, [pass?.rows.length ?? 1, vocabSize]);
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
export function tokenShown({frame, next, vocabulary}: MachineInput): TokenText | null {
  if (!frame) return null;
  const id =
    (next === "append" ? comingAppend(frame)?.tokenId : null) ??
    frame.inPass.append?.tokenId ??
    frame.inPass.sample?.tokenId ??
    (frame.tokenIds.length > frame.promptLength ? frame.tokenIds.at(-1) : null);
  return id == null ? null : tokenText(vocabulary, id);
}

/**
 * One short name a warper of the chain; the one at the cursor is marked, and the one after it. Where the strategy
 * decides in a stage of its own, those that it lets act: there is no stage that says of the others that they do not.
 */
export function warperNames({
  frame,
  next,
  request,
  strings
}: MachineInput): readonly {text: string; mark: "now" | "next" | null}[] {
  const now = frame?.event.stage === "warp" ? frame.event.index : null;
  const chain = picksEveryPass(request.strategy) ? request.warpers : actingWarpers(request);
  return chain.map(({name}, i) => ({
    text: strings.warper(name),
    mark: now === null ? null : i === now ? "now" : i === now + 1 && next === "warp" ? "next" : null
  }));
}
