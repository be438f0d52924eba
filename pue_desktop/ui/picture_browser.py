"""All pictures of a data set to leaf through: those of a class, of a split, or the ones left out."""

from collections.abc import Sequence
from pathlib import Path
from typing import overload

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pue_desktop.engine.results import DatasetIndex, Split
from pue_desktop.ui.image_grid import Cell, ImageGrid
from pue_desktop.ui.text import label, plain
from pue_desktop.ui.thumbnails import Thumbnails

ALL, LEFT_OUT = "all", "left out"


class _Chosen(Sequence[Cell]):
    """Cells of some images of a data set, made when they are asked for."""

    def __init__(self, index: DatasetIndex, rows: Sequence[int], words: dict[Split, str]) -> None:
        self._index, self._rows, self._words = index, rows, words
        self._source = Path(index.header.source)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | Sequence[Cell]:
        if isinstance(place, slice):
            return _Chosen(self._index, self._rows[place], self._words)
        image = self._index.images[self._rows[place]]
        words = f"{self._index.classes[image.label]}, {image.width} × {image.height}, {self._words[image.split]}"
        return Cell(self._source / image.id, image.id, words)


class PictureBrowser(QWidget):
    """A choice of what to see, and a grid of thumbnails."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: DatasetIndex | None = None
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Which pictures to show"))
        self.filter.setMinimumContentsLength(24)
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.filter.setMaxVisibleItems(20)
        self.filter.currentIndexChanged.connect(self._show_chosen)
        self.count = label(dim=True)
        self.grid = ImageGrid(self.tr("Pictures"), thumbnails)
        words = label(self.tr("Sho&w"))
        words.setWordWrap(False)
        words.setBuddy(self.filter)
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self.filter)
        row.addWidget(self.count, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.grid, 1)

    def show_index(self, index: DatasetIndex | None) -> None:
        """Shows another data set, or none; the same class stays chosen where there is one."""
        if index is self._index:
            return
        before = self.filter.currentData()
        self._index = index
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.addItem(self.tr("All pictures"), ALL)
        self.filter.addItem(self.tr("Those to learn from"), "train")
        self.filter.addItem(self.tr("Those held out"), "hold_out")
        if index is not None:
            if index.skipped:
                self.filter.addItem(self.tr("Files left out"), LEFT_OUT)
            self.filter.insertSeparator(self.filter.count())
            for number, name in enumerate(index.classes):
                self.filter.addItem(plain(name), number)
        # A separator's data is None, too.
        self.filter.setCurrentIndex(0 if before is None else max(0, self.filter.findData(before)))
        self.filter.blockSignals(False)
        self._show_chosen()

    def show_class(self, label_number: int) -> None:
        """Shows the pictures of one class."""
        self.filter.setCurrentIndex(self.filter.findData(label_number))

    @Slot()
    def _show_chosen(self) -> None:
        cells = self._cells()
        self.grid.images.show_cells(cells)
        self.count.setText(self.tr("%Ln file(s)", "", len(cells)))

    def _cells(self) -> Sequence[Cell]:
        index, wanted = self._index, self.filter.currentData()
        if index is None:
            return ()
        if wanted == LEFT_OUT:
            source = Path(index.header.source)
            return [Cell(source / file.path, file.path, file.reason) for file in index.skipped]
        rows: Sequence[int] = range(len(index.images))
        if isinstance(wanted, int):
            rows = [row for row, image in enumerate(index.images) if image.label == wanted]
        elif wanted != ALL:
            rows = [row for row, image in enumerate(index.images) if image.split == wanted]
        return _Chosen(index, rows, {"train": self.tr("to learn from"), "hold_out": self.tr("held out")})
