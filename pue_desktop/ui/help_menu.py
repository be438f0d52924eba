"""The Help menu: the guide at what is shown (F1), the tour, and what this program is.

Guide and tour are made when they are asked for, so that starting does not wait for them.
"""

from pathlib import Path

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from pue_desktop import __version__
from pue_desktop.engine import config as configs
from pue_desktop.engine.errors import PueError
from pue_desktop.settings import Store
from pue_desktop.shipped import shipped
from pue_desktop.ui.feedback import Message, MessageBar
from pue_desktop.ui.guide_window import GuideWindow
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.tour import Stop, Tour, Toured

GUIDE_PAGES = {
    "images": "first-protection.md",
    "protect": "strength.md",
    "inspect": "strength.md",
    "certify": "certificate.md",
    "stress": "attackers.md",
    "export": "formats.md",
    "verify": "verifying.md",
    "runs": "first-protection.md",
    "preferences": "gpu-server-cluster.md",
}
"""Where in the guide each page of the window is explained."""


class HelpMenu(QMenu):
    """Entries of the menu and what they open.

    Attributes:
        guide: The guide's window, once it was opened.
        tour: The tour, while it goes on.
    """

    def __init__(self, title: str, window: Toured, store: Store, messages: MessageBar, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._window, self._store, self._messages, self._parent = window, store, messages, parent
        self.guide: GuideWindow | None = None
        self.tour: Tour | None = None
        self.guide_action = self._entry(self.tr("&Guide"), QKeySequence(QKeySequence.StandardKey.HelpContents))
        self.guide_action.triggered.connect(self.open_guide)
        self.tour_action = self._entry(self.tr("Show the &tour"))
        self.tour_action.triggered.connect(self.start_tour)
        self.addSeparator()
        self._entry(self.tr("&About PUE Desktop")).triggered.connect(self._about)
        images = window.page("images")
        assert isinstance(images, ImagesPage)
        images.drop_target.sample_button.clicked.connect(self._try_sample)

    def _entry(self, text: str, key: QKeySequence | None = None) -> QAction:
        action = self.addAction(text)
        if key is not None:
            action.setShortcut(key)
        return action

    @Slot()
    def open_guide(self) -> None:
        """Opens the guide at what it says about the page that is shown."""
        folder = shipped("guide")
        if folder is None or not (folder / "index.md").is_file():
            self._messages.show_message(
                Message(
                    self.tr("The guide is missing from this installation."),
                    self.tr("Install PUE Desktop again."),
                    level="warning",
                )
            )
            return
        if self.guide is None:
            self.guide = GuideWindow(folder, self._parent)
        page = GUIDE_PAGES.get(self._window.current_page(), "")
        self.guide.open(page if (folder / page).is_file() else "index.md")
        self.guide.show()
        self.guide.raise_()
        self.guide.activateWindow()

    @Slot()
    def _try_sample(self) -> None:
        from pue_desktop.sample import demo_plan, sample_folder

        try:
            folder = sample_folder()
        except PueError as error:
            self._messages.show_error(error)
            return
        # Beside the sample is the inside of an installation, no place for an export.
        plan = demo_plan()
        export = configs.changed(plan.export, folder=str(Path.home() / "pue-desktop-sample-protected"))
        plan = msgspec.structs.replace(plan, export=export)
        self._messages.clear()
        if self._window.controller.open_folder(folder, plan) and not self._store.value.toured:
            self.start_tour()

    @Slot()
    def start_tour(self) -> None:
        """Shows the tour from its beginning; it is not offered again by itself."""
        self._store.update(toured=True)
        self.end_tour()
        self.tour = Tour(self._window, self._stops(), self._parent)
        self.tour.ended.connect(self.end_tour)
        self.tour.begin()

    @Slot()
    def end_tour(self) -> None:
        """Takes the tour away."""
        if self.tour is not None:
            self.tour.shutdown()
            self.tour.deleteLater()
            self.tour = None

    def _stops(self) -> list[Stop]:
        return [
            Stop(
                "images",
                ("sidebar",),
                self.tr("From top to bottom"),
                self.tr("These pages are the way from your images to a protected export. What is done is ticked here."),
            ),
            Stop(
                "images",
                ("tabs", "drop_target"),
                self.tr("Your images"),
                self.tr("Each folder is a class. Here you see what is in it, and what is left out and why."),
            ),
            Stop(
                "protect",
                ("strength",),
                self.tr("How strong"),
                self.tr("The stronger, the better it protects, and the more it shows. Look at your own images."),
            ),
            Stop(
                "protect",
                ("job_bar.run_button", "job_bar"),
                self.tr("Begin, pause, stop"),
                self.tr("This button protects your images and measures how well that worked. Stopping loses nothing."),
            ),
            Stop(
                "certify",
                ("plot_stack",),
                self.tr("What it achieved"),
                self.tr("Two curves grow here. The distance between them is what the protection is worth."),
            ),
            Stop(
                "export",
                ("export_button",),
                self.tr("Publish"),
                self.tr("Writes the protected images and the signed certificate. Your originals stay as they are."),
            ),
        ]

    @Slot()
    def _about(self) -> None:
        self._messages.show_message(
            Message(
                self.tr("PUE Desktop {}").format(__version__),
                self.tr("Shares images without giving away what a model could learn from them, with a certificate."),
            )
        )
