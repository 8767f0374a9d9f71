import {
  formatBits,
  formatBytes,
  formatCoin,
  formatCount,
  formatNumber,
  formatPercent,
  formatTick
} from "../../draw/format.ts";
import {
  comingAppend,
  comingPass,
  warpers,
  type BackendName,
  type ComingPass,
  type DecoderConfig,
  type EventOf,
  type Frame,
  type Request,
  type Stage,
  type StopReason,
  type TokenId,
  type WarperName,
  type WarperSpec
} from "../../../engine/index.ts";
import type {Pieces} from "../pieces.ts";
import {theOther} from "./oppose.ts";
import {plural} from "./plural.ts";
import {smallDecoder} from "./smallDecoder.ts";
import {massText, warperDid, warperNames, warperWill} from "./warpers.ts";

/** How values are drawn: as chips on the screen, as plain text for a screen reader. */
export type Drawn<T> = {readonly token: (id: TokenId) => T; readonly text: (text: string) => T};

export type PastContext<T> = Drawn<T> & {
  readonly request: Request;
  readonly config: DecoderConfig;
  /** What is told has not happened here. */
  readonly recorded: boolean;
};

export type FutureContext<T> = PastContext<T> & {
  readonly frame: Frame | null;
  readonly backend: BackendName;
  readonly warp: WarperSpec | undefined;
  readonly reason: StopReason | undefined;
};

type Past = {readonly [S in Stage]: <T>(event: EventOf<S>, context: PastContext<T>) => Pieces<T>};
type Future = {readonly [S in Stage]: <T>(context: FutureContext<T>) => Pieces<T>};

const positions = (n: number) => plural(n, "position");
const plain = (x: number) => formatTick(Number(x.toPrecision(6)));

/** A difference of log-probabilities as a factor. */
const times = (nats: number) => `${plain(Number(Math.exp(nats).toPrecision(3)))} times`;

/** What a stage did: one sentence, past tense, with its number. */
const past: Past = {
  load: ({parameters, backend}, {recorded}) => [
    `${recorded ? "in the recording " : ""}${formatCount(parameters)} parameters were loaded ${backend.name === "webgpu" ? "onto the GPU" : "into WebAssembly"}`
  ],
  tokenize: ({text, tokenIds}) => [
    `${plural(tokenIds.length, "token")} from ${plural([...text].length, "character")}`
  ],
  transfer: ({backend, bytes}) => [
    backend === "webgpu"
      ? `${formatBytes(bytes)} of input went to the GPU`
      : `${formatBytes(bytes)} of input went to WebAssembly`
  ],
  prefill: ({positions: {from, to}, logits, cache, lane}, {request}) => [
    `${whose(lane, request)}one pass over ${positions(to - from)}: ${cache.length > 0 ? "cache filled" : "nothing kept"}, ${formatCount(logits.length)} logits`
  ],
  decode: (event, {request}) => [`${whose(event.lane, request)}${pastDecode(event, request)}`],
  fetch: ({backend, bytes, tensors}) => {
    const amount = formatBytes(bytes) + (tensors.length > 1 ? "" : " of logits");
    return [backend === "webgpu" ? `${amount} came back to the CPU` : `${amount} were read from WebAssembly`];
  },
  warp: (event, {config}) => [pastWarp(event, config)],
  sample: ({coin, tokenId, probability, strategy}, {token}) =>
    strategy === "greedy" || coin === null
      ? ["the largest logit belongs to ", token(tokenId), `, ${formatPercent(probability)}`]
      : [`coin ${formatCoin(coin)} landed on `, token(tokenId)],
  expand: ({candidates, running, finished, beams, done}, {config, token}) => {
    if (done) {
      const last = finished[0]?.tokenIds.at(-1);
      const found = `the search ended with ${plural(finished.length, "hypothesis", "hypotheses")}`;
      return last === undefined ? [found] : [`${found}; the best one ends with `, token(last)];
    }
    const ended = candidates.filter(({fate}) => fate === "finished").length;
    return [
      `of ${plural(beams.length, "beam")} × ${formatCount(config.vocabSize)} tokens the best ${formatCount(running.length)} go on${ended > 0 ? `, ${formatCount(ended)} ended` : ""}`
    ];
  },
  contrast: ({candidates, chosen, alpha}, {token}) => {
    const {tokenId, probability, degeneration} = candidates[chosen]!;
    return [
      token(tokenId),
      ` has the best score of ${formatCount(candidates.length)}: confidence ${formatPercent(probability)}, similarity ${formatNumber(degeneration)}, alpha ${plain(alpha)}`
    ];
  },
  propose: ({tokens, drafter}) => {
    if (tokens.length === 0)
      return [
        drafter === "model"
          ? "no room for a draft: the decoder goes on alone"
          : "the text does not repeat itself here: nothing is proposed"
      ];
    return [
      drafter === "model"
        ? `the draft proposes ${plural(tokens.length, "token")}`
        : `${plural(tokens.length, "token")} proposed from earlier in the text`
    ];
  },
  verify: ({tokens, accepted, extra}, {token}) => {
    const own = token(extra.tokenId);
    if (tokens.length === 0) return ["nothing to test; the decoder’s own token is ", own];
    const tested = `accepted ${formatCount(accepted)} of ${formatCount(tokens.length)}, then`;
    return extra.from === "residual"
      ? [`${tested} drew `, own, " from what is left"]
      : [`${tested} the decoder’s own `, own];
  },
  lookahead: ({guesses, emitted}, {token}) => [
    guesses.length === 0
      ? "no guess to test: one token, "
      : `${plural(guesses.length, "guess", "guesses")} tested, ${plural(emitted.length, "token")} taken, up to `,
    token(emitted.at(-1)!)
  ],
  oppose: ({against, tokens, chosen, coin}, {token}) => {
    const {own, other} = tokens.find(({tokenId}) => tokenId === chosen)!;
    return [
      coin === null ? "the largest score belongs to " : `coin ${formatCoin(coin)} landed on `,
      token(chosen),
      `, ${times(own - other)} as probable as ${against.kind === "layer" ? "at " : ""}${theOther(against, "the amateur has it")}`
    ];
  },
  append: ({tokenId, position, forced}, {token}) => [
    token(tokenId),
    forced
      ? ` was put at position ${formatCount(position)}, as asked`
      : ` stands at position ${formatCount(position)}`
  ],
  detokenize: ({text, heldBack}, context) => {
    if (text !== "") return ["the text grew by ", context.text(text)];
    return heldBack.length > 0
      ? [`no text yet: ${plural(heldBack.length, "byte")} wait for the rest of a character`]
      : ["this token has no text"];
  },
  stop: ({reason, match, message}, context) => {
    if (reason === "stop-string" && match) return ["ended: the text contains ", context.text(match.text)];
    if (reason === "error") return [`ended by an error: ${message ?? "no reason given"}`];
    return [`ended: ${ends(reason, context.request, context.config)}`];
  }
};

/** Of a pass of the smaller decoder: what that one is called. */
const whose = (lane: EventOf<"decode">["lane"], {strategy}: Request): string =>
  lane ? `the ${smallDecoder(strategy.name)}: ` : "";

const logitsOf = ({length}: Float32Array): string => `${formatCount(length)} logits`;

function pastDecode(event: EventOf<"decode">, {strategy}: Request): string {
  const {
    positions: {from, to},
    logits,
    rows,
    batch,
    at
  } = event;
  if (batch !== undefined) {
    const sequences = strategy.name === "beam" ? plural(batch, "beam") : plural(batch, "candidate");
    return `${positions(to - from)} of each of ${sequences} ran in one pass and gave ${formatCount(batch)} × ${formatCount(logits.length)} logits`;
  }
  if (at)
    return `${plural(to - from, "token")} ran in one pass along a pattern of their own, against ${formatCount(from)} cached positions`;
  if (to - from > 1 && from > 0)
    return `${positions(to - from)} ran in one pass against ${formatCount(from)} cached ones and gave ${rows.length > 1 ? `${formatCount(rows.length)} × ` : ""}${formatCount(logits.length)} logits`;
  if (from === 0) return `all ${positions(to)} ran again: ${logitsOf(logits)}`;
  return `position ${formatCount(from)} ran against ${formatCount(from)} cached ones: ${logitsOf(logits)}`;
}

function pastWarp(event: EventOf<"warp">, {vocabSize}: DecoderConfig): string {
  if (!event.applied)
    return `${warperNames[event.warper]} acts only when a token is drawn by chance: nothing changed`;
  const [before, after] = [formatBits(event.entropyBefore), formatBits(event.entropy)];
  const entropy =
    before === after
      ? `entropy stays ${after}`
      : `entropy ${formatNumber(event.entropyBefore)}\u00A0→\u00A0${after}`;
  const did = warperDid[event.warper];
  if (did) return `${did(event)}: ${entropy}`;
  const all = event.kept + event.removed.length;
  if (event.removed.length === 0)
    return event.kept === 1 ? "the only token left stayed" : `all ${formatCount(event.kept)} tokens stayed`;
  const of = all === vocabSize ? `${formatCount(all)} tokens` : `the ${formatCount(all)} tokens left`;
  return `kept ${formatCount(event.kept)} of ${of}, ${massText(event.massKept)} of the mass`;
}

/** What the coming pass is fed, or the one whose transfer is in view; null where that is not known before. */
const comingOf = ({frame, request}: Pick<FutureContext<unknown>, "frame" | "request">): ComingPass | null =>
  frame && comingPass(frame, request);

/** "4 beams", "4 candidates" */
const besideEachOther = ({sequences}: ComingPass, {strategy}: Request): string =>
  plural(sequences, strategy.name === "beam" ? "beam" : "candidate");

/** What one more step does: one sentence, imperative. */
const future: Future = {
  load: () => ["load the weights"],
  tokenize: ({request}) => [`cut ${plural([...request.prompt].length, "character")} into tokens`],
  transfer: (context) => {
    const {frame, request, backend, token} = context;
    const where = backend === "webgpu" ? "to the GPU" : "to WebAssembly";
    const coming = comingOf(context);
    if (!frame || !coming) return [`send the tokens of the next pass ${where}`];
    const {from, to} = coming.positions;
    const {length} = frame.tokenIds;
    const last = frame.tokenIds.at(-1);
    if (coming.sequences > 1)
      return [
        `send ${request.cache ? "the newest token" : "all tokens"} of ${besideEachOther(coming, request)} ${where}`
      ];
    if (coming.lane && from >= length) return [`send the token just drafted ${where}`];
    if (from === length - 1 && to === length && length > 1 && last !== undefined)
      return ["send ", token(last), ` ${where}`];
    const again = frame.passes > 0 && from === 0 && !coming.lane;
    return [`send ${again ? `all ${plural(to, "token id")} again` : plural(to - from, "token id")} ${where}`];
  },
  prefill: ({frame}) => [`run the whole prompt, ${positions(frame?.promptLength ?? 0)}, in one pass`],
  decode: (context) => {
    const {frame, request} = context;
    const coming = comingOf(context);
    if (coming && coming.sequences > 1)
      return [`run ${besideEachOther(coming, request)} side by side in one pass`];
    const sent = frame?.inPass.transfer?.tensors.find(({name}) => name === "input_ids")?.shape ?? [];
    const fed = sent.reduce((product, size) => product * size, 1);
    if (!request.cache) return [`run all ${positions(fed)} again`];
    if (fed > 1) return [`run ${plural(fed, "token")} in one pass`];
    if (!coming) return ["run the token just drafted"];
    const {from} = coming.positions;
    return [`run position ${formatCount(from)} against ${formatCount(from)} cached ones`];
  },
  fetch: ({config}) => [`read the ${formatCount(config.vocabSize)} logits of the last position`],
  warp: ({warp, request}) => [
    !warp ? "apply the next warper" : futureWarp(warp, request.strategy.name === "greedy")
  ],
  sample: ({request}) => [request.strategy.name === "greedy" ? "take the largest logit" : "toss the coin"],
  expand: ({frame, config}) => {
    const beams = frame?.inPass.decode?.batch ?? 1;
    return [`try ${plural(beams, "beam")} × ${formatCount(config.vocabSize)} tokens and keep the best`];
  },
  contrast: ({request}) => [
    `weigh the candidates: (1 − ${plain(Number(request.strategy.params?.["penaltyAlpha"]))}) × probability − ${plain(Number(request.strategy.params?.["penaltyAlpha"]))} × similarity`
  ],
  propose: ({request}) => [
    request.strategy.params?.["drafter"] === "model"
      ? "put the draft together"
      : "look for the last tokens earlier in the text"
  ],
  verify: ({frame}) => {
    const n = frame?.latest.propose?.tokens.length ?? 0;
    return [n === 0 ? "take the decoder’s own token" : `test ${plural(n, "proposed token")}`];
  },
  lookahead: () => ["compare the guesses with the largest logits, and move the window on"],
  oppose: ({request}) => [
    request.strategy.name === "dola"
      ? "compare the last layer with an earlier one, and take what it knows better"
      : "compare the two decoders, and take what the larger one knows better"
  ],
  append: ({frame, token}) => {
    const found = frame && comingAppend(frame);
    if (found) return ["put ", token(found.tokenId), ` at position ${formatCount(found.position)}`];
    const drawn = frame?.inPass.sample?.tokenId;
    const at = `at position ${formatCount(frame?.tokenIds.length ?? 0)}`;
    return drawn === undefined ? [`put the token ${at}`] : ["put ", token(drawn), ` ${at}`];
  },
  detokenize: ({frame}) => [`turn id ${formatCount(frame?.inPass.append?.tokenId ?? 0)} back into text`],
  stop: ({reason, request, config}) => [reason ? ends(reason, request, config) : "check the stop rules"]
};

function futureWarp(spec: WarperSpec, greedy: boolean): string {
  if (greedy && warpers[spec.name].when === "sampling") return "no effect on greedy: pass it by";
  return warperWill[spec.name](spec);
}

function ends(reason: StopReason, request: Request, {maxPositions}: DecoderConfig): string {
  switch (reason) {
    case "eos":
      return "the end-of-sequence token was drawn";
    case "stop-string":
      return "a stop string is in the text";
    case "max-new-tokens":
      return `the limit of ${plural(request.maxNewTokens, "new token")} is reached`;
    case "max-length":
      return `the limit of ${plural(request.maxLength ?? 0, "token")} in all is reached`;
    case "context-length":
      return `all ${positions(maxPositions)} of the context are full`;
    case "aborted":
      return "it was stopped by hand";
    case "error":
      return "an error ended it";
  }
}

const stages: Readonly<Record<Stage, string>> = {
  load: "load",
  tokenize: "tokenize",
  transfer: "transfer",
  prefill: "prefill",
  decode: "decode",
  fetch: "fetch",
  warp: "warp",
  sample: "draw",
  expand: "expand",
  contrast: "contrast",
  propose: "draft",
  verify: "verify",
  lookahead: "lookahead",
  oppose: "compare",
  append: "append",
  detokenize: "detokenize",
  stop: "stop"
};

/** The words of the transport bar, which are also what a screen reader is told. One entry a stage. */
export const narration = {
  past,
  future,
  warpers: warperNames,
  /** The name of a stage on a button. */
  name: (stage: Stage, warp: WarperName | undefined, greedy: boolean): string => {
    if (stage === "warp" && warp) return warperNames[warp];
    return stage === "sample" && greedy ? "pick" : stages[stage];
  },
  /** Where the cursor is. */
  where: (at: number, of: number, pass: number, name: string): string =>
    `Now: stage ${at}${of > at ? ` of ${of}` : ""}${pass > 0 ? `, pass ${pass}` : ""}, ${name}`
};
