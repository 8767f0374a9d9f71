import {NonFiniteLogits} from "../errors.ts";
import {logSoftmax} from "../math.ts";
import type {Request} from "../request.ts";
import type {Stop} from "../stop.ts";
import {position, tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {Beam, Candidate, DecoderConfig, ExpandEvent, Hypothesis} from "../trace.ts";
import {warped} from "../warped.ts";
import type {WarpFacts} from "../warp/warper.ts";
import type {Endings} from "./endings.ts";
import {largest, type Entry} from "./largest.ts";
import type {StrategyParams} from "./strategy.ts";

const f32 = Math.fround;

/** What beam search takes, as numbers and words. */
export type BeamParams = {
  /** Sequences followed. */
  readonly numBeams: number;
  readonly lengthPenalty: number;
  readonly earlyStopping: "true" | "false" | "never";
  /** Hypotheses that are returned; the text is that of the best. */
  readonly numReturnSequences: number;
};

/** Of a spec that was checked. */
export const beamParams = (params: StrategyParams): BeamParams => params as BeamParams;

/** A beam with what its hypothesis will say. */
export type Growing = Beam & {readonly logProbabilities: readonly number[]};

/** What a search is about. */
export type SearchInput = {
  readonly request: Request;
  /** Prompt, and what was generated before the search. */
  readonly sequence: readonly TokenId[];
  readonly promptLength: number;
  readonly endings: Endings;
  readonly facts: WarpFacts;
};

/** What one step of the search found. */
export type BeamStep = Omit<ExpandEvent, "stage" | "copied" | "measured">;

/** Log-probabilities of every token after one beam: float32 (vocab_size), the decoder's own and as warpers left them. */
type Row = {readonly own: Float32Array; readonly warped: Float32Array};

/** The state of a search: beams that run and hypotheses that ended. Pure but for them: no pass is made here. */
export class BeamSearch {
  #running: readonly Growing[] = [
    {tokenIds: [], parent: 0, score: 0, logProbability: 0, logProbabilities: []}
  ];
  #finished: readonly Hypothesis[] = [];
  readonly #params: BeamParams;
  /** Candidates kept a step: enough to go on with, should all the best ones end. */
  readonly #kept: number;

  constructor(
    private readonly input: SearchInput,
    private readonly config: DecoderConfig
  ) {
    this.#params = beamParams(input.request.strategy.params ?? {});
    this.#kept = Math.max(2, 1 + config.eosTokenIds.length) * this.#params.numBeams;
  }

  /**
   * @param logits float32 (beams, vocab_size), row-major: what the pass over the running beams gave
   * @throws NonFiniteLogits where warpers, or a forced token, leave nothing to go on with
   */
  step(logits: Float32Array): BeamStep {
    const beams = this.#running;
    const {vocabSize} = this.config;
    const rows = beams.map((beam, i) => this.#row(logits.subarray(i * vocabSize, (i + 1) * vocabSize), beam));
    const entries = largest(
      rows.map(({warped}) => warped),
      beams.map(({score}) => score),
      this.#kept
    );
    if (entries.length === 0)
      throw new NonFiniteLogits("no beam can go on: the token forced here has no probability");
    const grown = entries.map((entry) => grow(beams[entry.row]!, entry, rows[entry.row]!));
    const stops = grown.map(({tokenIds}) => this.input.endings(tokenIds));
    this.#running = grown.filter((_, i) => !stops[i]).slice(0, this.#params.numBeams);
    this.#finish(grown, stops);
    const length = beams[0]!.tokenIds.length + 1;
    const outlook = this.#outlook(length);
    return {
      position: position(this.input.sequence.length + length - 1),
      beams: beams.map(plain),
      candidates: entries.map((entry, i) => this.#candidate(entry, grown[i]!, stops[i] ?? null, i)),
      running: this.#running.map(plain),
      finished: this.#finished,
      outlook,
      done: this.#done(outlook)
    };
  }

  /** The request's warpers, those that act without sampling, on log-probabilities; and the token forced here. */
  #row(logits: Float32Array, {tokenIds}: Growing): Row {
    const {request, sequence, promptLength, facts} = this.input;
    const own = logSoftmax(logits);
    const before = [...sequence, ...tokenIds];
    const input = {request, samples: false, tokenIds: before, promptLength, states: [], facts};
    const left = warped(own, input).distribution.logits;
    const forced = request.forced.find((f) => f.position === before.length);
    return {own, warped: forced ? only(own, forced.tokenId) : left};
  }

  /** Those of the best `numBeams` candidates that ended become hypotheses; the best of all of them stay. */
  #finish(grown: readonly Growing[], stops: readonly (Stop | null)[]): void {
    const {numBeams, lengthPenalty} = this.#params;
    const ended = grown.slice(0, numBeams).flatMap((beam, i): readonly Hypothesis[] => {
      const stop = stops[i];
      if (!stop) return [];
      return [{...beam, stop, normalized: f32(beam.score / beam.tokenIds.length ** lengthPenalty)}];
    });
    this.#finished = [...this.#finished, ...ended]
      .sort((a, b) => b.normalized - a.normalized)
      .slice(0, numBeams);
  }

  #candidate(entry: Entry, grown: Growing, stop: Stop | null, i: number): Candidate {
    const {row: beam, id, value: total, own: score} = entry;
    const fateOf = (): Candidate["fate"] => {
      if (!stop) return this.#running.includes(grown) ? "running" : "narrow";
      if (i >= this.#params.numBeams) return "low";
      return this.#finished.some(({tokenIds}) => tokenIds === grown.tokenIds) ? "finished" : "worse";
    };
    return {beam, tokenId: tokenId(id), score, total, ends: stop?.reason ?? null, fate: fateOf()};
  }

  /** How good the best running beam can still become, by the rule of `earlyStopping`. */
  #outlook(length: number): BeamStep["outlook"] {
    const {numBeams, lengthPenalty, earlyStopping} = this.#params;
    const [first] = this.#running;
    if (!first) return null;
    const ahead = earlyStopping === "never" && lengthPenalty > 0 ? this.#longest() : length;
    const worst = this.#finished.length < numBeams ? null : this.#finished.at(-1)!.normalized;
    return {length: ahead, best: f32(first.score / ahead ** lengthPenalty), worst};
  }

  #done(outlook: BeamStep["outlook"]): BeamStep["done"] {
    if (!outlook) return "exhausted";
    if (outlook.worst === null) return null;
    if (this.#params.earlyStopping === "true") return "full";
    return outlook.best > outlook.worst ? null : "hopeless";
  }

  /** The most tokens that a hypothesis can have. */
  #longest(): number {
    const {request, sequence, promptLength} = this.input;
    const {maxNewTokens, maxLength} = request;
    const end = Math.min(promptLength + maxNewTokens, maxLength ?? Infinity, this.config.maxPositions);
    return end - sequence.length;
  }
}

function grow(
  {tokenIds, score, logProbability, logProbabilities}: Growing,
  entry: Entry,
  {own}: Row
): Growing {
  const added = own[entry.id]!;
  return {
    tokenIds: [...tokenIds, tokenId(entry.id)],
    parent: entry.row,
    score: f32(score + entry.own),
    logProbability: logProbability + added,
    logProbabilities: [...logProbabilities, added]
  };
}

const plain = ({tokenIds, parent, score, logProbability}: Growing): Beam => ({
  tokenIds,
  parent,
  score,
  logProbability
});

/** Only one token left. */
function only(logProbabilities: Float32Array, id: TokenId): Float32Array {
  const row = new Float32Array(logProbabilities.length).fill(-Infinity);
  row[id] = logProbabilities[id]!;
  return row;
}
