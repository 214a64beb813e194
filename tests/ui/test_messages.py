"""Messages that need the reader's eye."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from readinglist.errors import ExpectedError
from readinglist.ui.messages import Message, report_error, tell
from readinglist.ui.small_parts import Words


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def words(message: Message) -> list[str]:
    return [label.text() for label in message.findChildren(Words)]


def fault(text: str) -> BaseException:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        int(text)
    return raised.value


def test_an_expected_error_is_told_in_its_own_words(window: QWidget) -> None:
    message = tell(window, ExpectedError("<b>starred.bib</b> could not be written: No space left on device."))
    assert words(message) == [
        "That did not work",
        "<b>starred.bib</b> could not be written: No space left on device.",
    ]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in message.findChildren(Words))
    assert not message.details.isVisible()


def test_what_is_told_already_is_not_told_twice(window: QWidget) -> None:
    first = tell(window, ExpectedError("The disk is full."))
    assert tell(window, ExpectedError("The disk is full.")) is first
    assert tell(window, ExpectedError("The disk is gone.")) is not first
    first.close()
    assert tell(window, ExpectedError("The disk is full.")) is not first


def test_a_message_closes_by_escape(window: QWidget, qtbot: QtBot) -> None:
    message = tell(window, ExpectedError("No."), "The import did not work")
    assert message.isVisible()
    with qtbot.waitSignal(message.finished):
        qtbot.keyClick(message, Qt.Key.Key_Escape)


def test_a_fault_is_reported_with_details_to_copy(window: QWidget, qtbot: QtBot) -> None:
    message = report_error(window, fault("out of range"))
    assert any("The program goes on" in text for text in words(message))
    copy = next(button for button in message.findChildren(QPushButton) if button.text() == "Copy details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "builtins.ValueError" in copied
    assert "out of range" not in copied  # it may be a title
    assert copied.startswith("Reading List ")


def test_while_a_report_is_open_the_next_fault_joins_it(window: QWidget, qtbot: QtBot) -> None:
    first = report_error(window, fault("one"))
    assert report_error(window, fault("two")) is first
    assert first.details.toPlainText().count("ValueError") == 2
    assert len([button for button in first.findChildren(QPushButton) if button.text() == "Copy details"]) == 1
    first.buttons.button(QDialogButtonBox.StandardButton.Close).click()
    qtbot.waitUntil(lambda: not isValid(first))
    assert report_error(window, fault("three")).details.toPlainText().count("ValueError") == 1


def test_a_fault_at_every_keystroke_does_not_fill_the_memory(window: QWidget) -> None:
    message = report_error(window, fault("first"))
    for number in range(500):
        report_error(window, fault(f"fault {number}"))
    assert len(message.details.toPlainText()) < 100_000
