"""The loss at the LM head, computed in slices so that the logits are never all in memory."""

import torch
from torch import Tensor

# rows at once: 256 x 4,096 logits stay in a processor's cache, a GPU wants as many as its memory holds with ease
SLICES = {"cpu": 256, "cuda": 8192}


def probabilities(logits: Tensor) -> tuple[Tensor, Tensor]:
    """softmax and log of its normaliser, in place: (rows, vocabulary), (rows, 1)."""
    top = logits.amax(dim=1, keepdim=True)
    total = logits.sub_(top).exp_().sum(dim=1, keepdim=True)
    return logits.div_(total), top + total.log()


class HeadLoss(torch.autograd.Function):
    """Mean cross-entropy of softmax(x W^T) against the next ids and, by `share`, a teacher's distribution.

    The gradient is made in the forward pass: the loss is the last thing computed anyway.
    """

    @staticmethod
    def forward(ctx, x: Tensor, weight: Tensor, ids: Tensor, teacher: tuple | None, share: float) -> Tensor:
        """x (rows, d_model), weight (vocabulary, d_model), ids (rows,); teacher: (x, weight) of its own."""
        rows, head = x.shape[0], weight.to(x.dtype)
        x_grad, weight_grad = torch.empty_like(x), torch.zeros_like(weight)
        loss = torch.zeros((), device=x.device)
        share = share if teacher else 0.0
        size = SLICES[x.device.type]
        for at in range(0, rows, size):
            part, wanted = x[at:at + size], ids[at:at + size, None]
            logits = (part @ head.t()).float()
            loss += (1 - share) * -logits.gather(1, wanted).sum()
            if teacher:
                target, _ = probabilities((teacher[0][at:at + size] @ teacher[1].t()).float())
                loss -= share * (target * logits).sum()
            p, normaliser = probabilities(logits)
            loss += normaliser.sum()
            if teacher:
                p.sub_(target, alpha=share)
            p.scatter_add_(1, wanted, torch.full_like(normaliser, share - 1))
            slope = p.div_(rows).to(x.dtype)
            x_grad[at:at + size] = slope @ head
            weight_grad += slope.t() @ part
        ctx.save_for_backward(x_grad, weight_grad)
        return loss / rows

    @staticmethod
    def backward(ctx, slope: Tensor) -> tuple:
        x_grad, weight_grad = ctx.saved_tensors
        return x_grad * slope, weight_grad * slope, None, None, None


def head_loss(x: Tensor, weight: Tensor, ids: Tensor, teacher: tuple | None = None, share: float = 0.0) -> Tensor:
    return HeadLoss.apply(x, weight, ids, teacher, share)
