"""Files are written whole or not at all, whatever happens meanwhile."""

import os
import stat
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.paths import replacing, write_then_rename


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.bib"
    target.write_bytes(b"old")
    with replacing(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, OSError])
def test_whatever_leaves_the_block_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "a.bib"
    target.write_bytes(b"old")
    expected = ExpectedError if error is OSError else error

    def fail() -> None:
        with replacing(target) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(expected):
        fail()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_long_name_and_a_new_file(tmp_path: Path) -> None:
    target = tmp_path / ("n" * 250)
    write_then_rename(target, b"x")
    assert target.read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="permissions and links are other ones there")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "a.bib", tmp_path / "link.bib"
    target.write_bytes(b"old")
    target.chmod(0o604)
    link.symlink_to(target)
    write_then_rename(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="could not be written"):
        write_then_rename(tmp_path / "missing" / "a.bib", b"x")
