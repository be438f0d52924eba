"""The user guide in a window of its own: contents and search at the left, the page at the right, back and forward.

It works without a network: the pages ship with the program. F1 opens it at what the main window shows.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QImage, QKeySequence, QShortcut, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.ui import language
from pue_desktop.ui.guide_text import FIRST, Guide, Section, anchor_of
from pue_desktop.ui.text import label, tooltip

_ADDRESS = Qt.ItemDataRole.UserRole
_SIDE_WIDTH = 260
_MARGIN = 24
# The margins, and what a list of two levels is moved to the right.
_BESIDE = 2 * _MARGIN + 2 * 40 + 8


class GuideBrowser(QTextBrowser):
    """Shows a page, at a section; pictures are never wider than the page."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setAccessibleName(self.tr("Page of the guide"))
        self.setOpenExternalLinks(True)
        self.document().setDocumentMargin(_MARGIN)
        self.sourceChanged.connect(self._scroll_to_section)

    def open(self, address: str) -> None:
        """Shows the page, or the section of it, that a link names."""
        name, _, anchor = address.partition("#")
        url = QUrl.fromLocalFile(str(self._folder / name))
        if anchor:
            url.setFragment(anchor)
        self.setSource(url, QTextDocument.ResourceType.MarkdownResource)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Loads a page or a picture from the guide's folder, and nothing from elsewhere."""
        url = self.source().resolved(QUrl(name))
        path = Path(url.toLocalFile())
        if not url.isLocalFile() or not path.is_file():
            return QByteArray()
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray(path.read_bytes())
        image = QImage(str(path))
        ratio = self.devicePixelRatioF()
        widest = round((self.viewport().width() - _BESIDE) * ratio)
        if image.width() > widest > 0:
            image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    @Slot(QUrl)
    def _scroll_to_section(self, url: QUrl) -> None:
        wanted = url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
        block = self.document().begin()
        while wanted and block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == wanted:
                self._show_block(block)
                return
            block = block.next()

    def _show_block(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - _MARGIN // 2)

    def mark(self, words: str) -> None:
        """Selects the first of `words` from here on."""
        for word in words.split():
            if self.find(word):
                return


class GuideWindow(QMainWindow):
    """The guide; not modal, so that it can lie beside what it explains."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guide = Guide(folder)
        self.setWindowTitle(self.tr("Guide – PUE Desktop"))
        self.browser = GuideBrowser(folder)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the guide…"))
        self.search.setAccessibleName(self.tr("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label(self.tr("No section has these words."), dim=True)
        self._lay_out()
        self._make_actions()
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._open_first)
        self.contents.itemActivated.connect(self._open_item)
        self.contents.itemClicked.connect(self._open_item)
        self._list()
        self.open(FIRST)

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 0, 8)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.contents, 1)
        if language.current() != language.ENGLISH:
            # Its pages are not translated.
            column.addWidget(label(self.tr("The guide is written in English."), dim=True, scale=0.9))
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(self.browser)
        split.setStretchFactor(1, 1)
        split.setSizes([_SIDE_WIDTH, 3 * _SIDE_WIDTH])
        split.setChildrenCollapsible(False)
        self.setCentralWidget(split)
        self.resize(QSize(1040, 720).boundedTo(self.screen().availableSize()))

    def _make_actions(self) -> None:
        bar = self.addToolBar(self.tr("Navigation"))
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        style = self.style()
        back, forward = style.StandardPixmap.SP_ArrowBack, style.StandardPixmap.SP_ArrowForward
        self.back_action = QAction(style.standardIcon(back), self.tr("&Back"), self)
        self.back_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Back))
        self.forward_action = QAction(style.standardIcon(forward), self.tr("&Forward"), self)
        self.forward_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Forward))
        home = QAction(style.standardIcon(style.StandardPixmap.SP_DirHomeIcon), self.tr("&Contents"), self)
        home.setShortcut(QKeySequence("Alt+Home"))
        for action, slot in (
            (self.back_action, self.browser.backward),
            (self.forward_action, self.browser.forward),
            (home, self.browser.home),
        ):
            action.triggered.connect(slot)
            bar.addAction(action)
            bar.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.widgetForAction(action).setAccessibleName(action.text().replace("&", ""))
        self.browser.backwardAvailable.connect(self.back_action.setEnabled)
        self.browser.forwardAvailable.connect(self.forward_action.setEnabled)
        self.back_action.setEnabled(False)
        self.forward_action.setEnabled(False)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._search)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)

    def open(self, address: str) -> None:
        """Shows a page or a section, and its place in the contents."""
        self.browser.open(address)
        page = address.partition("#")[0]
        rows = range(self.contents.count())
        places = [self.contents.item(row).data(_ADDRESS) for row in rows]
        for wanted in (address, page):
            if wanted in places:
                self.contents.setCurrentRow(places.index(wanted))
                return

    @Slot()
    def _list(self) -> None:
        """Lists the contents, or what was found."""
        words = self.search.text().strip()
        self.contents.clear()
        self.contents.setWordWrap(bool(words))
        self.contents.setAccessibleName(self.tr("Sections found") if words else self.tr("Contents"))
        titles = {one.page: one.title for one in self.guide.sections if one.level == 1 and not one.anchor}
        for section in self.guide.find(words) if words else self._listed():
            item = QListWidgetItem(self._title(section, titles.get(section.page, section.page), found=bool(words)))
            item.setToolTip(tooltip(section.title))
            item.setData(_ADDRESS, section.address)
            font = item.font()
            font.setBold(not words and section.level == 1)
            item.setFont(font)
            self.contents.addItem(item)
        self.nothing.setVisible(bool(words) and not self.contents.count())

    def _listed(self) -> list[Section]:
        return [section for section in self.guide.sections if section.level <= 2]

    def _title(self, section: Section, page: str, *, found: bool) -> str:
        if not found:
            return section.title if section.level == 1 else f"    {section.title}"
        return page if section.title == page else f"{page} › {section.title}"

    @Slot()
    def _open_first(self) -> None:
        if self.contents.count():
            self.contents.setCurrentRow(0)
            self._open_item(self.contents.item(0))

    @Slot(QListWidgetItem)
    def _open_item(self, item: QListWidgetItem) -> None:
        self.browser.open(str(item.data(_ADDRESS)))
        self.browser.mark(self.search.text())

    @Slot()
    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
