"""Step 2: a surrogate and a method find the perturbation.

The networks learn from the training images alone. Hold-out images are opened here only for sample-wise methods and only
if the export contains them (see `split_given`): they need patterns too, and get them when all learning is over, so
that nothing the certificate rests on depends on them. What crafting leaves: `craft/perturbation.safetensors`,
`craft/result.json`, and pictures of a few images as they were and as they become.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import numpy as np
import torch
from PIL import Image
from torch import nn

from pue_desktop.engine.apply import protect
from pue_desktop.engine.config import CraftConfig, StepConfig
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event, Metric, Notice, Phases, Preview, Progress
from pue_desktop.engine.files import pretty_json, write_atomically
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.masking import CANVAS_SCALE
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.methods.contract import Material, Method, MethodClass, Subjects
from pue_desktop.engine.pixels import Tell, original_pixels, read_original
from pue_desktop.engine.results import PERTURBATION_FILE, DatasetIndex, ImageRecord
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, resolve_device
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.training import Checkpoint, build_seeded

RESULT_FILE = "craft/result.json"
PREVIEW_COUNT = 8
PREVIEW_SIDE = 768
PREVIEW_SECONDS = 2.0
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
    previews = _Previews(run, index)
    with closing(method.craft(stop, checkpoint)) as points:
        for point in points:
            if point.loss is not None and point.error is not None:
                yield Metric("craft", "loss", point.step, point.loss)
                yield Metric("craft", "error", point.step, point.error)
            yield phases.at(_CRAFTING, point.share)
            if previews.due():
                yield from previews.write(method)
    yield from previews.write(method)
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


class _Previews:
    """Pictures of a few training images, as they were and as they are with the perturbation so far."""

    def __init__(self, run: Run, index: DatasetIndex) -> None:
        self._run = run
        self._index = index
        self._shown = _spread(index.of_split("train"), PREVIEW_COUNT)
        self._pictures: list[Picture] = []
        self._written = 0.0

    def due(self) -> bool:
        """Whether the pictures are some seconds old."""
        return time.monotonic() - self._written >= PREVIEW_SECONDS

    def write(self, method: Method) -> Iterator[Event]:
        """Writes the pictures and yields where they are."""
        folder = self._run.path / "craft" / "previews"
        folder.mkdir(parents=True, exist_ok=True)
        if not self._pictures:
            self._pictures = [_reduced(read_original(self._run, image)) for image in self._shown]
            for number, picture in enumerate(self._pictures):
                _write_png(folder / f"{number}-original.png", picture)
        perturbation = method.perturbation([image.id for image in self._shown])
        for number, (image, picture) in enumerate(zip(self._shown, self._pictures, strict=True)):
            name = f"{number}-protected.png"
            _write_png(folder / name, protect(picture, perturbation, image.label, image.id))
            yield Preview("craft", f"craft/previews/{name}", f"{self._index.classes[image.label]}: {image.id}")
        self._written = time.monotonic()


def _spread(images: Sequence[ImageRecord], count: int) -> list[ImageRecord]:
    """Returns up to `count` images from as many classes as there are."""
    firsts: dict[int, ImageRecord] = {}
    for image in images:
        firsts.setdefault(image.label, image)
    chosen = [firsts[label] for label in sorted(firsts)][:count]
    chosen += [image for image in images if image not in chosen][: count - len(chosen)]
    return chosen


def _reduced(picture: Picture) -> Picture:
    width, height = picture.size
    if max(width, height) <= PREVIEW_SIDE:
        return picture
    image = picture.image()
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    return Picture(np.array(image), picture.mode, picture.icc_profile, picture.format, picture.stored_mode)


def _write_png(path: Path, picture: Picture) -> None:
    write_atomically(path, lambda stream: picture.image().save(stream, "PNG", compress_level=1))
