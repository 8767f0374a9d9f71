"""weights -> everything in the repository that is computed from them in Python.

    python3 training/publish.py --weights FOLDER [--corpus FOLDER] [--model public/model] [--reference test/reference]

FOLDER holds decoder.* and draft.* (safetensors, config.json) and tokenizer.json; with the token
files of held-out text in it no corpus is needed. Writes both model folders, the references of the
tests, and the card.
"""

import argparse
from pathlib import Path

from steps import step

NEEDED = ["decoder.safetensors", "decoder.config.json", "draft.safetensors", "draft.config.json", "tokenizer.json"]


def publish(weights: Path, corpus: Path | None, model: Path, reference: Path) -> None:
    step("export.py", "--weights", weights, "--out", model)
    step("export.py", "--weights", weights, "--name", "draft", "--out", model / "draft")
    step("reference.py", "--weights", weights, "--out", reference)
    step("tokenizer_fixture.py", "--out", reference)
    step("card.py", "--work", weights, *(("--corpus", corpus) if corpus else ()), "--out", model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--corpus", type=Path, help="folder of texts, for held-out text and its README")
    parser.add_argument("--model", type=Path, default=Path("public/model"))
    parser.add_argument("--reference", type=Path, default=Path("test/reference"))
    options = parser.parse_args()
    for name in NEEDED:
        if not (options.weights / name).exists():
            parser.error(f"{options.weights / name} is missing; training/make.py makes it")
    publish(options.weights, options.corpus, options.model, options.reference)


if __name__ == "__main__":
    main()
