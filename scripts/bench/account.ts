import type {Race, Turn} from "./byTurns.ts";
import type {Measurements} from "./measure.ts";
import {atMost, ms, type Quantity} from "./quantity.ts";
import {median, quantile} from "./statistics.ts";
import type {TapCost} from "./tapCost.ts";
import type {Spent, Timed} from "./watch.ts";

/** Times the bare loop's, of a token. */
const MOST_ADDED = 1.1;
/** Milliseconds outside `session.run`. */
const MOST_OUTSIDE = 0.5;
/** The slowest of the contexts below against the fastest of them, times the bare loop's own. */
const MOST_GROWTH = 1.25;
/** Of the 95th percentile over the median, times the bare loop's own. */
const MOST_SPREAD = 1.1;

const CONTEXTS = [32, 128, 256, 500];
const AROUND = 12;
/** Fewer tokens say nothing of the slowest twentieth. */
const ENOUGH = 100;

/** A way to read the time: the processor's where there is one, else the clock on the wall. */
type Reading = {readonly of: (timed: Timed) => Spent; readonly name: string; readonly isProcessor: boolean};

/** What was measured, in lines, each with its limit where there is one. */
export function accountOf({cold, plain, usual, taps, loadMs}: Measurements): readonly Quantity[] {
  const reading = readingOf(cold.first.engine);
  const turns = plain.flatMap((race) => race.turns);
  return [
    same([cold, ...plain]),
    {what: "model loaded", value: ms(loadMs, 0)},
    ...firstTokens(cold, plain),
    ...added(turns, reading),
    ...outside("outside session.run", turns, reading),
    ...growth(turns, reading),
    ...spread(turns, reading),
    ...usualChain(
      usual.flatMap((race) => race.turns),
      reading
    ),
    ...taps.map((tap) => tapCost(tap, reading))
  ];
}

const readingOf = (timed: Timed): Reading =>
  timed.processor
    ? {of: ({processor}) => processor!, name: "processor time", isProcessor: true}
    : {of: ({wall}) => wall, name: "by the clock", isProcessor: false};
const WALL: Reading = {of: ({wall}) => wall, name: "by the clock", isProcessor: false};

function same(races: readonly Race[]): Quantity {
  const ok = races.every(({isSame}) => isSame);
  return {what: "both write the same tokens", value: ok ? "yes" : "no", limit: {text: "must", ok}};
}

function firstTokens(cold: Race, plain: readonly Race[]): readonly Quantity[] {
  const of = (loop: "engine" | "bare") => median(plain.map(({first}) => first[loop].wall.ms));
  const [engine, bare] = [of("engine"), of("bare")];
  return [
    {what: "first token of all, nothing warm", value: ms(cold.first.engine.wall.ms, 1)},
    {
      what: "first token, engine / bare",
      value: `${ms(engine, 1)} / ${ms(bare, 1)}, ratio ${(engine / bare).toFixed(2)}`
    }
  ];
}

/** What the engine adds to a token. Without the processor's time the fastest tenth is held: it was disturbed least. */
function added(turns: readonly Turn[], reading: Reading): readonly Quantity[] {
  const line = (q: number, part: string, by: Reading, isHeld: boolean): Quantity => {
    const [engine, bare] = (["engine", "bare"] as const).map((loop) =>
      quantile(
        turns.map((turn) => by.of(turn[loop]).ms),
        q
      )
    );
    const ratio = engine! / bare!;
    const what = `a token, ${part}, ${by.name}`;
    const value = `${engine!.toFixed(3)} / ${ms(bare!)}, ratio ${ratio.toFixed(3)}`;
    return isHeld ? atMost(what, value, ratio, MOST_ADDED) : {what, value};
  };
  const byClock = [line(0.5, "median", WALL, false), line(0.1, "fastest tenth", WALL, !reading.isProcessor)];
  if (!reading.isProcessor) return byClock;
  return [line(0.5, "median", reading, true), line(0.1, "fastest tenth", reading, false), ...byClock];
}

const outsideOf = (turns: readonly Turn[], {of}: Reading, loop: "engine" | "bare" = "engine") =>
  turns.map((turn) => of(turn[loop]).ms - of(turn[loop]).insideMs);

function outside(what: string, turns: readonly Turn[], reading: Reading): readonly Quantity[] {
  const all = outsideOf(turns, reading);
  const value = `median ${ms(median(all))}, fastest tenth ${ms(quantile(all, 0.1))}`;
  return [atMost(what, value, median(all), MOST_OUTSIDE, " ms")];
}

/**
 * Whether what the engine does grows with what was written before. The same work takes longer where a longer context has
 * left less of it in the processor's caches, as the bare loop shows, which does the same at every context.
 */
function growth(turns: readonly Turn[], reading: Reading): readonly Quantity[] {
  const q = reading.isProcessor ? 0.5 : 0.25;
  const near = CONTEXTS.map((context) => turns.filter((turn) => Math.abs(turn.context - context) <= AROUND));
  if (near.some((some) => some.length === 0)) return [];
  const [engine, bare] = (["engine", "bare"] as const).map((loop) => {
    const times = near.map((some) => quantile(outsideOf(some, reading, loop), q));
    const told = times.map((time) => time.toFixed(3)).join(", ");
    return {told, ratio: Math.max(...times) / Math.min(...times)};
  });
  const what = `the same at context ${CONTEXTS.join(", ")}`;
  const value = `${engine!.told} ms, ratio ${engine!.ratio.toFixed(2)}; the bare loop's own ${bare!.told} ms, ratio ${bare!.ratio.toFixed(2)}`;
  return [atMost(what, value, engine!.ratio / bare!.ratio, MOST_GROWTH, " times the bare loop's")];
}

function spread(turns: readonly Turn[], {of, name}: Reading): readonly Quantity[] {
  if (turns.length < ENOUGH) return [];
  const [engine, bare] = (["engine", "bare"] as const).map((loop) => {
    const all = turns.map((turn) => of(turn[loop]).ms);
    return quantile(all, 0.95) / median(all);
  });
  const ratio = engine! / bare!;
  const value = `${engine!.toFixed(2)} / ${bare!.toFixed(2)}, ratio ${ratio.toFixed(2)}`;
  return [atMost(`95th percentile over median, ${name}`, value, ratio, MOST_SPREAD)];
}

/** Warpers are the engine's own work: they have no part in the comparison, but in what a token may cost. */
function usualChain(turns: readonly Turn[], reading: Reading): readonly Quantity[] {
  if (turns.length === 0) return [];
  return outside("outside, with temperature, top-k, top-p", turns, reading);
}

function tapCost({what, bytes, ...measured}: TapCost, {of}: Reading): Quantity {
  const [without, withTap] = [measured.without, measured.with].map((all) =>
    median(all.map((timed) => of(timed).ms))
  );
  const [a, b] = [without!, withTap!];
  const value = `${a.toFixed(2)} -> ${ms(b, 2)}, ratio ${(b / a).toFixed(2)} (${(bytes / 1000).toFixed(0)} kB)`;
  return {what: `tap, ${what}`, value};
}
