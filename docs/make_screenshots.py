"""Takes the screenshots of the documentation: `make screenshots`, or `python docs/make_screenshots.py`.

Shows the real window, without a screen, with the sample images that ship with the program: first `pue-desktop demo`
(some minutes; `--run RUN` takes a run made earlier instead), then every page in the states empty, ready, running,
failed and done. Without options only the pictures that README and user guide use are made, into docs/screenshots.
`--all --out FOLDER` makes every page in every state, light and dark, in high contrast, at usual and double size, in a
small window and in every language of the program; `--only GLOB` some of these, such as `--only '*/certify-*'`.
"""

# ruff: noqa: D102, D103, E402, I001, T201, TID251

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(HERE.parent))

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from pue_desktop import app, settings
from pue_desktop.settings import Contrast
from screenshot_tour import Tour, profile

COLOURS = 256
ENGLISH = "en"


@dataclass(frozen=True)
class Variant:
    """A way the window may look."""

    theme: str = "light"
    scale: int = 1
    width: int = 1280
    height: int = 800
    language: str = ENGLISH
    contrast: Contrast = "system"

    @property
    def name(self) -> str:
        size = "" if self.width == 1280 else f"-{self.width}x{self.height}"
        contrast = "-high-contrast" if self.contrast == "high" else ""
        return f"{self.language}-{self.theme}{contrast}{size}" + (f"-{self.scale}00%" if self.scale != 1 else "")


USED = {
    f"en-light/{page}.png": f"{name}.png"
    for page, name in (
        ("images-ready", "images"),
        ("protect-ready", "protect-before"),
        ("protect-running", "protect-running"),
        ("protect-done", "protect"),
        ("inspect-split-done", "inspect"),
        ("inspect-heat-done", "inspect-heat"),
        ("certify-done", "certify"),
        ("stress-done", "stress"),
        ("export-done", "export"),
        ("verify-done", "verify"),
        ("verify-failed", "verify-failed"),
        ("runs-done", "runs"),
        ("preferences-done", "preferences"),
    )
} | {"en-dark/certify-done.png": "certify-dark.png", "de-light/images-ready.png": "images-de.png"}
"""What the documentation shows: pictures by their names in it."""


def main() -> int:
    options = _options()
    if options.variant:
        return _one(options)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        run = options.run or _demo(work)
        pictures = options.out if options.all else work / "pictures"
        for variant in _variants():
            patterns = options.only if options.all else list(USED)
            if any(fnmatch(variant.name, pattern.split("/")[0]) for pattern in patterns):
                _another_process(variant, run, options.images, pictures, patterns)
        if not options.all:
            options.out.mkdir(parents=True, exist_ok=True)
            for name, used in USED.items():
                if (pictures / name).exists():
                    (pictures / name).replace(options.out / used)
    return 0


def _variants() -> list[Variant]:
    """Returns every combination that is worth looking at; the largest pictures only in English."""
    found = [Variant(theme, scale) for scale in (1, 2) for theme in ("light", "dark")]
    found += [Variant(width=640, height=480), Variant("dark", 2, 640, 400)]
    found += [Variant(theme, contrast="high") for theme in ("light", "dark")]
    return found + [Variant(theme, language=language) for language in languages()[1:] for theme in ("light", "dark")]


def languages() -> list[str]:
    """Returns the codes of the program's languages, English first."""
    try:
        from pue_desktop.ui import language  # type: ignore[attr-defined]
    except ImportError:
        return [ENGLISH]
    return [ENGLISH, *(code for code in language.LANGUAGES if code != ENGLISH)]


def _demo(work: Path) -> Path:
    print("Making the run to show: some minutes.", flush=True)
    command = [
        sys.executable,
        "-m",
        "pue_desktop",
        "demo",
        "--run",
        str(work / "run"),
        "--export",
        str(work / "export"),
    ]
    subprocess.run(command, cwd=HERE.parent, check=True)
    return work / "run"


def _another_process(variant: Variant, run: Path, images: Path, out: Path, only: list[str]) -> None:
    """Size and language of letters are fixed once Qt has started."""
    command = [sys.executable, __file__, "--variant", variant.name, "--run", str(run), "--images", str(images)]
    command += ["--out", str(out), *(word for pattern in only for word in ("--only", pattern))]
    subprocess.run(command, env=os.environ | {"QT_SCALE_FACTOR": str(variant.scale)}, check=True)


def _one(options: argparse.Namespace) -> int:
    variant = next(one for one in _variants() if one.name == options.variant)

    def wanted(name: str) -> bool:
        return any(fnmatch(f"{variant.name}/{name}.png", pattern) for pattern in options.only)

    def take(name: str, picture: QImage) -> None:
        path = options.out / variant.name / f"{name}.png"
        save(picture, path)
        print(path, f"{picture.width()}x{picture.height()}, {path.stat().st_size // 1000} kB", flush=True)

    with _place() as folder, profile(folder / "profile"):
        application = QApplication([])
        store = settings.Store(settings.default_path())
        wanted_look = {
            "theme": variant.theme,
            "contrast": variant.contrast,
            "language": variant.language,
            "toured": True,
        }
        store.update(**{name: value for name, value in wanted_look.items() if hasattr(store.value, name)})
        window = app.compose(store)
        window.resize(QSize(variant.width, variant.height))
        window.show()
        tour = Tour(application, window, place=folder, run=options.run, images=options.images, take=take, wanted=wanted)
        tour.work()
        window.close()
    return 0


@contextmanager
def _place() -> Iterator[Path]:
    """Yields a folder to work in, under a name that somebody's folder might have, if nobody else has it."""
    place = Path(tempfile.gettempdir()) / "Pictures"
    try:
        place.mkdir()
    except FileExistsError:
        place = Path(tempfile.mkdtemp(prefix="Pictures-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def save(picture: QImage, path: Path) -> None:
    """Writes a picture with a palette of its own, which takes a third of the room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    size = (picture.width(), picture.height())
    pixels = Image.frombytes("RGB", size, bytes(picture.constBits()), "raw", "RGB", picture.bytesPerLine(), 1)
    pixels.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=Path, default=HERE.parent / "resources" / "sample")
    parser.add_argument("--run", type=Path, help="a finished run of these images, instead of making one")
    parser.add_argument("--out", type=Path, default=HERE / "screenshots")
    parser.add_argument("--all", action="store_true", help="every page in every state")
    parser.add_argument(
        "--only", action="append", metavar="GLOB", help="with --all: only these, VARIANT/PAGE-STATE.png"
    )
    parser.add_argument("--variant", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.only = options.only or ["*"]
    options.out = options.out.absolute()
    return options


if __name__ == "__main__":
    raise SystemExit(main())
