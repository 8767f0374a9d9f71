import type {KeysAndValues, Past, Tap} from "../decoder.ts";
import {InvalidRequest} from "../errors.ts";
import {passAgain, sequenceOf} from "../taps.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {Lane, PassEvent} from "../trace.ts";
import type {LastingDecoder} from "./lastingDecoder.ts";
import type {TapMemory} from "./tapMemory.ts";
import {keysAndValuesOf} from "./tapShapes.ts";

/** A decoder of a run, and the past that the run has on it. */
export type LaneSource = {readonly decoder: LastingDecoder; readonly past: Past | null};

/** What a reader answers from. */
export type PassSources = {
  readonly laneOf: (lane: Lane | undefined) => Promise<LaneSource>;
  readonly memory: TapMemory;
  /** A name that no other pass of the memory has. */
  readonly nameOf: (passId: number) => string;
};

/** Says what a run's passes had inside: from the memory, from the run's cache, or by running them again. */
export class PassReader {
  constructor(private readonly from: PassSources) {}

  /** As `passAgain`, without the pass where all are remembered. */
  async taps(
    event: PassEvent,
    tokenIds: readonly TokenId[],
    names: readonly string[]
  ): Promise<readonly Tap[]> {
    const {laneOf, memory, nameOf} = this.from;
    const keyOf = (name: string) => `${nameOf(event.passId)} ${event.positions.from} ${name}`;
    const known = new Map(names.map((name) => [name, memory.get(keyOf(name))]));
    const missing = names.filter((name) => !known.get(name));
    if (missing.length > 0) {
      const {decoder, past} = await laneOf(event.lane);
      const {taps} = await passAgain(decoder, event, tokenIds, past, missing);
      for (const tap of taps) {
        known.set(tap.name, tap);
        memory.set(keyOf(tap.name), tap);
      }
    }
    return names.map((name) => known.get(name)!);
  }

  /**
   * Keys and values of a layer, of every position up to the pass's last: as the run's cache holds them, or where it
   * does not (switched off), as the pass over all of them computes them.
   *
   * @param layer from 0
   * @throws InvalidRequest for a layer that this decoder has not, or for a model that shows neither
   */
  async keysAndValues(event: PassEvent, tokenIds: readonly TokenId[], layer: number): Promise<KeysAndValues> {
    const {decoder, past} = await this.from.laneOf(event.lane);
    const {nLayers} = decoder.config;
    if (!Number.isInteger(layer) || layer < 0 || layer >= nLayers)
      throw new InvalidRequest(
        "layer",
        `layer must be a whole number from 0 to ${nLayers - 1}, got ${layer}`
      );
    const {to} = event.positions;
    const isText = event.fed === undefined; // else the cache may hold what came after a roll-back
    if (isText && past && past.cache.batch === 1 && past.length >= to)
      return decoder.keysAndValues({cache: past.cache, length: to}, layer);
    const {fed: _, ...plain} = event; // what it was fed is at the end of the sequence
    const whole: PassEvent = {...plain, positions: {from: 0, to}, rows: [to - 1]};
    const [k, v] = await this.taps(whole, sequenceOf(event, tokenIds), keysAndValuesOf(layer));
    return {k: k!, v: v!};
  }
}
