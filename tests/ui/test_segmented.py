import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.flow_layout import FlowLayout
from readinglist.ui.rating import Rating
from readinglist.ui.segmented import Segment, SegmentedControl


@pytest.fixture
def control(qtbot: QtBot) -> SegmentedControl:
    control = SegmentedControl([("a", "First"), ("b", "Second"), ("c", "Third")])
    qtbot.addWidget(control)
    control.show()
    return control


def test_one_choice_is_taken_at_a_time(control: SegmentedControl) -> None:
    told: list[object] = []
    control.chosen.connect(told.append)
    first, second, _ = control.findChildren(Segment)
    first.click()
    second.click()
    second.click()
    assert told == ["a", "b"]
    assert [segment.isChecked() for segment in control.findChildren(Segment)] == [False, True, False]


def test_what_is_shown_is_not_told(control: SegmentedControl) -> None:
    told: list[object] = []
    control.chosen.connect(told.append)
    control.set_value("c")
    control.set_value(None)
    assert told == []
    assert not any(segment.isChecked() for segment in control.findChildren(Segment))


def test_all_of_a_segment_can_be_clicked(control: SegmentedControl) -> None:
    segment = control.findChildren(Segment)[1]
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton, pos=segment.rect().bottomRight())
    assert control.value() == "b"


def test_a_rating_is_taken_back_by_a_second_click(qtbot: QtBot) -> None:
    rating = Rating()
    qtbot.addWidget(rating)
    told: list[object] = []
    rating.chosen.connect(told.append)
    rating.findChildren(Segment)[3].click()
    rating.findChildren(Segment)[3].click()
    assert told == [4, None]


def test_widgets_flow_into_the_next_line(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(page, gap=10)
    labels = [QLabel() for _ in range(4)]
    for label in labels:
        label.setFixedSize(100, 20)
        layout.addWidget(label)
    assert layout.heightForWidth(430) == 20
    assert layout.heightForWidth(320) == 50
    assert layout.heightForWidth(100) == 110
    page.resize(220, 200)
    page.show()
    assert [(label.x(), label.y()) for label in labels] == [(0, 0), (110, 0), (0, 30), (110, 30)]
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout.activate()
    assert labels[0].x() == 120


def test_a_hidden_widget_takes_no_room(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(page, gap=10)
    labels = [QLabel() for _ in range(2)]
    for label in labels:
        label.setFixedSize(100, 20)
        layout.addWidget(label)
    assert layout.heightForWidth(100) == 50
    labels[0].hide()
    assert layout.heightForWidth(100) == 20
