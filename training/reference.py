"""Reference values for the tests, computed by PyTorch: JSON and little-endian float32.

    python3 training/reference.py --weights FOLDER [--name decoder] [--out test/reference]
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from bpe import Tokenizer
from decoder import Decoder, decoder_from
from weights import as_stored, read_model

GREEDY_PROMPTS = [
    "Once upon a time, in a small house by the sea,",
    "The old woman looked at the fox and said,",
    "Tim and his dog went into the wood. There they found",
]
LOGITS_PROMPT = "The little bear was hungry, so he went to look for some honey."
TAPS_PROMPT = "Pip had a red ball. One day Pip"
NEW_TOKENS = 48
LENS_TOP = 5


class Values:
    """Arrays one after another in a .f32 file; the JSON says where each lies."""

    def __init__(self):
        self.blob, self.index = bytearray(), {}

    def put(self, name: str, value: torch.Tensor) -> None:
        data = value.detach().numpy().astype("<f4")
        self.index[name] = {"shape": list(data.shape), "offset": len(self.blob) // 4}
        self.blob += data.tobytes()


@torch.no_grad()
def greedy(decoder: Decoder, ids: list[int], count: int = NEW_TOKENS) -> list[int]:
    """The new ids; the first index wins a tie; the end of a text does not stop it."""
    out = list(ids)
    for _ in range(count):
        out.append(int(np.argmax(decoder(torch.tensor([out]))[0, -1].numpy())))
    return out[len(ids):]


def continuation(decoder: Decoder, tokenizer: Tokenizer, prompt: str) -> dict:
    ids = tokenizer.encode(prompt)
    new = greedy(decoder, ids)
    return {"prompt": prompt, "promptIds": ids, "greedyIds": new, "text": tokenizer.decode(new)}


@torch.no_grad()
def all_taps(decoder: Decoder, ids: list[int]) -> dict[str, torch.Tensor]:
    """Every named value of one pass, without the batch axis, and the logits."""
    values: dict[str, torch.Tensor] = {}
    logits = decoder(torch.tensor([ids]), tap=lambda name, value: values.update({name: value[0]}))
    return {**values, "logits": logits[0]}


@torch.no_grad()
def logit_lens(decoder: Decoder, values: dict[str, torch.Tensor]) -> list[dict]:
    """What each block's residual stream would predict: per position the top ids and their logits."""
    names = ["hook_embed", *(f"blocks.{n}.hook_resid_post" for n in range(decoder.sizes.num_hidden_layers))]
    rows = []
    for name in names:
        top = decoder.unembed(values[name]).topk(LENS_TOP, dim=-1)
        rows.append({"residual": name, "topIds": top.indices.tolist(), "topLogits": top.values.tolist()})
    return rows


def reference(weights: Path, name: str, out: Path) -> None:
    sizes, tensors = read_model(weights, name)
    tokenizer = Tokenizer.load(weights / "tokenizer.json")
    trained, stored = decoder_from(sizes, tensors), decoder_from(sizes, as_stored(tensors))
    logits_ids, taps_ids = tokenizer.encode(LOGITS_PROMPT), tokenizer.encode(TAPS_PROMPT)
    logits, taps = Values(), Values()
    logits.put("float32", all_taps(trained, logits_ids)["logits"])
    logits.put("stored", all_taps(stored, logits_ids)["logits"])
    values = all_taps(stored, taps_ids)
    for key, value in values.items():
        taps.put(key, value)
    summary = {
        "tokens": [{"text": t, "ids": tokenizer.encode(t)}
                   for t in (LOGITS_PROMPT, TAPS_PROMPT, *GREEDY_PROMPTS)],
        "greedy": {"weights": "float32",
                   "continuations": [continuation(trained, tokenizer, p) for p in GREEDY_PROMPTS]},
        "logits": {"file": "logits.f32", "prompt": LOGITS_PROMPT, "ids": logits_ids, "values": logits.index},
        "taps": {"weights": "stored", "file": "taps.f32", "prompt": TAPS_PROMPT, "ids": taps_ids,
                 "values": taps.index},
        "lens": {"weights": "stored", "prompt": TAPS_PROMPT, "rows": logit_lens(stored, values)},
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "logits.f32").write_bytes(logits.blob)
    (out / "taps.f32").write_bytes(taps.blob)
    (out / "reference.json").write_text(json.dumps(summary, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--name", default="decoder", help="which weights: decoder or draft")
    parser.add_argument("--out", type=Path, default=Path("test/reference"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    reference(options.weights, options.name, options.out)


if __name__ == "__main__":
    main()
