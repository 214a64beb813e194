"""The full-text index on disk: papers in, out, replaced; built anew; used by several at once."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from readinglist.errors import CancelledError, ExpectedError
from readinglist.papers.query import Phrase, Word
from readinglist.search import paper_index
from readinglist.search.paper_index import (
    IndexBrokenError,
    IndexBusyError,
    IndexMissingError,
    PaperIndex,
    PaperText,
)
from readinglist.search.posting_lists import PostingCache
from tests.search.making import made_up


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PaperIndex]:
    made = PaperIndex(tmp_path / "index", "library", lock_seconds=0.1)
    made.build([])
    yield made
    made.close()


def found(index: PaperIndex, text: str, field: str = "", prefix: bool = False) -> list[int]:
    scored = index.scores(Word(text, field, prefix))
    assert scored is not None
    ids, scores = scored
    assert len(ids) == len(scores)
    assert all(score > 0 for score in scores)
    return list(map(int, ids))


def best_first(index: PaperIndex, text: str) -> list[int]:
    scored = index.scores(Word(text))
    assert scored is not None
    return [paper_id for _, paper_id in sorted(zip(-scored[1], scored[0].tolist(), strict=True))]


def test_an_empty_index_finds_nothing(index: PaperIndex) -> None:
    assert index.ids().tolist() == []
    assert found(index, "attention") == []
    assert found(index, "att", prefix=True) == []
    assert index.terms("a") == []
    assert not index.fold()


def test_papers_are_found_by_their_words(index: PaperIndex) -> None:
    index.add([PaperText(2, "Attention heads", "We look", "Ada Byron", "nice"), PaperText(1, "Looking", "attention")])
    assert index.ids().tolist() == [1, 2]
    assert found(index, "attention") == [1, 2]
    assert found(index, "attention", "title") == [2]
    assert found(index, "attention", "abstract") == [1]
    assert found(index, "byron", "authors") == [2]
    assert found(index, "nice", "notes") == [2]
    assert found(index, "look", prefix=True) == [1, 2]
    assert found(index, "by", prefix=True) == [2]
    assert found(index, "absent") == []


def test_a_word_without_letters_asks_nothing(index: PaperIndex) -> None:
    assert index.scores(Word("—")) is None
    assert index.scores(Phrase("…")) is None


def test_a_paper_indexed_again_is_replaced(index: PaperIndex) -> None:
    index.add([PaperText(1, "Old words"), PaperText(2, "Other words")])
    index.add([PaperText(1, "New words"), PaperText(3, "More words"), PaperText(3, "Most words")])
    assert index.ids().tolist() == [1, 2, 3]
    assert found(index, "old") == found(index, "more") == []
    assert found(index, "new") == [1]
    assert found(index, "most") == [3]
    assert found(index, "words") == [1, 2, 3]


def test_papers_are_removed(index: PaperIndex) -> None:
    index.add([PaperText(number, "Same words") for number in (1, 2, 3)])
    index.remove([2, 99])
    index.remove([])
    assert index.ids().tolist() == [1, 3]
    assert found(index, "words") == [1, 3]


def test_the_title_counts_most_and_rare_words_more(index: PaperIndex) -> None:
    filler = " and so on with many other things"
    index.add(
        [PaperText(1, "Graphs", filler), PaperText(2, "Things", "graphs" + filler), PaperText(3, "X", "", "", "graphs")]
    )
    index.add([PaperText(number, "Things", filler) for number in range(10, 30)])
    assert best_first(index, "graphs")[0] == 1
    rare, common = index.scores(Word("graphs")), index.scores(Word("things"))
    assert rare is not None
    assert common is not None
    assert rare[1].max() > common[1].max()


def test_a_prefix_reaches_its_most_frequent_words(index: PaperIndex) -> None:
    index.add([PaperText(number, f"wordy{number:03}", "wordyest") for number in range(1, 101)])
    index.add([PaperText(200, "wordyest")])
    assert 200 in found(index, "wordy", prefix=True)
    assert index.terms("Wordy", 2) == ["wordyest", "wordy001"]


def test_small_segments_are_folded(index: PaperIndex) -> None:
    papers = made_up(60)
    for start in range(0, 60, 10):
        index.add(papers[start : start + 10])
    index.remove([5])
    before = {word: found(index, word) for word in ("ba", "co", "multi-modal")}
    assert index.fold()
    assert {word: found(index, word) for word in before} == before
    assert not index.fold()
    assert len(index.ids()) == 59


def test_worn_out_segments_are_written_anew(index: PaperIndex) -> None:
    index.add(made_up(10))
    index.remove(range(1, 6))
    assert index.fold()
    assert index.ids().tolist() == [6, 7, 8, 9, 10]
    assert not index.fold()


def test_building_anew_takes_the_place_of_the_old(index: PaperIndex) -> None:
    index.add([PaperText(1, "Old")])
    told: list[int] = []
    assert index.build((PaperText(number, "New") for number in range(1, 251)), told.append) == 250
    assert told == [100, 200, 250]
    assert found(index, "old") == []
    assert len(found(index, "new")) == 250


def test_the_old_index_answers_while_a_new_one_is_built(index: PaperIndex, tmp_path: Path) -> None:
    index.add([PaperText(1, "Old")])
    reader = PaperIndex(tmp_path / "index", "library")
    answers: list[list[int]] = []

    def texts() -> Iterator[PaperText]:
        answers.append(found(reader, "old"))
        yield PaperText(1, "New")

    index.build(texts())
    assert answers == [[1]]
    assert found(reader, "new") == [1]
    reader.close()


def test_a_cancelled_build_leaves_the_old_index(index: PaperIndex, tmp_path: Path) -> None:
    index.add([PaperText(1, "Old")])
    parts = sorted(path.name for path in (tmp_path / "index").iterdir())

    def cancel(_: int) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        index.build(made_up(150), cancel)
    assert found(index, "old") == [1]
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == parts


def test_leftovers_of_a_killed_build_go_with_the_next(index: PaperIndex, tmp_path: Path) -> None:
    (tmp_path / "index" / "leftover").mkdir()
    index.build([])
    assert not (tmp_path / "index" / "leftover").exists()
    assert sum(path.is_dir() for path in (tmp_path / "index").iterdir()) == 1


def test_what_another_program_commits_is_seen(index: PaperIndex, tmp_path: Path) -> None:
    assert found(index, "attention") == []
    other = PaperIndex(tmp_path / "index", "library")
    other.add([PaperText(1, "Attention")])
    assert found(index, "attention") == [1]
    other.build([PaperText(2, "Attention")])
    assert found(index, "attention") == [2]
    index.close()
    assert found(index, "attention") == [2]
    other.close()


def test_an_index_that_is_missing_says_so(tmp_path: Path) -> None:
    index = PaperIndex(tmp_path / "index", "library")
    for ask in (index.ids, lambda: index.scores(Word("a")), lambda: index.add([PaperText(1)]), index.fold):
        with pytest.raises(IndexMissingError):
            ask()


def test_another_librarys_index_is_not_used(index: PaperIndex, tmp_path: Path) -> None:
    index.add([PaperText(1, "Mine")])
    other = PaperIndex(tmp_path / "index", "other library")
    with pytest.raises(IndexBrokenError, match="another library"):
        other.ids()
    other.build([])
    with pytest.raises(IndexBrokenError, match="another library"):
        index.ids()


def test_a_second_writer_waits_and_then_says_so(index: PaperIndex, tmp_path: Path) -> None:
    index.add([PaperText(1, "Mine")])
    with FileLock(tmp_path / "index" / "write.lock"):
        for write in (
            lambda: index.add([PaperText(2)]),
            lambda: index.remove([1]),
            lambda: index.build([]),
            index.fold,
        ):
            with pytest.raises(IndexBusyError):
                write()
        assert found(index, "mine") == [1]
    index.add([PaperText(2, "Mine")])
    assert found(index, "mine") == [1, 2]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere: the user's folder is the user's own there")
def test_the_folder_is_the_readers_own(index: PaperIndex, tmp_path: Path) -> None:
    assert index.ids().tolist() == []
    for folder in (tmp_path / "index", *(path for path in (tmp_path / "index").iterdir() if path.is_dir())):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ExpectedError, match="cannot be kept"):
        PaperIndex(tmp_path / "file" / "index", "library").build([])


def test_the_cache_is_bounded(index: PaperIndex) -> None:
    index.add(made_up(100))
    cache = PostingCache(postings_kept=300)
    index._cache = cache
    index._view = None
    for word in ("ba", "co", "di", "fu", "ge", "hal", "im", "jo"):
        first = found(index, word)
        assert found(index, word) == first
        assert cache.postings <= 300


def test_the_words_kept_are_bounded(index: PaperIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    from readinglist.search import view

    index.add(made_up(100))
    right = [found(index, word) for word in ("ba", "co", "di", "fu")]
    index.close()
    monkeypatch.setattr(view, "_WORDS_KEPT", 250)
    for _ in range(2):
        assert [found(index, word) for word in ("ba", "co", "di", "fu")] == right
        assert index._view is not None
        assert 0 < index._view._memory == sum(held.memory for held in index._view._kept.values()) <= 250


def test_nothing_heavy_is_loaded_before_the_first_use() -> None:
    code = (
        "import sys, pathlib, readinglist.search.paper_index as p;"
        "import readinglist.search.snippets, readinglist.search.scan, readinglist.search.evaluate;"
        "p.PaperIndex(pathlib.Path('nowhere'), 'x');"
        "sys.exit(', '.join({'whoosh', 'numpy'} & set(sys.modules)) or None)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_terms_come_with_notes_and_without(index: PaperIndex, tmp_path: Path) -> None:
    index.add(made_up(80))
    index.add([PaperText(100 + number, f"wide{number:03}") for number in range(100)])
    questions = [("b", True), ("co", True), ("bac", True), ("wide01", True), ("zz", True), ("学", True)]
    with_notes = [found(index, text, prefix=prefix) for text, prefix in questions]
    terms = index.terms("co", 20)
    notes = list((tmp_path / "index").rglob("*.notes"))
    assert len(notes) == 3  # of two segments, and of the contents
    for path in notes:
        path.write_bytes(path.read_bytes()[:-1])
    index.close()
    assert [found(index, text, prefix=prefix) for text, prefix in questions] == with_notes
    assert index.terms("co", 20) == terms


def test_notes_go_with_their_segments(index: PaperIndex, tmp_path: Path) -> None:
    for start in range(0, 50, 10):
        index.add(made_up(50)[start : start + 10])
    assert index.fold()
    kinds = [path.suffix for path in (tmp_path / "index").rglob("MAIN_*") if path.is_file()]
    assert kinds.count(".notes") == kinds.count(".seg") == 1


def test_many_small_batches_do_not_pile_up(index: PaperIndex, tmp_path: Path) -> None:
    papers = made_up(40)
    for paper in papers:
        index.add([paper])
    assert len(list((tmp_path / "index").rglob("*.seg"))) < 20
    whole = PaperIndex(tmp_path / "whole", "library")
    whole.build(papers)
    for word in ("ba", "co", "multi-modal"):
        assert found(index, word) == found(whole, word)
    whole.close()


def test_searches_go_on_while_papers_are_added(index: PaperIndex) -> None:
    index.add([PaperText(1, "Here already")])
    during: list[list[int]] = []

    with index._changing([2]) as writer:
        asking = threading.Thread(target=lambda: during.append(found(index, "already")))
        asking.start()
        asking.join(timeout=10)
        writer.add_document(id=2, body={"already": 5})
    assert during == [[1]]
    assert found(index, "already") == [1, 2]


def test_papers_with_long_files_are_built_into_several_segments(
    index: PaperIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_index, "_LETTERS_IN_SEGMENT", 5_000)
    papers = made_up(120)
    assert index.build(papers) == 120
    with index._reading() as view:
        assert 2 < len(view.segments) < 60
    assert index.ids().tolist() == [paper.id for paper in papers]
    assert found(index, "ba", "pdf") == [paper.id for paper in papers if "ba" in paper.pdf.split()]


def test_phrases_in_files_are_candidates_by_their_words(index: PaperIndex) -> None:
    index.add([PaperText(1, "Sheep", pdf="slower than zeppelins"), PaperText(2, "Slower", "than sheep"), PaperText(3)])

    def candidates(phrase: Phrase) -> list[int]:
        ids, scores = index.standing_in_files(phrase)
        assert (scores > 0).all()
        return [int(paper_id) for paper_id in ids]

    assert candidates(Phrase("zeppelins slower")) == [1]
    assert candidates(Phrase("slower than sheep")) == []
    assert candidates(Phrase("slower than x", prefix=True)) == [1]  # the text tells whether a word begins so
    assert candidates(Phrase("zepp", prefix=True)) == [1]
    assert candidates(Phrase("…")) == []
    index.remove([1])
    assert candidates(Phrase("zeppelins slower")) == []
