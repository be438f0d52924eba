"""Small photograph-like pictures for tests: drawn from a seed, the same on every machine."""

import shutil
from pathlib import Path

import numpy as np
from PIL import Image

HUES = ((200, 60, 40), (40, 160, 60), (50, 80, 200), (200, 180, 40))


def picture(label: int, number: int, *, width: int = 32, height: int = 32) -> Image.Image:
    """Returns an RGB picture of class `label`: a smooth scene in its hue, with a shape and grain."""
    random = np.random.default_rng(1000 * label + number)
    rows, columns = np.mgrid[0:height, 0:width]
    shade = 0.6 + 0.4 * np.sin(rows / height * 3 + random.uniform(0, 6)) * np.cos(columns / width * 2)
    scene = shade[..., None] * np.array(HUES[label % len(HUES)])
    centre = random.uniform(0.3, 0.7, size=2) * (height, width)
    inside = np.hypot(rows - centre[0], columns - centre[1]) < (3 + label) * min(width, height) / 16
    scene[inside] = 255 - scene[inside]
    return Image.fromarray(np.clip(scene + random.normal(0, 12, scene.shape), 0, 255).astype(np.uint8))


def folder(
    root: Path, *, classes: int = 2, images: int = 10, size: tuple[int, int] = (32, 32), suffix: str = ".png"
) -> Path:
    """Writes a folder of class folders `kind-0`, `kind-1`, … and returns it."""
    for label in range(classes):
        place = root / f"kind-{label}"
        place.mkdir(parents=True, exist_ok=True)
        for number in range(images):
            picture(label, number, width=size[0], height=size[1]).save(place / f"{number:03}{suffix}")
    return root


def real_photographs(root: Path) -> Path:
    """A folder with ten photographs of each class of the sample."""
    sample = Path(__file__).parent.parent / "resources" / "sample" / "train"
    for kind in sorted(sample.iterdir()):
        (root / kind.name).mkdir(parents=True)
        for path in sorted(kind.iterdir())[:10]:
            shutil.copy(path, root / kind.name)
    return root
