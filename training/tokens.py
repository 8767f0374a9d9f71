"""corpus -> token files: per split and set, 16-bit ids, each document followed by id 0.

    python3 training/tokens.py --corpus FOLDER [--work FOLDER]

Reads WORK/tokenizer.json, writes WORK/tokens/SPLIT.SET.u16.
"""

import argparse
import shutil
from array import array
from pathlib import Path

import numpy as np

from bpe import Tokenizer
from corpus import SPLITS, documents

END = 0  # the id after each document


def encoded(corpus: Path, tokenizer: Tokenizer, split: str) -> dict[str, np.ndarray]:
    """Each set's ids, (tokens,)."""
    streams: dict[str, array] = {}
    for name, text in documents(corpus, split):
        stream = streams.setdefault(name, array("H"))
        stream.extend(tokenizer.encode(text))
        stream.append(END)
    return {name: np.asarray(stream, "<u2") for name, stream in sorted(streams.items())}


def write_tokens(corpus: Path, tokenizer: Tokenizer, out: Path) -> None:
    """The folder has its name once it is complete."""
    part = out.with_name(f"{out.name}.part")
    for folder in (part, out):
        shutil.rmtree(folder, ignore_errors=True)
    part.mkdir(parents=True)
    for split in SPLITS:
        for name, stream in encoded(corpus, tokenizer, split).items():
            stream.tofile(part / f"{split}.{name}.u16")
            print(f"{split:8} {name:12} {len(stream):>10,} tokens", flush=True)
    part.rename(out)


def read_tokens(folder: Path, split: str) -> dict[str, np.ndarray]:
    """Each set's ids, (tokens,)."""
    files = sorted(Path(folder).glob(f"{split}.*.u16"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no token files; run training/tokens.py first, or give --corpus")
    return {file.name.split(".")[1]: np.fromfile(file, "<u2") for file in files}


def held_out(work: Path, corpus: Path | None, tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """Held-out ids per set: from WORK's token files, or where it has none from the corpus."""
    if corpus and not (work / "tokens").exists():
        return encoded(corpus, tokenizer, "heldout")
    return read_tokens(work / "tokens", "heldout")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of texts")
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    options = parser.parse_args()
    write_tokens(options.corpus, Tokenizer.load(options.work / "tokenizer.json"), options.work / "tokens")


if __name__ == "__main__":
    main()
