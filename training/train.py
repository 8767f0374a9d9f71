"""token files -> weights.

    python3 training/train.py [--work FOLDER] [--name decoder] --minutes N [--until HH:MM]
                              [--from FILE --rate 0.4]

Writes WORK/NAME.safetensors, NAME.config.json, NAME.log.jsonl and, every few minutes,
NAME.checkpoint, from which the same command goes on after it was stopped. N minutes are those
spent computing: a pause (SIGSTOP) is not counted; --until ends the run at that time of day, UTC,
however far it is. --from begins with trained weights, --rate then takes a part of the recipe's
rates. The draft learns from the decoder's distributions: train the decoder first.
"""

import argparse
import json
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import torch

from batches import Mixture
from bpe import Tokenizer
from decoder import Decoder, decoder_from, new_decoder
from evaluate import WINDOWS, all_bits_per_byte
from losses import head_loss
from muon import optimizers
from recipe import MIX, RECIPES, Machine, Recipe
from tokens import read_tokens
from weights import read_model, read_safetensors, write_safetensors

PAUSE_SECONDS = 60  # a longer step was a pause
CHECKPOINT_MINUTES, LOOK_MINUTES = 5, 5
LOOK_WINDOWS = 20  # held-out windows a set while training


class Clock:
    """How much of the budget is used."""

    def __init__(self, minutes: float, until: datetime | None, used: float = 0.0):
        self.minutes, self.until, self.used = minutes, until, used
        self.began, self.last = datetime.now(timezone.utc), time.monotonic()
        self.share_then = used / minutes

    def tick(self) -> None:
        now = time.monotonic()
        self.used += min(now - self.last, PAUSE_SECONDS) / 60
        self.last = now

    def share(self) -> float:
        """From 0 to 1; the time of day counts when it is ahead."""
        share = self.used / self.minutes
        if self.until:
            passed = (datetime.now(timezone.utc) - self.began) / (self.until - self.began)
            share = max(share, self.share_then + (1 - self.share_then) * passed)
        return min(share, 1.0)


def sharing(decoder: Decoder) -> Decoder:
    """A second decoder of the same weights, in the same memory, with gradients of its own."""
    other = deepcopy(decoder)
    for weight, shared in zip(other.parameters(), decoder.parameters()):
        weight.data = shared.data
    return other


def rate_at(share: float, recipe: Recipe) -> float:
    """Part of the peak rate: warm-up, constant, straight down to zero."""
    return min(1.0, share / recipe.warm_up, (1 - share) / (1 - recipe.decay_from))


class Trainer:
    def __init__(self, work: Path, name: str, machine: Machine, start: Path | None, rate: float = 1.0,
                 workers: int = 1):
        self.work, self.name, self.machine, self.recipe = work, name, machine, RECIPES[name]
        self.tokenizer = Tokenizer.load(work / "tokenizer.json")
        self.sizes = replace(self.recipe.sizes, vocab_size=len(self.tokenizer.tokens))
        self.heldout = read_tokens(work / "tokens", "heldout")
        self.mixture = Mixture(read_tokens(work / "tokens", "train"), MIX, self.recipe.seed)
        torch.manual_seed(self.recipe.seed)
        self.decoder = (decoder_from(self.sizes, read_safetensors(start)).train() if start
                        else new_decoder(self.sizes)).to(machine.device)
        self.parts = max(1, self.recipe.batch_tokens // machine.micro_tokens)
        workers = min(workers, self.parts)  # more would have nothing to read
        self.workers = [self.decoder, *(sharing(self.decoder) for _ in range(workers - 1))]
        self.residuals = [self.fast(worker) for worker in self.workers]
        self.threads = ThreadPoolExecutor(workers)
        self.optimizers = optimizers(self.decoder, rate * self.recipe.matrix_rate, rate * self.recipe.other_rate,
                                     machine.dtype)
        self.teacher = self.load_teacher() if self.recipe.teacher_share else None
        self.batches = self.steps = self.tokens = 0

    def fast(self, decoder: Decoder):
        """The part before the LM head; compiled on a GPU, once for each length of the windows."""
        on_gpu = self.machine.device == "cuda" and hasattr(torch, "compile")
        return torch.compile(decoder.residual, dynamic=False) if on_gpu else decoder.residual

    def load_teacher(self) -> Decoder:
        return decoder_from(*read_model(self.work, "decoder")).to(self.machine.device)

    def lower_precision(self):
        half = self.machine.dtype is torch.bfloat16
        return torch.autocast(self.machine.device, dtype=torch.bfloat16) if half else nullcontext()

    @torch.no_grad()
    def taught(self, ids: torch.Tensor) -> tuple:
        """What the teacher's LM head reads, and the head."""
        x = self.teacher.model.norm(self.teacher.residual(ids))
        return x.flatten(0, 1).to(self.machine.dtype), self.teacher.model.embed_tokens.weight.to(self.machine.dtype)

    def micro_batch(self, worker: int, ids: torch.Tensor) -> torch.Tensor:
        """Forward and backward of windows (rows, length + 1); the loss."""
        inputs, following = ids[:, :-1], ids[:, 1:].flatten()
        with self.lower_precision():
            x = self.workers[worker].model.norm(self.residuals[worker](inputs)).flatten(0, 1).to(self.machine.dtype)
            teacher = self.taught(inputs) if self.teacher else None
        embedding = self.workers[worker].model.embed_tokens.weight
        loss = head_loss(x, embedding, following, teacher, self.recipe.teacher_share)
        loss.backward()
        return loss.detach()

    def next_batch(self) -> torch.Tensor:
        length = self.recipe.lengths[self.batches % len(self.recipe.lengths)]
        ids = self.mixture.batch(self.batches, self.machine.micro_tokens // length, length)
        self.batches += 1
        return torch.from_numpy(ids).to(self.machine.device)

    def losses(self, worker: int, batches: list[torch.Tensor]) -> list[torch.Tensor]:
        return [self.micro_batch(worker, ids) for ids in batches]

    def step(self, rate: float) -> float:
        """One update; the mean loss."""
        batches = [self.next_batch() for _ in range(self.parts)]
        count = len(self.workers)
        losses = sum(self.threads.map(self.losses, range(count), (batches[n::count] for n in range(count))), [])
        for weight, *others in zip(*(worker.parameters() for worker in self.workers)):
            for other in others:
                weight.grad += other.grad
                other.grad = None
            weight.grad /= len(batches)
        torch.nn.utils.clip_grad_norm_(self.decoder.parameters(), 1.0)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.steps += 1
        self.tokens += len(batches) * self.machine.micro_tokens
        return torch.stack(losses).mean().item()

    def look(self, windows: int) -> dict:
        self.decoder.eval()
        with self.lower_precision():
            result = all_bits_per_byte(self.decoder, self.heldout, self.tokenizer, windows)
        self.decoder.train()
        return result

    def weights(self) -> dict:
        return {name: w.detach().float().cpu().numpy() for name, w in self.decoder.state_dict().items()}

    def save(self, used: float) -> None:
        write_safetensors(self.work / f"{self.name}.safetensors", self.weights())
        (self.work / f"{self.name}.config.json").write_text(json.dumps(self.sizes.config(), indent=1) + "\n")
        state = {"decoder": self.decoder.state_dict(), "optimizers": [o.state_dict() for o in self.optimizers],
                 "places": self.mixture.places(), "used": used,
                 "counts": (self.batches, self.steps, self.tokens)}
        part = self.work / f"{self.name}.checkpoint.part"
        torch.save(state, part)
        part.replace(self.work / f"{self.name}.checkpoint")

    def resume(self) -> float:
        """Takes up the checkpoint, if there is one; the minutes already used."""
        path = self.work / f"{self.name}.checkpoint"
        if not path.exists():
            return 0.0
        state = torch.load(path, map_location="cpu")
        self.decoder.load_state_dict(state["decoder"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        self.mixture.go_to(state["places"])
        self.batches, self.steps, self.tokens = state["counts"]
        return state["used"]

    def log(self, entry: dict) -> None:
        line = json.dumps(entry)
        print(line, flush=True)
        with open(self.work / f"{self.name}.log.jsonl", "a", encoding="utf-8") as file:
            file.write(line + "\n")


def run(trainer: Trainer, clock: Clock) -> int:
    """Steps until the budget is used, or a signal asks to stop and is returned; nothing, if it was used before."""
    if clock.share() >= 1:
        return 0
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: asked.append(got))
    saved = looked = clock.used
    losses, tokens_then, used_then = [], trainer.tokens, clock.used
    while clock.share() < 1 and not asked:
        rate = rate_at(clock.share(), trainer.recipe)
        losses.append(trainer.step(rate))
        clock.tick()
        if clock.used - looked >= LOOK_MINUTES:
            speed = (trainer.tokens - tokens_then) / (clock.used - used_then) / 60
            trainer.log({"minutes": round(clock.used, 1), "steps": trainer.steps, "tokens": trainer.tokens,
                         "rate": round(rate, 3), "loss": round(sum(losses) / len(losses), 4),
                         "tokensPerSecond": round(speed), "heldOut": trainer.look(LOOK_WINDOWS)})
            clock.tick()
            looked = used_then = clock.used
            losses, tokens_then = [], trainer.tokens
        if clock.used - saved >= CHECKPOINT_MINUTES:
            trainer.save(clock.used)
            saved = clock.used
    trainer.save(clock.used)
    if not asked:
        trainer.log({"minutes": round(clock.used, 1), "steps": trainer.steps, "tokens": trainer.tokens,
                     "heldOut": trainer.look(WINDOWS), "done": True})
    return asked[0] if asked else 0


def time_of_day(text: str) -> datetime:
    """The next time that the clock shows HH:MM, UTC."""
    now = datetime.now(timezone.utc)
    hour, minute = map(int, text.split(":"))
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return then if then > now else then + timedelta(days=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where everything made is kept")
    parser.add_argument("--name", default="decoder", choices=RECIPES)
    parser.add_argument("--minutes", type=float, required=True, help="budget of computing time")
    parser.add_argument("--until", type=time_of_day, help="time of day by which it must have ended")
    parser.add_argument("--from", dest="start", type=Path, help="weights to begin with")
    parser.add_argument("--rate", type=float, default=1.0, help="part of the recipe's learning rates")
    parser.add_argument("--workers", type=int, default=1,
                        help="threads, each with windows of its own: as many as there are whole cores to spare")
    options = parser.parse_args()
    torch.set_num_threads(1)
    trainer = Trainer(options.work, options.name, Machine.here(), options.start, options.rate, options.workers)
    used = trainer.resume()
    if options.start and not used:
        trainer.log({"from": options.start.name, "rate": options.rate})
    stopped_by = run(trainer, Clock(options.minutes, options.until, used))
    sys.exit(128 + stopped_by if stopped_by else 0)


if __name__ == "__main__":
    main()
