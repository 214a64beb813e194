"""Files are written whole or not at all, whatever happens meanwhile."""

import os
import stat
import sys
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


@pytest.mark.skipif(os.name == "nt", reason="permissions are other ones there")
@pytest.mark.parametrize(("mask", "private", "mode"), [(0, False, 0o666), (0o027, False, 0o640), (0, True, 0o600)])
def test_a_new_file_has_its_permissions_from_its_first_moment(
    tmp_path: Path, mask: int, private: bool, mode: int
) -> None:
    before = os.umask(mask)
    try:
        with replacing(tmp_path / "a.bib", private=private) as stream:
            assert stat.S_IMODE(os.fstat(stream.fileno()).st_mode) == mode
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.bib").stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="permissions are other ones there")
def test_while_a_closed_file_is_written_anew_nobody_else_reads_what_there_is_of_it(tmp_path: Path) -> None:
    target = tmp_path / "a.bib"
    target.touch(mode=0o600)
    with replacing(target) as stream:
        assert stat.S_IMODE(os.fstat(stream.fileno()).st_mode) == 0o600
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root may give files away")
def test_the_owner_and_the_group_of_a_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "a.bib"
    target.write_bytes(b"old")
    os.chown(target, 1234, 5678)
    target.chmod(0o660)
    write_then_rename(target, b"new")
    found = target.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 5678, 0o660)


@pytest.mark.skipif(os.name == "nt", reason="permissions are other ones there")
def test_what_one_group_might_do_another_one_must_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    target = tmp_path / "a.bib"
    target.write_bytes(b"old")
    target.chmod(0o664)
    if os.getuid() == 0:
        os.chown(target, -1, 5678)
    monkeypatch.setattr(os, "chown", refuse)
    write_then_rename(target, b"new")
    wanted = 0o644 if os.getuid() == 0 else 0o664
    assert stat.S_IMODE(target.stat().st_mode) == wanted


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_a_circle_are_told_and_a_link_to_a_file_to_be_is_followed(tmp_path: Path) -> None:
    circle, link = tmp_path / "circle", tmp_path / "link"
    circle.symlink_to(circle)
    with pytest.raises(ExpectedError, match="could not be written"):
        write_then_rename(circle, b"x")
    link.symlink_to(tmp_path / "to be")
    write_then_rename(link, b"x")
    assert link.is_symlink()
    assert (tmp_path / "to be").read_bytes() == b"x"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="could not be written"):
        write_then_rename(tmp_path / "missing" / "a.bib", b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_a_private_file_is_not_written_where_a_link_leads(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    (tmp_path / "checked.json").symlink_to(precious)
    write_then_rename(tmp_path / "checked.json", b"{}", private=True)
    assert precious.read_bytes() == b"mine"
    assert (tmp_path / "checked.json").read_bytes() == b"{}"
    assert not (tmp_path / "checked.json").is_symlink()
