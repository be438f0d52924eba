"""Random crop and mirror image, what almost everybody does when training on images."""

from torch import Tensor

from pue_desktop.engine.runtime import torch_stream
from pue_desktop.engine.training import crop_and_flip


def apply(images: Tensor, *, seed: int, index: int) -> Tensor:
    """Returns each image of the batch mirrored with probability 1/2 and shifted by up to an eighth of its side."""
    return crop_and_flip(images, torch_stream(seed, "crop-flip", index, device=str(images.device)))
