import type {WeightInfo, WeightKind} from "../../../engine/index.ts";

/** The last word of a weight's name, and "bias" where it is one: "c_fc bias". */
export function partOf(name: string): string {
  const [, whole = name, bias] = /^(.*?)(?:\.weight|\.(bias))?$/.exec(name) ?? [];
  const part = whole.slice(whole.lastIndexOf(".") + 1);
  return bias ? `${part} ${bias}` : part;
}

/** One term of the sum of all counts: `layers` layers of `count` each, or 0 for what is in none. */
export type SumPart = {readonly layers: number; readonly kind: WeightKind; readonly count: number};

/** Neighbouring layers that count the same are one term. */
export function sumParts(groups: readonly (readonly WeightInfo[])[]): readonly SumPart[] {
  const parts: SumPart[] = [];
  for (const group of groups) {
    const {layer, kind} = group[0]!;
    const count = group.reduce((total, weight) => total + weight.count, 0);
    const before = parts.at(-1);
    if (layer !== null && before && before.layers > 0 && before.count === count)
      parts[parts.length - 1] = {...before, layers: before.layers + 1};
    else parts.push({layers: layer === null ? 0 : 1, kind, count});
  }
  return parts;
}
