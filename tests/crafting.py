"""What a method works on, made from drawn pictures without a run folder."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from pictures import picture
from pue_desktop.engine.config import CraftConfig
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.methods.contract import Material, Method, Subjects
from pue_desktop.engine.pixels import Pixels
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import Checkpoint


def subjects(numbers: Sequence[int], *, classes: int = 3, side: int = 16, grey: bool = False) -> Subjects:
    """Returns pictures `numbers` of each class; grey ones show the same in all channels."""
    images, labels, ids = [], [], []
    for label in range(classes):
        for number in numbers:
            drawn = picture(label, number, width=side, height=side)
            images.append(np.asarray(drawn.convert("L").convert("RGB") if grey else drawn).transpose(2, 0, 1))
            labels.append(label)
            ids.append(f"kind-{label}/{number:03}.png")
    pixels = Pixels(torch.from_numpy(np.stack(images)), torch.tensor(labels), ())
    return Subjects(pixels, torch.full((len(ids),), grey), tuple(ids))


def material(
    folder: Path, config: CraftConfig, train: Subjects, held: Subjects | None = None, *, classes: int = 3
) -> Material:
    """Returns `train` and `held` with a fresh surrogate."""
    model = build_surrogate(config.surrogate, classes, config.working_size, config.seed, "craft")
    return Material(config, model, train, held, classes, folder, "job")


def small_config(**settings: object) -> CraftConfig:
    """Returns settings for 16 pixels and a dozen steps."""
    return CraftConfig(**({"working_size": 16, "steps": 12, "batch_size": 8} | settings))  # type: ignore[arg-type]


def crafted(work: Material) -> Method:
    """Returns the method of `work.config`, done."""
    method: Method = METHODS.load(work.config.method)(work)  # type: ignore[operator]
    for _ in method.craft(Stop(), Checkpoint(work.folder / "checkpoint.safetensors", work.job)):
        pass
    return method
