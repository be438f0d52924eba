"""Makes the sample images that `pue-desktop demo` protects, from pictures bundled with scikit-image.

    pip download --no-deps scikit-image==0.26.0
    python resources/make_sample.py scikit_image-0.26.0-*.whl

Every class is one photograph, cut into cells that do not overlap; some cells give training images, the others test
images, so no pixel is on both sides. Crops vary in place, size, tilt, mirror image, brightness, contrast and tint:
a mean colour does not give a class away, and an attacker has to learn what things look like. The same wheel and the
same Pillow give the same bytes. Origin and licence of every picture: `sample/SOURCES.md`.
"""

from __future__ import annotations

import hashlib
import math
import random
import shutil
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageEnhance

SIDE = 64
TRAIN_IMAGES = 40
TEST_IMAGES = 20
QUALITY = 95
SAMPLE = Path(__file__).parent / "sample"


@dataclass(frozen=True)
class Photograph:
    """One class: where its pixels come from.

    Attributes:
        name: Class and folder name.
        file: Name inside `skimage/data` of the wheel.
        sha256: Of that file.
        box: Part of the picture that is used: left, top, right, bottom.
        cells: Columns and rows the box is cut into.
    """

    name: str
    file: str
    sha256: str
    box: tuple[int, int, int, int]
    cells: tuple[int, int]


PHOTOGRAPHS = (
    Photograph(
        "astronaut",
        "astronaut.png",
        "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        (0, 0, 512, 512),
        (4, 4),
    ),
    Photograph(
        "brick",
        "brick.png",
        "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
        (0, 0, 512, 512),
        (4, 4),
    ),
    Photograph(
        "cat",
        "chelsea.png",
        "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
        (40, 0, 440, 300),
        (4, 3),
    ),
    Photograph(
        "coffee",
        "coffee.png",
        "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
        (60, 0, 540, 400),
        (4, 4),
    ),
    Photograph(
        "grass",
        "grass.png",
        "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
        (0, 0, 512, 512),
        (4, 4),
    ),
    Photograph(
        "gravel",
        "gravel.png",
        "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
        (0, 0, 512, 512),
        (4, 4),
    ),
    Photograph(
        "retina",
        "retina.jpg",
        "38a07f36f27f095e818aea7b96d34202c05176d30253c66733f2e00379e9e0e6",
        (230, 230, 1180, 1180),
        (4, 4),
    ),
    Photograph(
        "stars",
        "hubble_deep_field.jpg",
        "3a19c5dd8a927a9334bb1229a6d63711b1c0c767fb27e2286e7c84a3e2c2f5f4",
        (0, 0, 1000, 872),
        (5, 4),
    ),
)


def cell_boxes(photograph: Photograph, *, test: bool) -> list[tuple[float, float, float, float]]:
    """Returns the cells of one side; every third cell, counted diagonally, is a test cell."""
    left, top, right, bottom = photograph.box
    columns, rows = photograph.cells
    width, height = (right - left) / columns, (bottom - top) / rows
    return [
        (left + column * width, top + row * height, left + (column + 1) * width, top + (row + 1) * height)
        for row in range(rows)
        for column in range(columns)
        if ((column + row) % 3 == 2) == test
    ]


def crop(picture: Image.Image, cell: tuple[float, float, float, float], chance: random.Random) -> Image.Image:
    """Returns a tilted square of a cell, `SIDE` pixels wide; nothing outside the cell is read."""
    left, top, right, bottom = (math.ceil(cell[0]), math.ceil(cell[1]), math.floor(cell[2]), math.floor(cell[3]))
    patch = picture.crop((left, top, right, bottom))
    angle = math.radians(chance.uniform(-30, 30))
    reach = abs(math.cos(angle)) + abs(math.sin(angle))
    side = min(patch.size) / reach * chance.uniform(0.5, 0.98)
    margin = side * reach / 2
    x, y = chance.uniform(margin, patch.width - margin), chance.uniform(margin, patch.height - margin)
    mirror = chance.choice((-1.0, 1.0))
    # A larger picture first, then reduced, so that fine texture is averaged and not skipped.
    fine = SIDE * 3
    step = side / fine
    a, b = mirror * step * math.cos(angle), -step * math.sin(angle)
    d, e = mirror * step * math.sin(angle), step * math.cos(angle)
    middle = (fine - 1) / 2
    matrix = (a, b, x - (a + b) * middle, d, e, y - (d + e) * middle)
    tilted = patch.transform((fine, fine), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return tilted.resize((SIDE, SIDE), Image.Resampling.BOX)


def recolour(image: Image.Image, chance: random.Random) -> Image.Image:
    """Changes brightness, contrast and tint, as light and cameras do."""
    grey = ImageEnhance.Color(image).enhance(chance.uniform(0.2, 1.0))
    contrasted = ImageEnhance.Contrast(grey).enhance(chance.uniform(0.6, 1.3))
    gain = chance.uniform(0.6, 1.3)
    gains = [gain * chance.uniform(0.75, 1.25) for _ in range(3)]
    bands = [
        band.point([min(255, round(value * factor)) for value in range(256)])
        for band, factor in zip(contrasted.split(), gains, strict=True)
    ]
    return Image.merge("RGB", bands)


def load(wheel: Path, photograph: Photograph) -> Image.Image:
    """Returns a picture of the wheel. Raises `ValueError` if it is not the one this script was written for."""
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(f"skimage/data/{photograph.file}")
    if hashlib.sha256(content).hexdigest() != photograph.sha256:
        raise ValueError(f"{photograph.file} in {wheel} is another picture; use scikit-image 0.26.0")
    return Image.open(BytesIO(content)).convert("RGB")


def make(wheel: Path, target: Path) -> None:
    """Writes `target`/{train,test}/CLASS/NN.jpg."""
    for split, count in (("train", TRAIN_IMAGES), ("test", TEST_IMAGES)):
        shutil.rmtree(target / split, ignore_errors=True)
        for photograph in PHOTOGRAPHS:
            picture = load(wheel, photograph)
            cells = cell_boxes(photograph, test=split == "test")
            folder = target / split / photograph.name
            folder.mkdir(parents=True)
            for index in range(count):
                chance = random.Random(f"{photograph.name} {split} {index}")
                image = recolour(crop(picture, cells[index % len(cells)], chance), chance)
                image.save(folder / f"{index:02d}.jpg", quality=QUALITY, subsampling=0, optimize=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]), SAMPLE)
