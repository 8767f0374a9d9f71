"""The texts to learn from, as documents.

A corpus is a folder that holds either train.jsonl.gz and heldout.jsonl.gz (one JSON object
a line: `set`, `id`, `text`) or any number of .txt files, a document each: then every
fiftieth is held out, and the folders' names are the sets.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

SPLITS = ("train", "heldout")
HOLD_OUT_EVERY = 50


def documents(corpus: Path, split: str) -> Iterator[tuple[str, str]]:
    """(set, text) of every document, always in the same order."""
    path = Path(corpus) / f"{split}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                yield document["set"], document["text"]
        return
    files = sorted(Path(corpus).rglob("*.txt"))
    if not files:
        raise FileNotFoundError(f"{corpus} holds neither train.jsonl.gz nor .txt files")
    for n, file in enumerate(files):
        if (n % HOLD_OUT_EVERY == HOLD_OUT_EVERY - 1) == (split == "heldout"):
            yield file.parent.name, file.read_text(encoding="utf-8")
