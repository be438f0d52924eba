"""Small layouts that pages share: columns that stack when there is no room, a stack, and a page that scrolls."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

SIDE_WIDTH = 320


class Columns(QWidget):
    """Settings at the left and what they do at the right; one above the other in a narrow window.

    There the settings come first, or what they do with `result_first`; `narrow_height` is the least height of that.
    """

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        parent: QWidget | None = None,
        *,
        width: int = SIDE_WIDTH,
        narrow_height: int = 480,
        result_first: bool = False,
    ) -> None:
        super().__init__(parent)
        self._left, self._right, self._width, self._narrow_height = left, right, width, narrow_height
        self._narrow = QBoxLayout.Direction.BottomToTop if result_first else QBoxLayout.Direction.TopToBottom
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._layout.addWidget(left, 0)
        self._layout.addWidget(right, 1)
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chooses the direction."""
        super().resizeEvent(event)
        needed = self._side_width() + self._layout.spacing() + self._right.minimumSizeHint().width()
        self._arrange(narrow=event.size().width() < needed)

    def fit(self) -> None:
        """Gives what is stacked its height anew, after what is in it has changed."""
        if self._layout.direction() is QBoxLayout.Direction.TopToBottom:
            self._arrange(narrow=True)

    def _content(self) -> QWidget | None:
        return self._left.widget() if isinstance(self._left, QScrollArea) else self._left

    def _side_width(self) -> int:
        """Returns the usual width, or what the longer words of another language need."""
        content = self._content()
        return self._width if content is None else max(self._width, content.minimumSizeHint().width())

    def _whole_height(self) -> int:
        content = self._content()
        if content is None:
            return 0
        return max(content.sizeHint().height(), content.heightForWidth(self.width())) + 2

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: they can stack."""
        wider = max(self._left.minimumSizeHint().width(), self._right.minimumSizeHint().width())
        return QSize(wider, super().minimumSizeHint().height())

    def _arrange(self, *, narrow: bool) -> None:
        self._layout.setDirection(self._narrow if narrow else QBoxLayout.Direction.LeftToRight)
        width = self._side_width()
        self._left.setMinimumWidth(0 if narrow else width)
        self._left.setMaximumWidth(16777215 if narrow else width)
        self._left.setMinimumHeight(self._whole_height() if narrow else 0)
        self._right.setMinimumHeight(self._narrow_height if narrow else 0)


class ButtonRow(QWidget):
    """Buttons in a row, the last one at its far end; in two rows where there is no room."""

    def __init__(self, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(len(buttons) - 1, 1)
        self._arrange(len(buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chooses one row or two."""
        super().resizeEvent(event)
        gaps = self._grid.horizontalSpacing() * (len(self._buttons) - 1)
        wide = event.size().width() >= sum(button.sizeHint().width() for button in self._buttons) + gaps
        self._arrange(len(self._buttons) if wide else (len(self._buttons) + 1) // 2)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two rows are."""
        half = (len(self._buttons) + 1) // 2
        halves = (self._buttons[:half], self._buttons[half:])
        gaps = self._grid.horizontalSpacing() * (half - 1)
        width = max(sum(button.sizeHint().width() for button in row) for row in halves) + gaps
        return QSize(width, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        for place, button in enumerate(self._buttons):
            far = place == len(self._buttons) - 1
            side = Qt.AlignmentFlag.AlignRight if far else Qt.AlignmentFlag(0)
            self._grid.addWidget(button, place // columns, place % columns, side)


class CurrentStack(QStackedWidget):
    """A stack that asks for no more room than what it shows.

    Qt asks all widgets for their height at a width, also those that are hidden; where none of them holds long texts,
    `wraps` false keeps it from that.
    """

    def __init__(self, parent: QWidget | None = None, *, wraps: bool = True) -> None:
        super().__init__(parent)
        self._wraps = wraps
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Of the widget shown."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Of the widget shown."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """As `wraps` has it."""
        return self._wraps and super().hasHeightForWidth()


def scrolling(content: QWidget) -> QScrollArea:
    """Returns a frameless area in which `content` scrolls when it does not fit."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def reach_after(place: QWidget, *late: QWidget) -> None:
    """Lets the Tab key come to widgets made late where `place` is, which takes no focus, not after all others."""
    # Qt orders nothing after a widget that takes no focus.
    place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, widget in pairwise((place, *late)):
        QWidget.setTabOrder(before, widget)
    place.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def column(*widgets: QWidget, spacing: int = 10) -> QWidget:
    """Returns widgets one above the other, at the top; some air before a heading."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, QLabel) and widget.font().bold() and layout.count():
            layout.addSpacing(8)
        layout.addWidget(widget)
    layout.addStretch(1)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return box
