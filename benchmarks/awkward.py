"""Puts awkward files as one class among photographs through the whole program, and checks what comes out.

    python benchmarks/awkward.py FOLDER [--among PHOTOS] [--keep PLACE] [--list]

FOLDER holds the awkward files side by side; PHOTOS class folders, of which a few images each are taken. Nothing may
crash or hang, and every file must be protected or listed with a reason. Then each exported file is compared with its
original by readers that are not the program's own: Qt where it knows the original's format, else Pillow without our
code. Size, grey or colour, transparency and colour profile must be the same, no value may change by more than epsilon
(by a little more where two decoders of a lossy or deeper format may differ), and nothing of the original may be
inside. Prints a table of outcomes by reason, and how much memory the scan took. Exit code 0 if all is well.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from leaks import leaks
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PySide6.QtGui import QImage, QImageReader

from pue_desktop.engine.image_files import read, readable_formats

EPSILON = 8
# Decoders of lossy formats round differently; so do two ways from 16 or 5 bits to 8, and over premultiplied alpha.
TOLERANCE = {"exact": 0, "rounded": 1, "lossy": 3}
ROUNDED = {"BMP", "TIFF"}
LOSSY = {"JPEG", "MPO", "WEBP", "AVIF", "HEIF", "JPEG2000"}
FEW = ["--craft-steps", "20", "--certify-training-steps", "20", "--certify-draws", "60", "--stress-steps", "10"]


@dataclass
class Tally:
    """What was found, by kind."""

    readers: Counter[str] = field(default_factory=Counter)
    profiles: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)
    largest: dict[str, int] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)
    compared: int = 0


def prepare(folder: Path, among: Path | None, place: Path) -> Path:
    """Copies the awkward files as one class; the others are photographs, or drawn where there are none."""
    source = place / "images"
    (source / "awkward").mkdir(parents=True)
    for path in sorted(folder.iterdir()):
        if path.is_file():
            shutil.copy(path, source / "awkward" / path.name)
    if among is not None:
        for number, kind in enumerate(sorted(path for path in among.iterdir() if path.is_dir())[:2]):
            (source / f"photo-{number}").mkdir()
            for path in sorted(kind.iterdir())[:20]:
                shutil.copy(path, source / f"photo-{number}" / path.name)
        return source
    for label in range(2):
        (source / f"drawn-{label}").mkdir()
        for number in range(20):
            random = np.random.default_rng(100 * label + number)
            small = random.integers(0, 256, (6, 8, 3)).astype(np.uint8)
            Image.fromarray(small).resize((160, 120)).save(source / f"drawn-{label}" / f"{number}.png")
    return source


def program(profile: Path, *words: str) -> tuple[dict[str, object], float, float]:
    """Runs the command line; returns its JSON, the seconds and the peak memory in MB."""
    began = time.monotonic()
    # A process of its own measures one child.
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(done.returncode)"
    )
    command = [sys.executable, "-c", code, sys.executable, "-m", "pue_desktop", *words, "--json"]
    # A profile of its own: no key of the user's signs this.
    environment = os.environ | {"PUE_DESKTOP_CONFIG_DIR": str(profile)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    lines = done.stderr.strip().splitlines()
    if done.returncode not in (0, 4):
        sys.exit(f"pue-desktop {words[0]} ended with {done.returncode}:\n" + "\n".join(lines[-8:]))
    return json.loads(done.stdout.splitlines()[-1]), time.monotonic() - began, int(lines[-1]) / 1024


def by_qt(path: Path) -> NDArray[np.uint8] | None:
    """RGBA as Qt shows the file, None where it can't."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    whole = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return whole[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def by_pillow(path: Path) -> NDArray[np.uint8]:
    """RGBA as Pillow converts the file by itself."""
    readable_formats()
    with Image.open(path) as image:
        image.load()
        return np.asarray(ImageOps.exif_transpose(image).convert("RGBA"))


def kind_of(data: bytes) -> tuple[str, str, bytes | None]:
    """How exactly two decoders agree on a file, its stored mode, and its colour profile."""
    with Image.open(BytesIO(data)) as image:
        lossy = image.format in LOSSY or (image.format == "TIFF" and image.info.get("compression") == "jpeg")
        rounded = image.format in ROUNDED or "bits" in read(data).notice
        return "lossy" if lossy else "rounded" if rounded else "exact", image.mode, image.info.get("icc_profile")


def original_of(path: Path, data: bytes, exactness: str, tally: Tally) -> tuple[NDArray[np.uint8], str]:
    """RGBA of an original by somebody else's reader, as far as there is one, and whose."""
    picture = read(data)
    ours = np.asarray(picture.image().convert("RGBA"))
    if "become RGB" in picture.notice:
        return ours, "ours (print or Lab colours)"
    qt = by_qt(path)
    pillow = ours if "bits" in picture.notice else by_pillow(path)
    if qt is None:
        return pillow, "ours (more than 8 bits)" if "bits" in picture.notice else "Pillow alone"
    tolerance = TOLERANCE[exactness]
    if qt.shape != pillow.shape or np.abs(qt.astype(int) - pillow).max(initial=0) > tolerance:
        # Orientation that Qt does not look for, or damage that each mends in its own way.
        tally.differing.append(path.name)
        return pillow, "Pillow alone (Qt sees another picture)"
    return qt, "Qt"


def compare(source: Path, target: Path, tally: Tally) -> None:
    """Checks one exported file against its original."""
    data, made = source.read_bytes(), target.read_bytes()
    picture = read(data)
    exactness, mode, profile = kind_of(data)
    shown = by_qt(target)
    if shown is None:
        tally.trouble.append(f"{source.name}: Qt can't read what was exported")
        return
    original, reader = original_of(source, data, exactness, tally)
    if original.shape != shown.shape:
        tally.trouble.append(f"{source.name}: {original.shape[:2]} became {shown.shape[:2]}")
        return
    tally.readers[reader] += 1
    tally.compared += 1
    delta = int(np.abs(original[..., :3].astype(int) - shown[..., :3]).max(initial=0))
    tally.largest[exactness] = max(tally.largest.get(exactness, 0), delta)
    if delta > EPSILON + TOLERANCE[exactness]:
        tally.trouble.append(f"{source.name}: changed by {delta} ({exactness}, seen by {reader})")
    if np.abs(original[..., 3].astype(int) - shown[..., 3]).max(initial=0) > (exactness == "rounded"):
        tally.trouble.append(f"{source.name}: its transparency changed (seen by {reader})")
    with Image.open(BytesIO(made)) as image:
        stored, kept = image.mode, image.info.get("icc_profile")
    if stored != picture.mode:
        tally.trouble.append(f"{source.name}: {picture.mode} was stored as {stored}")
    if mode in ("1", "L", "LA") and stored not in ("L", "LA"):
        tally.trouble.append(f"{source.name}: grey became {stored}")
    tally.profiles[profile_outcome(profile, kept)] += 1
    for finding in leaks(made, picture, read(made)):
        tally.trouble.append(f"{source.name}: the export holds {finding}")


def profile_outcome(before: bytes | None, after: bytes | None) -> str:
    if not before:
        return "none before" if not after else "appeared"
    if after == before:
        return "kept byte for byte"
    return "kept without private parts" if after else "left out (damaged, or of another colour space)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--among", type=Path)
    parser.add_argument("--keep", type=Path, help="where images, run and export stay")
    parser.add_argument("--list", action="store_true", help="name every file with its outcome")
    arguments = parser.parse_args()
    QImageReader.setAllocationLimit(0)
    Image.MAX_IMAGE_PIXELS = None
    with tempfile.TemporaryDirectory() as temporary:
        place = arguments.keep or Path(temporary)
        source = prepare(arguments.folder, arguments.among, place)
        scanned, seconds, memory = program(place / "profile", "scan", str(source))
        print(f"scan: {seconds:.1f} s, at most {memory:.0f} MB of memory in one process")
        words = ["--run", str(place / "run"), "--export", str(place / "out"), "--effort", "draft", *FEW]
        _, seconds, memory = program(place / "profile", "run", str(source), *words)
        print(f"the whole run: {seconds:.1f} s, at most {memory:.0f} MB")
        envelope = json.loads((place / "out/certificate.json").read_bytes())
        images = json.loads(base64.b64decode(envelope["payload"]))["predicate"]["images"]
        return report(arguments, source, place / "out", scanned, images)


def report(arguments, source: Path, out: Path, scanned: dict, images: list[dict]) -> int:
    tally = Tally()
    outcomes: dict[str, str] = {
        entry["path"]: "refused: " + entry["reason"] for entry in scanned["skipped"] if entry["path"].startswith("awk")
    }
    for image in images:
        if image["source"].startswith("awkward/"):
            compare(source / image["source"], out / image["path"], tally)
            notice = read(source / image["source"]).notice
            outcomes[image["source"]] = "protected" + (f": {notice}" if notice else "")
    files = {f"awkward/{path.name}" for path in (source / "awkward").iterdir()}
    tally.trouble += [f"{name}: neither protected nor listed" for name in sorted(files - outcomes.keys())]
    tally.trouble += [f"{name}: protected, but no file" for name in sorted(outcomes.keys() - files)]
    if arguments.list:
        print("\n".join(f"{name}\t{outcome}" for name, outcome in sorted(outcomes.items())))
    print(f"\n{'files':>6}  outcome")
    for outcome, count in Counter(map(general, outcomes.values())).most_common():
        print(f"{count:>6}  {outcome}")
    protected = sum(outcome.startswith("protected") for outcome in outcomes.values())
    print(f"\n{protected} of {len(files)} protected ({protected / len(files):.0%}); compared: {tally.compared}")
    print(
        f"originals read by: {dict(tally.readers)}\nlargest change: {tally.largest}\nprofiles: {dict(tally.profiles)}"
    )
    print(f"Qt and Pillow see different originals: {', '.join(tally.differing) or 'none'}")
    print("\n".join(tally.trouble) or "no trouble")
    return 1 if tally.trouble else 0


def general(outcome: str) -> str:
    """Returns a reason without what differs from file to file."""
    if outcome.startswith(("refused: it is too small", "refused: it is damaged")):
        return outcome.split(" (", maxsplit=1)[0]
    return "refused: more megapixels than 120" if "megapixels" in outcome else outcome


if __name__ == "__main__":
    sys.exit(main())
