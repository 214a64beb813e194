"""Ways in which the files of an index come to harm."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

Harm = Callable[[Path, Path, random.Random], None]  # the index's folder, one of its files, chance


def files(index: Path) -> list[Path]:
    """The files of an index that hold anything."""
    return sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)


def _delete(_index: Path, file: Path, _chance: random.Random) -> None:
    file.unlink()


def _empty(_index: Path, file: Path, _chance: random.Random) -> None:
    file.write_bytes(b"")


def _truncate(_index: Path, file: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: chance.randrange(len(data))])


def _flip_bits(_index: Path, file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 1, 1, 8, 100))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def _foreign(_index: Path, file: Path, chance: random.Random) -> None:
    file.write_bytes(chance.choice((b"<html>404</html>", chance.randbytes(5_000), b"{}", b"\x80\x04N.")))


def _half_written(_index: Path, file: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    written = chance.randrange(len(data))
    file.write_bytes(data[:written] + bytes(len(data) - written))


def _longer(_index: Path, file: Path, chance: random.Random) -> None:
    file.write_bytes(file.read_bytes() + chance.randbytes(chance.randint(1, 4_000)))


def _swap(index: Path, file: Path, chance: random.Random) -> None:
    other = chance.choice([path for path in files(index) if path.suffix == file.suffix] or [file])
    first, second = file.read_bytes(), other.read_bytes()
    file.write_bytes(second)
    other.write_bytes(first)


def _empty_folder(_index: Path, file: Path, _chance: random.Random) -> None:
    for path in list(file.parent.iterdir()):
        if path.is_file():
            path.unlink()


def _no_folder(index: Path, file: Path, chance: random.Random) -> None:
    shutil.rmtree(chance.choice((index, file.parent)))


def _folder_for_file(_index: Path, file: Path, _chance: random.Random) -> None:
    file.unlink()
    file.mkdir()


def _file_for_folder(index: Path, _file: Path, _chance: random.Random) -> None:
    shutil.rmtree(index)
    index.write_bytes(b"not a folder")


def _no_rights(_index: Path, file: Path, _chance: random.Random) -> None:
    file.chmod(0)


def _older_copy(_index: Path, file: Path, _chance: random.Random) -> None:
    """A backup or a sync brings a part of another moment back."""
    for path in list(file.parent.glob("*.toc")):
        number = int(path.stem.rsplit("_", 1)[1])
        path.rename(path.with_name(f"_MAIN_{number + 3}.toc"))


HARMS: dict[str, Harm] = {
    "deleted": _delete,
    "emptied": _empty,
    "truncated": _truncate,
    "bits flipped": _flip_bits,
    "foreign": _foreign,
    "half written": _half_written,
    "longer": _longer,
    "swapped": _swap,
    "folder emptied": _empty_folder,
    "folder gone": _no_folder,
    "folder in place of a file": _folder_for_file,
    "file in place of the folder": _file_for_folder,
    "no rights": _no_rights,
    "contents of another moment": _older_copy,
}
