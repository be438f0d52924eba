"""The first start: the sample images are offered, and a tour that points at real controls and gets out of the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop import app, settings, shipped
from pue_desktop.sample import demo_plan, sample_folder
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.tour import Tour

# libpng complains about a colour profile in the sample photographs.
pytestmark = pytest.mark.qt_log_ignore("iCCP", "propagateSizeHints")


def images_page(window: MainWindow) -> ImagesPage:
    page = window.page("images")
    assert isinstance(page, ImagesPage)
    return page


def tour_of(window: MainWindow) -> Tour:
    tour = window.help.tour
    assert tour is not None
    return tour


def seen(widget: QWidget, window: MainWindow) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_an_empty_profile_is_offered_the_sample(
    window: MainWindow, fake_steps: FakeSteps, settled: Callable[[], None], qtbot: QtBot
) -> None:
    button = images_page(window).drop_target.sample_button
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled()
    controller = window.controller
    assert controller.snapshot is not None
    assert controller.snapshot.source == sample_folder().resolve()
    assert controller.plan.craft == demo_plan().craft
    assert not Path(controller.plan.export.folder).is_relative_to(sample_folder().parent)
    assert window.help.tour is not None
    assert button.isHidden()


def test_it_is_offered_no_more(window: MainWindow, qtbot: QtBot) -> None:
    window.help.start_tour()
    window.close()
    store = settings.Store(settings.default_path())
    assert store.value.toured
    store.update(recent_folders=("/photos",))
    again = app.compose(store)
    again.show()
    assert images_page(again).drop_target.sample_button.isHidden()
    assert again.help.tour is None
    again.close()
    again.deleteLater()


def test_the_sample_is_opened_again_without_a_tour(
    window: MainWindow, fake_steps: FakeSteps, settled: Callable[[], None]
) -> None:
    window.help._store.update(toured=True)
    images_page(window).drop_target.sample_button.click()
    settled()
    assert window.help.tour is None


def test_every_stop_points_at_something_real(window: MainWindow, qtbot: QtBot) -> None:
    window.help.tour_action.trigger()
    places = []
    for number in range(1, 7):
        tour = tour_of(window)
        qtbot.wait(30)
        assert tour.count.text() == f"{number} of 6"
        assert tour.target is not None, tour.title.text()
        assert tour.target.isVisible()
        assert window.rect().contains(seen(tour, window))
        ring = seen(tour._ring, window)
        assert ring.intersects(seen(tour.target, window))
        assert QApplication.focusWidget() is tour.next_button
        assert tour.text.text() in tour.accessibleName()
        for text in (tour.title, tour.text):
            assert text.height() >= text.heightForWidth(text.width()) - 2
        places.append((window.current_page(), tour.target))
        qtbot.keyClick(tour.next_button, Qt.Key.Key_Space)
    assert window.help.tour is None
    assert [page for page, _ in places] == ["images", "images", "protect", "protect", "certify", "export"]
    assert len({id(target) for _, target in places}) == 6
    assert places[3][1] is window.job_bar.run_button


def test_escape_ends_it_wherever_the_focus_is(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.help.start_tour()
    window.sidebar.setFocus()
    qtbot.keyClick(window.sidebar, Qt.Key.Key_Escape)
    assert window.help.tour is None


def test_nothing_is_locked_meanwhile(window: MainWindow, qtbot: QtBot) -> None:
    window.help.start_tour()
    tour = tour_of(window)
    window.go_to("verify")
    assert window.current_page() == "verify"
    tour.next_button.click()
    tour.back_button.click()
    assert tour.count.text() == "1 of 6"
    assert not tour.back_button.isEnabled()
    tour.skip_button.click()
    assert window.help.tour is None
    assert not [one for one in window.findChildren(Tour) if one.isVisible()]


def test_it_keeps_its_place_in_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.help.start_tour()
    window.resize(640, 400)
    qtbot.wait(50)
    for _ in range(5):
        tour = tour_of(window)
        assert window.rect().contains(seen(tour, window)), tour.title.text()
        tour.next_button.click()
        qtbot.wait(30)


def test_without_a_sample_it_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "package" / "shipped.py"))
    images_page(window).drop_target.sample_button.click()
    assert "sample images are missing" in window.messages.messages[0].text
    assert window.help.tour is None
