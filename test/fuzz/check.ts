import fc from "fast-check";
import {expect} from "vitest";

/** Inputs a property: a thousand in `npm test`, `npm run fuzz` asks for more. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? "1000");
const SEED = process.env["FUZZ_SEED"];
/** What no input may take, on a machine that is busy with other things. */
const HANG_MS = 5000;

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, Map.prototype, String.prototype];
const propertiesOf = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);
const untouched = propertiesOf();

/** Holds for every generated input: what `holds` asserts, that it ends soon, and that no prototype has changed. */
export function check<T>(inputs: fc.Arbitrary<T>, holds: (input: T) => void): void {
  const property = fc.property(inputs, (input) => {
    const started = performance.now();
    holds(input);
    const ms = performance.now() - started;
    if (ms > HANG_MS) throw new Error(`took ${ms.toFixed(0)} ms`);
    if (propertiesOf().some((count, i) => count !== untouched[i])) throw new Error("a prototype was changed");
  });
  fc.assert(property, {numRuns: RUNS, ...(SEED !== undefined && {seed: Number(SEED)})});
}

/** What `work` gives, or null where it refuses with one of these errors; any other error is a crash. */
export function orRefused<T>(
  work: () => T,
  ...refusals: readonly (new (...args: never[]) => Error)[]
): T | null {
  try {
    return work();
  } catch (error) {
    if (!refusals.some((refusal) => error instanceof refusal)) throw error;
    const {message} = error as Error;
    if (message.length <= 10)
      throw new Error(`no sentence that a reader can use: ${JSON.stringify(message)}`);
    return null;
  }
}

/** That two lists of numbers are the same, each number to the bit; `expect` is asked only where they are not. */
export function expectSame(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  let same = found.length === wanted.length;
  for (let i = 0; same && i < found.length; ++i) same = Object.is(found[i], wanted[i]);
  if (!same) expect(Array.from(found)).toEqual(Array.from(wanted));
}
