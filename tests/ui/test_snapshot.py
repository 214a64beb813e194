"""What the window showed last: kept, read again, and never in the way."""

import json
from pathlib import Path

import pytest

from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from readinglist.ui.snapshot import FILE, ROWS, Snapshot, load, save


def taken(folder: Path) -> Snapshot:
    with Library(folder) as library:
        ids = library.find("").ids
        library.tag(ids[:3], ["nlp/parsing", "to read"])
        library.set_state(ids[:2], ReadingState.READ)
        library.add_note(ids[0], "A note.")
        return Snapshot("model status:inbox", library.counts(), tuple(library.papers(ids)))


def test_a_snapshot_comes_back_as_it_was(sample_folder: Path) -> None:
    snapshot = taken(sample_folder)
    assert save(sample_folder, snapshot)
    assert load(sample_folder) == snapshot


def test_it_gives_papers_as_the_library_does(sample_folder: Path) -> None:
    snapshot = taken(sample_folder)
    ids = [paper.id for paper in snapshot.shown]
    assert [paper.id for paper in snapshot.papers([ids[2], 10**9, ids[0]])] == [ids[2], ids[0]]
    assert list(snapshot.found().ids) == ids
    assert snapshot.found().hits.spans("text") == ()
    assert snapshot.found().hits.excerpt("longer text", 6) == "longer"


def test_it_holds_no_more_than_a_screen_shows(sample_folder: Path) -> None:
    snapshot = taken(sample_folder)
    long = Snapshot("", snapshot.counts, snapshot.shown * 10)
    save(sample_folder, long)
    again = load(sample_folder)
    assert again is not None
    assert len(again.shown) == ROWS


def test_there_is_none_in_a_new_library(tmp_path: Path) -> None:
    assert load(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"form": 1}', '{"form": 2}', '{"form": 1, "query": "", "counts": 3}']
)
def test_a_file_that_cannot_be_meant_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert load(tmp_path) is None


def test_a_file_of_another_version_is_none(sample_folder: Path) -> None:
    save(sample_folder, taken(sample_folder))
    plain = json.loads((sample_folder / FILE).read_text(encoding="utf-8"))
    (sample_folder / FILE).write_text(json.dumps({**plain, "form": 99}))
    assert load(sample_folder) is None


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    assert not save(tmp_path / "gone", Snapshot())
