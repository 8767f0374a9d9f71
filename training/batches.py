"""Token files -> batches: sets mixed by weight, documents shuffled anew in every pass.

Documents follow each other in a window, parted by the end-of-sequence token. A document cut
by the end of a window less than half a window after its beginning is read again from there:
so short stories are seen whole, with their ends. Every set is read at many places at once: the
windows of one update should not all come from the same book.
"""

import numpy as np

LANES = 64  # places at which a set is read


class Stream:
    """Some documents, endless; its place is (pass, document, offset)."""

    def __init__(self, tokens: np.ndarray, documents: list[tuple[int, int]], seed: list[int]):
        self.tokens, self.documents, self.seed = tokens, documents, seed
        self.place = (0, 0, 0)
        self.order: tuple[int, np.ndarray] | None = None

    def document(self, epoch: int, number: int) -> np.ndarray:
        if self.order is None or self.order[0] != epoch:
            shuffled = np.random.default_rng([*self.seed, epoch]).permutation(len(self.documents))
            self.order = (epoch, shuffled)
        start, end = self.documents[self.order[1][number]]
        return self.tokens[start:end]

    def following(self, epoch: int, number: int) -> tuple[int, int]:
        return (epoch, number + 1) if number + 1 < len(self.documents) else (epoch + 1, 0)

    def window(self, length: int) -> np.ndarray:
        """The next length + 1 ids; the last is also the first of the window after."""
        epoch, number, offset = self.place
        offset = 0 if offset <= length // 2 else offset
        parts, missing = [], length
        while missing > 0:
            part = self.document(epoch, number)[offset:offset + missing]
            parts.append(part)
            missing, offset = missing - len(part), offset + len(part)
            if offset == len(self.document(epoch, number)):
                (epoch, number), offset = self.following(epoch, number), 0
        self.place = (epoch, number, offset)
        parts.append(self.document(epoch, number)[offset:offset + 1])
        return np.concatenate(parts).astype(np.int64)


def lanes(tokens: np.ndarray, seed: list[int]) -> list[Stream]:
    """A set's documents dealt out to streams."""
    ends = np.flatnonzero(tokens == 0) + 1
    documents = list(zip([0, *ends[:-1].tolist()], ends.tolist()))
    documents = [documents[n] for n in np.random.default_rng(seed).permutation(len(documents))]
    count = min(LANES, len(documents))
    return [Stream(tokens, documents[n::count], [*seed, n]) for n in range(count)]


class Mixture:
    """Batches of windows from several sets, each row's set drawn by weight."""

    def __init__(self, sets: dict[str, np.ndarray], weights: dict[str, float], seed: int):
        self.seed = seed
        self.lanes = {name: lanes(tokens, [seed, n]) for n, (name, tokens) in enumerate(sets.items())}
        shares = np.array([weights.get(name, 0.0) for name in sets]) if weights else None
        if shares is None or shares.sum() == 0:  # unknown sets: by the square root of their size
            shares = np.sqrt([len(tokens) for tokens in sets.values()])
        self.shares = shares / shares.sum()

    def batch(self, number: int, rows: int, length: int) -> np.ndarray:
        """Batch `number` of all, (rows, length + 1)."""
        draw = np.random.default_rng([self.seed, number])
        names = draw.choice(list(self.lanes), size=rows, p=self.shares)
        chosen = [self.lanes[name][draw.integers(len(self.lanes[name]))] for name in names]
        return np.stack([stream.window(length) for stream in chosen])

    def places(self) -> dict[str, list[tuple]]:
        return {name: [stream.place for stream in streams] for name, streams in self.lanes.items()}

    def go_to(self, places: dict[str, list[tuple]]) -> None:
        for name, streams in self.lanes.items():
            for stream, place in zip(streams, places[name]):
                stream.place = tuple(place)
