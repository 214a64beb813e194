import time

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from readinglist.ui import theme
from readinglist.ui.marked_text import MarkedText, TextStyle, direction_of, joined, qt_length, qt_spans

LONG = "Language models are read from left to right, " * 10


def marks(text: str, spans: tuple[tuple[int, int], ...], most: int = 2) -> QImage:
    """The text painted in white on white, so that only its marks are seen."""
    marked = MarkedText(text, spans, TextStyle.of(theme.font(), 1.1), 300, most)
    image = QImage(300, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    marked.paint(painter, QPointF(0, 0), theme.current().window)
    painter.end()
    return image


def marked_columns(image: QImage) -> list[int]:
    mark = theme.current().mark.rgb()
    return [x for x in range(image.width()) if any(image.pixel(x, y) == mark for y in range(image.height()))]


def test_text_that_fits_is_not_cut() -> None:
    text = MarkedText("Short", (), TextStyle.of(theme.font(), 1.1), 300, 2)
    assert (text.lines, text.elided) == (1, False)


def test_text_that_does_not_fit_ends_after_the_last_line() -> None:
    style = TextStyle.of(theme.font(), 1.1)
    text = MarkedText(LONG, (), style, 300, 2)
    assert (text.lines, text.elided) == (2, True)
    assert text.height == 2 * style.pitch


def test_of_a_text_of_megabytes_only_what_fits_is_shaped() -> None:
    style = TextStyle.of(theme.font(), 1.1)
    begun = time.process_time()
    text = MarkedText("word " * 1_000_000, ((0, 4), (4_000_000, 4_000_004)), style, 300, 2)
    assert time.process_time() - begun < 0.5
    assert (text.lines, text.elided) == (2, True)
    assert MarkedText("\u200b" * 1_000_000, (), style, 300, 2).elided


def test_a_taller_script_takes_no_more_room() -> None:
    style = TextStyle.of(theme.font(), 1.1)
    assert MarkedText("言語モデル" * 40, (), style, 300, 2).height == MarkedText(LONG, (), style, 300, 2).height


def test_hits_are_marked_where_they_stand() -> None:
    columns = marked_columns(marks("word hit word", ((5, 8),)))
    begin = TextStyle.of(theme.font(), 1.1).metrics.horizontalAdvance("word ")
    assert columns
    assert columns[0] == pytest.approx(begin, abs=4)


def test_hits_behind_the_cut_are_not_marked() -> None:
    assert marked_columns(marks(LONG, ((len(LONG) - 10, len(LONG) - 4),))) == []


def test_letters_beyond_the_first_plane_count_twice_in_qt() -> None:
    assert qt_length("𝒪(n)") == 5
    assert list(qt_spans("𝒪 hit", [(2, 5)])) == [(3, 6)]
    assert list(qt_spans("O hit", [(2, 5)])) == [(2, 5)]
    assert MarkedText("𝒪" * 400, ((0, 3),), TextStyle.of(theme.font(), 1.1), 300, 2).elided


def test_neighbouring_hits_are_one_mark() -> None:
    assert joined("language model here", [(0, 8), (9, 14), (15, 19)]) == [(0, 19)]
    assert joined("language, model", [(0, 8), (10, 15)]) == [(0, 8), (10, 15)]


@pytest.mark.parametrize(
    ("text", "right_to_left"), [("Arabic: العربية", False), ("العربية: Arabic", True), ("123 שלום", True), ("", False)]
)
def test_the_first_letter_gives_the_direction(text: str, right_to_left: bool) -> None:
    wanted = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    assert direction_of(text) is wanted
