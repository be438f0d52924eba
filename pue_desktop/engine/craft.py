"""Step 2: a surrogate and a method find the perturbation.

The networks learn from the training images alone. Hold-out images are opened here only for sample-wise methods and only
if the export contains them (see `split_given`): they need patterns too, and get them when all learning is over, so
that nothing the certificate rests on depends on them. What crafting leaves: `craft/perturbation.safetensors`,
`craft/result.json`, and pictures of a few images as they were and as they become.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import torch
from torch import nn

from pue_desktop.engine.config import CraftConfig, StepConfig
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event, Metric, Notice, Phases, Progress
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.masking import CANVAS_SCALE
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.methods.contract import Material, MethodClass, Subjects
from pue_desktop.engine.pixels import Tell, original_pixels
from pue_desktop.engine.previews import Previews
from pue_desktop.engine.results import PERTURBATION_FILE, DatasetIndex, ImageRecord
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, resolve_device
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.training import Checkpoint, build_seeded

RESULT_FILE = "craft/result.json"
UNFITTED_ERROR = 0.5
_NEARLY_GUESSING = 0.9
_GREY_MODES = ("L", "LA")
_READING, _CRAFTING = "reading the images", "crafting the perturbation"


def craft_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Crafts the perturbation for the run's training images.

    Raises:
        InputRefusedError: an image vanished, or the training went out of bounds.
        CancelledError: asked for by `stop`; the checkpoint is kept.
    """
    config = cast(CraftConfig, config)
    index = load_index(run)
    phases = Phases("craft", {_READING: 1, _CRAFTING: 20})
    factory = cast(MethodClass, METHODS.load(config.method))
    material = yield from _material(run, config, factory, tell=lambda part: phases.at(_READING, part), stop=stop)
    method = factory(material)
    checkpoint = Checkpoint(run.path / "craft" / "checkpoint.safetensors", run.job("craft"))
    previews = Previews(run, index, stop)
    done = 0
    with closing(method.craft(stop, checkpoint)) as points:
        for point in points:
            done = point.step
            if point.loss is not None and point.error is not None:
                yield Metric("craft", "loss", point.step, point.loss)
                yield Metric("craft", "error", point.step, point.error)
            yield phases.at(_CRAFTING, point.share)
            if previews.due:
                yield from previews.write(method, done)
    yield from previews.write(method, done, every=True)
    result = method.result()
    if result.final_error is not None and unfitted(result.final_error, len(index.classes)):
        yield Notice(
            "craft",
            f"The surrogate still errs on {result.final_error:.0%} of the perturbed images: the protection is "
            "weak. Take more steps or a greater strength.",
            "warning",
        )
    method.save(run.path / PERTURBATION_FILE)
    return [run.path / PERTURBATION_FILE, run.write(RESULT_FILE, pretty_json(result))]


def unfitted(error: float, classes: int) -> bool:
    """Whether a surrogate that errs on this share of the images did not fit them; of two classes guessing gets half."""
    return error > min(UNFITTED_ERROR, _NEARLY_GUESSING * (1.0 - 1.0 / classes))


def _material(
    run: Run, config: CraftConfig, factory: MethodClass, *, tell: Tell, stop: Stop
) -> Generator[Event, None, Material]:
    """Reads the images and builds the surrogate."""
    index = load_index(run)
    device = resolve_device(config.device)
    canvas = _canvas(config, index)

    wants_held = factory.sample_wise and not index.header.split_given
    total = len(index.images) if wants_held else len(index.of_split("train"))

    def subjects(images: Sequence[ImageRecord], before: int = 0) -> Generator[Event, None, Subjects]:
        def tell_part(part: float) -> Progress:
            return tell((before + part * len(images)) / total)

        pixels = yield from original_pixels(run, images, canvas, tell_part, stop)
        grey = torch.tensor([image.mode in _GREY_MODES for image in images], device=device)
        return Subjects(pixels.to(device), grey, tuple(image.id for image in images))

    train = yield from subjects(index.of_split("train"))
    held = (yield from subjects(index.of_split("hold_out"), len(train.ids))) if wants_held else None
    model = build_surrogate(config.surrogate, len(index.classes), config.working_size, config.seed, "craft").to(device)
    return Material(config, model, train, held, len(index.classes), run.path / "craft", run.job("craft"))


def _canvas(config: CraftConfig, index: DatasetIndex) -> int:
    """Returns the side at which images are held: larger than networks see them where views are cut out of them."""
    has_detail = 2 * index.header.median_side >= 3 * config.working_size
    return CANVAS_SCALE * config.working_size if has_detail and config.smallest_view < 1.0 else config.working_size


def build_surrogate(name: str, classes: int, size: int, seed: int, purpose: str) -> nn.Module:
    """Builds the network family `name` with initial weights named by (seed, purpose)."""
    build = cast(Callable[[int, int], nn.Module], SURROGATES.load(name))
    return build_seeded(build, classes, size, seed, purpose)
