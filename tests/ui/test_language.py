"""The window in German: every text on every page, figures, reasons from the engine, and how a language is chosen."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from make_translations import FOLDER, entries
from pue_desktop import app, settings
from pue_desktop.engine.errors import PueError
from pue_desktop.ui import language
from pue_desktop.ui.engine_words import plan_text, said
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.preferences import PreferencesPage
from pue_desktop.ui.text import count, percent


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    """The program speaks German while the test runs."""
    language.speak("de")
    yield
    language.speak("en")


@pytest.fixture
def window(qtbot: QtBot, no_doctor: None, fresh_profile: Path, german: None) -> Iterator[MainWindow]:
    """The window in German, shown and empty."""
    store = settings.Store(settings.default_path())
    store.update(language="de")
    made = app.compose(store)
    made.resize(1280, 800)
    made.show()
    yield made
    made.controller.cancel()
    qtbot.waitUntil(lambda: not made.controller.busy, timeout=20_000)
    made.close()
    made.deleteLater()


def texts(root: QWidget) -> Iterator[tuple[QWidget | QAction, str]]:
    """Every text that a widget or anything in it shows or tells."""
    for widget in [root, *root.findChildren(QWidget)]:
        yield from ((widget, text) for text in _of(widget))
    for action in root.findChildren(QAction):
        yield action, action.text()
        yield action, action.toolTip()


def _of(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit):
        yield from (widget.placeholderText(), *widget.toPlainText().split("\n"))
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            for row in range(min(30, model.rowCount())):
                cell = model.index(row, column)
                yield from (str(cell.data(role) or "") for role in (0, int(Qt.ItemDataRole.ToolTipRole)))


class English:
    """Recognises texts that were left in English."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._patterns: list[re.Pattern[str]] = []
        german = {_bare(form) for entry in entries(FOLDER, "de") for form in entry.forms}
        for entry in entries(FOLDER, "de"):
            bare = _bare(entry.source)
            if bare in german or bare == _bare(entry.forms[0]):
                continue
            self._whole.add(bare)
            pieces = re.split(r"\{\w*\}|%Ln", bare)
            if len(pieces) > 1 and sum(character.isalpha() for character in "".join(pieces)) >= 8:
                self._patterns.append(re.compile(".*".join(map(re.escape, pieces)), re.DOTALL))

    def find(self, text: str) -> bool:
        bare = _bare(re.sub(r"</?p>", "", text))
        return bare in self._whole or any(pattern.fullmatch(bare) for pattern in self._patterns)


def _bare(text: str) -> str:
    return text.replace("&", "").replace("…", "").strip()


def left_in_english(window: MainWindow) -> list[str]:
    english = English()
    return [f"{type(owner).__name__}: {text}" for owner, text in texts(window) if text and english.find(text)]


def test_english_is_recognised() -> None:
    english = English()
    for text in (
        "&Choose a folder of images…",
        "520 images in 4 classes: 360 to learn from, 160 held out to measure with.",
    ):
        assert english.find(text)
    for text in ("Bilderordner wählen …", "", "Standard", "flowers"):
        assert not english.find(text)


def test_no_page_has_english_left(
    window: MainWindow, images: Path, fake_steps: FakeSteps, settled: Callable[[], None], qtbot: QtBot
) -> None:
    assert left_in_english(window) == []
    window.open_path(images)
    settled()
    assert left_in_english(window) == []
    window.controller.start(window.controller.steps_left())
    settled()
    for page in window.pages:
        window.go_to(page.name)
        qtbot.wait(250)
    window.messages.show_error(PueError("There is no folder /x.", hint="Check the path."))
    window.help.start_tour()
    assert left_in_english(window) == []
    assert [page.title() for page in window.pages][:3] == ["Bilder", "Schützen", "Ansehen"]
    said_there = " ".join(text for _, text in texts(window))
    for words in ("Es gibt keinen Ordner /x.", "es ist kein Bild", "Größte Änderung", "Von oben nach unten"):
        assert words in said_there


def test_the_engines_sentences(german: None) -> None:
    told = {
        "There is no folder /tmp/x. Check the path.": "Es gibt keinen Ordner /tmp/x. Prüfen Sie den Pfad.",
        "12,345 files can't be protected; the list says why.": (
            "12.345 Dateien lassen sich nicht schützen; die Liste sagt, warum."
        ),
        "cat.jpg can't be protected: the file is empty.": "cat.jpg lässt sich nicht schützen: die Datei ist leer.",
        # Names are told as they are, even those that are words of the program.
        "Class Draws has too few usable images (2).": "Klasse Draws hat zu wenige brauchbare Bilder (2).",
        "{0} is missing.": "{0} fehlt.",
        "a path and a label are needed, and there are 3 values": (
            "Pfad und Klassenname sind nötig, und hier stehen 3 Werte"
        ),
        "No certificate: 459 draws are needed at confidence 0.99; 400 were made.": (
            "Kein Zertifikat: Bei Konfidenz 0,99 sind 459 Ziehungen nötig; 400 wurden gemacht."
        ),
        "Something nobody has translated.": "Something nobody has translated.",
        "": "",
    }
    for english, german_words in told.items():
        assert said(english) == german_words
    assert plan_text("pue, standard (8 of 255), draft", "\n") == "pue\nStandard (8 von 255)\nEntwurf"


def test_every_template_is_found_again(german: None) -> None:
    for text in language.engine_templates():
        names = re.findall(r"\{(\w+)\}", text)
        values = {name: f"/x{place}/y" for place, name in enumerate(names)}
        wanted = QCoreApplication.translate("Engine", text).format(**values)
        assert said(text.format(**values)) == wanted, text


def test_english_stays_as_it_is(qtbot: QtBot) -> None:
    language.speak("en")
    for text in ("There is no folder /tmp/x.", "1,234.5 is a figure", "the file is empty"):
        assert said(text) == text
    assert (count(12345), percent(0.123)) == ("12,345", "12.3\N{NO-BREAK SPACE}%")
    plural = [QCoreApplication.translate("RunsPage", "%Ln run(s)", "", number) for number in (1, 1200)]
    assert plural == ["One run", "1,200 runs"]


def test_figures_and_plurals_in_german(german: None) -> None:
    assert (count(12345), percent(0.123)) == ("12.345", "12,3\N{NO-BREAK SPACE}%")
    plural = [QCoreApplication.translate("RunsPage", "%Ln run(s)", "", number) for number in (1, 1200)]
    assert plural == ["1 Lauf", "1.200 Läufe"]
    # Words of Qt itself, such as those on buttons of its boxes.
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [(["de-AT", "en"], "de"), (["fr-FR", "de"], "de"), (["fr-FR"], "en"), ([], "en"), (["C"], "en")],
)
def test_the_systems_language(monkeypatch: pytest.MonkeyPatch, asked: list[str], spoken: str) -> None:
    class System:
        @staticmethod
        def system() -> Any:
            return System()

        def uiLanguages(self) -> list[str]:
            return asked

    monkeypatch.setattr(language, "QLocale", System)
    assert language.spoken("system") == spoken
    assert language.spoken("de") == "de"


def test_another_language_is_kept_for_the_next_start(window: MainWindow) -> None:
    page = window.page("preferences")
    assert isinstance(page, PreferencesPage)
    window.go_to("preferences")
    assert [page.language.itemText(place) for place in range(3)] == ["Wie das System", "English", "Deutsch"]
    assert page.restart.isHidden()
    page.language.setCurrentIndex(1)
    page.language.activated.emit(1)
    assert json.loads(settings.default_path().read_bytes())["language"] == "en"
    assert not page.restart.isHidden()
    assert page.title() == "Voreinstellungen"
    page.language.setCurrentIndex(2)
    page.language.activated.emit(2)
    assert page.restart.isHidden()
