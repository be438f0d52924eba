"""An attacker who never met our code: torchvision's ImageFolder, networks of his own, random crop and flip.

    python benchmarks/attacker.py PROTECTED_TRAIN CLEAN_TEST [--originals CLEAN_TRAIN] [--size 32] [--epochs 40]
        [--network vgg|bn] [--seeds 0 1 2] [--geometry squash|crop]

Trains from scratch on the files as they are on disk until the network fits them, and prints a Markdown table of its
accuracy on clean test images: final, best epoch, and on the images it learned from. Imports nothing of pue_desktop.
"""

import argparse
import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.datasets import ImageFolder
from torchvision.transforms import v2


def load(folder: Path, size: int, geometry: str) -> tuple[Tensor, Tensor, list[str]]:
    resize = [v2.Resize((size, size))] if geometry == "squash" else [v2.Resize(size), v2.CenterCrop(size)]
    data = ImageFolder(folder, v2.Compose([v2.PILToTensor(), *resize]))
    images = torch.stack([data[index][0] for index in range(len(data))])
    return images, torch.tensor(data.targets), data.classes


def network(kind: str, classes: int) -> nn.Module:
    layers: list[nn.Module] = []
    inputs = 3
    for outputs in (32, 64, 128):
        for _ in range(2):
            norm = nn.GroupNorm(8, outputs) if kind == "vgg" else nn.BatchNorm2d(outputs)
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), norm, nn.ReLU()]
            inputs = outputs
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


def augment(images: Tensor) -> Tensor:
    count, _, side, _ = images.shape
    reach = side // 8
    flipped = torch.where((torch.rand(count) < 0.5)[:, None, None, None], images.flip(3), images)
    padded = functional.pad(flipped, (reach,) * 4)
    tops, lefts = torch.randint(0, 2 * reach + 1, (2, count)).tolist()
    return torch.stack(
        [
            padded[i, :, top : top + side, left : left + side]
            for i, (top, left) in enumerate(zip(tops, lefts, strict=True))
        ]
    )


def attack(
    train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor], arguments: argparse.Namespace, seed: int
) -> list[float]:
    """Returns final, best and training accuracy in percent."""
    torch.manual_seed(seed)
    images, labels = train
    mean, deviation = images.float().mean((0, 2, 3), keepdim=True), images.float().std((0, 2, 3), keepdim=True)
    model = network(arguments.network, int(labels.max()) + 1)
    optimiser = torch.optim.SGD(model.parameters(), 0.05, momentum=0.9, weight_decay=5e-4, nesterov=True)
    steps = arguments.epochs * math.ceil(len(images) / 128)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    curve, fitted = [], 0.0
    for _ in range(arguments.epochs):
        model.train()
        right = 0
        for chosen in torch.randperm(len(images)).split(128):
            logits = model((augment(images[chosen].float()) - mean) / deviation)
            loss = functional.cross_entropy(logits, labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            right += int((logits.argmax(1) == labels[chosen]).sum())
        fitted = right / len(images)
        model.eval()
        with torch.inference_mode():
            answers = torch.cat([model((part.float() - mean) / deviation).argmax(1) for part in test[0].split(100)])
        curve.append(float((answers == test[1]).float().mean()))
    return [100 * curve[-1], 100 * max(curve), 100 * fitted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("protected", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--originals", type=Path)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--network", choices=("vgg", "bn"), default="vgg")
    parser.add_argument("--geometry", choices=("squash", "crop"), default="squash")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    arguments = parser.parse_args()
    test_images, test_labels, classes = load(arguments.test, arguments.size, arguments.geometry)
    print(f"chance {100 / len(classes):.0f} %, {arguments.size} px, {arguments.network}, {arguments.epochs} epochs\n")
    print("| trained on | seed | final % | best epoch % | on its own images % |\n|---|---|---|---|---|")
    for name, folder in (("protected", arguments.protected), ("originals", arguments.originals)):
        if folder is None:
            continue
        images, labels, found = load(folder, arguments.size, arguments.geometry)
        assert found == classes, f"{folder} has other classes than {arguments.test}"
        for seed in arguments.seeds:
            final, best, fitted = attack((images, labels), (test_images, test_labels), arguments, seed)
            print(f"| {name} | {seed} | {final:.1f} | {best:.1f} | {fitted:.1f} |", flush=True)


if __name__ == "__main__":
    main()
