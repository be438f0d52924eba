"""Page 7: is an export what its certificate says? One's own, or one that somebody gave you. Needs no open run."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.verify_report import VerifyReport
from pue_desktop.ui.drops import dropped_path, paint_frame
from pue_desktop.ui.findings import FindingsView
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.verifier import Verifier


class VerifyPage(Page):
    """Drop a folder or a certificate; green or red, and why."""

    name = "verify"
    steps = ()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path: Path | None = None
        self._filled_in = ""
        self.verifier = Verifier(self)
        self.setAcceptDrops(True)
        self.target = _Target(self)
        self.folder_button = self.button(self.tr("Choose a &folder…"), self._choose_folder)
        self.file_button = self.button(self.tr("Choose a &certificate…"), self._choose_file)
        self.key = self._line(
            self.tr("Signer's key"), self.tr("A public key file or its id, if you know who must have signed")
        )
        self.key_button = self.button(self.tr("&Browse…"), self._choose_key)
        self.key_button.setAccessibleName(self.tr("Browse for the signer's key"))
        self.originals = self._line(
            self.tr("Originals"), self.tr("Their folder, if they are yours: measures the change again")
        )
        self.originals_button = self.button(self.tr("B&rowse…"), self._choose_originals)
        self.originals_button.setAccessibleName(self.tr("Browse for the originals"))
        self.what = label(dim=True)
        self.again_button = self.button(self.tr("&Verify again"), self._again)
        self.cancel_button = self.button(self.tr("&Stop"), self._cancel)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Files looked at"))
        self.result = FindingsView()
        self._lay_out()
        self.verifier.progressed.connect(self._progressed)
        self.verifier.verified.connect(self._verified)
        self.verifier.failed.connect(self._failed)
        self.result.hide()
        self._show_state()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Verify")

    def verify(self, path: Path, *, originals: Path | None = None) -> None:
        """Verifies an export folder, a certificate.pdf or a certificate.json.

        Args:
            path: What to verify.
            originals: The folder that was protected; None: that of the open run, if the export is that run's.
        """
        self._path = path
        own = originals or self._own_originals(path)
        # What the user typed stays; what was filled in for another export does not.
        if own is not None or self.originals.text() == self._filled_in:
            self._filled_in = "" if own is None else str(own)
            self.originals.setText(self._filled_in)
        self._again()

    def shutdown(self) -> None:
        """See `Page`."""
        self.verifier.shutdown()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes anything that is on this computer."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Verifies what was dropped."""
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.verify(path)

    def _line(self, name: str, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(placeholder)
        return line

    def _lay_out(self) -> None:
        choose = QHBoxLayout()
        choose.addStretch(1)
        choose.addWidget(self.folder_button)
        choose.addWidget(self.file_button)
        choose.addStretch(1)
        self.target.box.addLayout(choose)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, line, button in (
            (self.tr("Signer's &key (optional)"), self.key, self.key_button),
            (self.tr("&Originals (optional)"), self.originals, self.originals_button),
        ):
            row = QHBoxLayout()
            row.addWidget(line, 1)
            row.addWidget(button)
            words = label(title)
            words.setBuddy(line)
            words.setWordWrap(False)
            form.addRow(words, row)
        go = QHBoxLayout()
        go.addWidget(self.what, 1)
        go.addWidget(self.progress, 1)
        go.addWidget(self.cancel_button)
        go.addWidget(self.again_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self.target)
        layout.addLayout(form)
        layout.addLayout(go)
        layout.addWidget(self.result, 1)
        layout.addStretch(0)

    def _own_originals(self, path: Path) -> Path | None:
        snapshot = self.desk.controller.snapshot
        if snapshot is None or snapshot.export is None or not snapshot.source.is_dir():
            return None
        folder = Path(snapshot.export.folder)
        return snapshot.source if folder in (path, path.parent) else None

    @Slot()
    def _again(self) -> None:
        if self._path is None:
            return
        self.result.hide()
        self.progress.setRange(0, 0)
        originals = self.originals.text().strip()
        self.verifier.start(
            self._path,
            public_key=self.key.text(),
            originals=Path(originals).expanduser() if originals else None,
        )
        self._show_state()

    @Slot()
    def _cancel(self) -> None:
        self.verifier.stop()
        self._show_state()

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        if self.verifier.running:
            self.progress.setRange(0, total)
            self.progress.setValue(done)

    @Slot(object)
    def _verified(self, report: VerifyReport) -> None:
        self.result.show_report(report)
        self.result.show()
        self._show_state()

    @Slot(object)
    def _failed(self, error: PueError) -> None:
        self.desk.messages.show_error(error)
        self._show_state()

    def _show_state(self) -> None:
        running = self.verifier.running
        self.progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.again_button.setVisible(self._path is not None and not running)
        self.what.setText("" if self._path is None else plain(str(self._path)))

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("The export folder"), str(Path.home()))
        if chosen:
            self.verify(Path(chosen))

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("The certificate"), str(Path.home()), self.tr("Certificates (*.pdf *.json)")
        )
        if chosen:
            self.verify(Path(chosen))

    @Slot()
    def _choose_key(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("The signer's public key"), str(Path.home()))
        if chosen:
            self.key.setText(chosen)

    @Slot()
    def _choose_originals(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("The folder of the originals"), str(Path.home()))
        if chosen:
            self.originals.setText(chosen)


class _Target(QWidget):
    """Where to drop, with a dashed frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 16, 20, 16)
        for text in (
            label(self.tr("Drop an export folder or its certificate.pdf here"), bold=True, scale=1.3),
            label(
                self.tr(
                    "Every image is compared with the signed one, and every figure of the certificate is redone. "
                    "Nothing leaves this computer."
                ),
                dim=True,
            ),
        ):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.box.addWidget(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the frame."""
        paint_frame(self)
