"""Names of folders, classes and files that hold markup are plain text on every page."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pictures import folder
from pue_desktop.ui.main_window import MainWindow
from rendered import painted_texts

MARKUP = "<img src=x> &amp; &b"
NAME = f"{MARKUP}\n\u202eco"
SHOWN = f"{MARKUP}\\n\\u202eco"
# The name with a line break that acts, the mark that turns the direction, and what stands for a picture in a text.
ACTING = re.compile("&b\n|\u202e|\ufffc")


def hostile_folder(place: Path) -> Path:
    """A folder, a class and a picture with that name, and a file that can't be read."""
    root = folder(place / NAME)
    kind = (root / "kind-0").rename(root / NAME)
    next(kind.glob("*.png")).rename(kind / f"{NAME}.png")
    (kind / f"{NAME}.jpg").write_text("not an image")
    return root


def words_of(window: MainWindow) -> list[str]:
    """Everything that is painted, or would be read aloud or shown as a tip."""
    # A field to edit has to hold the name as it is.
    texts = [text for text in painted_texts(window) if not isinstance(text.widget, QLineEdit)]
    found = [text.words for text in texts]
    for widget in window.findChildren(QWidget):
        found += [widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QComboBox):
            found += [widget.itemText(row) for row in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model, roles = widget.model(), (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            columns = range(1 if isinstance(widget, QListView) else model.columnCount())
            cells = [model.index(row, place) for row in range(model.rowCount()) for place in columns]
            found += [str(cell.data(role) or "") for cell in cells for role in roles]
    return found


def test_on_every_page(window: MainWindow, fake_steps: FakeSteps, settled: Any, qtbot: QtBot, tmp_path: Path) -> None:
    window.open_path(hostile_folder(tmp_path))
    settled()
    window.controller.start(window.controller.steps_left())
    settled()
    window.controller.change("export", folder=str(tmp_path / "out"))
    window.controller.start(("export",))
    settled()
    showing = set()
    for page in window.pages:
        window.go_to(page.name)
        qtbot.wait(300)
        words = words_of(window)
        assert [text for text in words if ACTING.search(text)] == [], page.name
        showing |= {page.name} if any(SHOWN in text for text in words) else set()
        for text in window.findChildren(QLabel):
            assert text.textFormat() == Qt.TextFormat.PlainText, text.text()
    assert {"images", "inspect", "runs"} <= showing
    assert window.windowTitle() == f"{SHOWN} – PUE Desktop"
