"""The time beside an effort is that of the settings that are chosen."""

from pathlib import Path
from typing import Any

from pue_desktop.engine import estimate, plans
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.protect import ProtectPage


def test_the_present_effort_tells_the_time_of_the_chosen_method(window: MainWindow, images: Path, settled: Any) -> None:
    page = next(page for page in window.pages if isinstance(page, ProtectPage))
    speeds = {
        estimate.speed_key(*pair): {"train": 100.0, "evaluate": 300.0}
        for effort in plans.EFFORTS
        for pair in estimate.needed_speeds(plans.plan(effort=effort))
    }
    window.controller.open_folder(images)
    settled()
    page.machine.take_speeds({"speeds": {"cpu": speeds}})
    before = [page.effort.box.itemText(place) for place in range(3)]
    assert all("about" in text for text in before)
    window.controller.change("craft", method="random")
    after = [page.effort.box.itemText(place) for place in range(3)]
    assert after[0] != before[0]
    assert after[1:] == before[1:]
