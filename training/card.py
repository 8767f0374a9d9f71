"""The model card: measures the weights and writes ORIGIN.md and files.json.

    python3 training/card.py [--work FOLDER] [--corpus FOLDER] [--out public/model]

The table of the data and the attributions are taken from CORPUS/README.md, if there is one.
"""

import argparse
import json
from pathlib import Path

import torch

from bpe import Tokenizer
from evaluate import STORY_LIMIT, STORY_START, STORY_TEMPERATURE, all_bits_per_byte, load, stories
from file_list import write_file_lists
from heads import copying_head, copying_in_example, lens_rows, previous_token_head
from tokens import END, read_tokens
from weights import read_safetensors

STORIES, SHOWN = 200, 10
LENS_TEXT = "Lily and Tom went to the park. They saw a big"
INTRODUCTION = """# The embedded decoder

A small Llama-like decoder that writes little English stories, made so that every number of a real
generation can be looked at in a browser. It knows stories, not facts: it cannot answer questions,
follow instructions, calculate, write code or another language, and what it says of the world is
invented. Half of what it has read was written in the nineteenth century, and some of it thinks as
people thought then. It loses the thread after a paragraph, repeats itself under greedy decoding,
and reads at most {max_position_embeddings} tokens."""


def table(head: list[str], rows: list[list]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]
    return "\n".join(lines)


def sizes_section(work: Path) -> str:
    config = json.loads((work / "decoder.config.json").read_text())
    count = sum(t.size for t in read_safetensors(work / "decoder.safetensors").values())
    names = ["hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim",
             "intermediate_size", "vocab_size", "max_position_embeddings", "rms_norm_eps", "rope_theta"]
    return (INTRODUCTION.format(**config) + f"\n\n## Sizes\n\n{count:,} parameters, matrices stored in 16 bits, "
            "computed in 32. RMSNorm, rotary positions, grouped-query attention, SwiGLU, tied embeddings.\n\n"
            + table(names, [[config[n] for n in names]]))


def curve_section(work: Path) -> str:
    path = work / "decoder.log.jsonl"
    if not path.exists():
        return ""
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    every = max(1, len(entries) // 12)
    chosen = [e for n, e in enumerate(entries) if n % every == 0 or e.get("done")]
    sets = list(chosen[0]["heldOut"])
    rows = [[e["minutes"], f"{e['tokens']:,}", e.get("loss", ""), *(e["heldOut"][s] for s in sets)] for e in chosen]
    return ("## Training\n\nLoss in nats a token, held-out text in bits a byte (a part of it, the last row all of it)."
            "\n\n" + table(["minutes", "tokens", "loss", *sets], rows))


def heldout_section(work: Path, tokenizer: Tokenizer) -> str:
    sets = read_tokens(work / "tokens", "heldout")
    rows = [[label, *all_bits_per_byte(load(work, "decoder", stored), sets, tokenizer).values()]
            for label, stored in (("as trained, 32 bits", False), ("as stored, 16 bits", True))]
    return ("## Held-out bits per byte\n\nWindows of 256 tokens, the first 120 of each set, ends of texts counted "
            "as no byte.\n\n" + table(["weights", *sets], rows))


def stories_section(work: Path, tokenizer: Tokenizer) -> str:
    drawn = stories(load(work, "decoder", stored=True), tokenizer, STORIES)
    ended = sum(row[-1] == END for row in drawn) / len(drawn)
    quoted = ["> " + (STORY_START + tokenizer.decode(row)).strip().replace("\n", "\n> ")
              + (" *(its own end)*" if row[-1] == END else " ...") for row in drawn[:SHOWN]]
    return (f"## Ten completions\n\nThe first ten as they came, temperature {STORY_TEMPERATURE}, nothing cut off. Of "
            f"{len(drawn)}, {ended:.0%} ended by themselves within {STORY_LIMIT} tokens.\n\n" + "\n\n".join(quoted))


def heads_section(work: Path, tokenizer: Tokenizer) -> str:
    decoder = load(work, "decoder", stored=True)
    stream = next(iter(read_tokens(work / "tokens", "heldout").values()))
    before, copy = previous_token_head(decoder, stream), copying_head(decoder)
    example = "; ".join(f"layer {n}, head {h}: {p:.2f}" for n, h, p in copying_in_example(decoder, tokenizer))
    lens = [[f"`{name}`", ", ".join(f"`{token}` {p:.2f}" for token, p in best)]
            for name, best in lens_rows(decoder, tokenizer, LENS_TEXT)]
    return ("## Inside\n\nLayers and heads are counted from 0.\n\n"
            f"* **Looks at the previous token**: layer {before[0]}, head {before[1]}; it gives {before[2]:.2f} of its "
            "attention to the position before (mean over 256 positions of held-out text).\n"
            f"* **Copies**: layer {copy[0]}, head {copy[1]}; where 60 random ids are repeated, it gives {copy[2]:.2f} "
            "of its attention to what followed the first time (mean over 8 draws). In \"Pip had a red ball. One day "
            f"Pip\" the last token attends to what followed the first \"Pip\" most in {example}.\n\n"
            f"The logit lens on \"{LENS_TEXT}\" (`Ġ` is a space):\n\n" + table(["residual stream", "would say"], lens))


def data_sections(corpus: Path | None) -> list[str]:
    """The corpus's own table and attributions."""
    readme = corpus / "README.md" if corpus else None
    if not readme or not readme.exists():
        return []
    parts = readme.read_text(encoding="utf-8").split("\n## ")
    rows = "\n".join(line for line in parts[0].splitlines() if line.startswith("|"))
    about = ("## Data\n\nThe texts themselves are not part of this repository; the tokenizer and the weights were "
             "computed from them.\n\n" + rows)
    return [about, *(f"## {part.strip()}" for part in parts[1:])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    parser.add_argument("--corpus", type=Path, help="folder of texts")
    parser.add_argument("--out", type=Path, default=Path("public/model"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.load(options.work / "tokenizer.json")
    again = ("## Making it again\n\n`training/README.md` says how, from a folder of texts to this folder, with one "
             "command. `files.json` lists the files with their sizes and SHA-256; who loads them compares.")
    data, *attributions = data_sections(options.corpus) or [""]
    sections = [sizes_section(options.work), data, curve_section(options.work),
                heldout_section(options.work, tokenizer), stories_section(options.work, tokenizer),
                heads_section(options.work, tokenizer), again, *attributions]
    text = "\n\n".join(s for s in sections if s) + "\n"
    (options.out / "ORIGIN.md").write_text(text, encoding="utf-8")
    write_file_lists(options.out)


if __name__ == "__main__":
    main()
