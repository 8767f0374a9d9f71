import type {
  EventOf,
  PassEvent,
  Request,
  Stage,
  StopReason,
  Tap,
  TraceEvent,
  Vocabulary
} from "../../engine/index.ts";
import {candidates, landing} from "./draw.ts";
import type {Follower} from "./follower.ts";
import {tableLines, type Column} from "./table.ts";
import {tellContrast, tellLookahead, tellOppose, tellPropose, tellVerify} from "./decisions.ts";
import {tellExpand} from "./expansion.ts";
import {nameTensors, tellLoad, tellTap, tellTokenize, tellWarp} from "./told.ts";
import {bytes, count, list, ms, percent, quote, span, tokenText} from "./words.ts";

const MARGIN = 13;
const INDENT = " ".repeat(MARGIN);

const STOPS: Readonly<Record<StopReason, string>> = {
  eos: "the decoder chose its end-of-sequence token",
  "stop-string": "a stop string appeared",
  "max-new-tokens": "as many new tokens as were asked for",
  "max-length": "as many tokens as were asked for, prompt and completion together",
  "context-length": "the decoder's context is full",
  aborted: "it was interrupted",
  error: "it failed"
};

type Totals = {passes: number; positions: number; bytesOver: number; bytesBack: number; ms: [number, number]};

/** Tells a run event by event, for a reader who learns from it. */
export class Account {
  readonly #totals: Totals = {passes: 0, positions: 0, bytesOver: 0, bytesBack: 0, ms: [0, 0]};

  constructor(
    private readonly request: Request,
    private readonly vocabulary: Vocabulary,
    private readonly run: Follower
  ) {}

  /** The paragraph of one event, with its line breaks. */
  of(event: TraceEvent, taps: readonly Tap[]): string {
    const heading = this.#heading(event);
    const told = this.#tell(event, taps);
    return `${heading === "" ? "" : `\n${heading}\n\n`}${stageLines(event.stage, told)}\n`;
  }

  /** What begins with this event, if anything does. */
  #heading(event: TraceEvent): string {
    const made = this.run.tokenIds.length - this.run.promptLength;
    if (event.stage === "load") return "Load: the weights go to where they are computed with";
    if (event.stage === "tokenize") return "Tokenize: text becomes token ids, on the CPU";
    if (event.stage === "stop") return "The end";
    if (event.stage !== "transfer") return "";
    if (this.#totals.passes > 0 && this.request.strategy.name === "beam")
      return "Generation phase (decode): the newest token of every beam is read, all in one pass";
    if (made === 0) return "Initiation phase (prefill): one pass over the whole prompt gives new token 1";
    const fed = this.request.cache
      ? "one position is read"
      : "without a cache the whole sequence is read again";
    return `Generation phase (decode): ${fed} for new token ${made + 1}`;
  }

  #tell(event: TraceEvent, taps: readonly Tap[]): readonly string[] {
    switch (event.stage) {
      case "load":
        return tellLoad(event, this.request);
      case "tokenize":
        return tellTokenize(event, this.vocabulary);
      case "transfer":
        this.#totals.bytesOver += event.bytes;
        return [`${nameTensors(event.tensors)}: ${bytes(event.bytes)} to ${event.backend}`];
      case "prefill":
      case "decode":
        return this.#pass(event, taps);
      case "fetch":
        return this.#fetch(event);
      case "warp":
        return tellWarp(event);
      case "sample":
        return this.#sample(event);
      case "expand":
        return tellExpand(event, this.request, this.vocabulary);
      case "contrast":
        return tellContrast(event, this.vocabulary);
      case "propose":
        return tellPropose(event, this.vocabulary);
      case "verify":
        return tellVerify(event, this.vocabulary);
      case "lookahead":
        return tellLookahead(event, this.vocabulary);
      case "oppose":
        return tellOppose(event, this.vocabulary);
      case "append":
        return [this.#append(event)];
      case "detokenize":
        return this.#detokenize(event);
      case "stop":
        return this.#stop(event);
    }
  }

  #pass(
    {passId, positions, batch = 1, cache, measured, stage}: PassEvent,
    taps: readonly Tap[]
  ): readonly string[] {
    const n = positions.to - positions.from;
    this.#totals.passes += 1;
    this.#totals.positions += n * batch;
    this.#totals.ms[stage === "prefill" ? 0 : 1] += measured?.ms ?? 0;
    const where =
      n === 1 ? `position ${positions.from}` : `positions ${positions.from} to ${positions.to - 1}`;
    const side = batch > 1 ? ` of ${batch} beams side by side` : "";
    const took = measured ? `, ${ms(measured.ms)} on ${measured.device}` : "";
    const held = this.request.cache
      ? `the KV cache holds ${count(cache.length, "position")}, ${bytes(cache.bytes)}`
      : "no KV cache";
    return [`pass ${passId} reads ${where}${side}${took}; ${held}`, ...taps.map(tellTap)];
  }

  #fetch({tensors: fetched, bytes: size, backend}: EventOf<"fetch">): readonly string[] {
    this.#totals.bytesBack += size;
    return [
      `${nameTensors(fetched)}: ${bytes(size)} from ${backend}`,
      `the last row: one logit for each of the vocabulary's ${count(this.run.passLogits?.length ?? 0, "token")}`
    ];
  }

  #sample({strategy, coin, tokenId, probability, rank}: EventOf<"sample">): readonly string[] {
    const {passLogits, probabilities} = this.run;
    if (!passLogits || !probabilities) return [];
    const {shown, others} = candidates(passLogits, probabilities, tokenId);
    const rows = shown.map((candidate) => [
      candidate.tokenId === tokenId ? ">" : "",
      tokenText(this.vocabulary, candidate.tokenId),
      String(candidate.tokenId),
      percent(candidate.before),
      whatIsLeft(candidate.after)
    ]);
    const rest = count(others.count, "other");
    rows.push(["", rest, "", percent(others.before), whatIsLeft(others.after)]);
    const place = landing(probabilities, tokenId);
    const how =
      coin === null
        ? "takes the most probable token"
        : `tosses ${coin.toFixed(6)}, which falls between ${place.from.toFixed(6)} and ${place.to.toFixed(6)}`;
    const token = tokenText(this.vocabulary, tokenId);
    return [
      ...tableLines(CANDIDATES, rows),
      `${strategy} ${how}: ${token}, ${percent(probability)}, rank ${rank}`
    ];
  }

  #append({position, tokenId, forced}: EventOf<"append">): string {
    const put = forced ? "is forced to be" : "is";
    return `position ${position} ${put} token ${tokenId}, ${tokenText(this.vocabulary, tokenId)}`;
  }

  #detokenize({text, heldBack}: EventOf<"detokenize">): readonly string[] {
    const shown = text === "" ? "nothing new to read" : `${quote(text)} can be read`;
    const held = heldBack.length > 0 ? `; ${list(heldBack)} wait for the rest of a character` : "";
    return [`${shown}${held}`, `so far: ${quote(this.request.prompt)} + ${quote(this.run.text)}`];
  }

  #stop({reason, match, message}: EventOf<"stop">): readonly string[] {
    const found = match
      ? `: ${quote(match.text)} at characters ${span(match.characters)} of the completion`
      : "";
    const {passes, positions, bytesOver, bytesBack, ms: times} = this.#totals;
    const made = this.run.tokenIds.length - this.run.promptLength;
    return [
      `${reason}: ${STOPS[reason]}${found}${message ? ` (${message})` : ""}`,
      `${count(made, "new token")} in ${count(passes, "pass", "passes")} that read ${count(positions, "position")}; ${bytes(bytesOver)} over, ${bytes(bytesBack)} back`,
      `initiation phase ${ms(times[0])}, generation phase ${ms(times[1])}, as measured here`,
      "",
      this.request.prompt + this.run.text
    ];
  }
}

const CANDIDATES: readonly Column[] = [
  {head: ""},
  {head: "token"},
  {head: "id", number: true},
  {head: "decoder", number: true},
  {head: "warped", number: true}
];

/** The stage's name in the margin of its first line. */
function stageLines(stage: Stage, told: readonly string[]): string {
  return told
    .map((line, i) => (i === 0 ? stage.padEnd(MARGIN) + line : line === "" ? "" : INDENT + line))
    .join("\n");
}

const whatIsLeft = (p: number) => (p === 0 ? "removed" : percent(p));
