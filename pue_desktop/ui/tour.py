"""A short tour: a note beside one control after the other, and a frame around it.

Nothing is locked meanwhile: the controls can be used, and the tour goes on or away. Its buttons are reached with the
keyboard, Escape ends it.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPalette, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pue_desktop.ui.pages.base import Page
from pue_desktop.ui.text import label
from pue_desktop.workers.controller import Controller

_WIDTH = 340
_GAP = 12
_FRAME = 3


class Toured(Protocol):
    """What the tour and the help need of the main window."""

    controller: Controller

    def page(self, name: str) -> Page:
        """Returns the page of that name."""
        ...

    def go_to(self, name: str) -> None:
        """Shows the page of that name."""
        ...

    def current_page(self) -> str:
        """Returns the name of the page that is shown."""
        ...


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the tour.

    Attributes:
        page: The page to be on.
        targets: Names of the controls to point at, of that page or else of the window; the first that is seen counts.
        title: A few words.
        text: A sentence or two.
    """

    page: str
    targets: tuple[str, ...]
    title: str
    text: str


class _Ring(QWidget):
    """A frame around the control that is meant; the mouse does not notice it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _FRAME))
        painter.drawRoundedRect(self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME), 8, 8)


class Tour(QFrame):
    """The note of the tour.

    Signals:
        ended(): It was gone through, or left.
    """

    ended = Signal()

    def __init__(self, window: Toured, stops: list[Stop], parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._parent, self._stops, self._place = window, parent, stops, 0
        self._target: QWidget | None = None
        self._ring = _Ring(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFrameShadow(QFrame.Shadow.Raised)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.title = label(bold=True, scale=1.15)
        self.text = label()
        self.count = label(dim=True)
        self.count.setWordWrap(False)
        self.skip_button = self._button(self.tr("&End the tour"), self.ended.emit)
        self.back_button = self._button(self.tr("&Back"), self._back)
        self.next_button = self._button(self.tr("&Next"), self._next)
        self._lay_out()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WindowShortcut)
        escape.activated.connect(self.ended)
        # A page that is shown for the first time finds its places a moment later.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._place_beside)
        parent.installEventFilter(self)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        for button in (self.skip_button, self.back_button, self.next_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addSpacing(4)
        layout.addLayout(foot)

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(True)
        button.clicked.connect(slot)
        return button

    def begin(self) -> None:
        """Shows the first step."""
        self._show(0)

    @property
    def target(self) -> QWidget | None:
        """The control that is pointed at."""
        return self._target

    @Slot()
    def _next(self) -> None:
        if self._place + 1 < len(self._stops):
            self._show(self._place + 1)
        else:
            self.ended.emit()

    @Slot()
    def _back(self) -> None:
        self._show(max(0, self._place - 1))

    def _show(self, place: int) -> None:
        self._place = place
        stop, last = self._stops[place], place + 1 == len(self._stops)
        self._window.go_to(stop.page)
        self.title.setText(stop.title)
        self.text.setText(stop.text)
        self.count.setText(self.tr("{} of {}").format(place + 1, len(self._stops)))
        self.back_button.setEnabled(place > 0)
        self.skip_button.setVisible(not last)
        self.next_button.setText(self.tr("&Done") if last else self.tr("&Next"))
        self.next_button.setAccessibleName(self.next_button.text().replace("&", ""))
        self.setAccessibleName(f"{stop.title}. {stop.text}")
        self._place_beside()
        self.show()
        self.raise_()
        self.next_button.setFocus()
        self._settle.start()

    def _find(self, stop: Stop) -> QWidget | None:
        owners = (self._window.page(stop.page), self._window)
        found = [_part(owner, name) for name in stop.targets for owner in owners]
        return next((one for one in found if isinstance(one, QWidget) and one.isVisible()), None)

    @Slot()
    def _place_beside(self) -> None:
        """Puts the note where there is room beside its control, and the frame around that."""
        window = self._parent
        self._target = self._find(self._stops[self._place])
        self.setFixedWidth(min(max(_WIDTH, self.minimumSizeHint().width()), window.width() - 2 * _GAP))
        self.resize(self.width(), self.heightForWidth(self.width()))
        if self._target is None:
            self._ring.hide()
            self.move(window.rect().center() - self.rect().center())
            return
        area = _scrolled_to(self._target, window)
        self._ring.setGeometry(area.adjusted(-4, -4, 4, 4).intersected(window.rect()))
        self._ring.show()
        self._ring.raise_()
        self.move(_beside(area, self.rect(), window.rect()))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the window changes size."""
        if event.type() == QEvent.Type.Resize:
            self._settle.start()
        return super().eventFilter(watched, event)

    def shutdown(self) -> None:
        """Takes note and frame away."""
        self._settle.stop()
        self._parent.removeEventFilter(self)
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()


def _part(owner: object, name: str) -> object:
    """Returns what an attribute of an attribute is, "job_bar.run_button"; None where there is none."""
    for each in name.split("."):
        owner = getattr(owner, each, None)
    return owner


def _scrolled_to(target: QWidget, window: QWidget) -> QRect:
    """Brings a control into sight; returns where it is seen in the window."""
    seen = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
    parent = target.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(target)
            seen = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
            view = parent.viewport()
            seen = seen.intersected(QRect(view.mapTo(window, QPoint(0, 0)), view.size()))
        parent = parent.parentWidget()
    return seen


def _beside(area: QRect, note: QRect, window: QRect) -> QPoint:
    """Returns where the note fits: right, below, above or left of the control, else over its lower right corner."""
    width, height = note.width(), note.height()
    left = max(_GAP, min(area.left(), window.right() - width - _GAP))
    top = max(_GAP, min(area.top(), window.bottom() - height - _GAP))
    if area.right() + _GAP + width <= window.right() - _GAP:
        return QPoint(area.right() + _GAP, top)
    if area.bottom() + _GAP + height <= window.bottom() - _GAP:
        return QPoint(left, area.bottom() + _GAP)
    if area.top() - _GAP - height >= _GAP:
        return QPoint(left, area.top() - _GAP - height)
    if area.left() - _GAP - width >= _GAP:
        return QPoint(area.left() - _GAP - width, top)
    return QPoint(area.right() - width - _GAP, area.bottom() - height - _GAP)
