"""What methods with a surrogate share: the loop, the checkpoint, what networks see, and patterns that come afterwards.

First the surrogate trains for `steps` steps, and what happens to the patterns meanwhile is the method's own. Then
images that have no pattern yet get one against the finished network, whose weights no longer change: projected sign
descent (Madry et al., arXiv 1706.06083) towards a target class, in random views. That is how hold-out images, which no
network may learn from, are protected sample-wise when the program exports them too: training is over when they are
first looked at, so neither the surrogate nor any training image's pattern depends on them.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.masking import CANVAS_SCALE, CELL, RMS_SHARE, cell_strengths
from pue_desktop.engine.methods.contract import CraftPoint, Material, Subjects
from pue_desktop.engine.methods.patterns import ClassPatterns, Patterns, SamplePatterns
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.runtime import Stop, torch_stream
from pue_desktop.engine.training import (
    Batches,
    Checkpoint,
    Trainer,
    check_finite,
    crop_and_flip,
    normalise,
    recalibrate,
)
from pue_desktop.engine.views import carry, random_view

_LAST_STEP_SHARE = 0.1
# Sign steps can cross the whole range of a pattern more than once (Madry et al.).
_TRAVEL = 2.5
_RECALIBRATION_BATCHES = 8


class SurrogateMethod:
    """The loop; a method says what one step of the surrogate is.

    Attributes:
        sample_wise: Whether each image has a pattern of its own.
        weight_noise: Whether the surrogate's weights are noisy while it trains.
        finishing_steps: Sign steps for each image whose pattern is found afterwards.
    """

    sample_wise = False
    weight_noise = False
    finishing_steps = 20

    def __init__(self, material: Material) -> None:
        config = material.config
        self.config = config
        self._material = material
        self.device = material.train.pixels.images.device
        self.trainer = Trainer(material.model, steps=config.steps, learning_rate=config.learning_rate)
        self.patterns = self.first_patterns(material)
        self._grey = bool(material.train.grey.any()) or bool(material.held and material.held.grey.any())
        self._batches = Batches(len(material.train.ids), config.batch_size, config.seed, "craft")
        self._finishing = [part for rows in self.finished_rows() for part in torch.split(rows, config.batch_size)]
        self._total = config.steps + len(self._finishing) * self.finishing_steps
        # Loss and error of every step: part of the state, so that a resumed run reports what an undisturbed one does.
        self.history = torch.full((self._total, 2), torch.nan)

    def first_patterns(self, material: Material) -> Patterns:
        """Returns patterns of zero, or what else the method starts from."""
        return SamplePatterns(material) if self.sample_wise else ClassPatterns(material)

    def train_step(self, rows: Tensor, step: int) -> tuple[Tensor, Tensor]:
        """Takes step `step` on the training images `rows` (int64, on the device); returns loss and error."""
        raise NotImplementedError

    def target(self, labels: Tensor) -> Tensor:
        """Returns the class that an image perturbed afterwards shall be taken for."""
        return labels

    def finished_rows(self) -> Sequence[Tensor]:
        """Returns the rows whose patterns are found afterwards, in groups that no batch straddles."""
        if self._material.held is None:
            return ()
        trained = len(self._material.train.ids)
        return (torch.arange(trained, trained + len(self._material.held.ids)),)

    def tells(self, step: int) -> bool:
        """Tells whether step `step` (from 0) says something about images as they will be published."""
        return step < self.config.steps

    def outcome(self) -> Tensor:
        """Returns the part of the history by which crafting is judged, `[step, 2]`."""
        return self.history[: self.config.steps]

    def craft(self, stop: Stop, checkpoint: Checkpoint) -> Generator[CraftPoint, None, None]:
        """Yields after every step; goes on from the checkpoint, saves one when it ends.

        Raises:
            InputRefusedError: the loss, or a weight in the end, is not a number.
            StorageError: the disk has no room for the patterns.
            CancelledError: asked for by `stop`.
        """
        done = self._resume(checkpoint)
        self.trainer.model.train(done < self.config.steps)
        try:
            while done < self._total:
                stop.check()
                if done < self.config.steps:
                    loss, error = self.train_step(self._batches.indices(done).to(self.device), done)
                else:
                    loss, error = self._finish(done - self.config.steps)
                self.history[done] = torch.stack((loss.detach(), error)).to("cpu")
                done += 1
                share = done / self._total
                if self.tells(done - 1):
                    yield CraftPoint(done, float(loss.detach()), float(error), share)
                else:
                    yield CraftPoint(done, None, None, share)
                if checkpoint.due() or self.patterns.full:
                    self._save(checkpoint, done)
            check_finite(self.trainer.model)
        finally:
            self._save(checkpoint, done)

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        """Returns the perturbation as it is now, at least for these images."""
        return self.patterns.perturbation(ids)

    def save(self, path: Path) -> None:
        """Writes the whole perturbation."""
        self.patterns.save(path)

    def result(self) -> CraftResult:
        """Returns what was reached so far; at least one step must be done."""
        judged = self.outcome()
        done = int(torch.isfinite(judged[:, 0]).sum())
        recent = judged[max(0, done - max(1, len(judged) // 10)) : done].mean(dim=0)
        trained = int(torch.isfinite(self.history[: self.config.steps, 0]).sum())
        return CraftResult(
            steps=trained,
            noisy_steps=trained if self.weight_noise and self.config.sigma > 0.0 else 0,
            perturbation_steps=self.perturbation_steps(),
            final_loss=float(recent[0]),
            final_error=float(recent[1]),
            mean_abs_delta_255=self.patterns.mean_abs(),
        )

    def perturbation_steps(self) -> int:
        """Returns the number of sign steps taken."""
        return int(torch.isfinite(self.history[:, 0]).sum())

    def level(self, generator: torch.Generator) -> float:
        """Returns the weight noise of a step, uniform from 0 to σ; draws nothing where there is none."""
        sigma = self.config.sigma if self.weight_noise else 0.0
        return sigma * float(torch.rand((), generator=generator, device=generator.device)) if sigma else 0.0

    def perturbed(self, images: Tensor, delta: Tensor, grey: Tensor) -> Tensor:
        """Returns float images with their patterns, as an export makes them but for the rounding."""
        if self._grey:
            delta = torch.where(grey[:, None, None, None], delta.mean(dim=1, keepdim=True), delta)
        side = images.shape[-1]
        delta = carry(delta, side)
        if self.config.masking == "texture":
            cells = cell_strengths(images.long(), max(1, CELL * side // (CANVAS_SCALE * self.config.working_size)))
            delta = delta * carry(cells[:, None], side)
            limit = RMS_SHARE * self.config.epsilon_255
            energy = delta.detach().square().mean(dim=(1, 2, 3), keepdim=True)
            delta = delta * (limit / energy.sqrt().clamp_min(limit))
        return (images + delta).clamp(0.0, 255.0)

    def seen(self, images: Tensor, generator: torch.Generator) -> Tensor:
        """Returns what the network is shown of (perturbed) images: a random view, shifted and mirrored, 0 to 255."""
        size = self.config.working_size
        if images.shape[-1] != size:
            images = random_view(images, size, smallest=self.config.smallest_view, generator=generator)
        return crop_and_flip(images, generator)

    def batch(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Returns images (float), labels and greyness of rows that are all training or all hold-out images."""
        subjects, places = self._place(rows)
        places = places.to(self.device)
        return subjects.pixels.images[places].float(), subjects.pixels.labels[places], subjects.grey[places]

    def _place(self, rows: Tensor) -> tuple[Subjects, Tensor]:
        trained = len(self._material.train.ids)
        if int(rows[0]) < trained:
            return self._material.train, rows
        assert self._material.held is not None
        return self._material.held, rows - trained

    def _finish(self, unit: int) -> tuple[Tensor, Tensor]:
        """Takes one sign step for one batch of images, against the finished surrogate."""
        if unit == 0:
            self._settle()
        number, step = divmod(unit, self.finishing_steps)
        rows = self._finishing[number]
        images, labels, grey = self.batch(rows)
        generator = torch_stream(self.config.seed, "craft finish", unit, device=str(self.device))
        leaf = self.patterns.leaf(rows)
        delta = self.patterns.of_batch(leaf, rows)
        logits = self.trainer.model(normalise(self.seen(self.perturbed(images, delta, grey), generator)))
        wanted = self.target(labels)
        loss = functional.cross_entropy(logits, wanted)
        (gradient,) = torch.autograd.grad(loss, leaf)
        size = _TRAVEL * self.config.epsilon_255 / self.finishing_steps
        self.patterns.improve(leaf, gradient, rows, self.decayed(size, step, self.finishing_steps))
        return loss, error_rate(logits, wanted)

    def _settle(self) -> None:
        """Ends the training: statistics of normalisation layers, blurred by noisy passes, are estimated once more."""
        check_finite(self.trainer.model)
        shown: list[Tensor] = []
        with torch.no_grad():
            for number in range(min(_RECALIBRATION_BATCHES, self._batches.per_epoch)):
                rows = self._batches.indices(number).to(self.device)
                images, _, grey = self.batch(rows)
                perturbed = self.perturbed(images, self.patterns.of_batch(self.patterns.leaf(rows), rows), grey)
                generator = torch_stream(self.config.seed, "craft settle", number, device=str(self.device))
                shown.append(self.seen(perturbed, generator).round().to(torch.uint8))
        recalibrate(self.trainer.model, torch.cat(shown), self.config.batch_size)

    @staticmethod
    def decayed(size: float, step: int, steps: int) -> float:
        """Returns the size of sign step `step` of `steps`, smaller towards the end."""
        return size * (1.0 - (1.0 - _LAST_STEP_SHARE) * step / steps)

    def _save(self, checkpoint: Checkpoint, done: int) -> None:
        state = {**self.patterns.state(), "history": self.history, **self.trainer.state()}
        self.patterns.commit(done, lambda: checkpoint.save(done, state))

    def _resume(self, checkpoint: Checkpoint) -> int:
        resumed = checkpoint.load()
        if resumed is None or not self.patterns.resume(*resumed):
            # Before new patterns are made: no checkpoint may ever meet patterns of another beginning.
            checkpoint.remove()
            self.patterns.resume(0, None)
            return 0
        step, tensors = resumed
        self.history = tensors["history"]
        self.trainer.load(tensors)
        return step


def error_rate(logits: Tensor, labels: Tensor) -> Tensor:
    """Returns the share of wrong answers, a scalar."""
    return (logits.argmax(dim=1) != labels).float().mean()
