"""A small residual network of about 78,000 weights, for laptops.

Three residual blocks of 16, 32 and 64 channels after He et al., arXiv 1512.03385 (section 4.2). With GroupNorm it has
no running statistics, so all it knows is in the weights that a certificate perturbs. Which of the two crafts better
depends on the images: with BatchNorm on 2,000 of CIFAR-10, with GroupNorm on the 360 of the sample (measured).
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

_WIDTH = 16
_GROUPS = 4
_Norm = Callable[[int], nn.Module]


class _Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int, norm: _Norm) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = norm(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = norm(outputs)
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), norm(outputs))

    def forward(self, images: Tensor) -> Tensor:
        inner = functional.relu(self.norm1(self.conv1(images)))
        return functional.relu(self.norm2(self.conv2(inner)) + self.shortcut(images))


class _Small(nn.Module):
    def __init__(self, classes: int, norm: _Norm) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, _WIDTH, 3, 1, 1, bias=False), norm(_WIDTH), nn.ReLU())
        self.blocks = nn.Sequential(
            _Block(_WIDTH, _WIDTH, 1, norm),
            _Block(_WIDTH, 2 * _WIDTH, 2, norm),
            _Block(2 * _WIDTH, 4 * _WIDTH, 2, norm),
        )
        self.head = nn.Linear(4 * _WIDTH, classes)

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.head(self.blocks(self.stem(images)).mean(dim=(2, 3)))
        return logits


def build(classes: int, size: int) -> nn.Module:
    """Returns a fresh network with GroupNorm for `classes` classes; it takes images of any `size`."""
    del size
    return _Small(classes, lambda channels: nn.GroupNorm(_GROUPS, channels)).to(memory_format=torch.channels_last)


def build_batchnorm(classes: int, size: int) -> nn.Module:
    """Returns a fresh network with BatchNorm for `classes` classes; it takes images of any `size`."""
    del size
    return _Small(classes, nn.BatchNorm2d).to(memory_format=torch.channels_last)
