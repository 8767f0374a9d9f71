"""What the tokenizer's trainer does on a few small texts: the engine's own trainer is tested against it.

    python3 training/tokenizer_fixture.py [--out test/reference]
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from bpe import initial_vocabulary, pre_tokens
from train_tokenizer import merges

STORY = (
    "Pip lived in a little house by the river. Every morning Pip went down to the river and counted "
    "the ducks. One, two, three, four. \"Where is the little one?\" said Pip. The little duck wasn't in "
    "the river. The little duck was under the house, and she was fast asleep.\n\nPip didn't wake her. "
    "He sat down by the little duck and counted to a hundred, and then to 200."
)
TEXTS = [
    {"name": "a story", "text": STORY, "entries": 257 + 120},
    {"name": "ties and overlaps", "text": "aaaa aaa abab baba ab ba zzz yyy zy yz", "entries": 257 + 24},
    {"name": "more than one byte a character", "text": "déjà vu, naïve café, 漢字と漢字, 🙂🙂 🙃, ½ ½\n\n\n\té  é", "entries": 257 + 40},
    {"name": "nothing to merge", "text": "a b c", "entries": 300},
]


def example(name: str, text: str, entries: int) -> dict:
    """The pieces as they first occur, their counts, and each merge with its ids, count and spelling."""
    counts = Counter(pre_tokens(text))
    tokens = list(initial_vocabulary())
    steps = []
    for merge in merges(counts, entries):
        spelling = tokens[merge.left] + tokens[merge.right]
        tokens.extend([spelling] if merge.new == len(tokens) else [])
        steps.append({"left": merge.left, "right": merge.right, "count": merge.count,
                      "id": merge.new, "token": spelling})
    return {"name": name, "text": text, "entries": entries, "pieces": list(counts.items()), "merges": steps}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("test/reference"))
    options = parser.parse_args()
    fixture = {"initialTokens": list(initial_vocabulary()), "examples": [example(**t) for t in TEXTS]}
    text = json.dumps(fixture, ensure_ascii=False)
    (options.out / "bpe-training.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
