"""Writes beam.json: what Hugging Face's own beam search finds on a toy decoder.

    python3 test/reference/beam_reference.py PATH/TO/transformers/generation/utils.py

The methods are taken out of that file (transformers 5.18) and run as they are; around them stands only what they ask
for: a decoder whose logits follow from the ids read by arithmetic that JavaScript repeats exactly.
"""

import ast
import json
import random
import sys
from pathlib import Path
from types import SimpleNamespace

import torch
from torch import nn

WANTED = [
    "_flatten_beam_dim",
    "_unflatten_beam_dim",
    "_gather_beams",
    "_check_early_stop_heuristic",
    "_beam_search_has_unfinished_sequences",
    "_get_top_k_continuations",
    "_get_running_beams_for_next_iteration",
    "_update_finished_beams",
    "_beam_search",
]
MASK = 0xFFFFFFFF


def methods(path: Path) -> dict:
    """The wanted methods of GenerationMixin, compiled from its source."""
    tree = ast.parse(path.read_text())
    mixin = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "GenerationMixin")
    mixin.body = [node for node in mixin.body if isinstance(node, ast.FunctionDef) and node.name in WANTED]
    mixin.bases = []
    future = ast.parse("from __future__ import annotations").body
    module = ast.fix_missing_locations(ast.Module(body=[*future, mixin], type_ignores=[]))
    names = {"torch": torch, "nn": nn, "ALL_CACHE_NAMES": []}
    exec(compile(module, str(path), "exec"), names)
    return names["GenerationMixin"]


def mix(h: int) -> int:
    """As in engine/coin.ts."""
    h ^= h >> 16
    h = h * 0x85EBCA6B & MASK
    h ^= h >> 13
    h = h * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def coin(seed: int, position: int, use: int) -> float:
    return (mix((mix((mix((seed ^ 0x9E3779B9) & MASK) + position) & MASK) + use) & MASK) >> 8) / 2**24


def logits_of(sequence, vocab_size: int, salt: int):
    h = salt
    for at, token in enumerate(sequence):
        h = (h * 31 + token * (at + 1)) & MASK
    return [4 * coin(h, token, 0) - 2 for token in range(vocab_size)]


def repetition_penalty(penalty: float):
    def process(ids, scores):
        score = torch.gather(scores, 1, ids)
        return scores.scatter(1, ids, torch.where(score < 0, score * penalty, score / penalty))

    return process


def searching(mixin: type, case: dict):
    """The sequences and scores that `_beam_search` returns."""
    vocab_size, eos, length = case["vocabSize"], case["eos"], case["maxNewTokens"] + len(case["prompt"])

    def forward(input_ids):
        rows = [logits_of(row, vocab_size, case["salt"]) for row in input_ids.tolist()]
        return SimpleNamespace(logits=torch.tensor(rows, dtype=torch.float32)[:, None, :])

    class Decoder(mixin):
        config = SimpleNamespace(is_encoder_decoder=False)

        def _has_unfinished_sequences(self, finished, synced_gpus, device):
            return not finished

        def _prefill(self, input_ids, *_, **__):
            return forward(input_ids)

        def prepare_inputs_for_generation(self, input_ids, **_):
            return {"input_ids": input_ids}

        def _update_model_kwargs_for_generation(self, outputs, kwargs, **_):
            return kwargs

        def __call__(self, input_ids, return_dict):
            return forward(input_ids)

    def stops(ids, _):
        return torch.tensor([row[-1] in eos or len(row) >= length for row in ids.tolist()])

    config = SimpleNamespace(
        _pad_token_tensor=torch.tensor(-7),
        _eos_token_tensor=torch.tensor(eos),
        output_attentions=False,
        output_hidden_states=False,
        output_scores=True,
        output_logits=True,
        return_dict_in_generate=False,
        do_sample=False,
        early_stopping={"true": True, "false": False, "never": "never"}[case["earlyStopping"]],
        length_penalty=case["lengthPenalty"],
        max_length=length,
        num_beams=case["numBeams"],
        num_return_sequences=case["numReturnSequences"],
        low_memory=False,
        is_assistant=False,
    )
    kept = {}
    original = mixin._check_early_stop_heuristic

    def watch(*args, **kwargs):
        kept["scores"] = kwargs["beam_scores"]
        return original(*args, **kwargs)

    decoder = Decoder()
    decoder._check_early_stop_heuristic = watch
    ids = torch.tensor([case["prompt"]] * case["numBeams"])
    found = decoder._beam_search(ids, repetition_penalty(case["repetitionPenalty"]), stops, config, use_cache=False)
    sequences = []
    for row in found.tolist():
        tokens = row[len(case["prompt"]) :]
        while tokens and tokens[-1] == -7:
            tokens.pop()
        sequences.append(tokens)
    return sequences, kept["scores"][0][: case["numReturnSequences"]].tolist()


def main() -> None:
    mixin = methods(Path(sys.argv[1]))
    draw = random.Random(6)
    cases = []
    while len(cases) < 200:
        num_beams = draw.choice([1, 2, 3, 4, 5])
        case = {
            "vocabSize": draw.choice([6, 9, 12]),
            "eos": draw.choice([[0], [0], [0, 1]]),
            "salt": draw.randrange(2**32),
            "prompt": [draw.randrange(2, 6) for _ in range(draw.choice([1, 2, 4]))],
            "maxNewTokens": draw.choice([1, 2, 3, 5, 8, 12]),
            "numBeams": num_beams,
            "lengthPenalty": draw.choice([-1.0, 0.0, 0.6, 1.0, 1.0, 2.0]),
            "earlyStopping": draw.choice(["true", "false", "never"]),
            "numReturnSequences": draw.randint(1, num_beams),
            "repetitionPenalty": draw.choice([1.0, 1.0, 1.3]),
        }
        case["sequences"], case["scores"] = searching(mixin, case)
        cases.append(case)
    text = ",\n".join(json.dumps(case) for case in cases)
    Path(__file__).with_name("beam.json").write_text(f"[\n{text}\n]\n")


main()
