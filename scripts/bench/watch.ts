import type {OrtSession} from "../../engine/runtime/ort.ts";

/** Milliseconds of a piece of work, and how many of them passed inside `session.run`. */
export type Spent = {readonly ms: number; readonly insideMs: number};

/** The same by two clocks: on the wall, and where there is one, of the processor time that this program was given. */
export type Timed = {readonly wall: Spent; readonly processor: Spent | null};

/** In milliseconds. */
export type Clock = () => number;

/** Tells the time inside a session from the time around it. */
export class Watch {
  readonly #clocks: readonly Clock[];
  readonly #inside: number[];

  /** @param processor does not count what other programs of a busy machine take meanwhile */
  constructor(session: OrtSession, wall: Clock, processor: Clock | null) {
    this.#clocks = processor ? [wall, processor] : [wall];
    this.#inside = this.#clocks.map(() => 0);
    const run = session.run.bind(session) as (...args: unknown[]) => ReturnType<OrtSession["run"]>;
    const watched = async (...args: unknown[]) => {
      const before = this.#now();
      try {
        return await run(...args);
      } finally {
        for (const [i, now] of this.#now().entries()) this.#inside[i]! += now - before[i]!;
      }
    };
    Object.assign(session, {run: watched});
  }

  async time(work: () => Promise<unknown>): Promise<Timed> {
    const inside = [...this.#inside];
    const before = this.#now();
    await work();
    const after = this.#now();
    const [wall, processor] = after.map((now, i) => ({
      ms: now - before[i]!,
      insideMs: this.#inside[i]! - inside[i]!
    }));
    return {wall: wall!, processor: processor ?? null};
  }

  #now(): readonly number[] {
    return this.#clocks.map((clock) => clock());
  }
}
