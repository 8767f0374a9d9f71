"""A few values that the engine computes again when it has loaded the weights."""

import torch

from bpe import Tokenizer
from decoder import decoder_from
from reference import greedy
from weights import Sizes

PROMPT = "Once upon a time there was a"
TOP, NEW_TOKENS = 8, 4


@torch.no_grad()
def self_check(sizes: Sizes, stored: dict, tokenizer: Tokenizer) -> dict:
    """The highest logits after a prompt, and the greedy ids that follow; from the weights as stored."""
    decoder, ids = decoder_from(sizes, stored), tokenizer.encode(PROMPT)
    top = decoder(torch.tensor([ids]))[0, -1].topk(TOP)
    return {"prompt": PROMPT, "ids": ids, "topIds": top.indices.tolist(),
            "topLogits": [round(v, 5) for v in top.values.tolist()], "greedyIds": greedy(decoder, ids, NEW_TOKENS)}
