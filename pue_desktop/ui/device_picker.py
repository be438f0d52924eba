"""Where to compute: the devices of this machine, and why some of them can't be used.

Another process finds them out (see `workers/machine.py`). Until it has answered, and if it can't, "automatic" and
"CPU" are there to choose.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from pue_desktop.engine.errors import PueError
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import label, plain, tooltip


class DevicePicker(QWidget):
    """A combo box of devices.

    Signals:
        chosen(str): Name of the device the user took.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.setAccessibleName(self.tr("Device"))
        self._model = QStandardItemModel(self.box)
        self.box.setModel(self._model)
        self.words = label(dim=True, scale=0.9)
        self._add("auto", self.tr("Automatic: the best that works"))
        self._add("cpu", self.tr("CPU"))
        self.box.activated.connect(self._activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.box)
        layout.addWidget(self.words)
        self.words.hide()

    def show_looking(self) -> None:
        """Says that the devices are being looked for."""
        self._say(self.tr("Looking for devices…"))

    def show_device(self, name: str) -> None:
        """Shows a choice without telling anybody."""
        place = self.box.findData(name)
        if place < 0:
            self._add(name, name)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)

    @Slot(object)
    def show_devices(self, devices: list[dict[str, Any]]) -> None:
        """Lists the devices that `doctor` told of."""
        current = self.box.currentData()
        self._model.clear()
        best = next((str(device.get("label", "")) for device in devices if device.get("usable")), "")
        self._add("auto", self.tr("Automatic: {}").format(plain(said(best))) if best else self.tr("Automatic"))
        complaints = []
        for device in devices:
            name, title = str(device.get("name", "")), plain(said(str(device.get("label", ""))))
            reason = "" if device.get("usable") else plain(said(str(device.get("reason") or self.tr("not usable"))))
            self._add(name, title if not reason else f"{title} ({reason})", reason=reason)
            if reason:
                complaints.append(self.tr("{} can't be used: {}.").format(title, reason))
        self.show_device(str(current or "auto"))
        self._say(" ".join(complaints))

    def _add(self, name: str, text: str, *, reason: str = "") -> None:
        item = QStandardItem(text)
        item.setData(name, Qt.ItemDataRole.UserRole)
        item.setEnabled(not reason)
        item.setToolTip(tooltip(reason or text))
        self._model.appendRow(item)

    def _say(self, text: str) -> None:
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.box.setAccessibleDescription(text)

    @Slot(int)
    def _activated(self, place: int) -> None:
        self.chosen.emit(str(self.box.itemData(place)))

    @Slot(object)
    def show_not_found(self, error: PueError) -> None:
        """Says why there is no list."""
        self._say(self.tr("The devices of this computer could not be listed: {}").format(plain(said(error.message))))
