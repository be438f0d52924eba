"""The guide: opens at what is shown, with contents, search, sections, pictures, back and forward, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pue_desktop import shipped
from pue_desktop.ui import guide_text, help_menu
from pue_desktop.ui.guide_text import FIRST, Guide, anchor_of
from pue_desktop.ui.guide_window import GuideWindow
from pue_desktop.ui.main_window import MainWindow

# The offscreen platform, about windows beside the first one.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")

INDEX = """# Guide

See [strength](strength.md), [the certificate](certificate.md#how-to-read-it) and
[elsewhere](https://example.org/x). ![A picture](../screenshots/wide.png)

## What is it?

It keeps *networks* from learning. `a # in code`

```
# not a heading
```
"""
STRENGTH = "# Strength & effort\n\nHow visible it is.\n\n## Subtle, or strong?\n\nFour of 255.\n"
CERTIFICATE = "# Certificate\n\nText.\n\n" + "Long.\n\n" * 80 + "## How to read it\n\nLook at the *distance*.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A guide of four pages, one of which no other links to."""
    place = tmp_path / "docs" / "guide"
    place.mkdir(parents=True)
    for name, text in (
        (FIRST, INDEX),
        ("strength.md", STRENGTH),
        ("certificate.md", CERTIFICATE),
        ("faq.md", "# FAQ\n"),
    ):
        (place / name).write_text(text, encoding="utf-8")
    pictures = place.parent / "screenshots"
    pictures.mkdir()
    Image.new("RGB", (3000, 1500), "#224466").save(pictures / "wide.png")
    return place


@pytest.fixture
def guide(folder: Path, qtbot: QtBot) -> Iterator[GuideWindow]:
    """The guide's window, shown."""
    made = GuideWindow(folder)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()


def titles(window: GuideWindow) -> list[str]:
    return [window.contents.item(row).text().strip() for row in range(window.contents.count())]


def shown(window: GuideWindow) -> str:
    source = window.browser.source()
    name = Path(source.toLocalFile()).name
    return f"{name}#{source.fragment()}" if source.hasFragment() else name


def click(window: GuideWindow, link: str, qtbot: QtBot) -> None:
    """Clicks on a link of the page."""
    view = window.browser.viewport()
    places = (QPoint(x, y) for y in range(0, view.height(), 6) for x in range(0, view.width(), 6))
    place = next(one for one in places if window.browser.anchorAt(one) == link)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)


def test_pages_and_sections(folder: Path) -> None:
    guide = Guide(folder)
    assert guide.pages() == [FIRST, "strength.md", "certificate.md", "faq.md"]
    assert [(one.title, one.address, one.level) for one in guide.sections] == [
        ("Guide", "index.md", 1),
        ("What is it?", "index.md#what-is-it", 2),
        ("Strength & effort", "strength.md", 1),
        ("Subtle, or strong?", "strength.md#subtle-or-strong", 2),
        ("Certificate", "certificate.md", 1),
        ("How to read it", "certificate.md#how-to-read-it", 2),
        ("FAQ", "faq.md", 1),
    ]
    assert guide.sections[1].text.startswith("It keeps networks from learning. a # in code")


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Is it *safe*?", "is-it-safe"),
        ("GPU, server & cluster", "gpu-server--cluster"),
        ("`--json` and η", "--json-and-η"),
        ("See [this](x.md)", "see-this"),
    ],
)
def test_anchors_are_those_of_github(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


def test_finding(folder: Path) -> None:
    guide = Guide(folder)
    assert [one.address for one in guide.find("networks LEARNING")] == ["index.md#what-is-it"]
    # A heading that has the word comes before a text that has it.
    assert guide.find("strong")[0].address == "strength.md#subtle-or-strong"
    assert [one.address for one in guide.find("certificate")] == ["certificate.md", "index.md"]
    assert guide.find("  ") == guide.find("nowhere") == []


def test_contents_and_search(guide: GuideWindow, qtbot: QtBot) -> None:
    assert titles(guide)[:3] == ["Guide", "What is it?", "Strength & effort"]
    assert guide.nothing.isHidden()
    qtbot.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is guide.search
    qtbot.keyClicks(guide.search, "distance")
    assert titles(guide) == ["Certificate › How to read it"]
    qtbot.keyClick(guide.search, Qt.Key.Key_Return)
    assert shown(guide) == "certificate.md#how-to-read-it"
    assert guide.browser.textCursor().selectedText() == "distance"
    guide.search.setText("nowhere to be found")
    assert titles(guide) == []
    assert guide.nothing.isVisible()
    guide.search.clear()
    assert "FAQ" in titles(guide)


def test_a_section_is_scrolled_to(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.open("certificate.md#how-to-read-it")
    bar = guide.browser.verticalScrollBar()
    assert bar.value() > 0.5 * bar.maximum() > 0
    assert guide.contents.currentItem().text().strip() == "How to read it"
    guide.open("certificate.md")
    assert bar.value() == 0


def test_back_and_forward(guide: GuideWindow, qtbot: QtBot) -> None:
    assert not guide.back_action.isEnabled()
    click(guide, "strength.md", qtbot)
    assert shown(guide) == "strength.md"
    assert "How visible it is." in guide.browser.toPlainText()
    guide.back_action.trigger()
    assert shown(guide) == FIRST
    guide.forward_action.trigger()
    assert shown(guide) == "strength.md"
    assert not guide.forward_action.isEnabled()


def test_pictures_fit_and_nothing_comes_from_elsewhere(guide: GuideWindow, qtbot: QtBot) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    image = guide.browser.loadResource(kind, QUrl("../screenshots/wide.png"))
    assert 200 < image.width() / image.devicePixelRatio() <= guide.browser.viewport().width()
    for elsewhere in ("https://example.org/x.png", "../screenshots/missing.png"):
        assert guide.browser.loadResource(kind, QUrl(elsewhere)).isEmpty()


def test_escape_closes_it(guide: GuideWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert guide.isHidden()


def test_f1_opens_it_at_what_is_shown(
    window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(help_menu, "shipped", lambda _kind: folder)
    window.go_to("certify")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    guide = window.help.guide
    assert guide is not None
    assert guide.isVisible()
    assert shown(guide) == "certificate.md"
    window.go_to("verify")  # its page is missing from this guide
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert shown(guide) == FIRST
    guide.close()


def test_without_a_guide_it_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "package" / "shipped.py"))
    window.help.guide_action.trigger()
    assert window.messages.messages[0].text == "The guide is missing from this installation."


def test_every_link_of_the_guide_leads_somewhere() -> None:
    found = shipped.shipped("guide")
    assert found is not None
    guide = Guide(found)
    addresses = {one.address for one in guide.sections}
    for page in guide.pages():
        for link in guide_text.links((found / page).read_text(encoding="utf-8")):
            if link.startswith(("https://", "mailto:")):
                continue
            target = (
                (found / page.partition("#")[0]).parent / link.partition("#")[0] if link[0] != "#" else found / page
            )
            assert target.is_file(), f"{page}: {link}"
            if target.suffix == ".md":
                assert target.parent.resolve() == found.resolve(), f"{page}: {link} does not ship with the program"
                named = f"{target.name}#{link.partition('#')[2]}" if "#" in link else target.name
                assert named in addresses, f"{page}: {link}"
    if guide.pages():
        assert set(help_menu.GUIDE_PAGES.values()) <= set(guide.pages())
