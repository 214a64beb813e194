"""A text that is given piece by piece, and kept compressed where it is long, so that no large file is held whole."""

import codecs
import itertools
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

_LEVEL = 4  # of zlib: a third of the time of level 6, and 6 % more to keep
_SHORT = 16_000_000  # characters of a text that is held as it is
_PACKED = 1 << 18  # bytes that are unpacked at a time
_PIECE = 1 << 20  # bytes of UTF-8 that come out of them at the most


class PackedText:
    """A text that never changes."""

    def __init__(self, pieces: Iterable[str] = ()) -> None:
        self._length = 0
        self._plain: list[str] = []  # the text, where it is short
        self._packed = b""
        rest = self._counted(pieces)
        for piece in rest:
            self._plain.append(piece)
            if self._length > _SHORT:
                self._packed = _pack(itertools.chain(self._plain, rest))
                self._plain = []

    def __len__(self) -> int:
        """How many characters the text has."""
        return self._length

    def __str__(self) -> str:
        return "".join(self._parts())

    @property
    def packed(self) -> bytes:
        """The text as UTF-8, lone surrogates included, compressed by zlib."""
        return self._packed or _pack(self._plain)

    def pieces(self) -> Iterator[str]:
        """The text in pieces of whole lines, a million characters or less where lines are not longer."""
        begin: list[str] = []
        for part in self._parts():
            end = part.rfind("\n") + 1
            if not end:
                begin.append(part)
                continue
            yield "".join((*begin, part[:end]))
            begin = [part[end:]]
        if rest := "".join(begin):
            yield rest

    def beginning(self, length: int) -> str:
        """The first characters of the text, at least so many, or all."""
        found: list[str] = []
        for piece in self.pieces():
            found.append(piece)
            if sum(map(len, found)) >= length:
                break
        return "".join(found)

    def _counted(self, pieces: Iterable[str]) -> Iterator[str]:
        for piece in pieces:
            self._length += len(piece)
            yield piece

    def _parts(self) -> Iterator[str]:
        if not self._packed:
            yield from self._plain
            return
        unpacker, decoder = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")("surrogatepass")
        for start in range(0, len(self._packed), _PACKED):
            data = unpacker.decompress(self._packed[start : start + _PACKED], _PIECE)
            while data:
                yield decoder.decode(data)
                data = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)


def _pack(pieces: Iterable[str]) -> bytes:
    packer, packed = zlib.compressobj(_LEVEL), BytesIO()  # which gives its bytes without a copy
    for piece in pieces:
        packed.write(packer.compress(piece.encode("utf-8", "surrogatepass")))
    packed.write(packer.flush())
    return packed.getvalue()
