"""Network families: one file each, one line each in this table.

An implementation is a function `build(classes: int, size: int) -> torch.nn.Module` that takes images as float tensors
`[batch, 3, size, size]` with values around zero and returns logits `[batch, classes]`.
"""

from pue_desktop.engine.registry import Entry, Registry

SURROGATES = Registry(
    "surrogate",
    __name__,
    (
        Entry("small", "Small residual network, about 78,000 weights: for laptops.", "small:build"),
        Entry("small-bn", "The same with BatchNorm: for crafting.", "small:build_batchnorm"),
        Entry("resnet18", "ResNet-18, 11 million weights: for GPUs.", "resnet:build"),
        Entry("vgg", "VGG-like network with GroupNorm: an attacker unlike the surrogates.", "vgg:build"),
    ),
)
