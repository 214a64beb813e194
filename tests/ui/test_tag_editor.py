import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from readinglist.papers.paper import Paper
from readinglist.ui.tag_chips import MOST_CHIPS, TagChip, TagChips, counted_tags
from readinglist.ui.tag_editor import TagEditor
from tests.ui.sample_library import child

# A popup asks the platform for things that the offscreen one does not have.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
KNOWN = ("attention", "nlp", "nlp/parsing", "survey")

Toggled = list[tuple[str, bool]]


@pytest.fixture
def editor(qtbot: QtBot) -> TagEditor:
    editor = TagEditor()
    qtbot.addWidget(editor)
    editor.open(QPoint(10, 10), KNOWN, {"survey": 3, "nlp": 1}, 3)
    return editor


@pytest.fixture
def toggled(editor: TagEditor) -> Toggled:
    told: Toggled = []
    editor.toggled.connect(lambda name, on: told.append((name, on)))
    return told


def rows(editor: TagEditor) -> list[str]:
    items = child(editor, QListWidget)
    return [items.item(row).text() for row in range(items.count())]


def state(editor: TagEditor, name: str) -> Qt.CheckState:
    items = child(editor, QListWidget)
    return next(items.item(row).checkState() for row in range(items.count()) if items.item(row).text() == name)


def field(editor: TagEditor) -> QLineEdit:
    return child(editor, QLineEdit)


def enter(editor: TagEditor) -> None:
    QTest.keyClick(field(editor), Qt.Key.Key_Return)


def test_boxes_tell_all_some_and_none(editor: TagEditor) -> None:
    assert state(editor, "survey") is Qt.CheckState.Checked
    assert state(editor, "nlp") is Qt.CheckState.PartiallyChecked
    assert state(editor, "attention") is Qt.CheckState.Unchecked


def test_typing_finds_and_enter_puts_the_tag_on_all(editor: TagEditor, toggled: Toggled) -> None:
    QTest.keyClicks(field(editor), "nlp")
    assert rows(editor) == ["nlp", "nlp/parsing"]
    enter(editor)
    assert toggled == [("nlp", True)]
    assert state(editor, "nlp") is Qt.CheckState.Checked
    assert field(editor).text() == ""


def test_enter_takes_a_tag_off_that_all_carry(editor: TagEditor, toggled: Toggled) -> None:
    QTest.keyClicks(field(editor), "sur")
    enter(editor)
    assert toggled == [("survey", False)]


def test_a_new_tag_is_made_as_it_will_be_called(editor: TagEditor, toggled: Toggled) -> None:
    QTest.keyClicks(field(editor), " thesis / chapter 2 ")
    assert rows(editor) == ["Add “thesis/chapter 2”"]
    enter(editor)
    assert toggled == [("thesis/chapter 2", True)]
    assert "thesis/chapter 2" in rows(editor)


def test_a_known_tag_in_other_letters_is_not_new(editor: TagEditor) -> None:
    QTest.keyClicks(field(editor), "NLP")
    assert rows(editor) == ["nlp", "nlp/parsing"]


def test_a_name_that_no_tag_can_have_is_not_offered(editor: TagEditor, toggled: Toggled) -> None:
    QTest.keyClicks(field(editor), "a,b")
    assert rows(editor) == []
    enter(editor)
    assert toggled == []


def test_arrow_keys_move_in_the_list_while_typing(editor: TagEditor, toggled: Toggled) -> None:
    QTest.keyClick(field(editor), Qt.Key.Key_Down)
    QTest.keyClick(field(editor), Qt.Key.Key_Down)
    enter(editor)
    assert toggled == [("nlp/parsing", True)]


def test_a_click_toggles(editor: TagEditor, toggled: Toggled) -> None:
    items = child(editor, QListWidget)
    place = items.visualItemRect(items.item(0)).center()
    QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert toggled == [("attention", True), ("attention", False)]


def test_esc_closes(editor: TagEditor) -> None:
    QTest.keyClick(field(editor), Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_delete_on_a_chip_takes_its_tag_off(qtbot: QtBot) -> None:
    chips = TagChips()
    qtbot.addWidget(chips)
    chips.show_tags([Paper(id=1, tags=("nlp",))], 1)
    removed: list[str] = []
    chips.removed.connect(removed.append)
    QTest.keyClick(child(chips, TagChip), Qt.Key.Key_Delete)
    assert removed == ["nlp"]


def test_more_tags_than_anyone_reads_are_left_to_the_editor(qtbot: QtBot) -> None:
    chips = TagChips()
    qtbot.addWidget(chips)
    chips.show_tags([Paper(id=1, tags=tuple(f"tag {number}" for number in range(300)))], 1)
    assert len(chips.findChildren(TagChip)) == MOST_CHIPS


def test_tags_are_counted_over_papers() -> None:
    papers = [Paper(id=1, tags=("b", "A")), Paper(id=2, tags=("b",))]
    assert counted_tags(papers) == {"A": 1, "b": 2}
    assert list(counted_tags(papers)) == ["A", "b"]


def test_a_chip_takes_its_tag_off(qtbot: QtBot) -> None:
    chips = TagChips()
    qtbot.addWidget(chips)
    chips.show_tags([Paper(id=1, tags=("nlp", "survey"))], 1)
    removed: list[str] = []
    chips.removed.connect(removed.append)
    names = {button.accessibleName(): button for button in chips.findChildren(QAbstractButton)}
    names["Take the tag “survey” off"].click()
    assert removed == ["survey"]
