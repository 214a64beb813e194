"""Questions before something is done that cannot be taken back: what it would do, and the ways to go on."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from readinglist.ui.messages import Message


def ask(
    parent: QWidget | None,
    heading: str,
    sentence: str,
    ways: Sequence[tuple[str, Callable[[], object]]],
    refuse: str,
) -> Message:
    """Ask, without waiting for the answer; the first way is the safe one, and stands ready.

    Args:
        parent: the window that asks.
        heading: what it is about.
        sentence: what would become of what.
        ways: the words of a button, and what is done when it is chosen.
        refuse: the words of the button that does nothing.
    """
    question = Message(parent, "warning", heading, sentence)
    question.buttons.button(QDialogButtonBox.StandardButton.Close).setText(refuse)
    for place, (words, then) in enumerate(ways):
        button = QPushButton(words)
        question.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(question.accept)
        button.clicked.connect(lambda _checked=False, then=then: then())
        if place == 0:
            button.setDefault(True)
            button.setFocus()
    question.open()
    return question
