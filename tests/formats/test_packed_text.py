"""Texts that are read in pieces, and kept compressed where they are long."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.packed_text import PackedText

LINE = "Ein Satz – and naïve 文 letters \udc80 without a place\n"
SHORT, LONG = LINE * 50_000, LINE * 400_000


@given(st.lists(st.text()))
def test_a_text_comes_back_as_it_was(pieces: list[str]) -> None:
    packed = PackedText(pieces)
    text = "".join(pieces)
    assert str(packed) == "".join(packed.pieces()) == text
    assert len(packed) == len(text)
    assert zlib.decompress(packed.packed).decode("utf-8", "surrogatepass") == text


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_a_text_of_any_length_comes_in_pieces_of_whole_lines(text: str) -> None:
    size = 1_000_003
    packed = PackedText(text[start : start + size] for start in range(0, len(text), size))
    pieces = list(packed.pieces())
    assert len(packed) == len(text)
    assert all(piece.endswith("\n") and len(piece) < 2_000_000 for piece in pieces)
    assert "".join(pieces) == str(packed) == text
    assert zlib.decompress(packed.packed).decode("utf-8", "surrogatepass") == text


def test_what_compresses_to_nearly_nothing_still_comes_in_small_pieces() -> None:
    packed = PackedText(["\n" * 40_000_000])
    assert max(map(len, packed.pieces())) < 2_000_000


@pytest.mark.parametrize("length", [3_000_000, 20_000_000])
def test_a_line_without_an_end_is_one_piece(length: int) -> None:
    assert list(PackedText(["ä" * length]).pieces()) == ["ä" * length]


def test_the_beginning_is_as_long_as_asked_or_the_whole() -> None:
    packed = PackedText([LONG])
    beginning = packed.beginning(1000)
    assert LONG.startswith(beginning)
    assert 1000 <= len(beginning) < 2_000_000
    assert packed.beginning(len(packed) + 1) == LONG
