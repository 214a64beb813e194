"""Texts that are kept compressed and read in pieces."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.packed_text import PackedText

LINE = "Ein Satz – and naïve 文 letters \udc80 without a place\n"


@given(st.lists(st.text()))
def test_a_text_comes_back_as_it_was(pieces: list[str]) -> None:
    packed = PackedText(pieces)
    text = "".join(pieces)
    assert str(packed) == "".join(packed.pieces()) == text
    assert len(packed) == len(text)
    assert zlib.decompress(packed.packed).decode("utf-8", "surrogatepass") == text


def test_a_long_text_comes_in_pieces_of_whole_lines() -> None:
    text = LINE * 200_000
    pieces = list(PackedText([text]).pieces())
    assert len(pieces) > 5
    assert all(piece.endswith("\n") and len(piece) < 2_000_000 for piece in pieces)
    assert "".join(pieces) == text


def test_a_line_without_an_end_is_one_piece() -> None:
    text = "ä" * 3_000_000
    assert list(PackedText([text]).pieces()) == [text]


def test_the_beginning_is_as_long_as_asked_or_the_whole() -> None:
    packed = PackedText([LINE * 200_000])
    beginning = packed.beginning(1000)
    assert str(packed).startswith(beginning)
    assert 1000 <= len(beginning) < len(packed)
    assert packed.beginning(len(packed) + 1) == str(packed)
