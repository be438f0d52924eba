"""What a wheel holds: every package, every data file, the sample images, and nothing of the run that made it."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pue_desktop.sample import sample_folder
from pue_desktop.shipped import shipped

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS: dict[str, Any] = PROJECT["tool"]["setuptools"]


def test_every_package_is_listed() -> None:
    folders = {path.parent for path in (ROOT / "pue_desktop").rglob("*.py")}
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    beside = {"pue_desktop.guide", "pue_desktop.resources", "pue_desktop.screenshots"}
    assert sorted(SETUPTOOLS["packages"]) == sorted(names | beside)


def test_every_data_file_is_packed() -> None:
    packed: dict[str, list[str]] = SETUPTOOLS["package-data"]
    for path in (ROOT / "pue_desktop").rglob("*"):
        if path.is_dir() or path.suffix in {".py", ".pyc"}:
            continue
        name = path.relative_to(ROOT / "pue_desktop").as_posix()
        homes = [
            f"{package.removeprefix('pue_desktop').strip('.').replace('.', '/')}/{pattern}".strip("/")
            for package, patterns in packed.items()
            for pattern in patterns
        ]
        assert any(fnmatch(name, home) for home in homes), f"{name} is in no wheel"


@pytest.mark.parametrize(
    ("package", "wanted"),
    [("guide", "*.md"), ("screenshots", "*.png"), ("resources", "translations/*.qm"), ("resources", "**/*.json")],
)
def test_guide_and_translations_are_packed(package: str, wanted: str) -> None:
    folder = ROOT / SETUPTOOLS["package-dir"][f"pue_desktop.{package}"]
    patterns = SETUPTOOLS["package-data"][f"pue_desktop.{package}"]
    packed = {path for pattern in patterns for path in folder.glob(pattern)}
    assert folder.is_dir()
    assert set(folder.glob(wanted)) <= packed


def test_what_ships_is_found() -> None:
    for kind, name in (("resources", "translations/pue_desktop_de.qm"), ("resources", "sample"), ("guide", "")):
        assert shipped(kind, name) is not None
    assert shipped("resources", "nothing of the kind") is None


def test_every_licence_file_is_there() -> None:
    for name in PROJECT["project"]["license-files"]:
        assert (ROOT / name).stat().st_size > 0, name


def test_the_sample_is_small_and_whole() -> None:
    files = [path for path in sample_folder().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    train, test = ({path.name for path in (sample_folder() / split).iterdir()} for split in ("train", "test"))
    assert train == test
    assert 4 <= len(train) <= 8
    for path in files:
        with Image.open(path) as image:
            assert image.mode == "RGB", path


def test_every_class_of_the_sample_has_a_source() -> None:
    sources = (ROOT / "resources" / "SOURCES.md").read_text(encoding="utf-8")
    for folder in (sample_folder() / "train").iterdir():
        assert f"`{folder.name}`" in sources


@pytest.mark.parametrize("name", ["README.md", "resources/SOURCES.md", "Makefile"])
def test_documents_name_no_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for word in ("/work/", "../shared", "issue "):
        assert word not in text
