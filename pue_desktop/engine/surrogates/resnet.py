"""ResNet-18 of torchvision, with the stem for small images.

Up to 64 pixels the first convolution is 3×3 without stride and there is no pooling after it, as everybody does on
CIFAR-10 (He et al., arXiv 1512.03385). BatchNorm's statistics are frozen when weights are perturbed.
"""

import torch
from torch import nn
from torchvision.models import resnet18

_SMALL_IMAGE = 64


def build(classes: int, size: int) -> nn.Module:
    """Returns a fresh ResNet-18 for `classes` classes and images of about `size` pixels a side."""
    model: nn.Module = resnet18(weights=None, num_classes=classes)
    if size <= _SMALL_IMAGE:
        model.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        model.maxpool = nn.Identity()
    return model.to(memory_format=torch.channels_last)
