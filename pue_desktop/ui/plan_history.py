"""Undo for settings. A plan is one value, so a step back is the plan before; small changes of one field are joined."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QUndoCommand, QUndoStack

from pue_desktop.engine.config import CONFIG_TYPES, Plan, settings
from pue_desktop.ui.engine_words import said
from pue_desktop.workers.controller import Activity, Controller

_LIMIT = 100


class PlanHistory(QObject):
    """Remembers the plans of the open run.

    Attributes:
        stack: What can be undone, in words.
        undo_action: For a menu.
        redo_action: Likewise.
    """

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._plan = controller.plan
        self._moving = False
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_LIMIT)
        self.undo_action = self.stack.createUndoAction(self, self.tr("&Undo"))
        self.undo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.redo_action = self.stack.createRedoAction(self, self.tr("&Redo"))
        self.redo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Redo))
        controller.activity_changed.connect(self._activity_changed)
        controller.plan_changed.connect(self._changed)
        controller.opened.connect(self._opened)

    @Slot(object)
    def _changed(self, plan: Plan) -> None:
        before, self._plan = self._plan, plan
        if not self._moving:
            self.stack.push(_Change(self, before, plan))

    @Slot()
    def _opened(self) -> None:
        # Another run's settings are no step back from this one's.
        self.stack.clear()

    @Slot(object)
    def _activity_changed(self, activity: Activity) -> None:
        # What works keeps the settings it began with.
        idle = activity is Activity.IDLE
        self.undo_action.setEnabled(idle and self.stack.canUndo())
        self.redo_action.setEnabled(idle and self.stack.canRedo())

    def several(self) -> str:
        """Returns what a change of several settings is called."""
        return self.tr("Settings")

    def show(self, plan: Plan) -> None:
        """Goes to a plan of the history."""
        self._moving = True
        try:
            self._controller.set_plan(plan)
        finally:
            self._moving = False


def difference(before: Plan, after: Plan) -> list[tuple[str, str]]:
    """Returns step and title of every setting in which two plans differ."""
    return [
        (step, setting.title)
        for step, kind in CONFIG_TYPES.items()
        for setting in settings(kind)
        if getattr(before.of(step), setting.name) != getattr(after.of(step), setting.name)
    ]


class _Change(QUndoCommand):
    """From one plan to another."""

    def __init__(self, history: PlanHistory, before: Plan, after: Plan) -> None:
        self._history = history
        self._before, self._after = before, after
        self._fields = difference(before, after)
        titles = list(dict.fromkeys(title for _, title in self._fields))
        super().__init__(said(titles[0]) if len(titles) == 1 else history.several())
        self._fresh = True

    def id(self) -> int:
        """All changes are of one kind, so that Qt asks whether two can be joined."""
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Joins a further change of the same single field."""
        if not isinstance(other, _Change) or len(self._fields) != 1 or other._fields != self._fields:
            return False
        self._after = other._after
        return True

    def undo(self) -> None:
        """One plan back."""
        self._history.show(self._before)

    def redo(self) -> None:
        """One plan on; the first time the plan is there already."""
        if self._fresh:
            self._fresh = False
        else:
            self._history.show(self._after)
