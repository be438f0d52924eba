"""Preferences: what new runs begin with, where they are kept, and what the window does while it works."""

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pue_desktop import settings
from pue_desktop.engine import library, plans
from pue_desktop.engine.errors import InputRefusedError, UsageError
from pue_desktop.settings import Preferences
from pue_desktop.ui.device_picker import DevicePicker
from pue_desktop.ui.feedback import Message
from pue_desktop.ui.language import LANGUAGES
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.strength import EffortChoice, StrengthSlider
from pue_desktop.ui.text import label, plain

# What the user prefers, in contrast to what the program notes by itself.
_CHOSEN = ("strength", "effort", "device", "remember", "theme", "contrast", "language", "notify", "keep_awake")


class PreferencesPage(Page):
    """The user's preferences; every change is kept at once."""

    name = "preferences"
    steps = ()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        # The window was made in it; another one takes effect at the next start.
        self._spoken = desk.store.value.language
        self.strength = StrengthSlider()
        self.strength.slider.setAccessibleName(self.tr("Strength of new runs"))
        self.effort = EffortChoice()
        self.effort.box.setAccessibleName(self.tr("Effort of new runs"))
        self.device = DevicePicker()
        self.device.box.setAccessibleName(self.tr("Device of new runs"))
        self.remember = self._check(self.tr("&Begin with what I chose last"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Where runs are kept"))
        self.folder.setPlaceholderText(plain(str(settings.default_runs_folder())))
        self.browse_button = self.button(self.tr("Bro&wse…"), self._browse)
        self.theme = QComboBox()
        self.theme.setAccessibleName(self.tr("Colours"))
        for name, title in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(title, name)
        self.contrast = QComboBox()
        self.contrast.setAccessibleName(self.tr("Contrast"))
        for name, title in (("system", self.tr("As the system")), ("high", self.tr("High"))):
            self.contrast.addItem(title, name)
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        self.language.addItem(self.tr("As the system"), "system")
        for name, title in LANGUAGES.items():
            self.language.addItem(title, name)
        self.restart = label(self.tr("The language changes when PUE Desktop is started again."), dim=True, scale=0.9)
        self.awake = self._check(self.tr("&Keep the computer awake while something works"))
        self.notify = self._check(self.tr("&Tell me when long work has ended and I look at something else"))
        self.reset_button = self.button(self.tr("&Reset to defaults"), self._reset)
        self._lay_out()
        self._connect()
        self._show()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Preferences")

    def _check(self, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setAccessibleName(text.replace("&", ""))
        return box

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(680)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Preferences"), bold=True, scale=1.3))
        layout.addWidget(self._new_runs())
        layout.addWidget(self._window_box())
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Kept at once, in {}").format(plain(str(settings.default_path()))), dim=True), 1)
        row.addWidget(self.reset_button)
        layout.addLayout(row)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(content)

    def _new_runs(self) -> QWidget:
        box = QGroupBox(self.tr("New runs"))
        form = QFormLayout(box)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, widget, buddy in (
            (self.tr("&Strength"), self.strength, self.strength.slider),
            (self.tr("&Effort"), self.effort, self.effort.box),
            (self.tr("&Device"), self.device, self.device.box),
        ):
            form.addRow(self._named(title, buddy), widget)
        form.addRow("", self.remember)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse_button)
        where = QVBoxLayout()
        where.setSpacing(1)
        where.addLayout(place)
        where.addWidget(label(self.tr("Runs that are there already stay where they are."), dim=True, scale=0.9))
        form.addRow(self._named(self.tr("Kept &in"), self.folder), where)
        return box

    def _window_box(self) -> QWidget:
        box = QGroupBox(self.tr("Window"))
        form = QFormLayout(box)
        colours = QVBoxLayout()
        colours.setSpacing(1)
        colours.addWidget(self.theme)
        words = self.tr("As far as the desktop lets itself be asked.")
        colours.addWidget(label(words, dim=True, scale=0.9))
        form.addRow(self._named(self.tr("&Colours"), self.theme), colours)
        form.addRow(self._named(self.tr("C&ontrast"), self.contrast), self.contrast)
        languages = QVBoxLayout()
        languages.setSpacing(1)
        languages.addWidget(self.language)
        languages.addWidget(self.restart)
        form.addRow(self._named(self.tr("&Language"), self.language), languages)
        form.addRow(self.awake)
        form.addRow(self.notify)
        return box

    def _named(self, title: str, buddy: QWidget) -> QWidget:
        words = label(title)
        words.setWordWrap(False)
        words.setBuddy(buddy)
        return words

    def _connect(self) -> None:
        self.strength.chosen.connect(lambda name: self._change(strength=name))
        self.effort.chosen.connect(lambda name: self._change(effort=name))
        self.device.chosen.connect(lambda name: self._change(device=name))
        self.remember.clicked.connect(lambda on: self._change(remember=on))
        self.awake.clicked.connect(lambda on: self._change(keep_awake=on))
        self.notify.clicked.connect(lambda on: self._change(notify=on))
        self.contrast.activated.connect(lambda place: self._change(contrast=self.contrast.itemData(place)))
        self.language.activated.connect(lambda place: self._change(language=self.language.itemData(place)))
        self.theme.activated.connect(lambda place: self._change(theme=self.theme.itemData(place)))
        self.folder.editingFinished.connect(self._folder_typed)
        self.desk.machine.devices_found.connect(self.device.show_devices)

    def showEvent(self, event: Any) -> None:
        """Shows what was chosen elsewhere meanwhile, and looks for devices."""
        super().showEvent(event)
        self.desk.machine.look()
        self._show()

    def _show(self) -> None:
        preferences = self.desk.store.value
        try:
            self.strength.show_epsilon(plans.parse_strength(preferences.strength))
        except UsageError:
            self.strength.show_epsilon(plans.STRENGTHS["standard"])
        self.effort.show_effort(preferences.effort)
        self.device.show_device(preferences.device)
        self.remember.setChecked(preferences.remember)
        self.folder.setText(preferences.runs_folder)
        self.theme.setCurrentIndex(max(0, self.theme.findData(preferences.theme)))
        self.contrast.setCurrentIndex(max(0, self.contrast.findData(preferences.contrast)))
        self.language.setCurrentIndex(max(0, self.language.findData(preferences.language)))
        self.restart.setVisible(preferences.language != self._spoken)
        self.awake.setChecked(preferences.keep_awake)
        self.notify.setChecked(preferences.notify)

    def _change(self, **changes: object) -> None:
        """Keeps changes and lets them have their effect."""
        store = self.desk.store
        store.update(**changes)
        store.save()
        self.desk.apply_preferences()
        self._show()

    @Slot()
    def _browse(self) -> None:
        start = str(self.desk.store.value.runs_path)
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where to keep runs"), start)
        if chosen:
            self.folder.setText(chosen)
            self._folder_typed()

    @Slot()
    def _folder_typed(self) -> None:
        text = self.folder.text().strip()
        before = self.desk.store.value
        if text == before.runs_folder:
            return
        folder = Path(text).expanduser() if text else settings.default_runs_folder()
        if (text and not folder.is_absolute()) or (folder.exists() and not folder.is_dir()):
            self.folder.setText(before.runs_folder)
            self.desk.messages.show_error(
                InputRefusedError(
                    self.tr("{} can't hold runs.").format(plain(text)),
                    hint=self.tr("Choose a folder, with its whole path."),
                )
            )
            return
        self._change(**_moved(before, str(folder) if text else ""))

    @Slot()
    def _reset(self) -> None:
        fresh, before = Preferences(), self.desk.store.value
        self._change(**{name: getattr(fresh, name) for name in _CHOSEN}, **_moved(before, ""))
        self.desk.messages.show_message(
            Message(
                self.tr("All preferences are as they were at first."),
                action=self.tr("&Undo"),
                on_action=lambda: self._change(
                    **{name: getattr(before, name) for name in _CHOSEN}, runs_folder=before.runs_folder
                ),
            )
        )


def _moved(before: Preferences, runs_folder: str) -> dict[str, object]:
    """Returns the changes for keeping runs elsewhere: those of the place before are still known."""
    known = msgspec.structs.replace(before, runs_folder=runs_folder)
    for path in library.known_runs(before.runs_path):
        known = known.with_run(path)
    return {"runs_folder": runs_folder, "known_runs": known.known_runs}
