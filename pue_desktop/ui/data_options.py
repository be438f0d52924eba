"""Where the classes come from and what is held out to measure with: the choices below the images.

Signals only; the page decides what follows from them.
"""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QSpinBox, QWidget

from pue_desktop.engine.config import ScanConfig
from pue_desktop.ui.text import label, plain


class DataOptions(QWidget):
    """Two rows: labels, and the hold-out.

    Signals:
        labels_chosen(object): Path of a CSV file, None for the folders themselves.
        test_folder_chosen(object): Path of a test folder, None for a share of each class.
        hold_out_changed(float): Share of each class, 0 to 1.
        groups_wanted(): Groups by look are wanted.
    """

    labels_chosen = Signal(object)
    test_folder_chosen = Signal(object)
    hold_out_changed = Signal(float)
    groups_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels_words = label()
        self.labels_button = self._button(self.tr("From a CS&V file…"), self._ask_for_labels)
        self.groups_button = self._button(self.tr("Group by loo&k…"), self.groups_wanted)
        self.folders_button = self._button(self.tr("Use the f&olders"), self._use_folders)
        self.hold_out = QSpinBox(suffix=" %", minimum=5, maximum=50)
        self.hold_out.setAccessibleName(self.tr("Hold-out share"))
        self.hold_out.setKeyboardTracking(False)
        self.hold_out.valueChanged.connect(self._share_changed)
        self.hold_out_words = label(dim=True)
        self.test_button = self._button(self.tr("Own &test folder…"), self._ask_for_test_folder)
        self.share_button = self._button(self.tr("Use a sha&re instead"), self._use_share)
        self._start = ""
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        classes = label(self.tr("Classes"))
        classes.setWordWrap(False)
        grid.addWidget(classes, 0, 0)
        grid.addWidget(self.labels_words, 0, 1)
        grid.addLayout(self._row(self.folders_button, self.groups_button, self.labels_button), 0, 2)
        held = label(self.tr("Hel&d out"))
        held.setWordWrap(False)
        held.setBuddy(self.hold_out)
        grid.addWidget(held, 1, 0)
        middle = QHBoxLayout()
        middle.addWidget(self.hold_out)
        middle.addWidget(self.hold_out_words, 1)
        grid.addLayout(middle, 1, 1)
        grid.addLayout(self._row(self.share_button, self.test_button), 1, 2)

    def _row(self, *buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        return row

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.clicked.connect(slot)
        return button

    def show_config(
        self, config: ScanConfig, *, own: Path | None, source: Path | None, split_given: bool, enabled: bool
    ) -> None:
        """Shows the choices made.

        Args:
            config: Of the scan.
            own: The run folder: labels in it are groups that were accepted.
            source: The image folder, None while nothing is open.
            split_given: Whether the images came with a split that is not ours to draw.
            enabled: Whether anything may be changed now.
        """
        self._start = str(source or "")
        if not config.labels:
            self.labels_words.setText(self.tr("the names of the folders"))
        elif own is not None and Path(config.labels).is_relative_to(own):
            self.labels_words.setText(self.tr("the groups you accepted"))
        else:
            self.labels_words.setText(self.tr("from {}").format(plain(config.labels)))
        self.folders_button.setVisible(bool(config.labels))
        self.hold_out.blockSignals(True)
        self.hold_out.setValue(round(config.hold_out * 100))
        self.hold_out.blockSignals(False)
        tested, folders = bool(config.test_folder), split_given and not config.test_folder
        self.hold_out.setVisible(not tested and not folders)
        self.share_button.setVisible(tested)
        self.test_button.setVisible(not folders)
        if tested:
            self.hold_out_words.setText(self.tr("to measure with: the images of {}").format(plain(config.test_folder)))
        elif folders:
            self.hold_out_words.setText(self.tr("The folder came with its own test images."))
        else:
            self.hold_out_words.setText(
                self.tr("of each class, to measure with. Networks never learn from these images.")
            )
        self.setEnabled(enabled)

    @Slot(int)
    def _share_changed(self, percent: int) -> None:
        self.hold_out_changed.emit(percent / 100)

    @Slot()
    def _use_folders(self) -> None:
        self.labels_chosen.emit(None)

    @Slot()
    def _use_share(self) -> None:
        self.test_folder_chosen.emit(None)

    @Slot()
    def _ask_for_labels(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a CSV file with the lines path,label"),
            self._start,
            self.tr("Tables (*.csv);;All files (*)"),
        )
        if chosen:
            self.labels_chosen.emit(Path(chosen))

    @Slot()
    def _ask_for_test_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder with the same classes, to measure with"), self._start
        )
        if chosen:
            self.test_folder_chosen.emit(Path(chosen))
