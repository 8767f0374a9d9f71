import {searchStart} from "./beams.ts";
import {logProbabilityOf} from "./math.ts";
import type {AppendEvent, PassEvent, Trace, TraceEvent} from "./trace.ts";

/** What was found once for an event that several traces share. */
const found = new WeakMap<AppendEvent, number>();

/**
 * The decoder's own log-probability of each generated token, in nats, before any warper: of the logits of the pass that
 * read what stands before it, or as the event says that chose it (a search, a pass along a mask). One an append event;
 * null where the trace does not say.
 *
 * @param length how many of the events, from the first on
 */
export function logProbabilitiesOf(trace: Trace, length: number = trace.length): readonly (number | null)[] {
  const known = new Known();
  const each: (number | null)[] = [];
  for (let cursor = 0; cursor < length; ++cursor) {
    const event = trace[cursor]!;
    if (event.stage !== "append") known.take(event);
    else each.push(found.get(event) ?? remember(event, known.of(event)));
  }
  return each;
}

function remember(event: AppendEvent, logProbability: number | null): number | null {
  if (logProbability !== null) found.set(event, logProbability);
  return logProbability;
}

/** What the events so far say about the tokens that come next, by their position. */
class Known {
  readonly #rows = new Map<number, Float32Array>();
  readonly #told = new Map<number, number>();
  #pass: PassEvent | null = null;

  take(event: TraceEvent): void {
    if (event.stage === "prefill" || event.stage === "decode") {
      if (event.lane) return;
      this.#pass = event;
      this.#told.clear();
      this.#takeRows(event, 0);
    }
    if (event.stage === "contrast" && this.#pass) this.#takeRows(this.#pass, event.chosen);
    if (event.stage === "expand" && event.done)
      this.#tell(searchStart(event), event.finished[0]?.logProbabilities ?? []);
    if (event.stage === "lookahead") this.#tell(event.position + 1, event.logProbabilities);
  }

  of({position, tokenId}: AppendEvent): number | null {
    const row = this.#rows.get(position);
    return this.#told.get(position) ?? (row ? logProbabilityOf(row, tokenId) : null);
  }

  /** What one sequence of a pass says. */
  #takeRows({positions, rows, logits, rowLogits = logits}: PassEvent, sequence: number): void {
    const size = logits.length;
    rows.forEach((row, i) => {
      const at = (sequence * rows.length + i) * size;
      if (at + size <= rowLogits.length)
        // a trace from a file may choose a sequence that was not read
        this.#rows.set(positions.from + row + 1, rowLogits.subarray(at, at + size));
    });
  }

  #tell(start: number, logProbabilities: readonly number[]): void {
    logProbabilities.forEach((logProbability, i) => this.#told.set(start + i, logProbability));
  }
}
