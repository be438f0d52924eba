"""The perturbation: what crafting finds, how it is stored, and how it is carried to an image of any size.

Class-wise: one pattern per class at the working size. It is stored as safetensors (never pickle) with its meaning in
the header, so that a file from elsewhere is refused rather than misread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.files import write_atomically

_KIND = "class-wise perturbation 1, epsilon_255 "


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A class-wise perturbation.

    Attributes:
        delta_255: float32 `[class, 3, side, side]`, in units of 1/255, within ±`epsilon_255`.
        epsilon_255: Largest change of any pixel value, in units of 1/255.
    """

    delta_255: NDArray[np.float32]
    epsilon_255: float

    def at_size(self, label: int, *, width: int, height: int) -> NDArray[np.float32]:
        """Returns the pattern of a class stretched over an image, float32 `[height, width, 3]`, still within ±epsilon.

        The networks see images squashed to a square of the working size, so the pattern is stretched by the inverse
        map, bilinearly; at the working size itself it is returned as it is.
        """
        pattern = self.delta_255[label]
        if pattern.shape[1:] == (height, width):
            return np.ascontiguousarray(pattern.transpose(1, 2, 0))
        planes = [
            np.asarray(Image.fromarray(plane).resize((width, height), Image.Resampling.BILINEAR)) for plane in pattern
        ]
        return np.stack(planes, axis=-1)

    def save(self, path: Path) -> None:
        """Writes the perturbation, whole or not at all."""
        # One entry only: safetensors writes several in random order, and equal perturbations shall be equal files.
        header = {"pue-desktop": f"{_KIND}{self.epsilon_255!r}"}
        write_atomically(path, save({"delta_255": np.ascontiguousarray(self.delta_255)}, metadata=header))

    @classmethod
    def load(cls, path: Path) -> Perturbation:
        """Reads a perturbation.

        Raises:
            SchemaError: missing, damaged, or not a class-wise perturbation of this program.
        """
        try:
            with safe_open(path, framework="numpy") as stored:
                header = (stored.metadata() or {}).get("pue-desktop", "")
                if not header.startswith(_KIND):
                    raise SchemaError(f"{path} is not a perturbation of this version.", hint="Craft it again.")
                delta = stored.get_tensor("delta_255")
                epsilon = float(header.removeprefix(_KIND))
        except (SafetensorError, OSError, KeyError, ValueError) as error:
            raise SchemaError(f"{path} can't be read as a perturbation.", hint="Craft it again.") from error
        if delta.dtype != np.float32 or delta.ndim != 4 or not np.abs(delta).max(initial=0.0) <= epsilon:
            raise SchemaError(f"{path} holds no valid perturbation.", hint="Craft it again.")
        return cls(delta, epsilon)
