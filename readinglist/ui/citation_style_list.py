"""The citation styles to choose from, narrowed by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from readinglist.library.citation_styles import DEFAULT, SHORT_NAMES, CitationStyle
from readinglist.ui import theme
from readinglist.ui.fuzzy import fold
from readinglist.ui.keyed_rows import Index, KeyedRow, KeyedRows, keyed_list
from readinglist.ui.small_parts import Words

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_SHORT: dict[str, str] = {}
for _short, _name in SHORT_NAMES.items():
    _SHORT[_name] = f"{_SHORT[_name]}, {_short}" if _name in _SHORT else _short


class StyleRows(KeyedRows):
    """The rows of the list; where it is narrow, a tooltip shows the whole title."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """As the rows of other lists, with a tooltip."""
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.ToolTipRole else role)


class StyleList(QWidget):
    """A field to type in, and below it the styles that all of its words stand in; one of them is chosen."""

    chosen = Signal(object)
    """The `CitationStyle` that is chosen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current: CitationStyle | None = None
        self._known: Sequence[CitationStyle] = ()
        self._shown: list[CitationStyle] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a style…"))
        self.field.setAccessibleName(self.tr("Find a style"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self._rows = StyleRows(self)
        self.list = keyed_list(self, self._rows)
        self.list.setAccessibleName(self.tr("Citation styles"))
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self._nothing = Words(self.tr("No style has these words. Add one from a .csl file."), tone="faint").wrapping()
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing(2))
        column.addWidget(self.field)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)

    def show_styles(self, known: Sequence[CitationStyle], wanted: str) -> None:
        """Show styles, and choose the one with a name; the usual one, where there is none."""
        self._known = known
        names = [style.name for style in known]
        name = wanted if wanted in names else DEFAULT
        self.current = next((style for style in known if style.name == name), None)
        self._narrow(self.field.text())
        if self.current is not None:
            self.chosen.emit(self.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move go from the field to the list."""
        pressed = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES
        if watched is self.field and pressed:
            QApplication.sendEvent(self.list, event)
            return True
        return False

    def _narrow(self, typed: str) -> None:
        """Show the styles with these words; the chosen one stays so while it is shown, else the first becomes it."""
        wanted = fold(typed).split()
        self._shown = [style for style in self._known if all(word in _searched(style) for word in wanted)]
        chosen = self.current
        self._rows.show_rows([KeyedRow(style.title) for style in self._shown])
        self._nothing.setVisible(not self._shown and bool(self._known))
        self.list.setVisible(bool(self._shown))
        if self._shown:
            place = next((place for place, style in enumerate(self._shown) if style == chosen), 0)
            self.list.setCurrentIndex(self._rows.index(place))
            self.list.scrollTo(self._rows.index(place))

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and self._shown[index.row()] != self.current:
            self.current = self._shown[index.row()]
            self.chosen.emit(self.current)


def _searched(style: CitationStyle) -> str:
    return fold(f"{style.title} {style.name} {_SHORT.get(style.name, '')}")
