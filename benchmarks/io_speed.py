"""Scan, and protect + export, beside bare loops with the same codec calls and threads: a Markdown table.

    python benchmarks/io_speed.py IMAGES [MORE …] [--images 200] [--rounds 5] [--clock wall]

IMAGES are folders with one folder of images per class. The bare loops, on as many threads as the program takes:

    scan     read the file, digest it, decode it to an array
    export   the same; encode the protected pixels, made beforehand, as the program does; write them; read them back,
             digest and decode them; in the end make all files durable

They check, measure and log nothing: no protection, no likeness to the original, no metadata, no journal, no index.
"""

import argparse
import hashlib
import itertools
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measuring import alternating, machine, ratio, verdict

from pue_desktop.engine.apply import protect
from pue_desktop.engine.config import ExportConfig, ScanConfig
from pue_desktop.engine.dataset import scan
from pue_desktop.engine.events import Phases, ended
from pue_desktop.engine.export import _export_images
from pue_desktop.engine.export_folder import Journal
from pue_desktop.engine.export_image import Work
from pue_desktop.engine.export_names import export_paths
from pue_desktop.engine.exporters.png import PNG
from pue_desktop.engine.files import sync_files
from pue_desktop.engine.image_files import SUFFIXES, read
from pue_desktop.engine.metadata import Beside
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, io_workers

EPSILON = 8.0


def scanned(folder: Path) -> DatasetIndex:
    return ended(scan(folder, ScanConfig(), Stop()))


def bare_scan(files: list[Path]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(_decoded, files):
            pass


def _decoded(file: Path) -> np.ndarray[Any, np.dtype[np.uint8]]:
    data = file.read_bytes()
    hashlib.sha256(data).hexdigest()
    with Image.open(BytesIO(data)) as image:
        return np.array(image)


def exported(index: DatasetIndex, run: Run, perturbation: Perturbation) -> None:
    """What the export step does up to the certificate, into a new folder."""
    # Held out: nothing was certified here.
    records = tuple(msgspec.structs.replace(image, split="hold_out") for image in index.images)
    with _new_folder(run.path.parent) as out:
        job: Any = SimpleNamespace(
            run=run,
            folder=out,
            records=records,
            paths=export_paths((image.id for image in records), PNG.suffix),
            digest="",
            phases=Phases("export", {"writing the images": 1.0}),
            stop=Stop(),
            work=Work(run.source, out, PNG(), perturbation, {}),
            config=ExportConfig(),
            journal=Journal(run),
        )
        for _ in _export_images(job):
            pass


def bare_export(files: list[Path], pictures: list[Image.Image], place: Path) -> None:
    with _new_folder(place) as out, ThreadPoolExecutor(io_workers()) as pool:
        out.mkdir()
        list(pool.map(_rewritten, files, pictures, (out / f"{number}.png" for number in itertools.count())))
        sync_files(out.iterdir())


def _rewritten(file: Path, picture: Image.Image, target: Path) -> None:
    _decoded(file)
    target.write_bytes(PNG().encode(picture, Beside()))
    _decoded(target)


@contextmanager
def _new_folder(place: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=place)) / "out"
    try:
        yield folder
    finally:
        shutil.rmtree(folder.parent)


def _some(source: Path, count: int, place: Path) -> tuple[Path, list[Path]]:
    """Copies about `count` images of all classes into a new folder."""
    files = sorted(path for path in source.rglob("*") if path.suffix.lower() in SUFFIXES)
    target = Path(tempfile.mkdtemp(dir=place)) / "images"
    copies = []
    for file in files[:: max(1, len(files) // count)][:count]:
        copy = target / "_".join(file.parent.relative_to(source).parts) / file.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        copies.append(copy)
    return target, copies


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="IMAGES", type=Path, nargs="+")
    parser.add_argument("--images", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    options = parser.parse_args()
    print(f"{machine(options.clock)}; {os.cpu_count()} threads to scan, {io_workers()} to export\n")
    print("| images | what | per second | bare loop | share of it | over the rounds | wanted |")
    print("|---|---|---:|---:|---:|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        for source in options.folders:
            folder, files = _some(source, options.images, place)
            index = scanned(folder)
            run = Run.create(Path(tempfile.mkdtemp(dir=place)) / "run", folder)
            side = index.header.median_side
            random = np.random.default_rng(0)
            delta = random.uniform(-EPSILON, EPSILON, (len(index.header.classes), 3, 32, 32)).astype(np.float32)
            # As by default: photographs get a masked perturbation, small images a plain one.
            perturbation = Perturbation(delta, EPSILON, masked=side > 64)
            made = [protect(read(folder / image.id), perturbation, image.label).image() for image in index.images]
            variants = {
                "scan": lambda folder=folder: scanned(folder),
                "bare scan": lambda files=files: bare_scan(files),
                "export": lambda index=index, run=run, change=perturbation: exported(index, run, change),
                "bare export": lambda files=files, made=made: bare_export(files, made, place),
            }
            seconds = alternating(variants, rounds=options.rounds, clock=options.clock)
            for what in ("scan", "export"):
                ours, bare = (len(files) / statistics.median(seconds[name]) for name in (what, f"bare {what}"))
                cells = verdict(ratio(seconds, f"bare {what}", what), 0.85)
                print(f"| {source.name}, {side} px | {what} | {ours:.0f} | {bare:.0f} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
