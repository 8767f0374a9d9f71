import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  coin,
  softmax,
  USE,
  warperNames,
  type IdBias,
  type WarperName,
  type WarperParams
} from "../../engine/index.ts";
import {apply} from "../engine/warp/apply.ts";
import {someLogits, someParams, someTokenIds} from "../engine/warp/arbitraries.ts";
import {check, expectSame} from "./check.ts";

const f32 = Math.fround;
type Numbers = Readonly<Record<string, number>>;
type Plain = (
  logits: readonly number[],
  params: WarperParams & Numbers,
  seen: readonly number[]
) => readonly number[];

const order = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
const softmaxOf = (logits: readonly number[]) => [...softmax(Float32Array.from(logits))];
const rising = (values: readonly number[]) =>
  values.map((_, id) => id).sort((a, b) => order(values[a]!, values[b]!) || a - b);
const falling = (values: readonly number[]) =>
  values.map((_, id) => id).sort((a, b) => order(values[b]!, values[a]!) || a - b);

/** Those with `keep` as they are, the others forbidden. */
const keeping = (logits: readonly number[], keep: (id: number) => boolean) =>
  logits.map((s, id) => (keep(id) ? s : -Infinity));
/** Forbidden, unless nothing would be left. */
const without = (logits: readonly number[], ids: readonly number[]) => {
  const left = keeping(logits, (id) => !ids.includes(id));
  return left.some((s) => s !== -Infinity) ? left : logits;
};

const inScope = ({scope, lastN}: WarperParams, seen: readonly number[]) =>
  scope === "all" ? seen : scope === "output" ? [] : seen.slice(-(lastN as number)); // all is prompt here
const timesIn = (list: readonly number[], id: number) => list.filter((one) => one === id).length;

function plainTopP(logits: readonly number[], {p, rule, keep}: WarperParams & Numbers): readonly number[] {
  const limit = f32(1 - p!);
  if (limit === 0) return logits;
  const probabilities = softmaxOf(logits);
  const removed = new Set<number>();
  let cumulative = 0;
  if (rule === ("ascending" as unknown)) {
    for (const id of rising(logits).slice(0, -keep!)) {
      cumulative = f32(cumulative + probabilities[id]!);
      if (cumulative <= limit) removed.add(id);
    }
    return keeping(logits, (id) => !removed.has(id));
  }
  for (const [rank, id] of falling(logits).entries()) {
    if (cumulative >= f32(p!) && rank >= keep!) removed.add(id);
    cumulative = f32(cumulative + probabilities[id]!);
  }
  return keeping(logits, (id) => !removed.has(id));
}

/** Each warper as its paper or Hugging Face's lines say it, without a thought for speed. */
const plainly: Readonly<Partial<Record<WarperName, Plain>>> = {
  logitBias: (logits, {biases}) =>
    logits.map((s, id) => {
      const pair = (biases as unknown as readonly IdBias[]).find(([one]) => one === id);
      return pair ? s + f32(pair[1]) : s;
    }),
  repetitionPenalty: (logits, params, seen) =>
    logits.map((s, id) => {
      const r = f32(params["penalty"]!);
      return inScope(params, seen).includes(id) ? (s < 0 ? s * r : s / r) : s;
    }),
  frequencyPenalty: (logits, params, seen) =>
    logits.map((s, id) => {
      const times = timesIn(inScope(params, seen), id);
      return times === 0 ? s : s - f32(times * f32(params["penalty"]!));
    }),
  presencePenalty: (logits, params, seen) =>
    logits.map((s, id) => (inScope(params, seen).includes(id) ? s - f32(params["penalty"]!) : s)),
  noRepeatNgram: (logits, {n}, seen) => {
    const grams = seen
      .map((_, at) => seen.slice(at, at + n!).join())
      .slice(0, Math.max(0, seen.length - n! + 1));
    const tail = n === 1 ? [] : seen.slice(-(n! - 1));
    const banned = logits.map((_, id) => id).filter((id) => grams.includes([...tail, id].join()));
    return n === 0 ? logits : without(logits, banned);
  },
  minNewTokens: (logits, {n}) => (n! > 0 ? without(logits, [0]) : logits), // the first step, 0 ends
  suppressTokens: (logits, {ids}) => without(logits, ids as unknown as readonly number[]),
  temperature: (logits, {temperature}) => logits.map((s) => s / f32(temperature!)),
  topK: (logits, {k, ties, keep}) => {
    const ids = falling(logits);
    const most = Math.min(Math.max(k!, keep!), ids.length);
    if (ties === ("exactly" as unknown)) return keeping(logits, (id) => ids.indexOf(id) < most);
    return keeping(logits, (id) => logits[id]! >= logits[ids[most - 1]!]!);
  },
  topP: plainTopP,
  minP: (logits, {share, keep}) => {
    const probabilities = softmaxOf(logits);
    const limit = f32(f32(share!) * Math.max(...probabilities));
    const least = logits[falling(logits)[Math.min(keep!, logits.length) - 1]!]!;
    return keeping(logits, (id) => probabilities[id]! >= limit || logits[id]! >= least);
  },
  dry: (logits, {multiplier, base, allowed}, seen) =>
    logits.map((s, id) => {
      const lengths = seen.flatMap((next, at) => {
        const most = Array.from({length: at}, (_, i) => i + 1).findLast(
          (n) => seen.slice(at - n, at).join() === seen.slice(-n).join()
        );
        return next === id && at > 0 && most !== undefined ? [most] : [];
      });
      const longest = Math.max(0, ...lengths);
      return multiplier === 0 || longest < allowed! ? s : s - multiplier! * base! ** (longest - allowed!);
    }),
  epsilon: (logits, {epsilon, keep}) => {
    const probabilities = softmaxOf(logits);
    const least = logits[falling(logits)[Math.min(keep!, logits.length) - 1]!]!;
    return keeping(logits, (id) => probabilities[id]! >= f32(epsilon!) || logits[id]! >= least);
  },
  xtc: (logits, {probability, threshold}, seen) => {
    const probabilities = softmaxOf(logits);
    const top = falling(logits).filter(
      (id) => logits[id] !== -Infinity && probabilities[id]! >= f32(threshold!)
    );
    const goes = coin(7, seen.length, USE.xtc) < probability! && top.length > 1 ? top.slice(0, -1) : [];
    return keeping(logits, (id) => !goes.includes(id));
  },
  mirostatV2: (logits, {tau}) => {
    const probabilities = softmaxOf(logits);
    const best = falling(logits)[0]!;
    return keeping(logits, (id) => id === best || -Math.log2(probabilities[id]!) <= 2 * tau!);
  }
};

const inputs = (name: WarperName) =>
  fc.record({logits: someLogits, seen: someTokenIds, params: someParams(name)});

describe.each(warperNames)("%s", (name) => {
  it("leaves numbers, at least one token, revives none, and what its plain form leaves", () =>
    check(inputs(name), ({logits, seen, params}) => {
      const known = seen.filter((id) => id < logits.length);
      const copy = logits.slice();
      const after = apply(name, params, logits, known);
      expectSame(logits, copy);
      expect(after.every((s, id) => s < Infinity && (logits[id] !== -Infinity || s === -Infinity))).toBe(
        true
      );
      expect(after.some(Number.isFinite)).toBe(true);
      const plain = plainly[name];
      if (plain)
        expectSame(after, Float32Array.from(plain([...logits], params as WarperParams & Numbers, known)));
    }));
});
