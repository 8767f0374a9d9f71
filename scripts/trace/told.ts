import {
  printParams,
  printStrategy,
  printWarpers,
  type EventOf,
  type Request,
  type Tap,
  type TensorInfo,
  type TokenizeEvent,
  type Vocabulary
} from "../../engine/index.ts";
import {tableLines} from "./table.ts";
import {bits, bytes, count, ms, percent, quote, span, tokenText} from "./words.ts";

/** The model, where it runs, and what it is going to do. */
export function tellLoad(event: EventOf<"load">, request: Request): readonly string[] {
  const {model, parameters, config, files, backend, selfCheck, measured} = event;
  const size = files.reduce((sum, file) => sum + file.bytes, 0);
  const {nLayers, nHeads, nKvHeads, dModel, vocabSize, maxPositions} = config;
  const {warpers, strategy, seed, cache} = request;
  const took = measured ? `, ${ms(measured.ms)}` : "";
  const checked = selfCheck
    ? [`self-check: at most ${selfCheck.maxDifference} from the reference, ${selfCheck.tolerance} allowed`]
    : [];
  return [
    `${model}: ${count(parameters, "parameter")}, ${bytes(size)} in ${count(files.length, "file")}${took}`,
    `${count(nLayers, "layer")}, ${count(nHeads, "head")} (${nKvHeads} for keys and values), width ${dModel}, vocabulary ${count(vocabSize, "token")}, context ${count(maxPositions, "position")}`,
    `runs on ${backend.name} (${backend.device}). ${backend.why}`,
    ...checked,
    `strategy ${printStrategy(strategy)}, seed ${seed}, KV cache ${cache ? "on" : "off"}, warpers ${printWarpers(warpers) || "none"}`
  ];
}

/** The prompt in pieces, with the merges of each, then token by token. */
export function tellTokenize(event: TokenizeEvent, vocabulary: Vocabulary): readonly string[] {
  const {text, preTokens, tokenIds, offsets} = event;
  const pieces = preTokens.map(({text, added, merges, tokenIds}) => [
    quote(text),
    added ? "taken whole" : merges.map(({left, right, rank}) => `${left}+${right} (${rank})`).join(", "),
    tokenIds.join(" ")
  ]);
  const tokens = tokenIds.map((id, position) => [
    String(position),
    String(id),
    tokenText(vocabulary, id),
    covered(offsets[position])
  ]);
  return [
    `${quote(text)} is cut into ${count(preTokens.length, "piece")}, and in each the pair of lowest rank merges first`,
    ...tableLines([{head: "piece"}, {head: "merges (rank)"}, {head: "ids"}], pieces),
    "",
    ...tableLines(
      [{head: "position", number: true}, {head: "id", number: true}, {head: "token"}, {head: "characters"}],
      tokens
    )
  ];
}

const covered = (offset: TokenizeEvent["offsets"][number] | undefined) =>
  offset ? `${span(offset)}${offset.partial ? ", in part" : ""}` : "";

const shape = (sizes: readonly number[]) => `(${sizes.join(", ")})`;

/** Names, types and shapes. */
export const nameTensors = (all: readonly TensorInfo[]) =>
  all.map((tensor) => `${tensor.name} ${tensor.type} ${shape(tensor.shape)}`).join(", ");

/** The first numbers of a tap. */
export function tellTap(tap: Tap): string {
  const some = Array.from(tap.data.subarray(0, 6), (value) => value.toPrecision(4)).join(", ");
  return `${tap.name} float32 ${shape(tap.shape)}: ${some}${tap.data.length > 6 ? ", ..." : ""}`;
}

/** What one warper did. */
export function tellWarp(event: EventOf<"warp">): readonly string[] {
  const name = `${event.warper} ${printParams({name: event.warper, params: event.params})}`.padEnd(24);
  if (!event.applied) return [`${name} left out: it acts only where a token is drawn`];
  const removed =
    event.removed.length > 0 ? `removes ${count(event.removed.length, "token")}` : "removes none";
  return [
    `${name} ${removed}, ${event.kept.toLocaleString("en")} left; keeps ${percent(event.massKept)} of the mass; entropy ${bits(event.entropyBefore)} to ${bits(event.entropy)} bits${workedWith(event)}`
  ];
}

/** "; coin 0.2548; mu 6.21": what a warper had besides the logits. */
function workedWith({coin, state}: EventOf<"warp">): string {
  const carried = Object.entries(state ?? {}).map(([key, value]) => `; ${key} ${value.toFixed(2)}`);
  return `${coin === undefined ? "" : `; coin ${coin.toFixed(4)}`}${carried.join("")}`;
}
