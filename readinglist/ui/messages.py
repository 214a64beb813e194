"""Messages that need the reader's eye: what could not be done and why, and a fault of the program with its details."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.errors import ExpectedError
from readinglist.library import crash_reports
from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page

translate = QCoreApplication.translate
DETAILS_KEPT = 20  # of a fault that repeats itself, one screenful says it all


class Message(QDialog):
    """A heading, a sentence or two, and details to copy where there are some. It never blocks the window."""

    def __init__(self, parent: QWidget | None, icon: str, heading: str, sentence: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.applicationName() or translate("Message", "Reading List"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._icon_name = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._heading = Words(heading, step=2, weight=SEMIBOLD).wrapping()
        self._sentence = Words(sentence).wrapping()
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPlainTextEdit()
        self.details.setObjectName("framed")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.spacing(2))
        words.addWidget(self._heading)
        words.addWidget(self._sentence)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.spacing(4))
        top.addWidget(self._picture)
        top.addLayout(words, 1)
        page = dialog_page(self, edge=5, between=4)
        page.addLayout(top)
        page.addWidget(self.details, 1)
        page.addWidget(self.buttons)
        self.setMinimumWidth(theme.spacing(110))

    def _apply_theme(self) -> None:
        colors = theme.current()
        tint = {"error": colors.error, "warning": colors.warning}.get(self._icon_name, colors.accent)
        self._picture.setPixmap(theme.icon(self._icon_name, tint).pixmap(theme.icon_size() * 1.75))
        self.details.setFont(theme.font(-1))

    def add_details(self, text: str) -> None:
        """Show details below the sentence, with a button that copies them; more of them are put under the first."""
        if self.details.isHidden():
            self.details.show()
            self.details.setMinimumHeight(theme.spacing(45))
            self.setMinimumWidth(theme.spacing(140))
            copy = QPushButton(self.tr("Copy details"))
            self.buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
            copy.clicked.connect(self._copy)
        if self.details.toPlainText().count("\n\n\n") < DETAILS_KEPT:
            self.details.appendPlainText(f"\n\n{text}" if self.details.toPlainText() else text)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


def tell(parent: QWidget | None, error: ExpectedError, heading: str = "") -> Message:
    """Tell the reader what could not be done, in the error's own words; what is told already is not told twice."""
    said = heading or translate("Message", "That did not work")
    for shown in parent.findChildren(Message) if parent is not None else ():
        if shown.isVisible() and (shown.accessibleName(), shown.accessibleDescription()) == (said, str(error)):
            return shown
    message = Message(parent, "warning", said, str(error))
    message.open()
    return message


def report_error(parent: QWidget | None, exception: BaseException) -> Message:
    """Report a fault of the program; while a report is open, the next one joins it instead of covering it."""
    shown = _open_report(parent)
    if shown is None:
        shown = Message(
            parent,
            "error",
            translate("Message", "Something went wrong inside Reading List"),
            translate(
                "Message",
                "The program goes on, and what you saved is safe. If it happens again, copy the details below "
                "and send them with a word on what you were doing. They hold nothing of your papers and notes.",
            ),
        )
        shown.setObjectName("report")
    report = crash_reports.describe(exception)
    if crash_reports.save(report):
        report += "\n\n" + translate("Message", "This report is kept in the folder “reports” of the library.")
    shown.add_details(report)
    if not shown.isVisible():
        shown.open()
    return shown


def _open_report(parent: QWidget | None) -> Message | None:
    if parent is None:
        return None
    found = (child for child in parent.findChildren(Message, "report") if child.isVisible())
    return next(found, None)
