"""Citation keys in the window: a pattern is looked at while it is typed, and changes keys only by its button."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from readinglist.ui.key_pattern_dialog import KeyPatternDialog
from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import desk_of, settle


def opened(window: MainWindow, qtbot: QtBot) -> KeyPatternDialog:
    window.panes.list.selectAll()
    window.actions_.trigger("citation-keys")
    dialog = window.findChildren(KeyPatternDialog)[-1]
    qtbot.waitUntil(lambda: "fit this pattern" in dialog.summary.text())
    return dialog


def rows(dialog: KeyPatternDialog) -> list[tuple[str, str]]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [(item.text(1), item.text(2)) for item in items if item is not None]


def test_keys_are_shown_while_the_pattern_is_typed_and_changed_by_the_button(window: MainWindow, qtbot: QtBot) -> None:
    library = desk_of(window).library
    before = {paper.id: paper.citation_key for paper in library.papers(library.find().ids)}
    dialog = opened(window, qtbot)
    assert not dialog.change_button.isEnabled()
    dialog.edit.setText("[camel:abbr:lower]_[auth3:upper]")
    qtbot.waitUntil(lambda: len(rows(dialog)) == len(before))
    assert {old for old, _ in rows(dialog)} == set(before.values())
    assert all(new.partition("_")[0].islower() for _, new in rows(dialog))
    assert {paper.citation_key for paper in library.papers(list(before))} == set(before.values())
    expected = {new for _, new in rows(dialog)}
    qtbot.mouseClick(dialog.change_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: {paper.citation_key for paper in library.papers(list(before))} == expected)
    settle(qtbot, window)
    assert window.panes.status_line.message() == f"Changed {len(before)} keys"
    window.actions_.trigger("undo")
    qtbot.waitUntil(lambda: {paper.citation_key for paper in library.papers(list(before))} == set(before.values()))
    settle(qtbot, window)


def test_a_mistake_is_explained_and_nothing_can_be_done_with_it(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.edit.setText("[auth:shout]")
    assert "no modifier “shout”" in dialog.problem.text()
    assert not dialog.change_button.isEnabled()
    assert not dialog.keep_button.isEnabled()
    dialog.edit.setText("[auth]")
    assert not dialog.problem.isVisible()
    qtbot.waitUntil(dialog.keep_button.isEnabled)
    dialog.close()


def test_enter_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.edit.setText("[shorttitle:upper]")
    qtbot.waitUntil(lambda: bool(rows(dialog)))
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert desk_of(window).library.citation_key_pattern() == "[auth][year]"
    dialog.close()


def test_the_pattern_is_kept_for_papers_that_come(window: MainWindow, qtbot: QtBot) -> None:
    library = desk_of(window).library
    dialog = opened(window, qtbot)
    dialog.edit.setText("[auth:lower][year]")
    with qtbot.waitSignal(dialog.kept):
        qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert library.citation_key_pattern() == "[auth:lower][year]"
    assert not dialog.keep_button.isEnabled()
    qtbot.mouseClick(dialog.reset_button, Qt.MouseButton.LeftButton)
    assert dialog.edit.text() == "[auth][year]"
    dialog.close()
