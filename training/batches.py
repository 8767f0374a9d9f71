"""Token files -> batches: sets mixed by weight, documents shuffled anew in every pass.

Documents follow each other in a window, parted by the end-of-sequence token. A document cut
by the end of a window less than half a window after its beginning is read again from there:
so short stories are seen whole, with their ends.
"""

import numpy as np


class Stream:
    """One set's documents, endless; its place is (pass, document, offset)."""

    def __init__(self, tokens: np.ndarray, seed: int):
        ends = np.flatnonzero(tokens == 0) + 1
        self.tokens, self.seed = tokens, seed
        self.documents = list(zip([0, *ends[:-1]], ends))
        self.place = (0, 0, 0)
        self.order: tuple[int, np.ndarray] | None = None

    def document(self, epoch: int, number: int) -> np.ndarray:
        if self.order is None or self.order[0] != epoch:
            shuffled = np.random.default_rng([self.seed, epoch]).permutation(len(self.documents))
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


class Mixture:
    """Batches of windows from several sets, each row's set drawn by weight."""

    def __init__(self, sets: dict[str, np.ndarray], weights: dict[str, float], seed: int):
        self.seed = seed
        self.streams = {name: Stream(tokens, seed + n) for n, (name, tokens) in enumerate(sets.items())}
        shares = np.array([weights.get(name, 0.0) for name in sets]) if weights else None
        if shares is None or shares.sum() == 0:  # unknown sets: by the square root of their size
            shares = np.sqrt([len(tokens) for tokens in sets.values()])
        self.shares = shares / shares.sum()

    def batch(self, number: int, rows: int, length: int) -> np.ndarray:
        """Batch `number` of all, (rows, length + 1)."""
        draw = np.random.default_rng([self.seed, number])
        names = draw.choice(list(self.streams), size=rows, p=self.shares)
        return np.stack([self.streams[name].window(length) for name in names])

    def places(self) -> dict[str, tuple]:
        return {name: stream.place for name, stream in self.streams.items()}

    def go_to(self, places: dict[str, tuple]) -> None:
        for name, place in places.items():
            self.streams[name].place = tuple(place)
