"""A small vision transformer: no convolutions, and no built-in liking for nearby pixels.

After Dosovitskiy et al., arXiv 2010.11929, and built from torchvision's: 8 × 8 patches of an eighth of the side each,
six layers of width 192 with three heads, 1.8 million weights. A side that is no multiple of the patch is padded with
what is zero once normalised.
"""

from torch import Tensor, nn
from torch.nn import functional
from torchvision.models import VisionTransformer

_PATCHES = 8
_LAYERS, _HEADS, _WIDTH = 6, 3, 192


class _SmallViT(nn.Module):
    def __init__(self, classes: int, size: int) -> None:
        super().__init__()
        patch = -(-size // _PATCHES)
        self._side = patch * _PATCHES
        self.transformer = VisionTransformer(
            image_size=self._side,
            patch_size=patch,
            num_layers=_LAYERS,
            num_heads=_HEADS,
            hidden_dim=_WIDTH,
            mlp_dim=2 * _WIDTH,
            num_classes=classes,
        )

    def forward(self, images: Tensor) -> Tensor:
        missing = self._side - images.shape[-1]
        logits: Tensor = self.transformer(functional.pad(images, (0, missing, 0, missing)))
        return logits


def build(classes: int, size: int) -> nn.Module:
    """Returns a fresh network for `classes` classes and images of exactly `size` pixels a side."""
    return _SmallViT(classes, size)
