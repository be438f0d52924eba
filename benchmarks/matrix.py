"""Every method against every countermeasure: what an attacker still learns, as one Markdown table.

    python benchmarks/matrix.py FOLDER --out RESULTS [--methods pue emn …] [--countermeasures grey jpeg-10 …]
        [--effort draft|standard|paper] [--strength standard] [--device auto] [--seeds 0 1 2] [--epochs 20] [--bfloat16]
        [--craft steps=4000 sigma=0.3 …] [--done]

Scan and craft are the program's own steps, in one run folder per method and seed below RESULTS; the attacker learns
from exactly the pixels an export would hold, through the program's own countermeasures, and is tested on clean
hold-out images. The attacker is none of the program's networks: a plain one, with batch norm and a stride-2 stem, that
gets farthest in a minute of one CPU core. It has to, for an attacker who cannot learn the originals says nothing of a
protection: their row is measured alike and comes first.

A cell is one training. It is kept in RESULTS/cells.jsonl under a digest of images and settings: run again, only what is
missing is computed; `--done` prints what there is. Cells are final / best epoch in percent, with several seeds the mean
± half a 95 % t interval. Mean and worst are of the final accuracy over the countermeasures shown.
"""

import argparse
import hashlib
import json
import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import msgspec
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material
from pue_desktop.engine.craft import PERTURBATION_FILE
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.files import digest_json
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.pipeline import run_steps, step_config
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.plans import plan
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, resolve_device
from pue_desktop.engine.statistics import half_width
from pue_desktop.engine.training import build_seeded, evaluation_batches

ORIGINALS = "originals"
CLIP = 5.0


@dataclass(frozen=True)
class Attack:
    """How an attacker trains: SGD, momentum 0.9, cosine schedule to zero, weight decay 5e-4."""

    epochs: int
    batch_size: int
    rate: float
    bfloat16: bool


@dataclass(frozen=True)
class Images:
    """What one training works on: the published images, the originals, and clean ones to test with."""

    published: Pixels
    originals: Pixels
    tested: Pixels
    classes: int


def network(classes: int) -> nn.Module:
    """72,000 weights for ten classes."""

    def block(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> list[nn.Module]:
        return [nn.Conv2d(inputs, outputs, size, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]

    layers = [*block(3, 32, 4, 2), *block(32, 48), nn.MaxPool2d(2), *block(48, 96), nn.MaxPool2d(2), *block(96, 96)]
    model = nn.Sequential(*layers, nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(96, classes))
    return model.to(memory_format=torch.channels_last)


def attack(images: Images, countermeasure: str, settings: Attack, seed: int) -> tuple[float, float, float]:
    """Returns accuracy on the clean images, final and at the best epoch, and on its own; 0 to 1."""
    change = cast(Countermeasure, COUNTERMEASURES.load(countermeasure))
    labels, device = images.published.labels, images.published.images.device
    material = Material(images.published.images, labels, images.originals.images, images.classes)
    prepared = change.prepare_set(material, seed=seed, stop=Stop())
    model = build_seeded(lambda classes, _: network(classes), images.classes, 0, seed, "matrix").to(device)
    optimiser = torch.optim.SGD(model.parameters(), settings.rate, momentum=0.9, weight_decay=5e-4)
    size = min(len(labels), settings.batch_size)
    per_epoch = len(labels) // size
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, settings.epochs * per_epoch)
    order = torch.Generator().manual_seed(seed)
    curve: list[float] = []
    right = torch.zeros((), device=device)
    for epoch in range(settings.epochs):
        right.zero_()
        model.train()
        for number, chosen in enumerate(torch.randperm(len(labels), generator=order).split(size)[:per_epoch]):
            rows, index = chosen.to(device), epoch * per_epoch + number
            batch, targets = change.prepare_batch(
                prepared[rows].float(), labels[rows], classes=images.classes, seed=seed, index=index
            )
            batch = batch.contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, torch.bfloat16, enabled=settings.bfloat16):
                loss, logits = change.loss(model, batch, targets, seed=seed, index=index)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            right += (logits.argmax(dim=1) == labels[rows]).sum()
        curve.append(tested(model, images.tested, settings))
    return curve[-1], max(curve), float(right) / (per_epoch * size)


@torch.inference_mode()
def tested(model: nn.Module, clean: Pixels, settings: Attack) -> float:
    """Returns the accuracy on clean images."""
    model.eval()
    right = 0
    with torch.autocast(clean.images.device.type, torch.bfloat16, enabled=settings.bfloat16):
        for batch, answers in evaluation_batches(clean.images, clean.labels, 250):
            right += int((model(batch).argmax(dim=1) == answers).sum())
    return right / len(clean.labels)


class Cells:
    """What is measured already: one JSON line for each training, under a digest of all it depends on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, dict[str, float]] = {}
        if path.exists():
            for line in path.read_text().splitlines():
                try:
                    cell = json.loads(line)
                except ValueError:
                    continue  # torn when the machine stopped
                self._found[cell["key"]] = cell

    def get(self, key: str) -> dict[str, float] | None:
        return self._found.get(key)

    def add(self, cell: dict[str, float | str]) -> None:
        with self._path.open("a") as stream:
            stream.write(("\n" if self._torn() else "") + json.dumps(cell) + "\n")
        self._found[str(cell["key"])] = cast(dict[str, float], cell)

    def _torn(self) -> bool:
        data = self._path.read_bytes() if self._path.exists() else b""
        return bool(data) and not data.endswith(b"\n")


class Matrix:
    """The folder of results and all settings; fills cells, method by method."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.settings = Attack(options.epochs, options.batch_size, options.rate, options.bfloat16)
        self.device = resolve_device(options.device)
        options.out.mkdir(parents=True, exist_ok=True)
        self.cells = Cells(options.out / "cells.jsonl")
        self.chance = math.nan
        self.counts = (0, 0)

    def plan(self, method: str, seed: int) -> Plan:
        options = self.options
        values = dict(part.split("=", 1) for part in options.craft)
        made = plan(strength=options.strength, effort=options.effort, seed=seed, device=options.device)
        numbers = {name: _number(value) for name, value in values.items()}
        # Which images are held out is the same for all seeds: rows differ by crafting and attacking alone.
        scan = changed(made.scan, seed=0)
        return msgspec.structs.replace(made, scan=scan, craft=changed(made.craft, method=method, **numbers))

    def images(self, method: str, seed: int) -> Images | None:
        """Returns what the attacker of a row learns from, crafted if need be; None where only done ones are wanted."""
        chosen = METHODS.names()[0] if method == ORIGINALS else method
        made = self.plan(chosen, seed)
        parts = [f"{name}-{value}" for name, value in sorted(_overrides(self.options.craft))]
        name = "-".join([chosen, self.options.effort, self.options.strength, str(seed), *parts])
        run = Run.open_or_create(self.options.out / "runs" / name, self.options.folder)
        steps = ("scan",) if method == ORIGINALS else ("scan", "craft")
        if self.options.done and method != ORIGINALS and not (run.path / PERTURBATION_FILE).exists():
            return None
        stop = Stop()
        drain(run_steps(run, steps, made, stop))
        index = load_index(run)
        size = step_config(run, "craft", made).working_size  # type: ignore[union-attr]
        trained, held = index.of_split("train"), index.of_split("hold_out")
        self.chance = 100 * max(index.counts("hold_out")) / len(held)
        self.counts = (len(trained), len(held))

        def tell(part: float) -> Progress:
            return Progress("craft", round(100 * part), 100, "reading the images")

        originals = drain(original_pixels(run, trained, size, tell, stop)).to(self.device)
        clean = drain(original_pixels(run, held, size, tell, stop)).to(self.device)
        published = originals
        if method != ORIGINALS:
            published = drain(protected_pixels(run, trained, size, tell, stop)).to(self.device)
        return Images(published, originals, clean, len(index.classes))

    def row(self, method: str) -> dict[str, list[dict[str, float]]]:
        """Returns the cells of a method by countermeasure, one for each seed."""
        found: dict[str, list[dict[str, float]]] = {name: [] for name in self.options.countermeasures}
        for seed in self.options.seeds:
            images = self.images(method, seed)
            if images is None:
                continue
            digests = [digest(part) for part in (images.published, images.originals, images.tested)]
            for name in self.options.countermeasures:
                key = digest_json([digests, asdict(self.settings), name, seed])
                cell = self.cells.get(key)
                if cell is None and not self.options.done:
                    began = time.monotonic()
                    final, best, fitted = attack(images, name, self.settings, seed)
                    facts = {
                        "method": method,
                        "countermeasure": name,
                        "seed": seed,
                        "seconds": time.monotonic() - began,
                    }
                    self.cells.add({"key": key, **facts, "final": final, "best": best, "fitted": fitted})
                    cell = self.cells.get(key)
                    print(f"{method} {name} seed {seed}: {final:.1%} / {best:.1%}", file=sys.stderr, flush=True)
                if cell is not None:
                    found[name].append(cell)
        return found


def _number(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _overrides(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, _, value = part.partition("=")
        yield name, value


def digest(pixels: Pixels) -> str:
    return hashlib.sha256(pixels.images.cpu().numpy().tobytes() + pixels.labels.cpu().numpy().tobytes()).hexdigest()


def drain(events: Iterator[Event]) -> Pixels:
    """Runs a generator of events to its end and returns what it returns; notices are told."""
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            return cast(Pixels, end.value)
        if isinstance(event, Notice):
            print(event.text, file=sys.stderr, flush=True)


def figure(values: Sequence[float]) -> str:
    """Returns a mean in percent, with half of its interval where there are several."""
    text = f"{100 * statistics.fmean(values):.1f}"
    return text if len(values) < 2 else f"{text} ± {100 * half_width(values):.1f}"


def table(rows: dict[str, dict[str, list[dict[str, float]]]], countermeasures: Sequence[str]) -> Iterator[str]:
    """Yields the lines of the Markdown table."""
    yield "| trained on | " + " | ".join(countermeasures) + " | mean | worst |"
    yield "|---|" + "---|" * (len(countermeasures) + 2)
    for method, found in rows.items():
        cells = [
            f"{figure([cell['final'] for cell in found[name]])} / {figure([cell['best'] for cell in found[name]])}"
            if found[name]
            else "–"
            for name in countermeasures
        ]
        finals = [statistics.fmean(cell["final"] for cell in found[name]) for name in countermeasures if found[name]]
        ends = [f"{100 * statistics.fmean(finals):.1f}", f"{100 * max(finals):.1f}"] if finals else ["–", "–"]
        mark = "" if len(finals) == len(countermeasures) or not finals else " (of those shown)"
        yield f"| {method} | " + " | ".join([*cells, ends[0] + mark, ends[1] + mark]) + " |"


def heading(matrix: Matrix) -> str:
    """Returns the settings in words; figures of different scales are never to be mixed."""
    options, settings = matrix.options, matrix.settings
    seeds = ", ".join(map(str, options.seeds))
    changes = f", {' '.join(options.craft)}" if options.craft else ""
    precision = ", bfloat16" if settings.bfloat16 else ""
    return (
        f"**{options.effort} scale**{changes}, strength {options.strength}, {options.folder.name}: {matrix.counts[0]} "
        f"training and {matrix.counts[1]} test images; attacker: {settings.epochs} epochs of batches of "
        f"{settings.batch_size}, rate {settings.rate:g}{precision}, {matrix.device.type}; seeds {seeds}; chance "
        f"{matrix.chance:.1f} %. Final / best epoch, %."
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--methods", nargs="+", choices=METHODS.names(), default=list(METHODS.names()))
    everything = list(COUNTERMEASURES.names())
    parser.add_argument("--countermeasures", nargs="+", choices=everything, default=everything)
    parser.add_argument("--effort", default="draft")
    parser.add_argument("--strength", default="standard")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch-size", type=int, default=100)
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--bfloat16", action="store_true", help="half as long on processors that know it")
    parser.add_argument("--craft", nargs="+", default=[], metavar="NAME=VALUE", help="settings of the craft step")
    parser.add_argument("--done", action="store_true", help="compute nothing, print what there is")
    return parser.parse_args()


def main() -> None:
    matrix = Matrix(parsed())
    rows = {method: matrix.row(method) for method in (ORIGINALS, *matrix.options.methods)}
    print(heading(matrix) + "\n")
    print("\n".join(table(rows, matrix.options.countermeasures)))


if __name__ == "__main__":
    main()
