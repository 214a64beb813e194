"""Which files a database names: wherever a digest stands, in any version of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.papers.change import Change, FieldChanged, PapersAdded, Remembered
from readinglist.papers.memory import Merge
from readinglist.papers.paper import Attachment, Link, LinkKind, Note, Paper
from readinglist.store.naming import every_digest_in
from readinglist.store.opening import FILE_NAME
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, PLAIN
from tests.store.old_libraries import OLD_LIBRARIES, unpack

DIGESTS = [f"{number:02x}" * 32 for number in range(10, 20)]
NEVER = "ff" * 32


def file(number: int) -> Attachment:
    return Attachment(DIGESTS[number], "a.pdf", 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    store = PaperStore(tmp_path)
    yield store
    store.close()


def fill(store: PaperStore) -> None:
    """Name the first eight digests, each in another place."""
    paper = replace(
        PLAIN,
        sightings=(),
        attachments=(file(0),),
        notes=(Note("n1", f"See file:///library/files/{DIGESTS[1]}.pdf", NOW, NOW),),
        links=(Link(f"file:///library/files/{DIGESTS[2]}.pdf", LinkKind.DATA),),
        extra={"file": f":files/{DIGESTS[3]}.pdf:PDF"},
    )
    store.record(Change("Add", (PapersAdded((paper,)),)), NOW)
    store.record(Change("Detach", (FieldChanged("attachments", (2,), ((file(0), file(4)),), ((file(0),),)),)), NOW)
    absorbed = Paper(id=90, title="Absorbed", added=NOW, attachments=(file(5),))
    store.record(Change("Merge", (Remembered(Merge("m1", paper, absorbed, NOW)),)), NOW)
    store.compact_journal(store.newest_change() - 1)  # the first two are remembered by the papers alone
    long = tuple(replace(PLAIN, id=n, citation_key="", title=f"Long {n} " * 50, sightings=()) for n in range(5, 40))
    trashed = Paper(id=40, title="Old", added=NOW, trashed=NOW, attachments=(file(6),))
    store.record(Change("Add many, packed", (PapersAdded((*long, trashed)),)), NOW)
    store.undo(NOW)  # and may be done again
    store.record(Change("Note", (FieldChanged("title", (2,), ("Attention Is All You Need",), (DIGESTS[7],)),)), NOW)


def test_every_place_that_can_name_a_file_is_looked_at(store: PaperStore) -> None:
    fill(store)
    wanted = {*DIGESTS, NEVER}
    named = {*DIGESTS[:4], *DIGESTS[5:8]}  # what was detached, and that is forgotten, may go
    assert store.named_files(wanted) == named
    assert store.named_files({DIGESTS[0]}) == {DIGESTS[0]}
    assert store.named_files(set()) == set()


def test_a_whole_database_tells_the_same(store: PaperStore) -> None:
    fill(store)
    store.close()
    assert every_digest_in(store.folder / FILE_NAME) == [*DIGESTS[:4], *DIGESTS[5:8]]


@pytest.mark.parametrize("old", OLD_LIBRARIES, ids=lambda path: path.name.partition(".")[0])
def test_libraries_of_every_version_are_read(old: Path, tmp_path: Path) -> None:
    unpack(old, tmp_path / "library")
    before = (tmp_path / "library" / FILE_NAME).read_bytes()
    found = every_digest_in(tmp_path / "library" / FILE_NAME)
    assert all(len(digest) == 64 for digest in found)
    assert (tmp_path / "library" / FILE_NAME).read_bytes() == before
    assert not list((tmp_path / "library").glob("*-wal"))
