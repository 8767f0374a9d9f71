import {LowestFirst} from "./lowestFirst.ts";
import type {Merge} from "./tokenizer.ts";

/** Rank of each merge by `left + " " + right` (no symbol holds a space). Lower goes first. */
export type MergeRanks = ReadonlyMap<string, number>;

/**
 * Byte-pair encoding of one pre-token: merges the adjacent pair of lowest rank, the leftmost of equals, until no
 * pair has a rank. O(n log n) in the number of symbols.
 *
 * Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016), with the order of
 * Hugging Face's tokenizers (`BPE::merge_word`): one pair at a time.
 */
export function mergeSymbols(
  symbols: readonly string[],
  ranks: MergeRanks
): {readonly symbols: readonly string[]; readonly merges: readonly Merge[]} {
  const word = new Word(symbols, ranks);
  const merges: Merge[] = [];
  for (let merge = word.mergeNext(); merge; merge = word.mergeNext()) {
    merges.push({step: merges.length, ...merge});
  }
  return {symbols: word.symbols(), merges};
}

/** A pre-token while it is merged. A symbol is known by the place of its first byte, which never changes. */
class Word {
  /** The symbol that starts at each place; "" where a place is inside one. */
  private readonly at: string[];
  /** Start of the symbol after and before each; `length` and -1 at the ends. */
  private readonly next: number[];
  private readonly previous: number[];
  /** Candidates as rank * length + place, so that the lowest is the leftmost of lowest rank. May be out of date. */
  private readonly candidates = new LowestFirst();
  private readonly inside: CountBefore;

  constructor(
    symbols: readonly string[],
    private readonly ranks: MergeRanks
  ) {
    this.at = [...symbols];
    this.next = symbols.map((_, i) => i + 1);
    this.previous = symbols.map((_, i) => i - 1);
    this.inside = new CountBefore(symbols.length);
    symbols.forEach((_, place) => this.offer(place));
  }

  symbols(): string[] {
    return this.at.filter((symbol) => symbol !== "");
  }

  mergeNext(): Omit<Merge, "step"> | null {
    for (let key = this.candidates.take(); key !== undefined; key = this.candidates.take()) {
      const place = key % this.at.length;
      const rank = (key - place) / this.at.length;
      if (this.rankAt(place) === rank) return this.merge(place, rank);
    }
    return null;
  }

  private merge(place: number, rank: number): Omit<Merge, "step"> {
    const {at, next, previous} = this;
    const absorbed = next[place]!;
    const merge = {left: at[place]!, right: at[absorbed]!, rank, position: place - this.inside.before(place)};
    at[place] = merge.left + merge.right;
    at[absorbed] = "";
    this.inside.add(absorbed);
    next[place] = next[absorbed]!;
    previous[next[place]] = place;
    this.offer(place);
    if (previous[place]! >= 0) this.offer(previous[place]!);
    return merge;
  }

  private offer(place: number): void {
    const rank = this.rankAt(place);
    if (rank !== undefined) this.candidates.add(rank * this.at.length + place);
  }

  /** Rank of the pair that starts at this place, undefined where there is none. */
  private rankAt(place: number): number | undefined {
    return this.ranks.get(`${this.at[place]!} ${this.at[this.next[place]!] ?? ""}`);
  }
}

/** Counts marked places before a place, both in O(log n) (a Fenwick tree). */
class CountBefore {
  private readonly sums: number[];
  constructor(length: number) {
    this.sums = new Array<number>(length + 1).fill(0);
  }

  add(place: number): void {
    for (let i = place + 1; i < this.sums.length; i += i & -i) this.sums[i]! += 1;
  }

  before(place: number): number {
    let count = 0;
    for (let i = place; i > 0; i -= i & -i) count += this.sums[i]!;
    return count;
  }
}
