"""Networks of torchvision, untrained, with stems for small images.

Up to 64 pixels a first convolution of stride 2 becomes a 3×3 one without stride, and the pooling behind it goes, as
everybody does on CIFAR-10 (He et al., arXiv 1512.03385; Huang et al., DenseNet, arXiv 1608.06993); VGG, whose first
convolution is small anyway (Simonyan and Zisserman, arXiv 1409.1556), loses its first pooling and gets one linear layer
behind the mean of its features instead of three of 120 million weights. BatchNorm's statistics are frozen when weights
are perturbed. Any other classifier of torchvision is had by name, as it is.
"""

from functools import partial

import torch
from torch import nn
from torchvision import models

from pue_desktop.engine.errors import UsageError

SMALL_IMAGE = 64


def resnet18(classes: int, size: int) -> nn.Module:
    """Returns a fresh ResNet-18 for `classes` classes and images of about `size` pixels a side."""
    return _resnet(models.resnet18(weights=None, num_classes=classes), size)


def resnet50(classes: int, size: int) -> nn.Module:
    """Returns a fresh ResNet-50 for `classes` classes and images of about `size` pixels a side."""
    return _resnet(models.resnet50(weights=None, num_classes=classes), size)


def densenet121(classes: int, size: int) -> nn.Module:
    """Returns a fresh DenseNet-121 for `classes` classes and images of about `size` pixels a side."""
    model: nn.Module = models.densenet121(weights=None, num_classes=classes)
    if size <= SMALL_IMAGE:
        features = model.get_submodule("features")
        features.conv0, features.pool0 = _stem(), nn.Identity()
    return model.to(memory_format=torch.channels_last)


def vgg11_bn(classes: int, size: int) -> nn.Module:
    """Returns a fresh VGG-11 with BatchNorm for `classes` classes and images of about `size` pixels a side."""
    model: nn.Module = models.vgg11_bn(weights=None, num_classes=classes)
    if size <= SMALL_IMAGE:
        features = list(model.get_submodule("features").children())
        first_pooling = next(place for place, layer in enumerate(features) if isinstance(layer, nn.MaxPool2d))
        model.features = nn.Sequential(*features[:first_pooling], *features[first_pooling + 1 :])
        model.avgpool = nn.AdaptiveAvgPool2d(1)
        model.classifier = nn.Linear(512, classes)
    return model.to(memory_format=torch.channels_last)


def by_name(name: str, classes: int, size: int) -> nn.Module:
    """Returns a fresh network of torchvision called `name`, such as "mobilenet_v3_small".

    Raises:
        UsageError: torchvision has no such classifier, or it does not take images of `size` pixels.
    """
    if name not in models.list_models(module=models):
        raise UsageError(
            f"torchvision has no classifier called {name!r}.",
            hint="Take a name from torchvision's list of classification models, such as mobilenet_v3_small.",
        )
    own = {"resnet18": resnet18, "resnet50": resnet50, "densenet121": densenet121, "vgg11_bn": vgg11_bn}
    if name in own:
        return own[name](classes, size)
    build = partial(models.get_model, name, weights=None, num_classes=classes)
    if name.startswith("vit_"):
        build = partial(build, image_size=size)
    elif name in ("googlenet", "inception_v3"):
        build = partial(build, aux_logits=False, init_weights=True)
    try:
        model: nn.Module = build().eval()
        with torch.no_grad():
            model(torch.zeros(1, 3, size, size))
    except (RuntimeError, ValueError, AssertionError) as error:
        raise UsageError(
            f"{name} does not take images of {size} × {size} pixels.", hint="Choose a larger working size."
        ) from error
    return model.train()


def _resnet(model: nn.Module, size: int) -> nn.Module:
    if size <= SMALL_IMAGE:
        model.conv1, model.maxpool = _stem(), nn.Identity()
    return model.to(memory_format=torch.channels_last)


def _stem() -> nn.Module:
    return nn.Conv2d(3, 64, 3, 1, 1, bias=False)
