"""The window: pages at the left, messages on top, the job at the foot.

It wires pages to the controller and decides nothing about the work itself. Folders may be dropped anywhere. Closing
while something runs asks first, then stops, waits for what is being saved, and closes.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.events import Metric, Notice, StampedEvent
from pue_desktop.engine.run import State
from pue_desktop.settings import Store
from pue_desktop.ui import window_state
from pue_desktop.ui.appearance import apply_theme
from pue_desktop.ui.attendant import Attendant
from pue_desktop.ui.contrast import apply_contrast
from pue_desktop.ui.drops import dropped_path, dropped_paths, understood
from pue_desktop.ui.feedback import Message, MessageBar
from pue_desktop.ui.help_menu import HelpMenu
from pue_desktop.ui.job_bar import JobBar
from pue_desktop.ui.layouts import scrolling
from pue_desktop.ui.log_panel import LogPanel
from pue_desktop.ui.log_view import LogView
from pue_desktop.ui.pages import PAGES
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.pages.verify import VerifyPage
from pue_desktop.ui.plan_history import PlanHistory
from pue_desktop.ui.plot_loading import PlotLoader
from pue_desktop.ui.questions import agreed
from pue_desktop.ui.queue_bar import QueueBar
from pue_desktop.ui.recent import RecentMenu
from pue_desktop.ui.series import SeriesStore
from pue_desktop.ui.sidebar import Sidebar
from pue_desktop.ui.text import plain
from pue_desktop.ui.thumbnails import Thumbnails
from pue_desktop.workers.controller import PROTECTION, Activity, Controller, Outcome
from pue_desktop.workers.folder_queue import FolderQueue
from pue_desktop.workers.machine import Machine
from pue_desktop.workers.snapshot import RunSnapshot


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, controller: Controller, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self._store = store
        self._closing = False
        self.setWindowTitle("PUE Desktop")
        self.setAcceptDrops(True)
        self.messages = MessageBar()
        self.series = SeriesStore()
        self.thumbnails = Thumbnails(self)
        self._plots = PlotLoader(controller.background, self)
        # Connected before the pages, so that they find the series up to date.
        controller.opened.connect(self._opened)
        controller.metrics.connect(self._take_metrics)
        self.machine = Machine(self)
        self.history = PlanHistory(controller, self)
        self.attendant = Attendant(controller, store, self)
        desk = Desk(
            controller,
            store,
            self.messages,
            self.series,
            self.thumbnails,
            self.machine,
            self.go_to,
            self.ask_for_folder,
            self.ask_for_run,
            self.verify,
            self.apply_preferences,
        )
        self.pages: list[Page] = [page(desk) for page in PAGES]
        self.sidebar = Sidebar([page.title() for page in self.pages])
        self.job_bar = JobBar(controller)
        self.queue = FolderQueue(controller, self)
        self.queue_bar = QueueBar(self.queue, controller, self.messages)
        self.queue_bar.list_wanted.connect(lambda: self.go_to("runs"))
        self._lay_out()
        self._make_menus()
        self._connect()
        window_state.restore(self, store.value)
        # The pages of a run say nothing while none is open.
        if any(page.name == store.value.last_page and not page.steps for page in self.pages):
            self.go_to(store.value.last_page)
        self._show_badges()

    def page(self, name: str) -> Page:
        """Returns the page called `name`."""
        return next(page for page in self.pages if page.name == name)

    def current_page(self) -> str:
        """Returns the name of the page that is shown."""
        return self.pages[self.sidebar.currentRow()].name

    def go_to(self, name: str) -> None:
        """Shows the page called `name`."""
        self.sidebar.setCurrentRow(next(row for row, page in enumerate(self.pages) if page.name == name))

    def verify(self, path: Path) -> None:
        """Verifies an export, on its page."""
        page = self.page("verify")
        assert isinstance(page, VerifyPage)
        self.go_to(page.name)
        page.verify(path)

    @Slot()
    def apply_preferences(self) -> None:
        """Lets changed preferences have their effect; the open run keeps its settings."""
        preferences = self._store.value
        apply_theme(preferences.theme)
        apply_contrast(preferences.contrast)
        self.controller.runs_folder = preferences.runs_path
        if self.controller.snapshot is None:
            self.controller.renew_plan()
        self.attendant.refresh()

    def open_path(self, path: Path) -> None:
        """Opens an image folder or a run folder."""
        self.messages.clear()
        self.controller.open_path(path)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(scrolling(page))
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        work = QVBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        messages = QVBoxLayout()
        messages.setContentsMargins(16, 0, 16, 0)
        messages.addWidget(self.messages)
        work.addLayout(messages)
        work.addWidget(self.stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.sidebar)
        upper.addLayout(work, 1)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, 1)
        layout.addWidget(self.queue_bar)
        layout.addWidget(self.job_bar)
        self.setCentralWidget(central)
        self.log = LogView()
        self.log_dock = QDockWidget(self.tr("Log"), self)
        self.log_dock.setAccessibleName(self.tr("Log"))
        self.log_dock.setObjectName("log")
        self.log_dock.setWidget(LogPanel(self.log, self.machine, self.messages))
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.log_dock)
        self.log_dock.hide()
        self.setMinimumSize(QSize(560, 380))
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        self.open_action = self._action(
            self.tr("Open &images…"), self.ask_for_folder, QKeySequence(QKeySequence.StandardKey.Open)
        )
        self.open_run_action = self._action(self.tr("Open &run…"), self.ask_for_run, QKeySequence("Ctrl+Shift+O"))
        self.recent = RecentMenu(self.tr("Open re&cent"), self._store, self.controller.background, self)
        self.recent.chosen.connect(self.open_path)
        file.addActions([self.open_action, self.queue_bar.add_action, self.open_run_action])
        file.insertMenu(self.open_run_action, self.recent)
        file.addSeparator()
        file.addAction(self._action(self.tr("&Quit"), self.close, QKeySequence(QKeySequence.StandardKey.Quit)))
        edit = self.menuBar().addMenu(self.tr("&Edit"))
        edit.addActions([self.history.undo_action, self.history.redo_action])
        go = self.menuBar().addMenu(self.tr("&Go"))
        for row, page in enumerate(self.pages):
            go.addAction(self._action(page.title(), self._page_opener(page.name), QKeySequence(f"Ctrl+{row + 1}")))
        go.addSeparator()
        show_log = self.log_dock.toggleViewAction()
        show_log.setText(self.tr("&Log"))
        show_log.setShortcut(QKeySequence("Ctrl+L"))
        go.addAction(show_log)
        self.help = HelpMenu(self.tr("&Help"), self, self._store, self.messages, self)
        self.menuBar().addMenu(self.help)

    def _page_opener(self, name: str) -> Callable[[], None]:
        return lambda: self.go_to(name)

    def _action(self, text: str, slot: Callable[[], object], shortcut: QKeySequence) -> QAction:
        action = QAction(text, self)
        action.setShortcut(shortcut)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _connect(self) -> None:
        controller = self.controller
        self.sidebar.chosen.connect(self.stack.setCurrentIndex)
        self.sidebar.setCurrentRow(0)
        controller.problem.connect(self.messages.show_error)
        controller.problem.connect(self.log.take_error)
        controller.event_came.connect(self.log.take)
        controller.progressed.connect(self.log.take_progress)
        controller.ended.connect(self.log.take_end)
        controller.event_came.connect(self._take_event)
        controller.snapshot_changed.connect(self._show_badges)
        controller.activity_changed.connect(self._activity_changed)
        controller.step_changed.connect(self._show_badges)
        controller.ended.connect(self._ended)
        self.job_bar.export_wanted.connect(self._go_to_export)
        if self._store.loaded.notice:
            self.messages.show_message(Message(self._store.loaded.notice, level="warning"))

    @Slot(object)
    def _opened(self, events: list[StampedEvent]) -> None:
        self.series.rebuild(events)
        self.log.rebuild(events)
        snapshot = self.controller.snapshot
        if snapshot is not None:
            self.setWindowTitle(f"{plain(snapshot.source.name)} – PUE Desktop")
            preferences = self._store.value.with_recent(snapshot.source).with_run(snapshot.path)
            self._store.update(recent_folders=preferences.recent_folders, known_runs=preferences.known_runs)
            self.recent.fill()
        else:
            self.setWindowTitle("PUE Desktop")
        # Plots take most of a second to load; by the time there is something to draw, they are there.
        self._plots.start()

    @Slot(object)
    def _take_metrics(self, metrics: tuple[Metric, ...]) -> None:
        self.series.add(metrics)

    @Slot(object)
    def _take_event(self, event: object) -> None:
        if isinstance(event, Notice):
            self.messages.show_message(Message(plain(event.text), level=event.level))

    @Slot()
    def _show_badges(self) -> None:
        for row, page in enumerate(self.pages):
            self.sidebar.set_badge(row, self._badge(page, self.controller.snapshot))

    def _badge(self, page: Page, snapshot: RunSnapshot | None) -> str:
        controller = self.controller
        if controller.busy and controller.step in page.steps:
            return self.tr("Paused") if controller.activity is Activity.PAUSED else self.tr("Working…")
        if snapshot is None or not snapshot.states or not page.steps:
            return ""
        states = [snapshot.states.get(step, State.MISSING) for step in page.steps]
        if all(state is State.DONE for state in states):
            return self.tr("✔ Done")
        if State.STALE in states:
            return self.tr("↻ Out of date")
        if any(state in (State.PARTIAL, State.DONE) for state in states):
            return self.tr("◐ Half-way")
        return self.tr("To do")

    @Slot(object)
    def _activity_changed(self, activity: Activity) -> None:
        idle = activity is Activity.IDLE
        for action in (self.open_action, self.open_run_action, self.recent.menuAction()):
            action.setEnabled(idle)
        self._show_badges()
        if activity is Activity.RUNNING and self.controller.starting:
            self.messages.clear()
            steps = self.controller.job_steps
            if "export" not in steps and "craft" in steps:
                self.go_to("protect")
            elif steps and steps[0] in ("certify", "stress"):
                self.go_to(steps[0])

    @Slot(object, object)
    def _ended(self, outcome: Outcome, steps: tuple[str, ...]) -> None:
        self._show_badges()
        if self._closing:
            self.close()
            return
        if outcome is Outcome.DONE and "export" not in steps and set(PROTECTION[2:]) <= set(steps):
            self.messages.show_message(
                Message(
                    self.tr("Your images are protected and certified."),
                    self.tr("Read on the Certify page what that means, then export them."),
                    action=self.tr("&Export…"),
                    on_action=self._go_to_export,
                )
            )

    @Slot()
    def _go_to_export(self) -> None:
        self.go_to("export")

    @Slot()
    def ask_for_folder(self) -> None:
        """Lets the user choose an image folder."""
        recent = self._store.value.recent_folders
        start = str(Path(recent[0]).parent) if recent else str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of images"), start)
        if chosen:
            self.open_path(Path(chosen))

    @Slot()
    def ask_for_run(self) -> None:
        """Lets the user choose a run folder."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open a run"), str(self._store.value.runs_path))
        if chosen:
            self.messages.clear()
            self.controller.open_run(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and folders while nothing runs."""
        if not self.controller.busy and dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens, verifies or reads what was dropped."""
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.take(paths)

    def take(self, paths: list[Path]) -> None:
        """Opens, verifies or reads files and folders, whatever they are good for."""
        what = understood(paths)
        if what.verify is not None:
            self.verify(what.verify)
            return
        if what.queue:
            # The question must not keep the program waiting from which they were dragged.
            QTimer.singleShot(0, self, lambda: self.queue_bar.ask(list(what.queue)))
            return
        self.go_to("images")
        images = self.page("images")
        assert isinstance(images, ImagesPage)
        if what.folder is None and what.labels is not None:
            images.use_labels(what.labels)
        elif what.folder is not None and what.labels is not None:
            self.messages.clear()
            self.controller.open_folder(what.folder, labels=what.labels)
        else:
            self.open_path(what.folder or paths[0])
        if what.files and what.folder is not None:
            self.messages.show_message(
                Message(self.tr("The folder {} was opened, with all its images.").format(plain(str(what.folder))))
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks while something runs; otherwise ends everything and goes."""
        if self.controller.busy:
            event.ignore()
            if not self._closing and self._asked_to_stop():
                self._closing = True
                self.controller.cancel()
                self.setEnabled(False)
                if not self.controller.busy:
                    self.close()
            return
        self.queue.abandon()
        self.help.end_tour()
        for page in self.pages:
            page.shutdown()
        self._plots.stop()
        self.thumbnails.shutdown()
        self.controller.shutdown()
        self.attendant.shutdown()
        self._store.update(**window_state.described(self), last_page=self.current_page())
        self._store.save()
        super().closeEvent(event)

    def _asked_to_stop(self) -> bool:
        return agreed(
            self,
            "PUE Desktop",
            self.tr("Work is still going on."),
            self.tr("What was reached is saved, and can be continued another time."),
            do=self.tr("&Stop and close"),
            keep=self.tr("&Keep working"),
        )
