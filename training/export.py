"""weights -> ONNX: writes a Hugging Face folder that this product and transformers.js load.

    python3 training/export.py --weights FOLDER [--name decoder] [--out public/model] [--bits 16]

FOLDER holds NAME.safetensors, NAME.config.json and tokenizer.json. --bits 32 stores the matrices
as they were trained: the same graphs, to see what 16 bits cost.
"""

import argparse
import json
import shutil
from pathlib import Path

from bpe import Tokenizer
from decoder import rotary_tables
from file_list import write_file_lists
from llama_graph import inspect_graph, lens_graph, model_graph, pack
from self_check import self_check
from weights import Sizes, as_stored, read_model

DATA = "model.onnx_data"  # transformers.js derives this name from model.onnx
END_OF_TEXT = "<|endoftext|>"


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def config_json(sizes: Sizes) -> dict:
    """config.json; the last entry tells transformers.js which file, and that its data lie beside it."""
    return {**sizes.config(),
            "transformers.js_config": {"dtype": "fp32", "use_external_data_format": {"model.onnx": 1}}}


def tokenizer_config(sizes: Sizes) -> dict:
    return {"tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False,
            "bos_token": END_OF_TEXT, "eos_token": END_OF_TEXT,
            "add_bos_token": False, "add_eos_token": False,
            "model_max_length": sizes.max_position_embeddings}


def write_folder(out: Path, sizes: Sizes, tensors: dict, tokenizer: Path, bits: int) -> None:
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    write_json(out / "config.json", config_json(sizes))
    write_json(out / "generation_config.json",
               {"bos_token_id": 0, "eos_token_id": 0, "pad_token_id": 0})
    write_json(out / "tokenizer_config.json", tokenizer_config(sizes))
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    stored = as_stored(tensors) if bits == 16 else tensors
    write_json(out / "selfcheck.json", self_check(sizes, stored, Tokenizer.load(tokenizer)))
    tables = tuple(table.numpy() for table in rotary_tables(sizes))
    data = pack(sizes, tensors, tables, DATA, bits)
    for make in (model_graph, inspect_graph, lens_graph):
        make(sizes, data).save(out / "onnx")
    (out / "onnx" / DATA).write_bytes(data.blob)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--name", default="decoder", help="which weights: decoder or draft")
    parser.add_argument("--out", type=Path, default=Path("public/model"))
    parser.add_argument("--bits", type=int, default=16, choices=(16, 32), help="of a number in a stored matrix")
    options = parser.parse_args()
    sizes, tensors = read_model(options.weights, options.name)
    write_folder(options.out, sizes, tensors, options.weights / "tokenizer.json", options.bits)
    write_file_lists(options.out)
    for path in sorted(p for p in options.out.rglob("*") if p.is_file()):
        print(f"{path.stat().st_size:>9} {path}")


if __name__ == "__main__":
    main()
