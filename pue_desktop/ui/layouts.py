"""Small layouts that pages share: columns that stack when there is no room, a stack, and a page that scrolls."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

SIDE_WIDTH = 320


class Columns(QWidget):
    """Settings at the left and what they do at the right; one above the other in a narrow window."""

    def __init__(
        self, left: QWidget, right: QWidget, parent: QWidget | None = None, *, width: int = SIDE_WIDTH
    ) -> None:
        super().__init__(parent)
        self._left, self._right, self._width = left, right, width
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._layout.addWidget(left, 0)
        self._layout.addWidget(right, 1)
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chooses the direction."""
        super().resizeEvent(event)
        needed = self._width + self._layout.spacing() + self._right.minimumSizeHint().width()
        self._arrange(narrow=event.size().width() < needed)

    def fit(self) -> None:
        """Gives what is stacked its height anew, after what is in it has changed."""
        if self._layout.direction() is QBoxLayout.Direction.TopToBottom:
            self._arrange(narrow=True)

    def _whole_height(self) -> int:
        content = self._left.widget() if isinstance(self._left, QScrollArea) else self._left
        if content is None:
            return 0
        return max(content.sizeHint().height(), content.heightForWidth(self.width())) + 2

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: they can stack."""
        wider = max(self._left.minimumSizeHint().width(), self._right.minimumSizeHint().width())
        return QSize(wider, super().minimumSizeHint().height())

    def _arrange(self, *, narrow: bool) -> None:
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._left.setMinimumWidth(0 if narrow else self._width)
        self._left.setMaximumWidth(16777215 if narrow else self._width)
        self._left.setMinimumHeight(self._whole_height() if narrow else 0)
        self._right.setMinimumHeight(480 if narrow else 0)


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
