"""A text that is kept compressed and given piece by piece, so that a large file need not be held whole."""

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

_LEVEL = 4  # of zlib: a third of the time of level 6, and 6 % more to keep
_PACKED = 1 << 18  # bytes that are unpacked at a time
_PIECE = 1 << 20  # bytes of UTF-8 that come out of them at the most


class PackedText:
    """A text that never changes. `packed` is its UTF-8 (lone surrogates included) compressed by zlib."""

    def __init__(self, pieces: Iterable[str] = ()) -> None:
        packer = zlib.compressobj(_LEVEL)
        packed = BytesIO()  # gives its bytes without a copy
        length = 0
        for piece in pieces:
            length += len(piece)
            packed.write(packer.compress(piece.encode("utf-8", "surrogatepass")))
        packed.write(packer.flush())
        self.packed = packed.getvalue()
        self._length = length

    def __len__(self) -> int:
        """How many characters the text has."""
        return self._length

    def __str__(self) -> str:
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")

    def pieces(self) -> Iterator[str]:
        """The text in pieces of whole lines, a million characters or less where lines are not longer."""
        begin: list[bytes] = []
        for data in self._unpacked():
            end = data.rfind(b"\n") + 1
            if not end:
                begin.append(data)
                continue
            yield b"".join((*begin, data[:end])).decode("utf-8", "surrogatepass")
            begin = [data[end:]]
        if rest := b"".join(begin):
            yield rest.decode("utf-8", "surrogatepass")

    def beginning(self, length: int) -> str:
        """The first characters of the text, at least so many, or all."""
        found: list[str] = []
        for piece in self.pieces():
            found.append(piece)
            if sum(map(len, found)) >= length:
                break
        return "".join(found)

    def _unpacked(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj()
        for start in range(0, len(self.packed), _PACKED):
            data = unpacker.decompress(self.packed[start : start + _PACKED], _PIECE)
            while data:
                yield data
                data = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
