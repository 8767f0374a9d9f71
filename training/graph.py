"""A small builder for ONNX graphs whose weights lie in one file beside them."""

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

TYPES = {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64}
STORED = {"float16": TensorProto.FLOAT16, "float32": TensorProto.FLOAT}
ALIGNMENT = 64


class DataFile:
    """The external data of several graphs: each tensor is written once, found again by name."""

    def __init__(self, name: str):
        self.name = name
        self.blob = bytearray()
        self.entries: dict[str, tuple[int, int, np.ndarray]] = {}

    def put(self, name: str, value: np.ndarray) -> None:
        """Appends a tensor as it is given: the graphs cast what is in 16 bits."""
        self.blob += b"\0" * (-len(self.blob) % ALIGNMENT)
        data = value.tobytes()
        self.entries[name] = (len(self.blob), len(data), value)
        self.blob += data

    def tensor(self, name: str) -> TensorProto:
        """An initializer that points into this file."""
        offset, length, value = self.entries[name]
        proto = TensorProto(name=name, dims=value.shape, data_location=TensorProto.EXTERNAL,
                            data_type=STORED[value.dtype.name])
        for key, entry in (("location", self.name), ("offset", offset), ("length", length)):
            proto.external_data.add(key=key, value=str(entry))
        return proto


class Graph:
    """Nodes in order; every method returns the name of the value it adds."""

    def __init__(self, name: str, data: DataFile):
        self.name, self.data = name, data
        self.nodes, self.inputs, self.outputs = [], [], []
        self.initializers: dict[str, TensorProto] = {}

    def input(self, name: str, dtype: str, shape: list) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, TYPES[dtype], shape))
        return name

    def output(self, name: str, shape: list) -> None:
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def constant(self, value: np.ndarray, name: str) -> str:
        """A small constant inside the graph."""
        if name not in self.initializers:
            self.initializers[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64), "ints_" + "_".join(map(str, values)))

    def weight(self, name: str) -> str:
        """A weight as float32; one stored in 16 bits goes through a Cast, added once."""
        if name not in self.initializers:
            self.initializers[name] = self.data.tensor(name)
            if self.initializers[name].data_type == TensorProto.FLOAT16:
                self.op("Cast", [name], f"{name}.float32", to=TensorProto.FLOAT)
        half = self.initializers[name].data_type == TensorProto.FLOAT16
        return f"{name}.float32" if half else name

    def op(self, kind: str, inputs: list, name: str, domain: str = "", **attributes) -> str:
        """One node with one output, which has the node's name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def split(self, value: str, axis: int, sizes: list, names: list) -> list:
        self.nodes.append(helper.make_node("Split", [value, self.ints(*sizes)], names,
                                           name=f"{names[0]}.split", axis=axis))
        return names

    def save(self, folder: Path) -> None:
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs,
                                  list(self.initializers.values()))
        model = helper.make_model(graph, producer_name="one-token-at-a-time", ir_version=8,
                                  opset_imports=[helper.make_opsetid("", 17),
                                                 helper.make_opsetid("com.microsoft", 1)])
        (Path(folder) / f"{self.name}.onnx").write_bytes(model.SerializeToString())
