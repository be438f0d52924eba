"""Network families: one file each kind, one line each in this table.

An implementation is a function `build(classes: int, size: int) -> torch.nn.Module` that takes images as float tensors
`[batch, 3, size, size]` with values around zero and returns logits `[batch, classes]`; size is at least 16, classes 2
to 1,000. An open entry, `torchvision:NAME`, is a function of the name, too.
"""

from pue_desktop.engine.registry import Entry, Registry

SURROGATES = Registry(
    "surrogate",
    __name__,
    (
        Entry("small", "Small residual network, about 78,000 weights: for laptops.", "small:build"),
        Entry("small-bn", "The same with BatchNorm: for crafting.", "small:build_batchnorm"),
        Entry("vgg", "VGG-like network with GroupNorm: an attacker unlike the surrogates.", "vgg:build"),
        Entry("vit", "Small vision transformer, 2 million weights: an attacker without convolutions.", "vit:build"),
        Entry("resnet18", "ResNet-18, 11 million weights: for GPUs.", "torchvision_networks:resnet18"),
        Entry("resnet50", "ResNet-50, 24 million weights: for GPUs.", "torchvision_networks:resnet50"),
        Entry("densenet121", "DenseNet-121, 7 million weights: for GPUs.", "torchvision_networks:densenet121"),
        Entry("vgg11-bn", "VGG-11 with BatchNorm, 9 million weights: for GPUs.", "torchvision_networks:vgg11_bn"),
        Entry(
            "torchvision:NAME",
            "Any classifier of torchvision by its name there, such as torchvision:mobilenet_v3_small.",
            "torchvision_networks:by_name",
        ),
    ),
)
