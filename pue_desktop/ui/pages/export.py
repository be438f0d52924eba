"""Page 6: write the protected images with their certificate, then look at what was written."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGroupBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pue_desktop.engine.config import ExportConfig, Plan
from pue_desktop.engine.errors import InputRefusedError, PueError
from pue_desktop.engine.results import ExportResult
from pue_desktop.engine.run import State
from pue_desktop.ui.config_form import ConfigForm
from pue_desktop.ui.key_picker import KeyPicker
from pue_desktop.ui.layouts import scrolling
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.controller import PROTECTION, Activity
from pue_desktop.workers.snapshot import RunSnapshot


class ExportPage(Page):
    """Where to, in which format, and what came of it."""

    name = "export"
    steps = ("export",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._suggested_for: Path | None = None
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Destination folder"))
        self.folder.setPlaceholderText(self.tr("A new or empty folder"))
        self.browse_button = self.button(self.tr("&Browse…"), self._browse)
        self.form = ConfigForm(ExportConfig, only=("format", "metadata", "page"))
        self.key = KeyPicker()
        self.what = label(dim=True)
        self.export_button = self.button(self.tr("E&xport"), self._export)
        self.result_box = QGroupBox(self.tr("Exported"))
        self.stale = label(self.tr("Made with earlier settings or images. Export again to bring it up to date."))
        self.facts = label()
        self.open_button = self.button(self.tr("&Open folder"), self._open_folder)
        self.certificate_button = self.button(self.tr("Open &certificate"), self._open_certificate)
        self.verify_button = self.button(self.tr("&Verify"), self._verify)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Export")

    def _lay_out(self) -> None:
        where = label(self.tr("&Destination"), bold=True)
        where.setBuddy(self.folder)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse_button)
        go = QHBoxLayout()
        go.addWidget(self.export_button)
        go.addStretch(1)
        buttons = QHBoxLayout()
        for button in (self.open_button, self.certificate_button, self.verify_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        result = QVBoxLayout(self.result_box)
        for text in (self.stale, self.facts):
            result.addWidget(text)
        result.addLayout(buttons)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        content = QWidget()
        content.setMaximumWidth(760)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(where)
        layout.addLayout(row)
        layout.addWidget(self.form)
        layout.addWidget(self.key)
        layout.addWidget(self.what)
        layout.addLayout(go)
        layout.addSpacing(8)
        layout.addWidget(self.result_box)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(scrolling(content))

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.activity_changed.connect(self._show_state)
        controller.plan_changed.connect(self._show_plan)
        self.folder.textChanged.connect(self._show_state)
        self.form.edited.connect(self._edited)
        self.key.chosen.connect(self._key_chosen)
        self.key.failed.connect(self.desk.messages.show_error)
        self._show_plan(controller.plan)
        self._show_snapshot(controller.snapshot)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.form.show_config(plan.export)
        self.key.show_key(plan.export.key)

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
        self.result_box.setVisible(result is not None)
        if snapshot is not None and result is not None:
            self.facts.setText(self._facts(result))
            self.stale.setVisible(snapshot.states.get("export") is not State.DONE)
            self.key.show_key(self.desk.controller.plan.export.key)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        controller = self.desk.controller
        idle = controller.activity is Activity.IDLE
        ready = controller.snapshot is not None
        left = controller.steps_left()
        self.export_button.setEnabled(idle and ready and bool(self.folder.text().strip()))
        for widget in (self.folder, self.browse_button, self.form, self.key):
            widget.setEnabled(idle)
        text = self.tr("Protect and e&xport") if left else self.tr("E&xport")
        self.export_button.setText(text)
        self.export_button.setAccessibleName(text.replace("&", ""))
        if not ready:
            self.what.setText(self.tr("Open a folder of images first."))
        elif left:
            self.what.setText(self.tr("The images are not protected and certified yet. That is done first."))
        else:
            self.what.setText(
                self.tr(
                    "Written are the protected images, a list of their digests and the certificate, as PDF and as "
                    "data. Originals stay where they are, unchanged."
                )
            )

    def _facts(self, result: ExportResult) -> str:
        lines = [
            self.tr("Images: {}").format(f"{len(result.images):,}"),
            self.tr("Largest change of any pixel: {} of 255").format(f"{result.max_abs_delta_255:g}"),
        ]
        if result.median_psnr_db is not None:
            lines.append(self.tr("Typical likeness to the original: {} dB PSNR").format(f"{result.median_psnr_db:.1f}"))
        if result.skipped:
            lines.append(
                self.tr("Not exported, because they can't be protected: {}").format(f"{len(result.skipped):,}")
            )
        if result.held_back:
            lines.append(self.tr("Test images held back: {}").format(f"{result.held_back:,}"))
        lines.append(self.tr("In: {}").format(plain(result.folder)))
        return "\n".join(lines)

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
