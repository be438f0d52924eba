"""Waves of a picture's own, by class: what `bands` raises and what hardened PUE starts from.

This program's own. Each class has a band of spatial frequencies. An image's brightness is filtered to the band of its
class, and the sign of what is left says where the picture's faint wave of that kind is high and where it is low. A
pattern of these signs raises the wave in step with the picture. It is the same in all colours, so grey leaves it
whole, and it has no mean over a class, so there is nothing that a projection or a difference of means could take away.

The bands are a compromise, measured (docs/research/04-hardening.md). Short waves are learned at once and lost in
compression, long ones drown in the picture's own. JPEG keeps more of the waves along an axis than of slanted ones, and
more of those going down than of those going right, as its tables do. The first class's band is the slowest change of
brightness, nearly what every picture has: so a network takes a clean picture, which has none of the other waves, for
that class, whatever it shows.
"""

from __future__ import annotations

import itertools

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.methods.transforms import greyed

CENTRES = (
    (0, 1.5),
    (0, 4.2),
    (4, 0),
    (5, 2.2),
    (0, 5.8),
    (5.2, 0),
    (0, 7.5),
    (6.6, 0),
    (8.2, 0),
    (10.2, 0),
)
"""Of the bands, down and right, in waves per 32 pixels; a mirror image lies in the same band."""
WIDTH = 0.8
"""Standard deviation of a band, in waves per 32 pixels."""
_UNIT = 32
_MARGIN = 4  # the image is mirrored beyond its borders by side / _MARGIN


class Waves:
    """The waves of some classes at some size.

    Args:
        classes: How many there are.
        side: Of the patterns, in pixels.
        device: Where images will be.

    Raises:
        InputRefusedError: there are more classes than sets of bands.
    """

    def __init__(self, classes: int, side: int, device: torch.device) -> None:
        self._codes = codes(classes).to(device)
        self._filters = filters(side).to(device)
        self._side = side

    def signs(self, images: Tensor, labels: Tensor) -> Tensor:
        """Returns where the class's waves of images (float `[batch, 3, side, side]`, 0 to 255) are high, 1, or low, -1.

        Images of another size are scaled first; the result is `[batch, side, side]`.
        """
        side = self._side
        if images.shape[-1] != side:
            images = functional.interpolate(images, (side, side), mode="bilinear", align_corners=False, antialias=True)
        margin = side // _MARGIN
        padded = functional.pad(greyed(images)[:, :1], (margin,) * 4, mode="reflect")[:, 0]
        chosen = self._codes[labels].float() @ self._filters.flatten(1)
        spectrum = torch.fft.fft2(padded - padded.mean(dim=(1, 2), keepdim=True))
        wave = torch.fft.ifft2(spectrum * chosen.reshape(spectrum.shape)).real
        sign = wave[:, margin : margin + side, margin : margin + side].sign()
        # Where a picture is one plain colour there is no wave to raise; that the sign is 0 there would leave it bare.
        return torch.where(sign == 0.0, torch.ones_like(sign), sign)


def codes(classes: int) -> Tensor:
    """Returns which bands each class has, bool `[class, band]`; no two classes have the same.

    More classes than bands share them: one, then two, then three at once, and so on.

    Raises:
        InputRefusedError: there are more classes than sets of bands.
    """
    most = 2 ** len(CENTRES) - 1
    if classes > most:
        raise InputRefusedError(
            f"This method can't tell {classes} classes apart: there are {most} sets of bands.",
            hint="Choose another method.",
        )
    sets = (chosen for size in range(1, len(CENTRES) + 1) for chosen in itertools.combinations(CENTRES, size))
    return torch.tensor([[centre in chosen for centre in CENTRES] for chosen in itertools.islice(sets, classes)])


def filters(side: int) -> Tensor:
    """Returns the bands as filters of the spectrum of an image with its margins, `[band, height, width]`.

    Each is a Gaussian about its centre and the centre's mirror images, scaled so that natural images, whose waves grow
    with their length, have about as much in every band.
    """
    waves = _UNIT * torch.fft.fftfreq(side + 2 * (side // _MARGIN)).abs()
    made = []
    for down, right in CENTRES:
        distance = (waves[:, None] - down) ** 2 + (waves[None] - right) ** 2
        made.append((down**2 + right**2) ** 0.5 * torch.exp(-distance / (2.0 * WIDTH**2)))
    return torch.stack(made)
