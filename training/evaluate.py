"""Measures weights on held-out text.

    python3 training/evaluate.py [--work FOLDER] [--name decoder]

Bits per byte per set: windows of 256 tokens, the first 120 of each set, the last of a set as
short as it is, the ends of texts counted as no byte. With --teacher NAME also the mean of sum min(p, q) against that decoder's
distributions, and with --stories N the share of N completions that end by themselves.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from bpe import Tokenizer
from decoder import Decoder, decoder_from
from tokens import END, read_tokens
from weights import as_stored, read_model

WINDOW, WINDOWS, ROWS = 256, 120, 20
STORY_START, STORY_LIMIT, STORY_TEMPERATURE = "Once upon a time", 450, 0.8


def windows(stream: np.ndarray, most: int = WINDOWS):
    """(inputs, following ids), each (rows, 256), the windows one after another; the last may be shorter."""
    ids = torch.from_numpy(stream[:most * WINDOW + 1].astype(np.int64))
    whole = (len(ids) - 1) // WINDOW * WINDOW
    inputs, following = ids[:whole].view(-1, WINDOW), ids[1:whole + 1].view(-1, WINDOW)
    yield from zip(inputs.split(ROWS), following.split(ROWS))
    if whole < len(ids) - 1:
        yield ids[None, whole:-1], ids[None, whole + 1:]


@torch.no_grad()
def bits_per_byte(decoder: Decoder, stream: np.ndarray, byte_counts: np.ndarray, most: int = WINDOWS) -> float:
    device = decoder.cos.device
    nats = bytes_seen = 0.0
    for inputs, following in windows(stream, most):
        logits = decoder(inputs.to(device)).float()
        nats += F.cross_entropy(logits.flatten(0, 1), following.flatten().to(device), reduction="sum").item()
        bytes_seen += byte_counts[following.numpy()].sum()
    return nats / math.log(2) / bytes_seen


def all_bits_per_byte(decoder: Decoder, sets: dict, tokenizer: Tokenizer, most: int = WINDOWS) -> dict:
    byte_counts = np.array([len(tokenizer.bytes_of(n)) for n in range(len(tokenizer.tokens))])
    return {name: round(bits_per_byte(decoder, stream, byte_counts, most), 4) for name, stream in sets.items()}


@torch.no_grad()
def acceptance(draft: Decoder, decoder: Decoder, stream: np.ndarray, most: int = WINDOWS) -> float:
    """Mean of sum min(p, q): the share of drafted tokens that speculative sampling accepts."""
    shares = [torch.minimum(draft(inputs).softmax(-1), decoder(inputs).softmax(-1)).sum(-1).flatten()
              for inputs, _ in windows(stream, most)]
    return round(torch.cat(shares).mean().item(), 4)


@torch.no_grad()
def stories(decoder: Decoder, tokenizer: Tokenizer, count: int, seed: int = 0) -> list[list[int]]:
    """Completions of one beginning, drawn together; each ends with its first id 0, if it has one."""
    generator = torch.Generator().manual_seed(seed)
    start = tokenizer.encode(STORY_START)
    ids, cache = torch.tensor([start] * count), {}
    new, ended = ids, torch.zeros(count, dtype=torch.bool)
    while ids.shape[1] < len(start) + STORY_LIMIT and not ended.all():
        logits = decoder.unembed(decoder.residual(new, cache=cache)[:, -1])
        new = torch.multinomial((logits / STORY_TEMPERATURE).softmax(-1), 1, generator=generator)
        ended |= new[:, 0] == END
        ids = torch.cat((ids, new), dim=1)
    rows = [row[len(start):].tolist() for row in ids]
    return [row[:row.index(END) + 1] if END in row else row for row in rows]


def load(work: Path, name: str, stored: bool = False) -> Decoder:
    sizes, tensors = read_model(work, name)
    return decoder_from(sizes, as_stored(tensors) if stored else tensors)


def measure(work: Path, name: str, teacher: str | None, story_count: int, stored: bool) -> dict:
    decoder, tokenizer = load(work, name, stored), Tokenizer.load(work / "tokenizer.json")
    sets = read_tokens(work / "tokens", "heldout")
    result = {"bitsPerByte": all_bits_per_byte(decoder, sets, tokenizer)}
    if teacher:
        other = load(work, teacher)
        result["acceptance"] = {name: acceptance(decoder, other, stream) for name, stream in sets.items()}
    if story_count:
        ended = sum(row[-1] == END for row in stories(decoder, tokenizer, story_count))
        result["endedByThemselves"] = ended / story_count
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    parser.add_argument("--name", default="decoder", help="which weights: decoder or draft")
    parser.add_argument("--teacher", help="weights that NAME drafts for")
    parser.add_argument("--stories", type=int, default=0, help="how many completions to draw")
    parser.add_argument("--stored", action="store_true", help="round the matrices to 16 bits first")
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(measure(options.work, options.name, options.teacher, options.stories, options.stored), indent=1))


if __name__ == "__main__":
    main()
