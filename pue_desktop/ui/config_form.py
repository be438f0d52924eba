"""A form made from the fields of a config: titles, explanations, limits and choices come from the declaration.

A new setting in `engine/config.py` appears here by itself. The form edits one step's config through
`config.changed`, which checks every limit; what the widgets can't express, they can't enter.
"""

import math
from typing import Any, Literal, get_args, get_origin

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.config import Setting, settings
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.exporters import EXPORTERS
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.registry import Registry
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import label, tooltip

TABLES: dict[str, Registry] = {
    "methods": METHODS,
    "surrogates": SURROGATES,
    "countermeasures": COUNTERMEASURES,
    "exporters": EXPORTERS,
}
_LARGEST_INT = 2**31 - 1
_BOXES_A_ROW = 3


class ConfigForm(QWidget):
    """Widgets for the settings of one step.

    Signals:
        edited(str, object): Name and new value of a field the user changed.
    """

    edited = Signal(str, object)

    def __init__(
        self,
        config_type: type[Any],
        *,
        only: tuple[str, ...] = (),
        without: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
        self._rows: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for setting in settings(config_type):
            if setting.name in without or (only and setting.name not in only):
                continue
            field = _make_field(setting)
            field.edited.connect(self._forward)
            self._fields[setting.name] = field
            title = label(said(setting.title))
            title.setBuddy(field.focus_widget)
            row = self._rows[setting.name] = QWidget()
            box = QVBoxLayout(row)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(2)
            for widget in (title, field, field.words):
                box.addWidget(widget)
            layout.addWidget(row)

    def names(self) -> tuple[str, ...]:
        """Returns the fields shown, in order."""
        return tuple(self._fields)

    def show_config(self, config: object) -> None:
        """Shows the values of `config` without telling anybody."""
        for name, field in self._fields.items():
            field.show_value(getattr(config, name))

    def field(self, name: str) -> "_Field":
        """Returns the field of a setting."""
        return self._fields[name]

    def set_shown(self, name: str, shown: bool) -> None:
        """Shows or hides a setting with its title, for one that matters with some values of another only."""
        self._rows[name].setVisible(shown)

    @Slot(str, object)
    def _forward(self, name: str, value: object) -> None:
        self.edited.emit(name, value)


class _Field(QWidget):
    """One setting. Signals: edited(str, object): name and new value."""

    edited = Signal(str, object)

    def __init__(self, setting: Setting, focus_widget: QWidget) -> None:
        super().__init__()
        self.setting = setting
        self.focus_widget = focus_widget
        self.meaning = said(setting.description)
        self.words = label(self.meaning, dim=True, scale=0.9)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._add(focus_widget, said(setting.title))

    def _add(self, widget: QWidget, name: str) -> None:
        widget.setAccessibleName(name)
        widget.setAccessibleDescription(self.meaning)
        widget.setToolTip(tooltip(self.meaning))
        self._row.addWidget(widget)

    def show_value(self, value: Any) -> None:
        """Shows a value without telling anybody."""
        self.blockSignals(True)
        self._put(value)
        self.blockSignals(False)

    def _put(self, value: Any) -> None:
        raise NotImplementedError

    def _tell(self, value: object) -> None:
        self.edited.emit(self.setting.name, value)


class _IntField(_Field):
    def __init__(self, setting: Setting) -> None:
        self.box = QSpinBox()
        low, high = setting.meta.ge, setting.meta.le
        self.box.setRange(int(low) if low is not None else 0, min(int(high or _LARGEST_INT), _LARGEST_INT))
        self.box.setKeyboardTracking(False)
        self.box.setGroupSeparatorShown(True)
        super().__init__(setting, self.box)
        self.box.valueChanged.connect(self._tell)

    def _put(self, value: Any) -> None:
        self.box.setValue(value)


class _NumberBox(QDoubleSpinBox):
    """Shows no more digits than there are."""

    def textFromValue(self, value: float) -> str:
        """Returns the number without trailing zeros."""
        return self.locale().toString(value, "g", 8)


class _FloatField(_Field):
    def __init__(self, setting: Setting) -> None:
        self.box = _NumberBox()
        meta = setting.meta
        # An open limit (gt, lt) is one unit of the last digit away.
        self.box.setDecimals(4)
        low = meta.ge if meta.ge is not None else (meta.gt or 0) + 0.0001
        high = meta.le if meta.le is not None else (meta.lt or 1e6) - 0.0001
        self.box.setRange(low, high)
        self.box.setSingleStep(10 ** math.floor(math.log10(max(abs(setting.default), 0.01)) - 0.5))
        self.box.setKeyboardTracking(False)
        super().__init__(setting, self.box)
        self.box.valueChanged.connect(self._rounded)

    @Slot(float)
    def _rounded(self, value: float) -> None:
        self._tell(round(value, 4))

    def _put(self, value: Any) -> None:
        self.box.setValue(value)


class _ChoiceField(_Field):
    def __init__(self, setting: Setting, choices: list[tuple[str, str]]) -> None:
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for name, summary in choices:
            self.box.addItem(name, name)
            self.box.setItemData(self.box.count() - 1, tooltip(summary), Qt.ItemDataRole.ToolTipRole)
        super().__init__(setting, self.box)
        self._summaries = dict(choices)
        self.box.currentIndexChanged.connect(self._chosen)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self._explain()
        self._tell(self.box.itemData(index))

    def _put(self, value: Any) -> None:
        index = self.box.findData(value)
        if index < 0:
            self.box.addItem(str(value), value)
            index = self.box.count() - 1
        self.box.setCurrentIndex(index)
        self._explain()

    def _explain(self) -> None:
        summary = self._summaries.get(str(self.box.currentData()), "")
        self.words.setText(summary or self.meaning)


class _SeveralField(_Field):
    """Check boxes for a tuple of names from a table; at least one stays on.

    A name that is chosen but not in the table, such as one of an open entry, gets a box when it is shown first.
    """

    def __init__(self, setting: Setting, choices: list[tuple[str, str]]) -> None:
        self.boxes = {name: QCheckBox(name) for name, _ in choices}
        self._grid = QGridLayout()
        super().__init__(setting, next(iter(self.boxes.values())))
        self._row.addLayout(self._grid)
        self._row.addStretch(1)
        summaries = dict(choices)
        for name, box in self.boxes.items():
            self._place(name, box, summaries[name])

    def _place(self, name: str, box: QCheckBox, summary: str) -> None:
        place = self._grid.count()
        self._grid.addWidget(box, place // _BOXES_A_ROW, place % _BOXES_A_ROW)
        box.setAccessibleName(f"{said(self.setting.title)}: {name}")
        box.setAccessibleDescription(summary)
        box.setToolTip(tooltip(summary))
        box.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        if chosen:
            self._tell(chosen)
            return
        sender = self.sender()
        if isinstance(sender, QCheckBox):
            sender.setChecked(True)

    def _put(self, value: Any) -> None:
        for name in value:
            if name not in self.boxes:
                self.boxes[name] = QCheckBox(name)
                self._place(name, self.boxes[name], self.meaning)
        for name, box in self.boxes.items():
            box.setChecked(name in value)


class _TextField(_Field):
    def __init__(self, setting: Setting) -> None:
        self.box = QLineEdit()
        super().__init__(setting, self.box)
        self.box.editingFinished.connect(self._finished)

    @Slot()
    def _finished(self) -> None:
        self._tell(self.box.text())

    def _put(self, value: Any) -> None:
        self.box.setText(value)


def _make_field(setting: Setting) -> _Field:
    if setting.table:
        choices = [(entry.name, said(entry.summary)) for entry in TABLES[setting.table] if not entry.open]
        several = get_origin(setting.type) is tuple
        return _SeveralField(setting, choices) if several else _ChoiceField(setting, choices)
    if get_origin(setting.type) is Literal:
        return _ChoiceField(setting, [(str(name), "") for name in get_args(setting.type)])
    if setting.type is int:
        return _IntField(setting)
    if setting.type is float:
        return _FloatField(setting)
    return _TextField(setting)


class Folded(QWidget):
    """Something folded away under a title that opens it."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setAccessibleName(title.replace("&", ""))
        self.button.toggled.connect(self._toggled)
        self._content = content
        content.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addWidget(content)

    @Slot(bool)
    def _toggled(self, opened: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._content.setVisible(opened)
