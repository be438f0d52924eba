"""What a frozen program holds, for `pyinstaller.spec`: read from where each thing is decided already."""

import importlib.metadata
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from PIL import Image

from pue_desktop import __version__ as VERSION
from pue_desktop.engine import installed
from pue_desktop.engine.registry import Registry

ROOT = Path(__file__).resolve().parent.parent
ICON = ROOT / "resources/icon.svg"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
# Never imported by a running program; torch names some of them in passing.
EXCLUDED = [
    "IPython",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",
    "matplotlib",
    "mypy",
    "onnx",
    "onnxscript",
    "pikepdf",
    "pip",
    "pytest",
    "setuptools",
    "tensorboard",
    "tkinter",
    "torch.utils.tensorboard",
    "triton",
    "wheel",
]
# Files by the name under which they would be bundled.
UNWANTED = (
    # Building extensions, and torch's own tests and tools.
    "torch/bin/[!t]*",
    "torch/bin/test*",
    "torch/include/*",
    "torch/lib/*.a",
    "torch/lib/*.lib",
    "torch/share/*",
    "torch/test/*",
    "torch/testing/*",
    "*.pyi",
    "scipy/*/tests/*",
    # What Qt draws with instead of a processor, its own database drivers, and languages that the window does not speak.
    "PySide6/Qt/lib/libQt6Qml*",
    "PySide6/Qt/lib/libQt6Quick*",
    "PySide6/Qt/lib/libQt6OpenGLWidgets*",
    "PySide6/Qt/lib/libQt6VirtualKeyboard*",
    "PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
    "PySide6/Qt/plugins/platforms/libqeglfs*",
    "PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/networkinformation/*",
    "PySide6/Qt/plugins/sqldrivers/*",
    "PySide6/Qt/plugins/tls/*",
    "PySide6/Qt/qml/*",
    # The drivers of a screen are those of its computer.
    "libEGL.so*",
    "libGL.so*",
    "libGLX.so*",
    "libGLdispatch.so*",
    # They name folders of the machine that built this.
    "*.dist-info/direct_url.json",
    "*.dist-info/INSTALLER",
    "*.dist-info/RECORD",
    "*.dist-info/REQUESTED",
)
QT_LANGUAGES = ("de", "en")
_LICENCE_NAMES = ("*licen[cs]e*", "*copying*", "*notice*", "*authors*", "*copyright*", "*third*party*")


def tables() -> tuple[Registry, ...]:
    """Returns every table of the program; their implementations are imported by name only."""
    from pue_desktop.engine.countermeasures import COUNTERMEASURES
    from pue_desktop.engine.exporters import EXPORTERS
    from pue_desktop.engine.methods import METHODS
    from pue_desktop.engine.pipeline import STEPS
    from pue_desktop.engine.surrogates import SURROGATES

    return COUNTERMEASURES, EXPORTERS, METHODS, STEPS, SURROGATES


def hidden_imports() -> list[str]:
    """Returns the modules that no import statement names: those of the tables, and what is imported by name."""
    own = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / "pue_desktop").rglob("*.py"))
    ]
    by_name = [name for table in tables() for name in table.modules()]
    qt = [f"PySide6.{name}" for name in ("QtCore", "QtGui", "QtSvg", "QtWidgets")]
    return sorted({*own, *by_name, *qt, "pi_heif"})


def data_files() -> list[tuple[str, str]]:
    """Returns what a wheel holds besides modules, as PyInstaller takes it: file, folder inside."""
    tool: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    homes: dict[str, str] = tool["package-dir"]
    found: list[tuple[str, str]] = []
    for package, patterns in tool["package-data"].items():
        parts = package.split(".")
        home = ROOT / homes.get(package, "/".join(parts))
        for file in sorted({file for pattern in patterns for file in home.glob(pattern)}):
            inside = Path(*parts) / file.relative_to(home).parent
            found.append((str(file), inside.as_posix()))
    return found


def distributions() -> list[str]:
    """Returns the names of this program's distribution and of all it needs."""
    return ["pue-desktop", *installed.versions()]


def wanted(name: str) -> bool:
    """Whether a file is bundled, by its name inside the folder."""
    name = name.replace("\\", "/")
    if "/translations/qt" in f"/{name}" and "PySide6" in name:
        return Path(name).stem.rsplit("_", 1)[-1] in QT_LANGUAGES
    return not any(fnmatch(name, pattern) for pattern in UNWANTED)


def icons(folder: Path) -> Path:
    """Draws the icon in all sizes, and as Windows and macOS want it, into `folder`, which is returned."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(ICON))
    for size in ICON_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        if not image.save(str(folder / f"{size}.png")):
            raise OSError(f"{folder / f'{size}.png'} can't be written.")
    drawn = [Image.open(folder / f"{size}.png") for size in ICON_SIZES]
    small = [image for image in drawn if image.width <= 256]
    small[-1].save(folder / "icon.ico", append_images=small[:-1], sizes=[image.size for image in small])
    drawn[-1].save(folder / "icon.icns", append_images=drawn[:-1])
    return folder


def windows_version(folder: Path) -> str:
    """Writes the version resource of a Windows program and returns its path."""
    numbers = [int(part) for part in VERSION.split(".")[:3]] + [0]
    text = f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={tuple(numbers)}, prodvers={tuple(numbers)}, mask=0x3f, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("FileDescription", "PUE Desktop"),
      StringStruct("FileVersion", "{VERSION}"),
      StringStruct("InternalName", "pue-desktop"),
      StringStruct("LegalCopyright", "MIT licence"),
      StringStruct("OriginalFilename", "pue-desktop.exe"),
      StringStruct("ProductName", "PUE Desktop"),
      StringStruct("ProductVersion", "{VERSION}")])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])])
  ]
)
"""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "version.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def licences(analysis: Any, folder: Path) -> list[tuple[str, str, str]]:
    """Collects the licences of everything bundled; returns entries for PyInstaller's list of data files.

    Those of Python packages come out of their metadata, those of the system's libraries out of the system's records,
    Python's own out of its library.

    Args:
        analysis: PyInstaller's.
        folder: Where to gather them.
    """
    shutil.rmtree(folder, ignore_errors=True)
    sources = [Path(source) for _, source, _ in (*analysis.binaries, *analysis.pure, *analysis.datas) if source]
    for name in distributions():
        _licences_of(name, folder / name)
    shutil.copyfile(ROOT / "LICENSE", _made(folder / "pue-desktop") / "LICENSE")
    python = next((path for path in _python_licences() if path.is_file()), None)
    if python is not None:
        shutil.copyfile(python, _made(folder / "python") / "LICENSE.txt")
    for package in sorted(_system_packages(sources)):
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if copyright_file.is_file():
            shutil.copyfile(copyright_file, _made(folder / "system") / f"{package}.txt")
    return [
        (f"licences/{file.relative_to(folder).as_posix()}", str(file), "DATA")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]


def _licences_of(name: str, folder: Path) -> None:
    found = importlib.metadata.distribution(name)
    for file in found.files or []:
        inside = "dist-info" in file.parts[0]
        if inside and any(fnmatch(part.lower(), pattern) for part in file.parts[1:] for pattern in _LICENCE_NAMES):
            source = Path(str(found.locate_file(file)))
            if source.is_file():
                shutil.copyfile(source, _made(folder) / "-".join(file.parts[1:]))
    said = [value for key in ("License-Expression", "License") for value in found.metadata.get_all(key) or []]
    classified = [text for text in found.metadata.get_all("Classifier") or [] if text.startswith("License")]
    home = found.metadata.get("Home-page") or "; ".join(found.metadata.get_all("Project-URL") or [])
    text = "\n".join([f"{name} {found.version}", *said, *classified, home])
    (_made(folder) / "METADATA.txt").write_text(f"{text}\n", encoding="utf-8")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _python_licences() -> Iterator[Path]:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    yield Path(sys.base_prefix) / "LICENSE.txt"
    yield Path(sys.base_prefix) / "lib" / version / "LICENSE.txt"
    yield Path("/usr/share/doc") / version / "copyright"


def _system_packages(sources: list[Path]) -> set[str]:
    """Returns the Debian packages of the libraries that come from the system; none on other systems."""
    outside = sorted({str(path.resolve()) for path in sources if ".so" in path.name and path.is_relative_to("/")})
    outside = [path for path in outside if path.startswith(("/usr/lib", "/lib"))]
    if not outside or shutil.which("dpkg-query") is None:
        return set()
    found = set()
    for path in outside:
        # Where /lib is a link to /usr/lib, the package may name either.
        for name in (path, path.removeprefix("/usr")):
            done = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)
            found |= {line.split(":")[0] for line in done.stdout.splitlines()}
    return found
