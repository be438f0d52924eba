"""Buttons that each choose several settings at once, with what they mean under them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import label, tooltip


class PresetButtons(QWidget):
    """One button for each preset.

    Signals:
        chosen(str): Name of the preset whose button was pressed.
    """

    chosen = Signal(str)

    def __init__(self, presets: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        layout.addLayout(row)
        self.buttons: dict[str, QPushButton] = {}
        for name, summary in presets.items():
            title, meaning = self._title(name), said(summary)
            button = QPushButton(title)
            button.setAccessibleName(self.tr("Preset: {name}").format(name=title))
            button.setAccessibleDescription(meaning)
            button.setToolTip(tooltip(meaning))
            button.setProperty("preset", name)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
            self.buttons[name] = button
            layout.addWidget(label(f"{title}: {meaning}", dim=True, scale=0.9))
        row.addStretch(1)

    def _title(self, name: str) -> str:
        return {"quick": self.tr("Quick"), "thorough": self.tr("Thorough")}.get(name, name.capitalize())

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(str(sender.property("preset")))
