import {
  defaultRequest,
  preset,
  presetNames,
  printWarpers,
  warper,
  warperNames,
  type PresetName,
  type WarperName,
  type WarperSpec
} from "../../../engine/index.ts";

type Chain = readonly WarperSpec[];

/** The value a warper gets when it is put into a chain; a list begins empty. */
const USUAL: Readonly<Partial<Record<WarperName, WarperSpec>>> = {
  repetitionPenalty: warper("repetitionPenalty", 1.1),
  frequencyPenalty: warper("frequencyPenalty", 0.5),
  presencePenalty: warper("presencePenalty", 0.5),
  dry: warper("dry", 0.8),
  noRepeatNgram: warper("noRepeatNgram", 3),
  minNewTokens: warper("minNewTokens", 10),
  temperature: warper("temperature", 0.8),
  dynamicTemperature: warper("dynamicTemperature", {min: 0.5, max: 1.5}),
  topNSigma: warper("topNSigma", 1),
  topK: warper("topK", 40),
  topP: warper("topP", 0.95),
  minP: warper("minP", 0.05),
  typicalP: warper("typicalP", 0.9),
  epsilon: warper("epsilon", 0.001),
  eta: warper("eta", 0.002),
  xtc: warper("xtc", 0.5)
};

export const usualSpec = (name: WarperName): WarperSpec =>
  defaultRequest.warpers.find((spec) => spec.name === name) ?? USUAL[name] ?? warper(name, {});

/** Puts a warper at its place in the usual order; in a chain of another order, before the first that comes later in it. */
export function added(chain: Chain, name: WarperName, spec: WarperSpec = usualSpec(name)): Chain {
  const rank = warperNames.indexOf(name);
  const at = chain.findIndex((other) => warperNames.indexOf(other.name) > rank);
  return chain.toSpliced(at < 0 ? chain.length : at, 0, spec);
}

/** The place at which `added` puts it. */
export const placeOfAdded = (chain: Chain, name: WarperName): number =>
  added(chain, name).findIndex((spec, i) => spec !== chain[i]);

export const removed = (chain: Chain, index: number): Chain => chain.toSpliced(index, 1);

export const changed = (chain: Chain, index: number, spec: WarperSpec): Chain => chain.with(index, spec);

/** The warper at `from` stands at `to`; beyond the ends, at the end. */
export function moved(chain: Chain, from: number, to: number): Chain {
  const place = Math.max(0, Math.min(chain.length - 1, to));
  return chain.toSpliced(from, 1).toSpliced(place, 0, chain[from]!);
}

/** A key for each warper that stays with it when others move: its name, and which of that name it is. */
export const keysOf = (chain: Chain): readonly string[] =>
  chain.map(({name}, i) => `${name}-${chain.slice(0, i).filter((other) => other.name === name).length}`);

export const sameChain = (a: Chain, b: Chain): boolean => printWarpers(a) === printWarpers(b);

/** The first engine that would run this chain just as it is; null where none would. */
export const presetOf = (chain: Chain): PresetName | null =>
  presetNames.find((name) => {
    const {warpers, ignored} = preset(name, chain);
    return ignored.length === 0 && sameChain(warpers, chain);
  }) ?? null;
