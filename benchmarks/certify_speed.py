"""Weight draws per second, beside a loop as research code has it and beside a bare forward pass: a Markdown table.

    python benchmarks/certify_speed.py IMAGES [--networks resnet18 small] [--images 500] [--rounds 5] [--clock wall]
        [--threads N] [--device cpu]

IMAGES is a folder of images, such as CIFAR-10's test images. The same weights, images and threads for all:

    engine      what certifying uses: `DrawCounter`, both arms' pool included
    reference   research code's loop: noise added to the weights in place and subtracted again, batches of 512 in the
                default memory layout, an answer at a time compared in Python; granted images in memory, inference mode
    one draw    functional calls of the network as it is, draw after draw, all images in one batch
    in batches  the same in the engine's batches, which fit a core's cache
    forward     the network as it is on the same images in the engine's batches; no noise, nothing counted

On a busy machine take --threads 1 --clock cpu: seconds of this process alone.
"""

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measuring import alternating, machine, ratio, verdict

from pue_desktop.engine.apply import squash
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.image_files import SUFFIXES, read
from pue_desktop.engine.runtime import Stop, resolve_device
from pue_desktop.engine.training import evaluation_batch, evaluation_batches, recalibrate
from pue_desktop.engine.weight_noise import DrawCounter, count_correct, counted, noise_scales, noisy_parameters

SIGMA = 0.2
REFERENCE_BATCH = 512
LARGE = 1_000_000
Batches = list[tuple[Tensor, Tensor]]


def reference_loop(model: nn.Module, batches: Batches, draws: int) -> list[int]:
    """The loop of the published research code, written anew from its description."""
    counts = []
    with torch.inference_mode():
        scales = noise_scales(dict(model.named_parameters()), "scale-invariant")
        for _ in range(draws):
            noises = [SIGMA * scales[name] * torch.randn_like(value) for name, value in model.named_parameters()]
            for parameter, noise in zip(model.parameters(), noises, strict=True):
                parameter.add_(noise)
            right = 0
            for images, labels in batches:
                answers = model(images).argmax(1)
                for answer, label in zip(answers, labels, strict=True):
                    right += int(answer == label)
            for parameter, noise in zip(model.parameters(), noises, strict=True):
                parameter.sub_(noise)
            counts.append(right)
    return counts


def one_draw_at_a_time(model: nn.Module, batches: Batches, draws: int) -> list[int]:
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    scales = noise_scales(parameters, "scale-invariant")
    counts = []
    with torch.inference_mode():
        for index in range(draws):
            generator = torch.Generator(batches[0][0].device).manual_seed(index)
            noisy = noisy_parameters(parameters, scales, sigma=SIGMA, generator=generator)
            counts.append(count_correct(model, noisy, batches))
    return counts


def forward_only(model: nn.Module, batches: Batches, draws: int) -> None:
    with torch.inference_mode():
        for _ in range(draws):
            for images, _labels in batches:
                out = model(images)
        out[0, 0].item()


def variants(name: str, pixels: Tensor, labels: Tensor, draws: int) -> dict[str, Callable[[], object]]:
    size, device = pixels.shape[-1], pixels.device
    model = build_surrogate(name, 10, size, 0, "speed").to(device)
    recalibrate(model, pixels, 100)
    twin = build_surrogate(name, 10, size, 0, "speed").to(device, memory_format=torch.contiguous_format)
    twin.load_state_dict(model.state_dict())
    twin.eval()
    batch = evaluation_batch(pixels)
    lasting = torch.channels_last
    ours, whole = (
        [(part.contiguous(memory_format=lasting), answers) for part, answers in _split(pixels, labels, size)]
        for size in (batch, len(labels))
    )
    theirs = _split(pixels, labels, REFERENCE_BATCH)
    counter = DrawCounter(
        model,
        lambda size: _split(pixels, labels, size),
        batch,
        sigma=SIGMA,
        geometry="scale-invariant",
        seed=0,
    )
    return {
        "engine": lambda: list(counted(((counter, index) for index in range(draws)), Stop())),
        "reference": lambda: reference_loop(twin, theirs, draws),
        "one draw": lambda: one_draw_at_a_time(model, whole, draws),
        "in batches": lambda: one_draw_at_a_time(model, ours, draws),
        "forward": lambda: forward_only(model, ours, draws),
    }


def _split(pixels: Tensor, labels: Tensor, size: int) -> Batches:
    return evaluation_batches(pixels, labels, size)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images_folder", metavar="IMAGES", type=Path)
    parser.add_argument("--networks", nargs="+", default=["resnet18", "small"])
    parser.add_argument("--images", type=int, default=500)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--device", default="auto")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    device = resolve_device(options.device)
    files = sorted(path for path in options.images_folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    chosen = files[:: max(1, len(files) // options.images)][: options.images]
    pixels = torch.from_numpy(np.stack([squash(read(path), options.size) for path in chosen])).to(device)
    labels = (torch.arange(len(chosen)) % 10).to(device)
    print(f"{machine(options.clock)}; device {device}; {len(chosen)} images of {options.size} px\n")
    print("| network | against | seconds a draw | of it | engine is times as fast | over the rounds | wanted |")
    print("|---|---|---:|---:|---:|---|---|")
    for name in options.networks:
        large = sum(value.numel() for value in build_surrogate(name, 10, 32, 0, "speed").parameters()) > LARGE
        draws = 1 if large else 4 * torch.get_num_threads()
        seconds = alternating(variants(name, pixels, labels, draws), rounds=options.rounds, clock=options.clock)
        middle = {kind: statistics.median(found) / draws for kind, found in seconds.items()}
        once = None if large else 1.3
        wanted = {"reference": 1.5 if large else None, "one draw": once, "in batches": once, "forward": 0.85}
        for kind, bar in wanted.items():
            cells = verdict(ratio(seconds, kind, "engine"), bar)
            print(f"| {name} | {kind} | {middle['engine']:.3f} | {middle[kind]:.3f} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
