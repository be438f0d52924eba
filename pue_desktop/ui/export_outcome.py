"""What came of an export: its figures, what to do with it, and its certificate."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QGroupBox, QPushButton, QVBoxLayout, QWidget

from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.lossy_results import LossyResult
from pue_desktop.engine.results import ExportResult
from pue_desktop.ui.certificate_preview import CertificatePreview
from pue_desktop.ui.text import label, percent, plain


class ExportOutcome(QWidget):
    """The latest export, or words about what an export will be.

    Signals:
        folder_wanted(): Open its folder.
        certificate_wanted(): Open its PDF.
        verify_wanted(): Verify it.
    """

    folder_wanted = Signal()
    certificate_wanted = Signal()
    verify_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nothing = label(
            self.tr(
                "When you have exported, the certificate is shown here.\n\nThe folder will hold the protected images, "
                "the certificate as PDF and as data, and a list of all digests, with which anybody can check the "
                "files. Originals stay where they are, unchanged."
            ),
            dim=True,
        )
        self.box = QGroupBox(self.tr("Exported"))
        self.stale = label()
        self.facts = label()
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = self._button(self.tr("&Open folder"), self.folder_wanted.emit)
        self.certificate_button = self._button(self.tr("Open &certificate"), self.certificate_wanted.emit)
        self.verify_button = self._button(self.tr("&Verify at once"), self.verify_wanted.emit)
        self.preview = CertificatePreview()
        buttons = QGridLayout()
        for column, button in enumerate((self.verify_button, self.open_button, self.certificate_button)):
            buttons.addWidget(button, 0, column)
        buttons.setColumnStretch(3, 1)
        inside = QVBoxLayout(self.box)
        inside.addWidget(self.stale)
        inside.addWidget(self.facts)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.nothing)
        layout.addWidget(self.box)
        layout.addWidget(self.preview, 1)
        layout.addStretch(0)
        self.show_result(None)

    def show_result(
        self, result: ExportResult | None, *, current: bool = False, there: bool = True, page: str = "A4"
    ) -> None:
        """Shows an export.

        Args:
            result: What was exported; None: nothing yet.
            current: Whether it is of the settings and images of now.
            there: Whether its folder is still there.
            page: Size of the certificate's paper.
        """
        self.nothing.setVisible(result is None)
        self.box.setVisible(result is not None)
        self.preview.setVisible(result is not None and there)
        folder = Path(result.folder) if result is not None and there else None
        self.preview.show_export(folder, page=page, made=None if folder is None else _made(folder))
        if result is None:
            return
        self.facts.setText("\n".join(self._facts(result)))
        if not there:
            self.stale.setText(self.tr("This folder is no longer there. Export again to have it again."))
        else:
            self.stale.setText(self.tr("Made with earlier settings or images. Export again to bring it up to date."))
        self.stale.setVisible(not there or not current)
        for button in (self.open_button, self.certificate_button, self.verify_button):
            button.setEnabled(there)

    def shutdown(self) -> None:
        """Ends what it has running."""
        self.preview.shutdown()

    def _button(self, text: str, slot: object) -> QPushButton:
        made = QPushButton(text)
        made.setAccessibleName(text.replace("&", ""))
        made.clicked.connect(slot)
        return made

    def _facts(self, result: ExportResult) -> list[str]:
        lines = [
            self.tr("Images: {}").format(f"{len(result.images):,}"),
            self.tr("Largest change of any pixel: {} of 255").format(f"{result.max_abs_delta_255:g}"),
        ]
        if result.median_psnr_db is not None:
            lines.append(self.tr("Typical likeness to the original: {} dB PSNR").format(f"{result.median_psnr_db:.1f}"))
        if result.lossy is not None:
            lines += self._lossy_facts(result.lossy)
        if result.skipped:
            lines.append(
                self.tr("Not exported, because they can't be protected: {}").format(f"{len(result.skipped):,}")
            )
        if result.held_back:
            lines.append(self.tr("Test images held back: {}").format(f"{result.held_back:,}"))
        lines.append(self.tr("In: {}").format(plain(result.folder)))
        return lines

    def _lossy_facts(self, lossy: LossyResult) -> list[str]:
        lines = [
            self.tr(
                "These figures, and the certificate, are about the images before compression to JPEG. Nothing is "
                "proved about the files."
            ),
        ]
        if lossy.kept is not None and lossy.least_kept is not None:
            lines.append(
                self.tr("Measured: a typical file keeps {typical} of the protecting change, the worst {worst}.").format(
                    typical=percent(lossy.kept, 0), worst=percent(lossy.least_kept, 0)
                )
            )
        found = lossy.recognised
        if found is not None:
            lines.append(
                self.tr(
                    "The network of the certificate recognises {certified} of the images as certified, {files} as "
                    "these files, {originals} without protection. The nearer the second to the first, the more is left."
                ).format(
                    certified=percent(found.certified, 0),
                    files=percent(found.stored, 0),
                    originals=percent(found.originals, 0),
                )
            )
        return lines


def _made(folder: Path) -> int:
    """Returns when the certificate of an export was written, in nanoseconds; 0 if there is none."""
    try:
        return (folder / CERTIFICATE_JSON).stat().st_mtime_ns
    except OSError:
        return 0
