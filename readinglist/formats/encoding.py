"""From bytes to text: which encoding a file is in, with line ends made alike and damage named."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readinglist.formats.declared_encoding import declared_encoding, is_seven_bit
from readinglist.formats.lookalikes import what_is_read
from readinglist.formats.packed_text import PackedText
from readinglist.formats.record import Problem

# First bytes of files that people mistake for text, and what they look like.
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture, or a sound or video file"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"bplist00", "a macOS property list or web archive"),
    (b"AT&TFORM", "a DjVu document"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# The same in UTF-8, to see quickly that a piece has none of them: single bytes, and what else they begin with.
_UNTIDY_BYTES = bytes({*range(9), 13, *range(14, 32), 127})
_UNTIDY_BEGINNINGS = (re.compile(b"\xc2[\x80-\x9f]"), re.compile(b"\xe2\x80[\xa8\xa9]"))
_BLANK = "\ufeff \t\n\f\v\u00a0\u200b"
# Bytes that a Windows-1252 text hardly ever holds, but that broken UTF-8 is full of.
_UNLIKELY_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d\xc2\xc3\xf0\xfe\xff"
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CUT_SEQUENCE = re.compile(rb"[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}")
_ASCII = bytes(range(128))
_SAMPLE = 1 << 16
_PIECE = 1 << 20  # bytes that are decoded at a time


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""The text of a file with "\n" at all line ends, the encoding by its Python name, and warnings.

    With an `error` the file cannot be read, and the text is empty.
    """

    packed: PackedText
    encoding: str
    problems: tuple[Problem, ...] = ()
    error: Problem | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return str(self.packed)


@dataclass(frozen=True, slots=True)
class _Way:
    """How bytes are read: from a place on, in an encoding; with "replace", what cannot be read is replaced."""

    encoding: str
    start: int = 0
    errors: str = "strict"
    problem: Problem | None = None


def decode(data: bytes) -> Decoded:
    """Read bytes as text: by BOM, then by where the NULs stand, then as declared, then UTF-8, then Windows-1252.

    Line numbers in the warnings are those of the text given back, as an editor shows them. Beside the bytes and the
    packed text, no more than pieces of a file in order are held.
    """
    looks_like = next((what for start, what in _SIGNATURES if data.startswith(start)), "")
    if looks_like:
        return _refused("not_text", f"This looks like {looks_like}, not like text. {what_is_read()}")
    marked = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), None)
    if marked is not None:
        way = _way_as(data, marked[1], len(marked[0]))
    elif wide := _wide_encoding(data):
        way = _way_as(data, wide)
    elif _is_binary(data):
        return _refused("not_text", f"This looks like a binary file, not like text. {what_is_read()}")
    else:
        way = _narrow_way(data)
    tidying = _Tidying()
    packed = PackedText(tidying.pieces(_pieces(data, way)))
    if tidying.is_empty:
        return _refused("empty_file", "There is no text in this file.", way.encoding)
    return Decoded(packed, way.encoding, tuple(filter(None, (way.problem, tidying.problem()))))


def _refused(code: str, message: str, encoding: str = "") -> Decoded:
    return Decoded(PackedText(), encoding, (), Problem(code, None, message))


def _pieces(data: bytes, way: _Way) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(way.encoding)(way.errors)
    for start in range(way.start, len(data), _PIECE):
        yield decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))


class _Tidying:
    """Gives the pieces of a text one kind of line end, and takes control characters out of them."""

    def __init__(self) -> None:
        self.is_empty = True
        self._lines = 0
        self._first = 0  # the line of the first control character
        self._controls = 0

    def pieces(self, pieces: Iterable[str]) -> Iterator[str]:
        """The tidy pieces."""
        held = ""
        for piece in pieces:
            begun = held + piece
            held = "\r" if begun.endswith("\r") else ""  # a line feed may follow
            yield self._tidy(begun.removesuffix("\r"))
        if held:
            yield "\n"

    def problem(self) -> Problem | None:
        """What is to be told of the pieces so far."""
        if not self._controls:
            return None
        count = self._controls
        what = "1 control character was" if count == 1 else f"{count:,} control characters were"
        return Problem("control_characters_removed", self._first, f"{what} removed, the first one here.")

    def _tidy(self, piece: str) -> str:
        if _is_untidy(piece):
            piece = self._without_controls(_LINE_ENDS.sub("\n", piece))
        if not self._controls:
            self._lines += piece.count("\n")
        self.is_empty = self.is_empty and not piece.strip(_BLANK)
        return piece

    def _without_controls(self, piece: str) -> str:
        first = _CONTROLS.search(piece)
        if first is None:
            return piece
        self._first = self._first or self._lines + piece.count("\n", 0, first.start()) + 1
        piece, count = _CONTROLS.subn("", piece)
        self._controls += count
        return piece


def _is_untidy(piece: str) -> bool:
    data = piece.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _UNTIDY_BYTES)) < len(data):
        return True
    return not piece.isascii() and any(begin.search(data) for begin in _UNTIDY_BEGINNINGS)


def _wide_encoding(data: bytes) -> str:
    """The name of the encoding where the NULs show UTF-16 or UTF-32 without a BOM, else ""."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if b"\x00" not in sample:
        return ""
    share = [sample[place::4].count(0) * 4 / len(sample) for place in range(4)]
    if min(share[1:]) > 0.9 and share[0] < 0.1 and share[3] > 0.99:
        return "utf-32-le"
    if min(share[:3]) > 0.9 and share[3] < 0.1 and share[0] > 0.99:
        return "utf-32-be"
    even, odd = (share[0] + share[2]) / 2, (share[1] + share[3]) / 2
    if odd > 0.4 and even < odd / 10:
        return "utf-16-le"
    if even > 0.4 and odd < even / 10:
        return "utf-16-be"
    if _decodes(data, "utf-8"):
        return ""
    return next((name for name in ("utf-16-le", "utf-16-be") if _reads_well(sample, name)), "")


def _reads_well(sample: bytes, encoding: str) -> bool:
    """Whether bytes in an encoding are lines of known characters: UTF-16 of a script with few NULs, such as Chinese."""
    text = sample.decode(encoding, "replace")
    odd = sum(1 for character in text if unicodedata.category(character) in {"Cn", "Co", "Cs", "Cc"})
    return "\n" in text and odd - text.count("\n") - text.count("\r") - text.count("\t") <= len(text) // 200


def _decodes(data: bytes, encoding: str) -> bool:
    return _first_bad(data, encoding) is None


def _first_bad(data: bytes, encoding: str, start: int = 0) -> int | None:
    """The place of the first bytes that are none of an encoding, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for begin in range(start, len(data), _PIECE):
        piece = data[begin : begin + _PIECE]
        try:
            decoder.decode(piece, final=begin + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            return begin + len(piece) - len(error.object) + error.start
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls * 4 > len(sample):
        return True
    return controls * 50 > len(sample) and not _decodes(data, "utf-8")


def _narrow_way(data: bytes) -> _Way:
    """In the encoding that the file declares, unless it is plainly UTF-8, or in UTF-8."""
    declared = declared_encoding(data)
    if declared in {"", "utf-8"}:
        return _way_as(data, "utf-8")
    if not is_seven_bit(declared) and _decodes(data, "utf-8"):
        if data.isascii():
            return _Way("utf-8")
        message = f"This file says that it is in {declared}, but it is in UTF-8, and was read so."
        return _Way("utf-8", problem=Problem("encoding_guessed", 1, message))
    return _way_as(data, declared if _decodes(data, declared) else "utf-8")


def _way_as(data: bytes, encoding: str, start: int = 0) -> _Way:
    """In an encoding, from a place on, with a warning where bytes have to be guessed or replaced."""
    bad = _first_bad(data, encoding, start)
    if bad is None:
        return _Way(encoding, start)
    if encoding == "utf-8" and _is_cp1252(data[start:], bad - start):
        line = _line_of(data[start:bad].decode("latin-1"))
        message = "This is not UTF-8. The file was read as Windows-1252: see whether its accented letters are right."
        return _Way("cp1252", start, "replace", Problem("encoding_guessed", line, message))
    line = _line_of(data[start:bad].decode(encoding, "replace"))
    message = f"Some bytes are not {encoding.upper()}. They are shown as \ufffd; all else was kept."
    return _Way(encoding, start, "replace", Problem("invalid_utf8", line, message))


def _line_of(before: str) -> int:
    return len(_LINE_ENDS.sub("\n", before).split("\n"))


def _is_cp1252(data: bytes, first_bad: int) -> bool:
    """Whether a text that is not UTF-8 is rather Windows-1252 than UTF-8 with some broken bytes."""
    if len(data) - first_bad < 4 and _CUT_SEQUENCE.fullmatch(data, first_bad):
        return False
    rest, pairs = _UTF8_SEQUENCE.subn(b"", data)
    bad = rest.translate(None, _ASCII)
    unlikely = len(bad) - len(bad.translate(None, _UNLIKELY_IN_CP1252))
    return pairs < len(bad) and unlikely * 2 < len(bad)
