"""Page 6: write the protected images with their certificate, then look at what was written."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pue_desktop.engine.config import ExportConfig, Plan
from pue_desktop.engine.errors import InputRefusedError, PueError
from pue_desktop.engine.files import byte_size
from pue_desktop.engine.run import State
from pue_desktop.ui.config_form import ConfigForm
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.export_outcome import ExportOutcome
from pue_desktop.ui.key_picker import KeyPicker
from pue_desktop.ui.layouts import Columns, scrolling
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.text import figure, label, plain
from pue_desktop.workers.controller import PROTECTION, Activity
from pue_desktop.workers.export_check import ExportCheck, check_export, with_room_now
from pue_desktop.workers.snapshot import RunSnapshot

_SETTINGS = ("format", "quality", "conflict", "naming", "metadata", "page")
_LEFT_WIDTH = 400
_SETTLE_MS, _LOOK_AGAIN_MS = 200, 5000
_CHECK = "export check"


class ExportPage(Page):
    """Where to, in which format, and what came of it."""

    name = "export"
    steps = ("export",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._suggested_for: Path | None = None
        self._found = ExportCheck(None)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Destination folder"))
        self.folder.setPlaceholderText(self.tr("A new or empty folder"))
        self.browse_button = self.button(self.tr("&Browse…"), self._browse)
        self.room = label(dim=True, scale=0.9)
        self.form = ConfigForm(ExportConfig, only=_SETTINGS)
        self.key = KeyPicker()
        self.what = label(dim=True)
        self.export_button = self.button(self.tr("E&xport"), self._export)
        self.outcome = ExportOutcome()
        self.result_box, self.facts, self.stale = self.outcome.box, self.outcome.facts, self.outcome.stale
        self.verify_button = self.outcome.verify_button
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._look_again = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Export")

    def shutdown(self) -> None:
        """See `Page`."""
        self._settle.stop()
        self._look_again.stop()
        self.outcome.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Looks at the disk now, and again while the page is seen: others write, too."""
        super().showEvent(event)
        self._look_again.start()
        self._check()

    def hideEvent(self, event: QHideEvent) -> None:
        """Looks no more."""
        super().hideEvent(event)
        self._settle.stop()
        self._look_again.stop()

    def _lay_out(self) -> None:
        where = label(self.tr("&Destination"), bold=True)
        where.setBuddy(self.folder)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse_button)
        go = QHBoxLayout()
        go.addWidget(self.export_button)
        go.addStretch(1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        layout.addWidget(where)
        layout.addLayout(row)
        layout.addWidget(self.room)
        layout.addWidget(self.what)
        layout.addLayout(go)
        layout.addWidget(self.form)
        layout.addWidget(self.key)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        self.columns = Columns(scrolling(content), self.outcome, width=_LEFT_WIDTH)
        whole.addWidget(self.columns)

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.activity_changed.connect(self._show_state)
        controller.plan_changed.connect(self._show_plan)
        self.folder.textChanged.connect(self._show_state)
        self.folder.textChanged.connect(self._check_soon)
        self._settle.timeout.connect(self._check)
        self._look_again.timeout.connect(self._check_room)
        self.form.edited.connect(self._edited)
        self.key.chosen.connect(self._key_chosen)
        self.key.failed.connect(self.desk.messages.show_error)
        self.outcome.folder_wanted.connect(self._open_folder)
        self.outcome.certificate_wanted.connect(self._open_certificate)
        self.outcome.verify_wanted.connect(self._verify)
        self._show_plan(controller.plan)
        self._show_snapshot(controller.snapshot)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.form.show_config(plan.export)
        self.form.set_shown("quality", plan.export.format == "jpeg")
        self.key.show_key(plan.export.key)
        self._check_soon()

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        self.desk.controller.change("export", **{name: value})
        if name == "page":
            self.desk.store.update(page=value)

    @Slot(str)
    def _key_chosen(self, name: str) -> None:
        self.desk.controller.change("export", key=name)
        self.desk.store.update(key=name)

    @Slot(object)
    def _show_snapshot(self, snapshot: RunSnapshot | None) -> None:
        if snapshot is not None and snapshot.path != self._suggested_for:
            self._suggested_for = snapshot.path
            chosen = self.desk.controller.plan.export.folder
            self.folder.setText(chosen or str(_suggestion(snapshot.source)))
        result = snapshot.export if snapshot is not None else None
        current = snapshot is not None and snapshot.states.get("export") is State.DONE
        there = result is not None and Path(result.folder).is_dir()
        self.outcome.show_result(result, current=current, there=there, page=self.desk.controller.plan.export.page)
        if result is not None:
            self.key.show_key(self.desk.controller.plan.export.key)
        self._check_soon()
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        controller = self.desk.controller
        idle = controller.activity is Activity.IDLE
        ready = controller.snapshot is not None
        left = controller.steps_left()
        folder = self.folder.text().strip()
        state = controller.snapshot.states.get("export") if controller.snapshot is not None else None
        same = bool(folder) and Path(folder).expanduser().absolute() == Path(controller.plan.export.folder)
        current = state is State.DONE and same
        self.export_button.setEnabled(idle and ready and bool(folder) and not current)
        for widget in (self.folder, self.browse_button, self.form, self.key, self.outcome.box):
            widget.setEnabled(idle)
        if left:
            text = self.tr("Protect and e&xport")
        else:
            text = self.tr("Continue the e&xport") if state is State.PARTIAL and same else self.tr("E&xport")
        self.export_button.setText(text)
        self.export_button.setAccessibleName(text.replace("&", ""))
        words = self._what(idle=idle, ready=ready, left=bool(left), state=state if same else None)
        self.what.setText(words)
        self.what.setVisible(bool(words))
        self.columns.fit()

    def _what(self, *, idle: bool, ready: bool, left: bool, state: State | None) -> str:
        if not ready:
            return self.tr("Open a folder of images first.")
        if not idle:
            return self.tr("Working. The foot of the window says how far it is.")
        if left:
            return self.tr("The images are not protected and certified yet. That is done first.")
        if state is State.DONE:
            return self.tr("This export is up to date. With another setting or folder you can export again.")
        if state is State.PARTIAL:
            return self.tr(
                "The last export did not end. What was written is kept and checked; exporting goes on with it."
            )
        return ""

    @Slot()
    def _check_soon(self) -> None:
        if self.isVisible():
            self._settle.start()

    @Slot()
    def _check(self) -> None:
        """Asks, off the GUI thread, where an export would go and what room there is."""
        controller, snapshot, text = self.desk.controller, self.desk.controller.snapshot, self.folder.text().strip()
        if not self.isVisible() or controller.activity is not Activity.IDLE:
            return
        index = snapshot.index if snapshot is not None else None
        if snapshot is None or index is None or not text:
            self._found = ExportCheck(None)
            self.room.setText("")
            return
        path = snapshot.path
        config = msgspec.structs.replace(controller.plan.export, folder=str(Path(text).expanduser().absolute()))
        controller.background.submit(_CHECK, lambda: check_export(path, index, config), self._checked)

    @Slot()
    def _check_room(self) -> None:
        found = self._found
        if found.trouble:
            self._check()
        elif found.space is not None and not self._settle.isActive() and not self.desk.controller.busy:
            self.desk.controller.background.submit(_CHECK, lambda: with_room_now(found), self._checked)

    def _checked(self, found: ExportCheck) -> None:
        self._found = found
        if found.space is None or found.folder is None:
            self.room.setText(" ".join(filter(None, ("⚠", plain(said(found.trouble)), plain(said(found.hint))))))
            return
        sizes = {"needed": figure(byte_size(found.space.needed)), "free": figure(byte_size(found.space.free))}
        if found.space.enough:
            lines = [self.tr("Takes about {needed}; {free} are free there.").format(**sizes)]
        else:
            lines = ["⚠ " + self.tr("Not enough room: about {needed} needed, {free} free.").format(**sizes)]
        if str(found.folder) != str(Path(self.folder.text().strip()).expanduser().absolute()):
            lines.append(self.tr("It will go into {}.").format(plain(found.folder.name)))
        elif found.replaces and self.export_button.isEnabled():
            lines.append(self.tr("The earlier export there is replaced; files of yours are kept."))
        self.room.setText(" ".join(lines))
        self.columns.fit()

    @Slot()
    def _browse(self) -> None:
        start = self.folder.text() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where to export"), start)
        if chosen:
            self.folder.setText(chosen)

    @Slot()
    def _export(self) -> None:
        controller = self.desk.controller
        snapshot = controller.snapshot
        if snapshot is None:
            return
        folder = Path(self.folder.text().strip()).expanduser().absolute()
        source = snapshot.source.resolve()
        if folder.resolve().is_relative_to(source) or source.is_relative_to(folder.resolve()):
            self.desk.messages.show_error(
                InputRefusedError(
                    self.tr("{} lies inside the folder of your originals, or around it.").format(plain(str(folder))),
                    hint=self.tr("Choose a folder beside it, so that protected and original images don't mix."),
                )
            )
            return
        if self._found.trouble and not self._settle.isActive():
            # The export would say the same, but after hours of work on what comes before it.
            self.desk.messages.show_error(InputRefusedError(self._found.trouble, hint=self._found.hint))
            return
        if not self.key.unlock(controller.plan.export.key):
            return
        controller.change("export", folder=str(folder))
        controller.start((*controller.steps_left(PROTECTION), "export"))

    @Slot()
    def _open_folder(self) -> None:
        self._show_file("")

    @Slot()
    def _open_certificate(self) -> None:
        self._show_file("certificate.pdf")

    def _exported(self) -> Path | None:
        snapshot = self.desk.controller.snapshot
        return Path(snapshot.export.folder) if snapshot is not None and snapshot.export is not None else None

    def _show_file(self, name: str) -> None:
        folder = self._exported()
        if folder is None:
            return
        path = folder / name if name else folder
        if not path.exists() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.desk.messages.show_error(
                PueError(
                    self.tr("{} could not be opened.").format(plain(str(path))),
                    hint=self.tr("Look for it with your file manager."),
                )
            )

    @Slot()
    def _verify(self) -> None:
        folder = self._exported()
        if folder is not None:
            self.desk.verify(folder)


def _suggestion(source: Path) -> Path:
    """Returns a folder beside the originals that does not exist yet."""
    number = 1
    while True:
        name = f"{source.name or 'images'}-protected" + (f"-{number}" if number > 1 else "")
        if not (source.parent / name).exists():
            return source.parent / name
        number += 1
