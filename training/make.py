"""All steps, one after another: from a folder of texts to public/model and test/reference.

    python3 training/make.py --corpus FOLDER --minutes N [--work FOLDER]

A tokenizer and token files that WORK already holds are kept, training goes on from its
checkpoints: the same command takes up what was interrupted. The draft has a fifth of the minutes.
"""

import argparse
from pathlib import Path

from publish import publish
from steps import step

DRAFT_SHARE = 0.2


def make(corpus: Path, work: Path, minutes: float, model: Path, reference: Path) -> None:
    if not (work / "tokenizer.json").exists():
        step("train_tokenizer.py", "--corpus", corpus, "--work", work)
    if not (work / "tokens").exists():
        step("tokens.py", "--corpus", corpus, "--work", work)
    for name, share in (("decoder", 1 - DRAFT_SHARE), ("draft", DRAFT_SHARE)):
        step("train.py", "--work", work, "--name", name, "--minutes", minutes * share)
    publish(work, corpus, model, reference)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of texts")
    parser.add_argument("--minutes", type=float, required=True, help="budget of training, both together")
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    parser.add_argument("--model", type=Path, default=Path("public/model"))
    parser.add_argument("--reference", type=Path, default=Path("test/reference"))
    options = parser.parse_args()
    make(options.corpus, options.work, options.minutes, options.model, options.reference)


if __name__ == "__main__":
    main()
