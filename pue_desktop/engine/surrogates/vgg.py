"""A VGG-like network with GroupNorm: plain convolutions and pooling, unlike the residual surrogates.

After Simonyan and Zisserman, arXiv 1409.1556: three stages of two 3×3 convolutions with 32, 64 and 128 channels, and
GroupNorm (Wu and He, arXiv 1803.08494). It stands for an attacker who never met the surrogate.
"""

import torch
from torch import Tensor, nn

_STAGES = (32, 64, 128)
_GROUPS = 8


class _VGG(nn.Module):
    def __init__(self, classes: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for outputs in _STAGES:
            for _ in range(2):
                layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.GroupNorm(_GROUPS, outputs), nn.ReLU()]
                inputs = outputs
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(_STAGES[-1], classes)

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.head(self.features(images).mean(dim=(2, 3)))
        return logits


def build(classes: int, size: int) -> nn.Module:
    """Returns a fresh network for `classes` classes; it takes images of any `size`."""
    del size
    return _VGG(classes).to(memory_format=torch.channels_last)
