"""The optimiser: Muon for the matrices inside the blocks, AdamW for everything else.

Muon (Jordan et al., 2024): the momentum of a matrix is replaced by the nearest matrix whose
singular values are all about one, so that rare directions are learned as fast as frequent ones.
"""

import torch
from torch import Tensor

STEPS = 5
COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalized(matrices: Tensor, dtype: torch.dtype) -> Tensor:
    """Newton-Schulz iteration on a stack of matrices (n, rows, columns)."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.transpose(-1, -2) if tall else matrices
    x = (x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)).to(dtype)
    for _ in range(STEPS):
        square = x @ x.transpose(-1, -2)
        x = a * x + (b * square + c * square @ square) @ x
    return (x.transpose(-1, -2) if tall else x).to(matrices.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, matrices: list, lr: float, dtype: torch.dtype, momentum=0.95, weight_decay=0.05):
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self.dtype = dtype

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            shapes: dict[tuple, list] = {}
            for weight in group["params"]:
                shapes.setdefault(tuple(weight.shape), []).append(weight)
            for weights in shapes.values():
                self.step_together(weights, group)

    def step_together(self, weights: list, group: dict) -> None:
        """Matrices of one shape, in one stack."""
        updates = []
        for weight in weights:
            state = self.state[weight]
            momentum = state.setdefault("momentum", torch.zeros_like(weight))
            momentum.lerp_(weight.grad, 1 - group["momentum"])
            updates.append(weight.grad.lerp(momentum, group["momentum"]))
        rows, columns = weights[0].shape
        rate = group["lr"] * max(1.0, rows / columns) ** 0.5
        for weight, update in zip(weights, orthogonalized(torch.stack(updates), self.dtype)):
            weight.mul_(1 - group["lr"] * group["weight_decay"])
            weight.add_(update, alpha=-rate)


def optimizers(decoder: torch.nn.Module, matrix_rate: float, other_rate: float, dtype: torch.dtype) -> list:
    """Both; each group remembers its peak rate."""
    matrices = [w for name, w in decoder.named_parameters() if w.ndim > 1 and ".layers." in name]
    inside = {id(w) for w in matrices}
    others = [w for w in decoder.parameters() if id(w) not in inside]
    both = [Muon(matrices, matrix_rate, dtype),
            torch.optim.AdamW(others, lr=other_rate, betas=(0.9, 0.95), eps=1e-10, weight_decay=0.0)]
    for group in (group for optimizer in both for group in optimizer.param_groups):
        group["peak"] = group["lr"]
    return both
