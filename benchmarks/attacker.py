"""An attacker who never met our code: torchvision's ImageFolder, networks of his own, from scratch on files on disk.

    python benchmarks/attacker.py PROTECTED_TRAIN CLEAN_TEST [--originals CLEAN_TRAIN] [--networks vgg vgg-light bn]
        [--sizes 32 64 96 128] [--geometries squash crop random-crop] [--epochs 40] [--batch-size 128] [--seeds 0 1 2]

Geometries: squash = resized to a square, then shifted and flipped; crop = shorter side resized, centre crop, shifted,
flipped; random-crop = a random 25 to 100 % of the area in training (torchvision's RandomResizedCrop), flipped, and the
centre crop in testing. Prints a Markdown table of the accuracy on clean test images, final and at the best epoch, and
on the images learned from, over seeds as mean ± half a 95 % t interval; with --originals also how much of the gap
between originals and chance (the largest class of the test images) is closed. Imports nothing of pue_desktop.
"""

import argparse
import math
import statistics
from collections.abc import Iterable
from pathlib import Path

import torch
from scipy.stats import t as student
from torch import Tensor, nn
from torch.nn import functional
from torchvision.datasets import ImageFolder
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as transforms

Outcome = tuple[float, float, float]


class Images:
    """Images of a folder as a training at one size and geometry takes them; `plain` are those without chance."""

    def __init__(self, data: ImageFolder, size: int, geometry: str) -> None:
        self.labels = torch.tensor(data.targets)
        self._size, self._random = size, geometry == "random-crop"
        squash = v2.Resize((size, size))
        crop = v2.Compose([v2.Resize(size), v2.CenterCrop(size)])
        kept = v2.Resize(3 * size // 2)  # detail for the smaller of the random crops
        plain, self._kept = [], []
        for picture, _ in data:
            image = transforms.pil_to_tensor(picture)
            plain.append((squash if geometry == "squash" else crop)(image))
            if self._random:
                self._kept.append(kept(image))
        self.plain = torch.stack(plain)

    def batch(self, chosen: Tensor) -> Tensor:
        """Returns augmented images, float `[batch, 3, size, size]`."""
        images = (
            torch.stack([self._cropped(index) for index in chosen]) if self._random else shifted(self.plain[chosen])
        )
        flip = torch.rand(len(images)) < 0.5
        return torch.where(flip[:, None, None, None], images.flip(3), images).float()

    def _cropped(self, index: Tensor) -> Tensor:
        image = self._kept[int(index)]
        box = v2.RandomResizedCrop(self._size, scale=(0.25, 1.0)).make_params([image])
        where = (box["top"], box["left"], box["height"], box["width"])
        return transforms.resized_crop(image, *where, size=[self._size, self._size], antialias=True)


def shifted(images: Tensor) -> Tensor:
    count, _, side, _ = images.shape
    reach = side // 8
    padded = functional.pad(images, (reach,) * 4)
    tops, lefts = torch.randint(0, 2 * reach + 1, (2, count)).tolist()
    return torch.stack(
        [
            padded[i, :, top : top + side, left : left + side]
            for i, (top, left) in enumerate(zip(tops, lefts, strict=True))
        ]
    )


def network(kind: str, classes: int) -> nn.Module:
    """vgg: two convolutions a stage, GroupNorm; bn: the same with BatchNorm; vgg-light: one a stage, four stages."""
    stages = ((32, 1), (64, 1), (128, 1), (128, 1)) if kind == "vgg-light" else ((32, 2), (64, 2), (128, 2))
    layers: list[nn.Module] = []
    inputs = 3
    for outputs, depth in stages:
        for _ in range(depth):
            norm = nn.BatchNorm2d(outputs) if kind == "bn" else nn.GroupNorm(8, outputs)
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), norm, nn.ReLU()]
            inputs = outputs
        layers.append(nn.MaxPool2d(2))
    model = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))
    return model.to(memory_format=torch.channels_last)


def attack(train: Images, test: Images, *, kind: str, epochs: int, batch_size: int, seed: int) -> Outcome:
    """Returns final, best and training accuracy in percent."""
    torch.manual_seed(seed)
    plain = train.plain.float()
    mean, deviation = plain.mean((0, 2, 3), keepdim=True), plain.std((0, 2, 3), keepdim=True)
    tested = (test.plain.float() - mean) / deviation
    model = network(kind, int(train.labels.max()) + 1)
    optimiser = torch.optim.SGD(model.parameters(), 0.05, momentum=0.9, weight_decay=5e-4, nesterov=True)
    count = len(train.labels)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * math.ceil(count / batch_size))
    curve, fitted = [], 0.0
    for _ in range(epochs):
        model.train()
        right = 0
        for chosen in torch.randperm(count).split(batch_size):
            logits = model((train.batch(chosen) - mean) / deviation)
            loss = functional.cross_entropy(logits, train.labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            right += int((logits.argmax(1) == train.labels[chosen]).sum())
        fitted = right / count
        model.eval()
        with torch.inference_mode():
            answers = torch.cat([model(part).argmax(1) for part in tested.split(100)])
        curve.append(float((answers == test.labels).float().mean()))
    return 100 * curve[-1], 100 * max(curve), 100 * fitted


def interval(values: Iterable[float]) -> str:
    found = list(values)
    centre = statistics.fmean(found)
    if len(found) < 2:
        return f"{centre:.1f}"
    half = float(student.ppf(0.975, len(found) - 1)) * statistics.stdev(found) / math.sqrt(len(found))
    return f"{centre:.1f} ± {half:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("protected", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--originals", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[32])
    parser.add_argument("--geometries", nargs="+", choices=("squash", "crop", "random-crop"), default=["squash"])
    parser.add_argument("--networks", nargs="+", choices=("vgg", "vgg-light", "bn"), default=["vgg"])
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    arguments = parser.parse_args()
    folders = [("protected", arguments.protected), ("originals", arguments.originals)]
    tests = ImageFolder(arguments.test)
    chance = 100 * max(map(tests.targets.count, set(tests.targets))) / len(tests)
    seeds = ", ".join(map(str, arguments.seeds))
    print(f"chance {chance:.1f} %, {arguments.epochs} epochs of batches of {arguments.batch_size}, seeds {seeds}\n")
    print("| network | px | geometry | trained on | final % | best epoch % | on its own images % |")
    print("|---|---|---|---|---|---|---|")
    for size in arguments.sizes:
        for geometry in arguments.geometries:
            test = Images(tests, size, geometry)
            for kind in arguments.networks:
                means: list[list[float]] = []
                for name, folder in folders:
                    if folder is None:
                        continue
                    data = ImageFolder(folder)
                    assert data.classes == tests.classes, f"{folder} has other classes than {arguments.test}"
                    train = Images(data, size, geometry)
                    settings = {"kind": kind, "epochs": arguments.epochs, "batch_size": arguments.batch_size}
                    outcomes = [attack(train, test, **settings, seed=seed) for seed in arguments.seeds]
                    columns = list(zip(*outcomes, strict=True))
                    means.append([statistics.fmean(column) for column in columns])
                    cells = " | ".join(interval(column) for column in columns)
                    print(f"| {kind} | {size} | {geometry} | {name} | {cells} |", flush=True)
                if len(means) == 2:
                    closed = [(clean - left) / (clean - chance) for left, clean in zip(*means, strict=True)]
                    shares = " | ".join(f"{share:.0%}" for share in closed[:2])
                    print(f"| {kind} | {size} | {geometry} | *gap closed* | {shares} | |", flush=True)


if __name__ == "__main__":
    main()
