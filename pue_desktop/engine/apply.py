"""Pure: (picture, perturbation) -> protected picture, with exactly the pixels that will be exported.

The one place where a perturbation meets pixels. It is added in floating point, clipped to the pixel range and rounded
to 8 bits, and never moves a value by more than epsilon, also after rounding. Alpha is left alone; grey pictures stay
grey (the three colour patterns are averaged). A masked perturbation is weaker where the picture is flat.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.masking import CANVAS_SCALE, strength_map, within_budget
from pue_desktop.engine.perturbation import Perturbation

_STRIP = 256  # rows at once: what is computed on the way to the pixels needs little memory then
_COLOUR_CHANNELS = {"L": 1, "LA": 1, "RGB": 3, "RGBA": 3}


def protect(
    picture: Picture,
    perturbation: Perturbation,
    label: int,
    image: str = "",
    check: Callable[[], None] = lambda: None,
) -> Picture:
    """Returns the picture with its perturbation: same size, mode and colour profile.

    Args:
        picture: uint8 pixels as read from the original file.
        perturbation: Class-wise or sample-wise patterns.
        label: Class of the picture.
        image: Its stable id, by which sample-wise patterns are found.
        check: Called now and then, for large pictures take seconds; what it raises ends the work.

    Raises:
        SchemaError: a sample-wise perturbation has no pattern for this image.
    """
    width, height = picture.size
    delta = perturbation.at_size(label, width=width, height=height, image=image)
    check()
    limit = np.floor(perturbation.epsilon_255)
    channels = _COLOUR_CHANNELS[picture.mode]
    if channels == 1:
        delta = delta.mean(axis=-1, keepdims=True)
    if perturbation.masked:
        strength = strength_map(
            squash(picture, CANVAS_SCALE * perturbation.delta_255.shape[-1]), width=width, height=height
        )
        check()
        delta = within_budget(delta * strength, perturbation.epsilon_255)
    pixels = picture.pixels if picture.pixels.ndim == 3 else picture.pixels[..., None]
    protected = pixels.copy()
    for top in range(0, height, _STRIP):
        check()
        rows = slice(top, top + _STRIP)
        # Rounded by itself: the sum of an integer pixel and an integer within the limit can't round beyond it.
        whole = np.clip(np.rint(delta[rows]), -limit, limit).astype(np.int16)
        protected[rows, :, :channels] = np.clip(pixels[rows, :, :channels].astype(np.int16) + whole, 0, 255)
    return Picture(
        pixels=protected.reshape(picture.pixels.shape),
        mode=picture.mode,
        icc_profile=picture.icc_profile,
        format=picture.format,
        stored_mode=picture.stored_mode,
    )


def squash(picture: Picture, size: int, *, crop: bool = False) -> NDArray[np.uint8]:
    """Returns what a network sees: RGB, alpha dropped, squashed to a square; uint8 `[3, size, size]`.

    With `crop` it is the largest square in the middle, scaled, in its own proportions.
    """
    image = picture.image().convert("RGB")
    if crop and image.width != image.height:
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.crop((left, top, left + side, top + side))
    if image.size != (size, size):
        image = image.resize((size, size), Image.Resampling.BILINEAR)
    return np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1))


def max_abs_delta(original: Picture, protected: Picture) -> int:
    """Returns the largest difference of any value, 0 to 255. Raises `ValueError` if size or mode differ."""
    if original.mode != protected.mode or original.size != protected.size:
        raise ValueError("the pictures differ in size or mode")
    return int(np.abs(original.pixels.astype(np.int16) - protected.pixels).max(initial=0))
