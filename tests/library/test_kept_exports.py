"""Exports kept up to date: written anew when what their search finds changes, and never over another's changes."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from readinglist.errors import CancelledError, ExpectedError, UsageError
from readinglist.formats import bibtex
from readinglist.library.base import no_progress
from readinglist.library.complete_export import export_whole
from readinglist.library.complete_import import import_whole
from readinglist.library.export_formats import EXPORT_FORMATS, ExportOptions
from readinglist.library.kept_exports import KeptFile, KeptState
from readinglist.library.library import Library
from readinglist.library.replaced_files import WouldLoseError
from readinglist.library.written_files import FILE
from tests.library.listings import TITLES, listing

BIBTEX = ExportOptions()
MINE = "@article{mine2020, title={An Entry of My Own}, author={Me, My}, year=2020}\n"


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        opened.star([1])
        yield opened


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "thesis"
    folder.mkdir()
    return folder / "starred.bib"


def standing(library: Library) -> KeptFile:
    (only,) = library.kept_exports()
    return only


def states(library: Library) -> list[KeptState]:
    return [each.state for each in library.write_kept()]


def test_a_file_is_written_now_and_whenever_its_search_finds_something_else(library: Library, target: Path) -> None:
    written = library.keep_export(target, "is:starred", BIBTEX)
    assert (written.path, written.papers) == (target, 1)
    assert library.undo_label() == "Keep starred.bib up to date"
    assert target.read_text().count("@misc") == 1
    assert states(library) == [KeptState.CURRENT]
    assert standing(library).state is KeptState.CURRENT
    library.star([2])
    assert standing(library).state is KeptState.STALE
    assert states(library) == [KeptState.CURRENT]
    assert target.read_text().count("@misc") == 2
    assert list(target.parent.iterdir()) == [target]


def test_a_file_whose_bytes_would_be_the_same_is_not_touched(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    before, written = target.stat().st_mtime_ns, standing(library).written
    library.tag([3], ["other"])
    assert standing(library).state is KeptState.STALE
    assert states(library) == [KeptState.CURRENT]
    assert (target.stat().st_mtime_ns, standing(library).written) == (before, written)


@pytest.mark.parametrize("name", [form.name for form in EXPORT_FORMATS])
def test_every_format_can_be_kept(library: Library, target: Path, name: str) -> None:
    library.keep_export(target, "", ExportOptions(name, personal=False, style="ieee" if "bibl" in name else ""))
    library.edit_fields(1, {"title": "Quite Another Title"})
    assert states(library) == [KeptState.CURRENT]
    assert "Quite Another Title" in target.read_text(encoding="utf-8").replace("{", "").replace("}", "")


def test_new_papers_stand_at_the_end_unless_an_order_was_asked_for(library: Library, target: Path) -> None:
    library.keep_export(target, "", BIBTEX)
    library.keep_export(target.with_name("b.bib"), "sort:title", BIBTEX)
    text, ordered = target.read_text(), target.with_name("b.bib").read_text()
    library.import_texts([listing(["Attention Is All You Need"], "Mar 20", "later.txt")])
    library.write_kept()
    assert target.read_text().index("Hungry") < target.read_text().index("Attention")
    assert ordered.index("Attention") < ordered.index("Hungry")
    assert text.split("\n@")[1] == target.read_text().split("\n@")[1]


def test_what_somebody_else_wrote_is_left_alone_until_the_reader_says_so(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    target.write_text(target.read_text() + MINE)
    assert standing(library).state is KeptState.FOREIGN
    library.star([2])
    assert states(library) == [KeptState.FOREIGN]
    assert "mine2020" in target.read_text()
    assert [each.state for each in library.write_kept(only=[standing(library).export.id])] == [KeptState.FOREIGN]
    (written,) = library.write_kept(only=[standing(library).export.id], anyway=True)
    assert written.state is KeptState.CURRENT
    assert target.read_text().count("@misc") == 2
    assert "mine2020" in target.with_name("starred.bib~").read_text()


def test_a_change_that_was_taken_back_is_none(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    library.write_kept()
    before = target.read_text()
    target.write_text("")
    target.write_text(before)
    assert standing(library).state is KeptState.CURRENT


def test_a_file_that_was_deleted_is_written_again(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    target.unlink()
    assert states(library) == [KeptState.CURRENT]
    assert target.exists()


def test_lost_notes_are_no_reason_to_ask_where_the_file_is_right(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    (library.folder / FILE).unlink()
    assert states(library) == [KeptState.CURRENT]
    (library.folder / FILE).unlink()
    library.star([2])
    assert states(library) == [KeptState.FOREIGN]


def test_it_is_kept_through_restarts(library: Library, target: Path, library_folder: Path) -> None:
    library.keep_export(target, "is:starred", ExportOptions("bibtex", personal=False))
    library.write_kept()
    with Library(library_folder) as again:
        assert standing(again).state is KeptState.CURRENT
        again.star([2])
    assert states(library) == [KeptState.CURRENT]
    assert target.read_text().count("@misc") == 2
    assert "relevance" not in target.read_text()


def test_a_file_that_cannot_be_written_does_not_stop_the_others(library: Library, target: Path) -> None:
    gone = target.parent / "gone" / "a.bib"
    gone.parent.mkdir()
    library.keep_export(gone, "is:starred", BIBTEX)
    library.keep_export(target, "is:starred", BIBTEX)
    gone.unlink()
    gone.parent.rmdir()
    library.star([2])
    failed, written = library.write_kept()
    assert (failed.state, written.state) == (KeptState.FAILED, KeptState.CURRENT)
    assert "a.bib could not be written" in failed.problem


def test_a_text_that_cannot_be_proven_is_not_written(
    library: Library, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    before, write = target.read_text(), bibtex.write
    monkeypatch.setattr(bibtex, "write", lambda papers, options: write((replace(p, url="") for p in papers), options))
    library.edit_fields(1, {"url": "https://example.org/a"})
    (failed,) = library.write_kept()
    assert failed.state is KeptState.FAILED
    assert "the url of the entry" in failed.problem
    assert target.read_text() == before


def test_keeping_is_undone_and_done_again(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    library.undo()
    assert library.kept_exports() == []
    assert target.exists()
    library.redo()
    library.stop_export("starred.bib")
    assert library.kept_exports() == []
    assert library.undo_label() == "Stop keeping starred.bib up to date"


def test_another_file_is_not_lost_to_it(library: Library, target: Path) -> None:
    target.write_text(MINE)
    with pytest.raises(WouldLoseError, match="mine2020"):
        library.keep_export(target, "is:starred", BIBTEX)
    assert library.kept_exports() == []
    library.keep_export(target, "is:starred", BIBTEX, replace_all=True)
    assert target.with_name("starred.bib~").read_text() == MINE


def test_one_file_is_kept_once_and_outside_of_the_library(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    with pytest.raises(UsageError, match="already"):
        library.keep_export(target.parent / ".." / "thesis" / "starred.bib", "", BIBTEX)
    with pytest.raises(ExpectedError, match="own folder"):
        library.keep_export(library.folder / "library.sqlite", "", BIBTEX, replace_all=True)
    with pytest.raises(UsageError, match="no file"):
        library.kept_export("other.bib")
    assert library.kept_export(str(target)) == library.kept_export("starred.bib")


def test_two_programs_do_not_write_at_once_and_the_wait_can_be_cancelled(library: Library, target: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    library.star([2])
    asked = threading.Event()

    def stop(_done: int, _total: int) -> None:
        asked.set()
        raise CancelledError("Stopped.")

    with FileLock(library.folder / "kept-exports.lock"), pytest.raises(CancelledError):
        library.write_kept(stop)
    assert asked.is_set()
    assert target.read_text().count("@misc") == 1
    assert states(library) == [KeptState.CURRENT]


def test_a_library_that_can_be_read_alone_still_exports_and_keeps_nothing(
    library: Library, target: Path, library_folder: Path
) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    library.star([2])
    with Library(library_folder) as again:
        again._store._never_changed = "It lies on a disk that cannot be written."
        assert [each.state for each in again.write_kept()] == [KeptState.STALE]
        again.export_to(target.with_name("b.bib"), [1], BIBTEX)
    assert target.read_text().count("@misc") == 1
    assert target.with_name("b.bib").exists()


def test_a_name_that_no_text_can_hold_is_refused_in_words(library: Library, target: Path) -> None:
    with pytest.raises(UsageError, match="not in UTF-8"):
        library.keep_export(target.with_name("\udcff.bib"), "is:starred", BIBTEX)
    assert library.kept_exports() == []


def test_a_library_from_elsewhere_writes_nowhere_by_itself(library: Library, target: Path, tmp_path: Path) -> None:
    library.keep_export(target, "is:starred", BIBTEX)
    export_whole(library.folder, tmp_path / "whole.zip", no_progress)
    target.unlink()
    import_whole(tmp_path / "whole.zip", tmp_path / "elsewhere", no_progress)
    with Library(tmp_path / "elsewhere") as other:
        other.star([2])
        (kept,) = other.write_kept()
        assert (kept.state, "Write it once" in kept.problem) == (KeptState.FAILED, True)
        assert not target.exists()
        (written,) = other.write_kept(only=[kept.export.id])
        assert written.state is KeptState.CURRENT
    assert target.exists()
