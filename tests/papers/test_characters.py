"""What is no text goes out of what was typed, pasted or named."""

import pytest

from readinglist.papers.characters import name_text, without_controls


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("two\r\nlines\rthree\n", "two\nlines\nthree\n"),
        ("a\x1b[2Jb \x9b31m\x00\x07\tc", "a[2Jb 31m\tc"),
        ("half \ud800 of one", "half  of one"),
        ("שלום \u200fa\u200db", "שלום \u200fa\u200db"),  # marks of direction and joiners belong to texts
    ],
)
def test_texts_keep_what_is_text(text: str, left: str) -> None:
    assert without_controls(text) == left


def test_names_of_files_are_one_line_of_text() -> None:
    assert name_text("a\x1b]0;b\x07\nc\udcff.bib") == "a]0;b c\ufffd.bib"
    assert name_text("Paper (2).pdf") == "Paper (2).pdf"
