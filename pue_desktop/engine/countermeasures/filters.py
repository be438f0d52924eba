"""Fixed changes of the training images that take away what a small perturbation lives on: colour, detail, fine steps.

Grey: ITU-R 601 luminance in all three channels. Bit depth: every value rounded to one of four levels, 0, 85, 170 and
255 (feature squeezing, Xu, Evans and Qi, arXiv 1704.01155). Blur: Gaussian, with a standard deviation of 1/32 of the
side, one pixel at 32. Resizing: to half the side and back, bilinear and without aliasing.
"""

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.transforms import functional as transforms

from pue_desktop.engine.countermeasures.countermeasure import Filter

_LEVELS = 4
_BLUR_SHARE = 1 / 32
_REACH = 3  # standard deviations of the blur that its kernel spans on either side


def _grey(images: Tensor) -> Tensor:
    grey: Tensor = transforms.rgb_to_grayscale(images, num_output_channels=3)
    return grey


def _fewer_bits(images: Tensor) -> Tensor:
    step = 255.0 / (_LEVELS - 1)
    rounded: Tensor = torch.round(images / step) * step
    return rounded


def _blurred(images: Tensor) -> Tensor:
    sigma = images.shape[-1] * _BLUR_SHARE
    blurred: Tensor = transforms.gaussian_blur(images, 2 * max(1, round(_REACH * sigma)) + 1, sigma)
    return blurred


def _resized(images: Tensor) -> Tensor:
    side = images.shape[-1]
    for size in (side // 2, side):
        images = functional.interpolate(images, (size, size), mode="bilinear", align_corners=False, antialias=True)
    return images


greyscale = Filter(_grey)
bit_depth = Filter(_fewer_bits)
blur = Filter(_blurred)
resize = Filter(_resized)
