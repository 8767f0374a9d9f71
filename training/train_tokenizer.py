"""corpus -> byte-level BPE tokenizer.

    python3 training/train_tokenizer.py --corpus FOLDER [--work FOLDER] [--entries 4096]

Writes WORK/tokenizer.json. The rules, which engine/tokenizer follows too:

* the text is split as GPT-2 does; pairs are counted within pieces, each piece as often as it occurs,
  overlapping pairs too ("aaa" holds "aa" twice);
* the most frequent pair is merged, everywhere, from the left; of equally frequent pairs the one
  with the lower left id, then the lower right id (0 ends texts, 1 to 256 are the bytes in the
  order of their byte characters, then the merges);
* it ends at the wanted number of entries, or when no pair is left.
"""

import argparse
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bpe import Tokenizer, initial_vocabulary, merge_pair, pre_tokens, spelled
from corpus import documents


@dataclass(frozen=True)
class Merge:
    left: int
    right: int
    count: int
    new: int


class Pairs:
    """How often each pair of neighbours occurs, and in which words; the best one first."""

    def __init__(self, words: list[list[int]], counts: list[int]):
        self.words, self.counts = words, counts
        self.total: Counter = Counter()
        self.where: defaultdict[tuple, set] = defaultdict(set)
        for n in range(len(words)):
            self.count(n, 1)
        self.heap = [(-total, pair) for pair, total in self.total.items()]
        heapq.heapify(self.heap)

    def count(self, n: int, sign: int) -> set:
        """Adds word n to the counts, or takes it away; the pairs it touches."""
        touched = set(zip(self.words[n], self.words[n][1:]))
        for pair in zip(self.words[n], self.words[n][1:]):
            self.total[pair] += sign * self.counts[n]
        for pair in touched:
            (self.where[pair].add if sign > 0 else self.where[pair].discard)(n)
        return touched

    def best(self) -> tuple | None:
        """The most frequent pair, lowest ids first; counts in the heap may be old and are then renewed."""
        while self.heap:
            negative, pair = heapq.heappop(self.heap)
            total = self.total[pair]
            if total == -negative and total > 0:
                return pair
            if 0 < total < -negative:
                heapq.heappush(self.heap, (-total, pair))
        return None

    def merge(self, pair: tuple, new: int) -> None:
        changed = set()
        for n in list(self.where[pair]):
            changed |= self.count(n, -1)
            self.words[n] = merge_pair(self.words[n], pair, new)
            changed |= self.count(n, 1)
        for other in changed:
            if self.total[other] > 0:
                heapq.heappush(self.heap, (-self.total[other], other))


def merges(piece_counts: dict[str, int], entries: int) -> Iterator[Merge]:
    """One merge after another. A merge may spell an entry that exists already: it then has its id."""
    ids = initial_vocabulary()
    tokens = list(ids)
    pairs = Pairs([[ids[c] for c in spelled(piece)] for piece in piece_counts], list(piece_counts.values()))
    while len(ids) < entries and (pair := pairs.best()):
        spelling = tokens[pair[0]] + tokens[pair[1]]
        if spelling not in ids:
            ids[spelling] = len(tokens)
            tokens.append(spelling)
        yield Merge(*pair, pairs.total[pair], ids[spelling])
        pairs.merge(pair, ids[spelling])


def count_pieces(corpus: Path) -> Counter:
    counts: Counter = Counter()
    for _, text in documents(corpus, "train"):
        counts.update(pre_tokens(text))
    return counts


def train_tokenizer(piece_counts: dict[str, int], entries: int) -> Tokenizer:
    tokens = list(initial_vocabulary())
    spelled_merges = []
    for merge in merges(piece_counts, entries):
        pair = (tokens[merge.left], tokens[merge.right])
        spelled_merges.append(pair)
        if merge.new == len(tokens):
            tokens.append("".join(pair))
        if len(tokens) % 500 == 0:
            print(f"{len(tokens)} entries, last {''.join(pair)!r}, {merge.count} times", flush=True)
    return Tokenizer(spelled_merges)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of texts")
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    parser.add_argument("--entries", type=int, default=4096)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    train_tokenizer(count_pieces(options.corpus), options.entries).save(options.work / "tokenizer.json")


if __name__ == "__main__":
    main()
