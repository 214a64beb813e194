"""The library as of an earlier day, read only; the library itself is not touched."""

import hashlib
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, ExpectedError, UsageError
from readinglist.library import as_of
from readinglist.library.library import Library
from tests.faults.acts import edit
from tests.library.past import Clock, everything, import_sample, library_with_clock

Opened = tuple[Library, Clock]


@pytest.fixture
def opened(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with library_with_clock(library_folder, monkeypatch) as pair:
        import_sample(pair[0])
        yield pair


def test_each_day_is_as_it_was_then(opened: Opened) -> None:
    library, clock = opened
    chance = random.Random(3)
    ids = sorted(library.find().ids)
    days = {0: everything(library)}
    for day in range(1, 12):
        clock.day(day)
        for _ in range(4):
            edit(library, chance, ids)
        for _ in range(chance.randrange(3)):
            library.undo()
        for _ in range(chance.randrange(2)):
            library.redo()
        days[day] = everything(library)
    for day in (0, 3, 7, 11):
        with library.as_of(f"2026-03-{9 + day:02}") as then:
            assert everything(then) == days[day]
    assert everything(library) == days[11]


def test_it_can_be_searched_and_exported_but_not_changed(opened: Opened) -> None:
    library, clock = opened
    ids = library.find().ids
    clock.day(3)
    library.tag(ids, ["new"])
    with library.as_of("2026-03-10") as then:
        assert then.read_only == "As of 10 Mar 2026. Read only."
        assert library.read_only == ""
        assert list(then.find("model").ids) == list(library.find("model").ids)
        assert then.find("tag:new").ids == []
        assert "groups = {new}" in library.export(ids[:1], "bibtex")
        assert "groups" not in then.export(ids[:1], "bibtex")
        for act in (lambda: then.star(ids), then.undo, then.redo, lambda: then.compact(30)):
            with pytest.raises(ExpectedError, match="Read only"):
                act()
        assert then.counts().all == len(ids)


def test_the_copy_goes_and_the_library_stays_as_it_is(opened: Opened, library_folder: Path) -> None:
    library, clock = opened
    clock.day(2)
    library.star(library.find().ids[:2])

    def digests() -> dict[str, str]:
        files = sorted(path for path in library_folder.rglob("*") if path.is_file() and path.suffix != ".sqlite-shm")
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    then = library.as_of("monday")
    folder = then.folder
    assert folder != library_folder
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "library.sqlite").stat().st_mode & 0o077 == 0
    then.close()
    assert not folder.exists()
    assert digests() == before


def test_a_day_that_the_journal_forgot_is_said(opened: Opened) -> None:
    library, clock = opened
    clock.day(10)
    library.star(library.find().ids[:1])
    clock.day(60)
    library.compact(30)
    with pytest.raises(ExpectedError, match="reaches back to 19 Mar 2026"):
        library.as_of("2026-03-12")
    library.as_of("2026-03-19").close()


def test_no_day_and_a_cancelled_copy_leave_nothing(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, clock = opened
    clock.day(5)
    library.star(library.find().ids[:1])
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with pytest.raises(UsageError, match="no date"):
        library.as_of("some day")

    def stop(_done: int, _total: int) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        library.as_of("2026-03-10", stop)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("monday", date(2026, 3, 16), date(2026, 3, 16)),
        ("friday", date(2026, 3, 13), date(2026, 3, 13)),
        ("last-week", date(2026, 3, 9), date(2026, 3, 15)),
        ("2026-03-14", date(2026, 3, 14), date(2026, 3, 14)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("this-month", date(2026, 3, 1), date(2026, 3, 18)),
        (">=2026-03-02", date(2026, 3, 2), date(2026, 3, 18)),
    ],
)
def test_days_are_those_of_the_search_language(text: str, first: date, last: date) -> None:
    today = date(2026, 3, 18)
    assert as_of.start_of(text, today).date() == first
    assert as_of.end_of(text, today).date() == last


def test_the_first_day_of_all_is_a_moment_too() -> None:
    assert as_of.start_of("0001-01-01", date(2026, 3, 18)).year == 1


def test_what_is_indexed_is_indexed_there_too_and_texts_of_then_are_found(opened: Opened) -> None:
    library, clock = opened
    paper_id = library.find().ids[0]
    title = library.papers([paper_id])[0].title
    library.index_pending()
    clock.day(3)
    library.edit_fields(paper_id, {"title": "Quokkas of the world"})
    library.index_pending()
    with library.as_of("2026-03-10") as then:
        assert [entry.paper_id for entry in then._store.to_index()] == [paper_id]
        assert then.find("quokkas").ids == []
        assert paper_id in then.find(f'title:"{title}"').ids
        then.index_pending()
        assert then.check().differences == ()
        assert paper_id in then.find(f'title:"{title}"').ids
    assert library.find("quokkas").ids == [paper_id]


def test_where_the_index_cannot_be_kept_still_a_day_is_searched_without_it(opened: Opened) -> None:
    library, _ = opened
    library.index_pending()
    lock = library.folder / "index" / "write.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with library.as_of("2026-03-10") as then:
        assert list(then.find("model").ids) == list(library.find("model").ids)
