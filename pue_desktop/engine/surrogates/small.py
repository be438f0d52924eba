"""A small residual network of about 78,000 weights, for laptops.

Three residual blocks of 16, 32 and 64 channels after He et al., arXiv 1512.03385 (section 4.2), with GroupNorm in
place of BatchNorm: it has no running statistics, so all it knows is in the weights that the certificate perturbs.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

_WIDTH = 16
_GROUPS = 4


class _Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.GroupNorm(_GROUPS, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.GroupNorm(_GROUPS, outputs)
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.GroupNorm(_GROUPS, outputs)
            )

    def forward(self, images: Tensor) -> Tensor:
        inner = functional.relu(self.norm1(self.conv1(images)))
        return functional.relu(self.norm2(self.conv2(inner)) + self.shortcut(images))


class _Small(nn.Module):
    def __init__(self, classes: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, _WIDTH, 3, 1, 1, bias=False), nn.GroupNorm(_GROUPS, _WIDTH), nn.ReLU())
        self.blocks = nn.Sequential(
            _Block(_WIDTH, _WIDTH, 1), _Block(_WIDTH, 2 * _WIDTH, 2), _Block(2 * _WIDTH, 4 * _WIDTH, 2)
        )
        self.head = nn.Linear(4 * _WIDTH, classes)

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.head(self.blocks(self.stem(images)).mean(dim=(2, 3)))
        return logits


def build(classes: int, size: int) -> nn.Module:
    """Returns a fresh network for `classes` classes; it takes images of any `size`."""
    del size
    return _Small(classes).to(memory_format=torch.channels_last)
