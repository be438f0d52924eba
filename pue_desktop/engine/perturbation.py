"""The perturbation: what crafting finds, how it is stored, and how it is carried to an image of any size.

Class-wise: one pattern per class. Sample-wise: one pattern per image, found by the image's stable id and never by its
place in a list. Both are at the working size and stored as safetensors (never pickle) with their meaning in the
header, so that a file from elsewhere is refused rather than misread. Sample-wise patterns stay on the disk and are
read as they are needed, so that 100,000 of them take no memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.files import BAD_JSON, write_atomically

_CLASS_WISE = "class-wise perturbation 1, epsilon_255 "
_SAMPLE_WISE = "sample-wise perturbation 1, epsilon_255 "
_MASKED = "texture-masked "
_ROWS_AT_ONCE = 256
_AGAIN = "Craft it again."


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A class-wise or a sample-wise perturbation.

    Attributes:
        delta_255: `[pattern, 3, side, side]`, in units of 1/255, within ±`epsilon_255`. Class-wise: float32, the
            pattern of class i is number i. Sample-wise: float16, perhaps on the disk.
        epsilon_255: Largest change of any pixel value, in units of 1/255.
        rows: Sample-wise: number of the pattern by image id. None: class-wise.
        masked: Whether it is weaker where a picture is flat (see `masking`).
    """

    delta_255: NDArray[Any]
    epsilon_255: float
    rows: Mapping[str, int] | None = None
    masked: bool = False

    def pattern(self, label: int, image: str = "") -> NDArray[np.float32]:
        """Returns the pattern of an image, float32 `[3, side, side]`.

        Args:
            label: Its class.
            image: Its stable id; not needed for a class-wise perturbation.

        Raises:
            SchemaError: a sample-wise perturbation has none for this image.
        """
        row = label if self.rows is None else self.rows.get(image)
        if row is None or not 0 <= row < len(self.delta_255):
            raise SchemaError(f"The perturbation has no pattern for the image {image!r}.", hint=_AGAIN)
        return np.asarray(self.delta_255[row], dtype=np.float32)

    def at_size(self, label: int, *, width: int, height: int, image: str = "") -> NDArray[np.float32]:
        """Returns the pattern stretched over an image, float32 `[height, width, 3]`, still within ±epsilon.

        The networks see images squashed to a square of the working size, so the pattern is stretched by the inverse
        map, bilinearly; at the working size itself it is returned as it is. Raises what `pattern` raises.
        """
        pattern = self.pattern(label, image)
        if pattern.shape[1:] == (height, width):
            return np.ascontiguousarray(pattern.transpose(1, 2, 0))
        planes = [
            np.asarray(Image.fromarray(plane).resize((width, height), Image.Resampling.BILINEAR)) for plane in pattern
        ]
        return np.stack(planes, axis=-1)

    def save(self, path: Path) -> None:
        """Writes the perturbation, whole or not at all; sample-wise patterns pass through memory a few at a time."""
        if self.rows is None:
            # One entry only: safetensors writes several in random order, and equal perturbations shall be equal files.
            header = {"pue-desktop": self._header(_CLASS_WISE)}
            write_atomically(path, save({"delta_255": np.ascontiguousarray(self.delta_255)}, metadata=header))
        else:
            write_atomically(path, self._stream)

    def _header(self, kind: str) -> str:
        return f"{_MASKED if self.masked else ''}{kind}{self.epsilon_255!r}"

    def _stream(self, stream: BinaryIO) -> None:
        """Writes a sample-wise perturbation in the format of safetensors, which itself can only write from memory."""
        assert self.rows is not None
        count = len(self.delta_255)
        described = {
            "dtype": "F16",
            "shape": list(self.delta_255.shape),
            "data_offsets": [0, 2 * int(np.prod(self.delta_255.shape))],
        }
        meaning = {
            "pue-desktop": self._header(_SAMPLE_WISE),
            "ids": json.dumps(sorted(self.rows, key=self.rows.__getitem__)),
        }
        header = json.dumps({"__metadata__": meaning, "delta_255": described}).encode()
        header += b" " * (-len(header) % 8)
        stream.write(len(header).to_bytes(8, "little") + header)
        for start in range(0, count, _ROWS_AT_ONCE):
            stream.write(np.ascontiguousarray(self.delta_255[start : start + _ROWS_AT_ONCE], dtype="<f2").tobytes())

    @classmethod
    def load(cls, path: Path) -> Perturbation:
        """Reads a perturbation; the patterns of a sample-wise one stay on the disk.

        Raises:
            SchemaError: missing, damaged, or not a perturbation of this program.
        """
        try:
            found = _read(path)
        except (SafetensorError, OSError, KeyError, *BAD_JSON) as error:
            raise SchemaError(f"{path} can't be read as a perturbation.", hint=_AGAIN) from error
        expected = np.float32 if found.rows is None else np.float16
        counted = found.rows is None or len(found.rows) == len(found.delta_255)
        shaped = found.delta_255.ndim == 4 and found.delta_255.shape[1] == 3 and found.delta_255.shape[2] > 0
        if found.delta_255.dtype != expected or not shaped or not counted or not _within(found):
            raise SchemaError(f"{path} holds no valid perturbation.", hint=_AGAIN)
        return found


def _read(path: Path) -> Perturbation:
    with safe_open(path, framework="numpy") as stored:
        metadata = stored.metadata() or {}
        described = metadata.get("pue-desktop", "")
        header = described.removeprefix(_MASKED)
        masked = header != described
        if header.startswith(_CLASS_WISE):
            epsilon = float(header.removeprefix(_CLASS_WISE))
            return Perturbation(stored.get_tensor("delta_255"), epsilon, masked=masked)
        if not header.startswith(_SAMPLE_WISE):
            raise SchemaError(f"{path} is not a perturbation of this version.", hint=_AGAIN)
        patterns = stored.get_slice("delta_255")
        if patterns.get_dtype() != "F16":
            raise ValueError("sample-wise patterns are float16")
        shape = tuple(patterns.get_shape())
    ids = msgspec.json.decode(metadata["ids"], type=tuple[str, ...])
    with path.open("rb") as stream:
        offset = 8 + int.from_bytes(stream.read(8), "little")
    delta = np.memmap(path, dtype="<f2", mode="r", offset=offset, shape=shape)
    epsilon = float(header.removeprefix(_SAMPLE_WISE))
    return Perturbation(delta, epsilon, {name: row for row, name in enumerate(ids)}, masked)


def _within(found: Perturbation) -> bool:
    """Tells whether epsilon makes sense and no value is beyond it, or not a number."""
    if not 0 < found.epsilon_255 <= 255:
        return False
    parts = (found.delta_255[start : start + _ROWS_AT_ONCE] for start in range(0, len(found.delta_255), _ROWS_AT_ONCE))
    return all(np.abs(part).max(initial=0.0) <= found.epsilon_255 for part in parts)
