"""Questions that stop the work, for the few things that can't be undone. The safe answer is the default."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def agreed(parent: QWidget, title: str, text: str, consequences: str, *, do: str, keep: str) -> bool:
    """Asks, and returns whether the user wants it; texts are plain whatever they contain.

    Args:
        parent: The window or page that asks.
        title: Of the box.
        text: The question.
        consequences: What happens then, and what does not.
        do: Words on the button that does it.
        keep: Words on the button that does nothing; also what Escape and Enter mean.
    """
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(consequences)
    wanted = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
    other = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(other)
    box.setEscapeButton(other)
    box.exec()
    return box.clickedButton() is wanted
