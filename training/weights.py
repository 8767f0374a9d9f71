"""Weights and configurations on disk: safetensors in plain numpy, Hugging Face names.

A safetensors file is 8 bytes of header length (little-endian), a JSON header
(name: dtype, shape, data_offsets), then the data.
"""

import json
import struct
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Sizes:
    """The sizes of a Llama decoder; the field names are those of config.json."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    rms_norm_eps: float = 1e-5
    rope_theta: float = 10000.0

    @classmethod
    def of(cls, config: dict) -> "Sizes":
        """The sizes in a config.json; refuses features that the graphs do not have."""
        expected = {"model_type": "llama", "hidden_act": "silu", "tie_word_embeddings": True,
                    "attention_bias": False, "mlp_bias": False, "rope_scaling": None}
        for key, value in expected.items():
            if config.get(key, value) != value:
                raise ValueError(f"config.json: {key} must be {value}, got {config[key]}")
        known = {k: config[k] for k in cls.__dataclass_fields__ if k in config}
        known.setdefault("head_dim", config["hidden_size"] // config["num_attention_heads"])
        return cls(**known)

    def config(self) -> dict:
        """A Hugging Face config.json for these sizes."""
        return {"architectures": ["LlamaForCausalLM"], "model_type": "llama", **asdict(self),
                "hidden_act": "silu", "tie_word_embeddings": True, "attention_bias": False,
                "bos_token_id": 0, "eos_token_id": 0, "torch_dtype": "float32"}


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """All tensors of a file as float32 arrays."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header, start = json.loads(data[8:8 + length]), 8 + length
    header.pop("__metadata__", None)
    dtypes = {"F32": "<f4", "F16": "<f2"}
    return {
        name: np.frombuffer(data[start + t["data_offsets"][0]:start + t["data_offsets"][1]],
                            dtypes[t["dtype"]]).reshape(t["shape"]).astype(np.float32)
        for name, t in header.items()
    }


def write_safetensors(path: Path, tensors: dict[str, np.ndarray]) -> None:
    """Writes float32 tensors, in the order of the dictionary."""
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        blob = np.ascontiguousarray(tensor, "<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    temporary = Path(f"{path}.part")
    temporary.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
    temporary.replace(path)


def read_model(folder: Path, name: str) -> tuple[Sizes, dict[str, np.ndarray]]:
    """`NAME.config.json` and `NAME.safetensors` of a folder."""
    config = json.loads((Path(folder) / f"{name}.config.json").read_text())
    return Sizes.of(config), read_safetensors(Path(folder) / f"{name}.safetensors")


def as_stored(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What is left of the weights after storage: matrices rounded to 16 bits, vectors as they are."""
    return {name: t.astype(np.float16).astype(np.float32) if t.ndim > 1 else t
            for name, t in tensors.items()}
