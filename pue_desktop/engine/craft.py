"""Step 2: a surrogate and a method find the perturbation.

The networks learn from the training images alone; the hold-out is never opened here. What crafting leaves:
`craft/perturbation.safetensors`, `craft/result.json`, and pictures of a few images as they were and as they become.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from PIL import Image
from torch import nn

from pue_desktop.engine.apply import protect
from pue_desktop.engine.config import CraftConfig, StepConfig
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event, Metric, Notice, Phases, Preview
from pue_desktop.engine.files import pretty_json, write_atomically
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.methods.error_minimising import CraftPoint
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pixels import Pixels, original_pixels, read_original
from pue_desktop.engine.results import CraftResult, DatasetIndex, ImageRecord
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, resolve_device
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.training import Checkpoint, build_seeded
from pue_desktop.engine.views import CANVAS_SCALE

PERTURBATION_FILE = "craft/perturbation.safetensors"
RESULT_FILE = "craft/result.json"
PREVIEW_COUNT = 8
PREVIEW_SIDE = 768
PREVIEW_SECONDS = 2.0
UNFITTED_ERROR = 0.5
_READING, _CRAFTING = "reading the images", "crafting the perturbation"


class Method(Protocol):
    """What a way to perturb looks like; see `methods`."""

    def craft(self, stop: Stop, checkpoint: Checkpoint) -> Generator[CraftPoint, None, None]:
        """Yields after every step, from the checkpoint on."""
        ...

    def perturbation(self) -> Perturbation:
        """Returns the perturbation as it is now."""
        ...

    def result(self) -> CraftResult:
        """Returns what was reached so far."""
        ...


MethodFactory = Callable[[CraftConfig, nn.Module, Pixels, int], Method]


def craft_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Crafts the perturbation for the run's training images.

    Raises:
        InputRefusedError: an image vanished, or the training went out of bounds.
        CancelledError: asked for by `stop`; the checkpoint is kept.
    """
    config = cast(CraftConfig, config)
    index = load_index(run)
    device = resolve_device(config.device)
    phases = Phases("craft", {_READING: 1, _CRAFTING: 20})
    images = index.of_split("train")
    canvas = _canvas(config, index)
    pixels = yield from original_pixels(run, images, canvas, lambda part: phases.at(_READING, part), stop)
    pixels = pixels.to(device)
    model = build_surrogate(config.surrogate, len(index.classes), config.working_size, config.seed, "craft").to(device)
    method = cast(MethodFactory, METHODS.load(config.method))(config, model, pixels, len(index.classes))
    checkpoint = Checkpoint(run.path / "craft" / "checkpoint.safetensors", run.job("craft"))
    previews = _Previews(run, index)
    with closing(method.craft(stop, checkpoint)) as points:
        for point in points:
            yield Metric("craft", "loss", point.step, point.loss)
            yield Metric("craft", "error", point.step, point.error)
            yield phases.at(_CRAFTING, point.step / config.steps)
            if previews.due():
                yield from previews.write(method.perturbation())
    yield from previews.write(method.perturbation())
    result = method.result()
    if result.final_error > UNFITTED_ERROR:
        yield Notice(
            "craft",
            f"The surrogate still errs on {result.final_error:.0%} of the perturbed images: the protection is "
            "weak. Take more steps or a greater strength.",
            "warning",
        )
    method.perturbation().save(run.path / PERTURBATION_FILE)
    return [run.path / PERTURBATION_FILE, run.write(RESULT_FILE, pretty_json(result))]


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

    def write(self, perturbation: Perturbation) -> Iterator[Event]:
        """Writes the pictures and yields where they are."""
        folder = self._run.path / "craft" / "previews"
        folder.mkdir(parents=True, exist_ok=True)
        if not self._pictures:
            self._pictures = [_reduced(read_original(self._run, image)) for image in self._shown]
            for number, picture in enumerate(self._pictures):
                _write_png(folder / f"{number}-original.png", picture)
        for number, (image, picture) in enumerate(zip(self._shown, self._pictures, strict=True)):
            name = f"{number}-protected.png"
            _write_png(folder / name, protect(picture, perturbation, image.label))
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
