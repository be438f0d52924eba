"""The rules of the source tree: they hold, and each fires on a planted violation."""

import subprocess
import sys
from pathlib import Path

import pytest

from layering import HEAVY, violations
from pue_desktop.cli_flags import TABLES
from pue_desktop.engine.config import CONFIG_TYPES, settings
from pue_desktop.engine.pipeline import INPUTS, STEPS
from pue_desktop.engine.registry import Entry, Registry

PACKAGE = Path(__file__).parent.parent / "pue_desktop"
REGISTRIES = [STEPS, *TABLES.values()]


def test_the_package_keeps_every_rule() -> None:
    assert violations(PACKAGE) == []


@pytest.mark.parametrize(
    ("name", "source", "problem"),
    [
        ("engine/planted.py", "from PySide6 import QtCore", "engine must not"),
        ("engine/planted.py", "def f():\n    import PySide6.QtGui", "engine must not"),
        ("engine/methods/planted.py", "import pyqtgraph", "engine must not"),
        ("engine/planted.py", "from pue_desktop import ui", "engine must not"),
        ("engine/planted.py", "import importlib\nimportlib.import_module('PySide6')", "engine must not"),
        ("ui/pages/planted.py", "def f():\n    from torch import nn", "ui must not"),
        ("ui/planted.py", "import torchvision.transforms", "ui must not"),
        ("app.py", "import torch", "app.py must not"),
        ("engine/planted.py", "x = 1\n" * 400, "402 lines"),
        ("ui/planted.py", "def f():\n" + "    x = 1\n" * 60, "f has 61 lines"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, name: str, source: str, problem: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"""Planted."""\n{source}\n', encoding="utf-8")
    assert any(problem in found for found in violations(tmp_path)), violations(tmp_path)


def test_a_file_without_docstring_is_found(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("x = 1\n", encoding="utf-8")
    assert violations(tmp_path) == ["planted.py: has no module docstring"]


def test_an_import_for_types_only_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        '"""Planted."""\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch\n', encoding="utf-8"
    )
    assert violations(tmp_path) == []


def heavy_modules_after(code: str) -> list[str]:
    """Runs `code` in a fresh interpreter and returns the heavy modules it loaded."""
    checked = f"{code}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", checked], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


@pytest.mark.parametrize(
    "code",
    [
        "import pue_desktop.cli",
        "import pue_desktop.cli as cli; cli.parser().format_help()",
        "import pue_desktop.engine.pipeline",
        "import pue_desktop.settings",
    ],
)
def test_starting_up_imports_nothing_heavy(code: str) -> None:
    assert heavy_modules_after(code) == []


@pytest.mark.gui
@pytest.mark.parametrize("module", ["pue_desktop.app", "pue_desktop.ui.main_window"])
def test_starting_the_window_imports_nothing_heavy(module: str) -> None:
    assert heavy_modules_after(f"import {module}") == []


def test_the_start_up_check_fires() -> None:
    assert heavy_modules_after("import pue_desktop.cli, numpy") == ["numpy"]


def test_the_engine_imports_with_qt_blocked() -> None:
    code = f"""
import sys
from importlib import import_module
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None
for name in {engine_modules()!r}:
    import_module(name)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def engine_modules() -> list[str]:
    """Returns the dotted name of every module of the engine."""
    found = []
    for path in sorted((PACKAGE / "engine").rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found.append(".".join(part for part in parts if part != "__init__"))
    return found


@pytest.mark.parametrize(
    ("registry", "entry"),
    [
        pytest.param(registry, entry, id=f"{registry.kind}-{entry.name}")
        for registry in REGISTRIES
        for entry in registry
    ],
)
def test_every_entry_of_a_table_can_be_loaded(registry: Registry, entry: Entry) -> None:
    assert registry.load(entry.name) is not None
    assert entry.summary.endswith(".")
    name = entry.name.removesuffix(":NAME") if entry.open else entry.name
    assert name == name.lower()
    assert "_" not in entry.name
    assert " " not in entry.name


def test_a_name_twice_in_a_table_is_refused() -> None:
    entry = Entry("twice", "Twice.", "m:f")
    with pytest.raises(ValueError, match="registered twice"):
        Registry("method", __name__, (entry, entry))


def test_every_step_has_a_config_and_only_earlier_inputs() -> None:
    assert set(STEPS.names()) == set(CONFIG_TYPES) == set(INPUTS)
    for position, name in enumerate(STEPS.names()):
        assert set(INPUTS[name]) <= set(STEPS.names()[:position])


@pytest.mark.parametrize("step", CONFIG_TYPES)
def test_every_setting_says_what_it_is(step: str) -> None:
    for setting in settings(CONFIG_TYPES[step]):
        assert setting.title
        assert setting.description.endswith("."), setting.name
        assert setting.table in {"", *TABLES}
