"""The model card: measures the weights and writes ORIGIN.md and files.json.

    python3 training/card.py [--work FOLDER] [--corpus FOLDER] [--out public/model]

The table of the data and the attributions are taken from CORPUS/README.md; without it the card
keeps those it has. Held-out text comes from WORK/tokens, or where it has none from the corpus.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from bpe import Tokenizer
from evaluate import STORY_LIMIT, STORY_START, STORY_TEMPERATURE, acceptance, all_bits_per_byte, load, stories
from file_list import write_file_lists
from heads import EXAMPLE, copying_head, copying_in_example, lens_rows, previous_token_head
from tokens import END, held_out
from weights import read_safetensors

HERE = Path(__file__).parent
STORIES, SHOWN = 200, 10
LENS_TEXT = "Lily and Tom went to the park. They saw a big"
INTRODUCTION = """# The embedded decoder

A small Llama-like decoder that writes little English stories, made so that every number of a real
generation can be looked at in a browser, and a smaller draft of the same vocabulary for speculative
decoding.

## What it cannot do

It knows stories, not facts: it cannot answer questions, follow instructions, calculate, write code
or another language, and what it says of the world is invented. Half of what it has read was written
in the nineteenth century, and some of it thinks as people thought then. It loses the thread after a
paragraph, repeats itself under greedy decoding, and reads at most {max_position_embeddings} tokens. Nobody should
take its advice, or let it write to children unread."""
AGAIN = """## Making it again

`training/README.md` says how, from a folder of texts to this folder, with one command. `npm run model` makes
everything that follows from the weights, `npm run evaluate` measures what is shipped, on WebAssembly.
`files.json` lists the files with their sizes and SHA-256; who loads them compares."""
DATA, LICENCE = "## Data", "## Licence"


@dataclass
class Measured:
    """What the card speaks of."""

    work: Path
    out: Path
    tokenizer: Tokenizer
    sets: dict[str, np.ndarray]

    def bits(self, name: str, stored: bool = True) -> dict[str, float]:
        return all_bits_per_byte(load(self.work, name, stored), self.sets, self.tokenizer)


def table(head: list[str], rows: list[list]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]
    return "\n".join(lines)


def percent(change: float) -> str:
    return f"{100 * change:+.1f} %"


def mean(values) -> str:
    return f"{np.mean(list(values)):.4f}"


def sizes_section(m: Measured) -> str:
    names = ["hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim",
             "intermediate_size", "vocab_size", "max_position_embeddings", "rms_norm_eps", "rope_theta"]
    rows = []
    for name, folder in (("decoder", m.out), ("draft", m.out / "draft")):
        config = json.loads((m.work / f"{name}.config.json").read_text())
        count = sum(t.size for t in read_safetensors(m.work / f"{name}.safetensors").values())
        served = sum((folder / "onnx" / file).stat().st_size for file in ("inspect.onnx", "model.onnx_data"))
        rows.append([name, f"{count:,}", f"{served:,} B", *(config[n] for n in names)])
    return ("## Sizes\n\nMatrices stored in 16 bits, computed in 32. RMSNorm, rotary positions, grouped-query attention, "
            "SwiGLU, tied embeddings. As served: the graph and its weights.\n\n"
            + table(["", "parameters", "as served", *names], rows))


def curve_section(m: Measured, final: dict[str, float]) -> str:
    path = m.work / "decoder.log.jsonl"
    if not path.exists():
        return ""
    log = [json.loads(line) for line in path.read_text().splitlines()]
    entries = [e for e in log if "heldOut" in e]
    before = "".join(f" These weights went on from {e['from']}." for e in log if "from" in e)
    every = max(1, len(entries) // 12)
    chosen = [e for n, e in enumerate(entries) if n % every == 0 or e.get("done")]
    rows = [[e["minutes"], f"{e['tokens']:,}", e.get("loss", ""), *(e["heldOut"][s] for s in final)]
            for e in chosen if not e.get("done")]
    rows += [[e["minutes"], f"{e['tokens']:,}", "", *final.values()] for e in chosen if e.get("done")]
    return (f"## Training\n\nLoss in nats a token, held-out text in bits a byte: a part of it, in the last row all of it."
            f"{before}\n\n" + table(["minutes", "tokens", "loss", *final], rows))


def compared(now: dict[str, float], first: dict[str, float]) -> list[list]:
    """Rows: the weights, those they are compared with, and the difference, each with its mean."""
    if now.keys() != first.keys():  # another corpus
        return [["these weights", *now.values(), mean(now.values())]]
    changes = [now[s] / first[s] - 1 for s in now]
    return [["these weights", *now.values(), mean(now.values())],
            ["the first weights", *(first[s] for s in now), mean(first.values())],
            ["difference", *map(percent, changes), percent(np.mean(changes))]]


def heldout_section(m: Measured, stored: dict[str, float]) -> str:
    first = json.loads((HERE / "first-weights.json").read_text())
    exact, draft = m.bits("decoder", stored=False), m.bits("draft")
    cost = max(abs(stored[s] / exact[s] - 1) for s in stored)
    teacher, student = load(m.work, "decoder", stored=True), load(m.work, "draft", stored=True)
    shared = [f"{acceptance(student, teacher, stream):.3f}" for stream in m.sets.values()]
    head = ["", *stored, "mean"]
    return ("## Held-out bits per byte\n\nWindows of 256 tokens, the first 120 of each set, ends of texts counted as no "
            f"byte. Storage in 16 bits changes the loss of a set by at most {100 * cost:.2f} %.\n\n"
            + table(head, compared(stored, first["decoder"]))
            + "\n\nThe draft, and the share of its tokens that speculative sampling accepts (the mean of sum min(p, q) "
            "at temperature 1):\n\n" + table(head, [*compared(draft, first["draft"]), ["accepted", *shared, ""]]))


def stories_section(m: Measured) -> str:
    drawn = stories(load(m.work, "decoder", stored=True), m.tokenizer, STORIES)
    ended = sum(row[-1] == END for row in drawn) / len(drawn)
    quoted = ["> " + (STORY_START + m.tokenizer.decode(row)).strip().replace("\n", "\n> ")
              + (" *(its own end)*" if row[-1] == END else " ...") for row in drawn[:SHOWN]]
    return (f"## Ten completions\n\nThe first ten as they came, temperature {STORY_TEMPERATURE}, nothing cut off. Of "
            f"{len(drawn)}, {ended:.0%} ended by themselves within {STORY_LIMIT} tokens.\n\n" + "\n\n".join(quoted))


def place(layer: int, head: int) -> str:
    return f"layer {layer + 1}, head {head + 1}"


def heads_section(m: Measured) -> str:
    decoder = load(m.work, "decoder", stored=True)
    before, copy = previous_token_head(decoder, next(iter(m.sets.values()))), copying_head(decoder)
    example = "; ".join(f"{place(n, h)}: {p:.2f}" for n, h, p in copying_in_example(decoder, m.tokenizer))
    lens = [[f"`{name}`", ", ".join(f"`{token}` {p:.2f}" for token, p in best)]
            for name, best in lens_rows(decoder, m.tokenizer, LENS_TEXT)]
    return ("## Inside\n\nLayers and heads are counted from 1, as in the notebook; the names of tensors count from 0.\n\n"
            f"* **Looks at the previous token**: {place(*before[:2])}; it gives {before[2]:.2f} of its "
            "attention to the position before (mean over 256 positions of held-out text).\n"
            f"* **Copies**: {place(*copy[:2])}; where 60 random ids are repeated, it gives {copy[2]:.2f} "
            f"of its attention to what followed the first time (mean over 8 draws). In \"{EXAMPLE}\" the last token "
            f"attends to what followed the first \"Pip\" most in {example}.\n\n"
            f"The logit lens on \"{LENS_TEXT}\" (`Ġ` is a space):\n\n" + table(["residual stream", "would say"], lens))


def licence_section() -> str:
    return (f"{LICENCE}\n\nThe weights, the tokenizer and the values computed from them are published under the licence of "
            "this repository (MIT). The texts that they were trained on have licences of their own, named above, with "
            "the attributions that they ask for below.")


def data_sections(corpus: Path | None, out: Path) -> tuple[str, list[str]]:
    """What the texts are, and their attributions: from the corpus, or from the card as it is."""
    readme, card = corpus / "README.md" if corpus else None, out / "ORIGIN.md"
    if readme and readme.exists():
        parts = readme.read_text(encoding="utf-8").split("\n## ")
        rows = "\n".join(line for line in parts[0].splitlines() if line.startswith("|"))
        about = (f"{DATA}\n\nThe texts themselves are not part of this repository; the tokenizer and the weights were "
                 "computed from them.\n\n" + rows)
        return about, [f"## {part.strip()}" for part in parts[1:]]
    sections = [f"## {part.strip()}" for part in card.read_text(encoding="utf-8").split("\n## ")[1:]] if card.exists() else []
    about = next((s for s in sections if s.startswith(DATA)), "")
    return about, [s for s in sections if s.startswith("## Attributions")]


def write_card(m: Measured, corpus: Path | None) -> None:
    config = json.loads((m.work / "decoder.config.json").read_text())
    about, attributions = data_sections(corpus, m.out)
    stored = m.bits("decoder")
    sections = [INTRODUCTION.format(**config), sizes_section(m), about, licence_section(), curve_section(m, stored),
                heldout_section(m, stored), stories_section(m), heads_section(m), AGAIN, *attributions]
    (m.out / "ORIGIN.md").write_text("\n\n".join(s for s in sections if s) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    parser.add_argument("--corpus", type=Path, help="folder of texts")
    parser.add_argument("--out", type=Path, default=Path("public/model"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.load(options.work / "tokenizer.json")
    sets = held_out(options.work, options.corpus, tokenizer)
    write_card(Measured(options.work, options.out, tokenizer, sets), options.corpus)
    write_file_lists(options.out)


if __name__ == "__main__":
    main()
