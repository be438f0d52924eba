"""What a verification found, for people: the answer in large letters on green or red, then every finding by file."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.verify_report import Finding, VerifyReport
from pue_desktop.ui import contrast
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import count, label, plain

_MOST_ROWS = 500
# Dark enough for white letters (contrast above 4.5 to 1; the others above 10), in light and dark palettes alike.
_GOOD, _BAD = QColor("#1b6e4a"), QColor("#a3281d")
_PLAIN_GOOD, _PLAIN_BAD = QColor("#003d20"), QColor("#6e0000")


class VerdictBanner(QFrame):
    """The answer: verified or not, in words and colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.heading = label(bold=True, scale=1.5)
        self.words = label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)

    def show_report(self, report: VerifyReport) -> None:
        """Shows the answer."""
        self.heading.setText(self.tr("✔ Verified") if report.ok else self.tr("✘ Not verified"))
        sentences = [said(report.images_sentence)]
        if report.ok:
            sentences.append(self.tr("The signature holds, and every figure follows from the evidence beside it."))
        else:
            sentences.append(self.tr("%Ln problem(s) were found.", "", len(report.problems)))
        if report.lossy:
            sentences.append(
                self.tr("They are {}: what was proved is about the images before they were compressed to it.").format(
                    report.lossy
                )
            )
        if report.abstained:
            sentences.append(self.tr("The certificate itself says that nothing could be certified."))
        elif report.distinguishes is False:
            sentences.append(
                self.tr("The certificate itself says that it does not tell protected from unprotected images.")
            )
        self.words.setText("\n".join(sentences))
        good, bad = (_PLAIN_GOOD, _PLAIN_BAD) if contrast.high() else (_GOOD, _BAD)
        self._paint(good if report.ok else bad)
        self.setAccessibleName(f"{self.heading.text()} {self.words.text()}")

    def _paint(self, ground: QColor) -> None:
        palette = QPalette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Window, ground)
            palette.setColor(group, QPalette.ColorRole.WindowText, QColor("white"))
        for widget in (self, self.heading, self.words):
            widget.setPalette(palette)


class FindingsView(QWidget):
    """A report: banner, table of findings, and a button to copy it all as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: VerifyReport | None = None
        self.banner = VerdictBanner()
        self.table = self._make_table()
        self.more = label(dim=True)
        self.copy_button = QPushButton(self.tr("&Copy as text"))
        self.copy_button.setAccessibleName(self.tr("Copy the report as text"))
        self.copy_button.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.more, 1)
        row.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName(self.tr("Findings by file"))
        table.setHorizontalHeaderLabels([self.tr("What"), self.tr("File"), self.tr("In words")])
        table.verticalHeader().setVisible(False)
        table.setShowGrid(contrast.high())
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setMinimumSectionSize(table.fontMetrics().height() + 8)
        table.setMinimumHeight(150)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the files' names a share of the room; the words get what is left."""
        super().resizeEvent(event)
        self.table.horizontalHeader().resizeSection(1, max(110, self.width() * 3 // 10))

    def show_report(self, report: VerifyReport) -> None:
        """Shows a report: problems first, then what is worth knowing."""
        self._report = report
        self.banner.show_report(report)
        findings = sorted(report.findings, key=lambda finding: (not finding.problem, finding.path))
        shown = findings[:_MOST_ROWS]
        self.table.setRowCount(len(shown))
        for row, finding in enumerate(shown):
            mark = "✘" if finding.problem else "·"
            texts = (f"{mark} {self._kind(finding)}", plain(finding.path), plain(said(finding.text)))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self.table.setVisible(bool(shown))
        left = len(findings) - len(shown)
        self.more.setText(self.tr("And {} more: copy the report to read them all.").format(count(left)) if left else "")

    def _kind(self, finding: Finding) -> str:
        names = {
            "certificate": self.tr("Certificate"),
            "signature": self.tr("Signature"),
            "signer": self.tr("Signed by"),
            "evidence": self.tr("Figures"),
            "manifest": self.tr("List of digests"),
            "pdf": self.tr("PDF"),
            "metadata_changed": self.tr("Metadata changed"),
            "pixels_changed": self.tr("Pixels changed"),
            "swapped": self.tr("Swapped"),
            "renamed": self.tr("Renamed"),
            "missing": self.tr("Missing"),
            "added": self.tr("Added"),
            "unreadable": self.tr("Unreadable"),
            "epsilon": self.tr("Size of the change"),
            "original": self.tr("Originals"),
            "lossy": self.tr("Compression"),
            "recomputed": self.tr("Draws again"),
        }
        return names[finding.kind]

    @Slot()
    def _copy(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(self._report.text(limit=None))
