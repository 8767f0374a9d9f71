"""All steps, one after another: from a folder of texts to public/model and test/reference.

    python3 training/make.py --corpus FOLDER --minutes N [--work FOLDER]

A tokenizer and token files that WORK already holds are kept, training goes on from its
checkpoints: the same command takes up what was interrupted. The draft has a fifth of the minutes.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
              # the large arrays of each step are kept, not given back to the system and cleared anew
              "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "2000000000"}
DRAFT_SHARE = 0.2


def step(script: str, *arguments) -> None:
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    print("$", " ".join(command[1:]), flush=True)
    subprocess.run(command, check=True, env={**os.environ, **ONE_THREAD})


def make(corpus: Path, work: Path, minutes: float, model: Path, reference: Path) -> None:
    if not (work / "tokenizer.json").exists():
        step("train_tokenizer.py", "--corpus", corpus, "--work", work)
    if not (work / "tokens").exists():
        step("tokens.py", "--corpus", corpus, "--work", work)
    for name, share in (("decoder", 1 - DRAFT_SHARE), ("draft", DRAFT_SHARE)):
        step("train.py", "--work", work, "--name", name, "--minutes", minutes * share)
    step("export.py", "--weights", work, "--out", model)
    step("export.py", "--weights", work, "--name", "draft", "--out", model / "draft")
    step("reference.py", "--weights", work, "--out", reference)
    step("tokenizer_fixture.py", "--out", reference)
    step("card.py", "--work", work, "--corpus", corpus, "--out", model)


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
