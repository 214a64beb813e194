"""Asks for the day as of which the library is to be opened."""

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QDialog, QDialogButtonBox, QToolButton, QWidget

from readinglist.ui import theme
from readinglist.ui.small_parts import Words, dialog_page


class DayDialog(QDialog):
    """Asks for a day, up to today."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Library as of a day"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lead = Words(
            self.tr("The library as it was at the end of that day, read only, in a window of its own."), "quiet"
        )
        self.calendar = QCalendarWidget()
        self.calendar.setMaximumDate(QDate.currentDate())
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, self.calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))
        for name, icon in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if button is not None:
                button.setIcon(theme.icon(icon))
        self.calendar.activated.connect(lambda _day: self._agree())
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.agree_button = self.buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree_button.setDefault(True)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        page = dialog_page(self, edge=5, between=3)
        for widget in (lead.wrapping(), self.calendar, self.buttons):
            page.addWidget(widget)

    def _agree(self) -> None:
        self.accept()
        self.chosen.emit(self.calendar.selectedDate().toString(Qt.DateFormat.ISODate))
