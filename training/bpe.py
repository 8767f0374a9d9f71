"""Byte-level BPE: GPT-2's splitting, encoding, decoding, and Hugging Face's tokenizer.json."""

import json
import re
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

END_OF_TEXT = "<|endoftext|>"


def characters(category: str) -> str:
    """All characters whose Unicode category starts so, as ranges of a regular expression's class."""
    ranges, start = [], None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and unicodedata.category(chr(code)).startswith(category)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            ranges.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    return "".join(ranges)


@lru_cache
def gpt2_pattern() -> re.Pattern:
    """'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"""
    letters, numbers = characters("L"), characters("N")
    # Python also calls U+001C to U+001F white space, the pattern's own dialect does not
    space = r"(?:(?![\x1c-\x1f])\s)"
    other = rf"(?:[^\s{letters}{numbers}]|[\x1c-\x1f])"
    return re.compile(rf"'s|'t|'re|'ve|'m|'ll|'d| ?[{letters}]+| ?[{numbers}]+| ?{other}+"
                      rf"|{space}+(?!(?!{space}).)|{space}+", re.DOTALL)


def byte_characters() -> list[str]:
    """GPT-2's printable character for each byte 0 to 255."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(b) if b in kept else chr(next(others)) for b in range(256)]


BYTE_TO_CHARACTER = byte_characters()
CHARACTER_TO_BYTE = {c: b for b, c in enumerate(BYTE_TO_CHARACTER)}


def pre_tokens(text: str) -> list[str]:
    """The pieces within which bytes are merged, as text."""
    return gpt2_pattern().findall(text)


def spelled(piece: str) -> str:
    """A piece in byte characters: " é" -> "ĠÃ©"."""
    return "".join(BYTE_TO_CHARACTER[b] for b in piece.encode())


def initial_vocabulary() -> dict[str, int]:
    """Id 0 ends a text; then one id a byte, in the order of the byte characters."""
    return {token: n for n, token in enumerate([END_OF_TEXT, *sorted(BYTE_TO_CHARACTER)])}


def merge_pair(symbols: list, pair: tuple, merged) -> list:
    """Every occurrence of the pair, from the left, replaced by one symbol."""
    out, at = [], 0
    while at < len(symbols):
        found = tuple(symbols[at:at + 2]) == pair
        out.append(merged if found else symbols[at])
        at += 2 if found else 1
    return out


class Tokenizer:
    def __init__(self, merges: list[tuple[str, str]]):
        self.merges = merges
        self.vocabulary = initial_vocabulary()
        for left, right in merges:
            self.vocabulary.setdefault(left + right, len(self.vocabulary))
        self.tokens = list(self.vocabulary)
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.known: dict[str, list[int]] = {}

    def encode(self, text: str) -> list[int]:
        return [token for piece in pre_tokens(text) for token in self.encode_piece(piece)]

    def encode_piece(self, piece: str) -> list[int]:
        """Merges the adjacent pair of lowest rank, leftmost first, until none is known."""
        if piece not in self.known:
            symbols = list(spelled(piece))
            while len(symbols) > 1:
                pair = min(zip(symbols, symbols[1:]), key=lambda p: self.ranks.get(p, len(self.ranks)))
                if pair not in self.ranks:
                    break
                symbols = merge_pair(symbols, pair, "".join(pair))
            self.known[piece] = [self.vocabulary[s] for s in symbols]
        return self.known[piece]

    def bytes_of(self, token: int) -> bytes:
        """A token's bytes; the end of a text has none."""
        return bytes(CHARACTER_TO_BYTE[c] for c in self.tokens[token]) if token else b""

    def decode(self, ids: list[int]) -> str:
        return b"".join(map(self.bytes_of, ids)).decode(errors="replace")

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        model = json.loads(Path(path).read_text())["model"]
        merges = [tuple(m.split(" ") if isinstance(m, str) else m) for m in model["merges"]]
        tokenizer = cls(merges)
        if tokenizer.vocabulary != model["vocab"]:
            raise ValueError(f"{path}: the ids are not those of our trainer's order")
        return tokenizer

    def save(self, path: Path) -> None:
        byte_level = {"type": "ByteLevel", "trim_offsets": True, "use_regex": True}
        Path(path).write_text(json.dumps({
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": 0, "content": END_OF_TEXT, "single_word": False, "lstrip": False,
                              "rstrip": False, "normalized": False, "special": True}],
            "normalizer": None,
            "pre_tokenizer": {**byte_level, "add_prefix_space": False},
            "post_processor": None,
            "decoder": {**byte_level, "add_prefix_space": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": None,
                      "continuing_subword_prefix": None, "end_of_word_suffix": None,
                      "fuse_unk": False, "byte_fallback": False, "vocab": self.vocabulary,
                      "merges": [" ".join(pair) for pair in self.merges]},
        }, ensure_ascii=False))
