"""Files as they come in the world: locked, damaged, huge, without text, with odd names, on disks that fail."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.library.attaching import FOLDER, digest_of, path_of
from readinglist.library.complete_export import export_whole
from readinglist.library.library import Library
from readinglist.papers.paper import Attachment
from readinglist.store.opening import FILE_NAME
from tests.formats.pdf_making import pdf_of, pdf_with_pages, pdf_without_text, protected_pdf
from tests.library.listings import TITLES, listing

ODD = "../../%2e\n\u202efdp.exe \U0001f993 {a},b;c?*.pdf".replace("/", "\\")


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        yield opened


def attached(library: Library, path: Path, place: int = 0) -> Attachment:
    """The file, attached to one of the papers."""
    paper_id = library.find().ids[place]
    library.attach(paper_id, [path])
    (paper,) = library.papers([paper_id])
    return paper.attachments[-1]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def kept(library: Library) -> list[Path]:
    return [path for path in (library.folder / FOLDER).rglob("*") if path.is_file()]


def test_a_document_that_only_its_owner_may_change_is_searched_and_a_locked_one_is_kept(
    library: Library, tmp_path: Path
) -> None:
    attached(library, written(tmp_path / "printing forbidden.pdf", protected_pdf("Zeppelins are slow.", "")))
    locked = attached(library, written(tmp_path / "locked.pdf", protected_pdf("Zeppelins are secret.", "secret")), 1)
    library.index_pending()
    assert library.find("pdf:zeppelins").ids == [library.find().ids[0]]
    assert library.attached_file(locked).read_bytes() == protected_pdf("Zeppelins are secret.", "secret")
    with pytest.raises(ExpectedError, match="protected by a password"):
        library.page_picture(locked, 0, 300)


def test_a_document_of_pictures_is_kept_and_drawn(library: Library, tmp_path: Path) -> None:
    scan = attached(library, written(tmp_path / "scan.pdf", pdf_without_text()))
    library.index_pending()
    assert library.find("has:pdf").ids == [library.find().ids[0]]
    assert library.page_picture(scan, 0, 100).pages == 1
    assert library.check().differences == ()


def test_every_damage_of_a_document_leaves_it_attached_and_searches_going(library: Library, tmp_path: Path) -> None:
    whole = pdf_with_pages(["Zeppelins are slow.", "Sheep are not."])
    damages = [whole[:length] for length in range(0, len(whole), 150)]
    damages += [whole[:at] + bytes(40) + whole[at + 40 :] for at in range(9, len(whole), 150)]
    paths = [written(tmp_path / f"{number}.pdf", data) for number, data in enumerate(damages)]
    paper_id = library.find().ids[0]
    library.attach(paper_id, paths)
    (paper,) = library.papers([paper_id])
    assert {file.digest for file in paper.attachments} == {digest_of(path) for path in paths}
    library.index_pending()
    assert library.find("zeppelins slow").ids == [paper_id]
    assert library.check().differences == ()


def test_the_last_of_three_thousand_pages_is_found(library: Library, tmp_path: Path) -> None:
    pages = [*(f"page {number}" for number in range(3000)), "Zeppelins at last."]
    attached(library, written(tmp_path / "proceedings.pdf", pdf_with_pages(pages)))
    library.index_pending()
    assert library.find('pdf:"page 2999" zeppelins').ids == [library.find().ids[0]]


def test_a_large_file_is_not_held_in_memory(library: Library, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only POSIX tells what a process held")
    large = written(tmp_path / "large.pdf", b"%PDF-1.7\n")
    with large.open("rb+") as stream:
        stream.truncate(120_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file = attached(library, large)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KiB
    assert library.attached_file(file).stat().st_size == file.size == 120_000_000


def test_one_file_of_two_papers_is_kept_once_and_as_long_as_one_has_it(library: Library, tmp_path: Path) -> None:
    pdf = written(tmp_path / "a.pdf", pdf_of([(90, 700, 10, "Zeppelins are slow.")]))
    first, second = attached(library, pdf), attached(library, pdf, 1)
    assert first == second
    assert len(kept(library)) == 1
    one, two = library.find().ids[:2]
    library.detach(one, first.digest)
    library.trash([one])
    library.empty_trash()
    library.index_pending()
    assert library.find("pdf:zeppelins").ids == [two]
    assert library.sweep_files(at_once=True).files == 0
    assert library.attached_file(second).exists()


def test_a_file_that_was_removed_by_hand_is_told_and_comes_back_by_attaching_it_again(
    library: Library, tmp_path: Path
) -> None:
    pdf = written(tmp_path / "a.pdf", pdf_of([(90, 700, 10, "Zeppelins are slow.")]))
    file = attached(library, pdf)
    library.attached_file(file).unlink()
    library.index_pending()
    assert library.find("pdf:zeppelins").ids
    (told,) = library.check().differences
    assert (told.kind, told.paper_ids) == ("file-missing", (library.find().ids[0],))
    assert not library.attach(library.find().ids[0], [pdf])
    assert library.attached_file(file).read_bytes() == pdf.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_names_are_kept_as_they_are_and_lead_nowhere(library: Library, tmp_path: Path) -> None:
    names = [ODD, "." * 5 + "pdf", "x" * 251 + ".pdf", "-rf", "CON.pdf", "surrogate\udcff.pdf"]
    paths = [written(tmp_path / name, name.encode("utf-8", "surrogateescape")) for name in names]
    paper_id = library.find().ids[0]
    library.attach(paper_id, paths)
    (paper,) = library.papers([paper_id])
    assert len(paper.attachments) == len(names)
    for file, path in zip(paper.attachments, paths, strict=True):
        place = library.attached_file(file)
        assert place.resolve().is_relative_to(library.folder.resolve() / FOLDER)
        assert place.read_bytes() == path.read_bytes()
    assert paper.attachments[0].name.endswith("{a},b;c?*.pdf")
    assert "\n" not in paper.attachments[0].name
    assert library.check().differences == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_file_of_a_read_only_place_is_copied_and_stays_as_it_is(library: Library, tmp_path: Path) -> None:
    place = tmp_path / "a disk"
    place.mkdir()
    pdf = written(place / "a.pdf", b"%PDF-1.7 of another")
    pdf.chmod(0o444)
    place.chmod(0o555)
    before = pdf.stat()
    try:
        file = attached(library, pdf)
    finally:
        place.chmod(0o755)
    after = pdf.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert stat.S_IMODE(library.attached_file(file).stat().st_mode) == 0o400


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_what_is_no_file_is_refused_and_nothing_waits_for_it(library: Library, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    with pytest.raises(ExpectedError, match="is no file"):
        library.attach(library.find().ids[0], [pipe])


def test_a_digest_of_a_hand_that_edited_the_database_leads_nowhere(library: Library, tmp_path: Path) -> None:
    secret = written(tmp_path / "secret", b"of nobody else")
    wrong = ["../" * 20 + str(secret)[1:], str(secret), "", "ab" * 31 + "A0", "ab" * 32 + "\n", "\x00"]
    for digest in wrong:
        place = path_of(library.folder, Attachment(digest, "a.pdf", 1))
        assert place.parent == library.folder / FOLDER
        assert not place.exists()
    with closing(sqlite3.connect(library.folder / FILE_NAME)) as connection:
        connection.execute(
            "UPDATE papers SET attachments = json_array(json_array(?, 'a.pdf', 14)) WHERE id = 1", wrong[:1]
        )
        connection.commit()
    (paper,) = library.papers([1])
    for ask in (library.attached_file, library.file_to_open):
        with pytest.raises(ExpectedError, match="is missing"):
            ask(paper.attachments[0])
    (told,) = [each for each in library.check().differences if each.kind.startswith("file")]
    assert told.paper_ids == (1,)
    exported = export_whole(library.folder, tmp_path / "whole.zip", lambda _done, _total: None)
    assert exported.lacking


def test_what_is_stopped_leaves_no_part_behind(library: Library, tmp_path: Path) -> None:
    large = written(tmp_path / "large.bin", bytes(5_000_000))
    calls = 0

    def stop(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise CancelledError

    with pytest.raises(CancelledError):
        library.attach(library.find().ids[0], [large], stop)
    assert kept(library) == []
    assert not library.find("has:pdf").ids


def test_a_file_that_is_written_meanwhile_is_not_attached(library: Library, tmp_path: Path) -> None:
    growing = written(tmp_path / "download.pdf", b"%PDF-1.7" + bytes(3_000_000))

    def go_on(_done: int, _total: int) -> None:
        with growing.open("ab") as stream:
            stream.write(b"more")

    with pytest.raises(ExpectedError, match="was changed while"):
        library.attach(library.find().ids[0], [growing], go_on)
    assert kept(library) == []


_ATTACH = """
import sys
from pathlib import Path
from readinglist.library.library import Library
limit = int(sys.argv[3])
with Library(Path(sys.argv[1])) as library:
    if limit:
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    print("begin", flush=True)
    for path in sys.argv[4:]:
        library.attach(int(sys.argv[2]), [Path(path)])
        print("done", flush=True)
"""


def in_a_process(folder: Path, paper_id: int, limit: int, paths: list[Path]) -> "subprocess.Popen[str]":
    """A program that attaches files one by one, and says when each is; none of its files may grow beyond a limit."""
    return subprocess.Popen(
        [sys.executable, "-c", _ATTACH, str(folder), str(paper_id), str(limit), *map(str, paths)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "READINGLIST_BACKGROUND": "off"},
    )


def test_killed_while_it_attaches_a_program_leaves_every_acknowledged_file(tmp_path: Path, library: Library) -> None:
    paths = [written(tmp_path / f"{number}.bin", os.urandom(2_000_000)) for number in range(12)]
    paper_id = library.find().ids[0]
    for wait in (0.0, 0.03, 0.08):
        with in_a_process(library.folder, paper_id, 0, paths) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            done = process.stdout.read().count("done")
        (paper,) = library.papers([paper_id])
        assert len(paper.attachments) >= done
        for file in paper.attachments:
            assert digest_of(library.attached_file(file)) == file.digest
    library.attach(paper_id, paths)
    (paper,) = library.papers([paper_id])
    assert len(paper.attachments) == len(paths)
    library.index_pending()
    assert library.check().differences == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_full_disk_attaches_nothing_and_says_so(tmp_path: Path, library: Library) -> None:
    paths = [written(tmp_path / "small.bin", b"small"), written(tmp_path / "large.bin", bytes(9_000_000))]
    paper_id = library.find().ids[0]
    size = max(path.stat().st_size for path in library.folder.iterdir())
    with in_a_process(library.folder, paper_id, size + 4_000_000, paths) as process:
        said, why = process.communicate(timeout=60)
    assert said.count("done") == 1
    assert "could not be written: File too large" in why
    (paper,) = library.papers([paper_id])
    assert [file.name for file in paper.attachments] == ["small.bin"]
    assert [path.read_bytes() for path in kept(library)] == [b"small"]
