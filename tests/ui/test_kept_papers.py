"""Papers at hand, and the race between a reader in the background and a change."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from readinglist.library.library import Library
from readinglist.papers.paper import Paper
from readinglist.ui.kept_papers import MOST, KeptPapers
from tests.ui.sample_library import Counting, sample_library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = sample_library(tmp_path / "library")
    yield library
    library.close()


def test_what_is_at_hand_is_not_read_again(library: Library) -> None:
    source, ids = Counting(library), library.find("").ids[:5]
    kept = KeptPapers(source)
    assert ids[0] not in kept
    assert list(kept.read(ids[:3]).values()) == library.papers(ids[:3])
    assert list(kept.read(ids)) == [*ids]
    assert ids[0] in kept
    assert source.asked == [tuple(ids[:3]), tuple(ids[3:])]


def test_a_paper_that_is_gone_is_none_and_not_asked_for_again(library: Library) -> None:
    source = Counting(library)
    kept = KeptPapers(source)
    assert kept.read([987_654]) == {987_654: None}
    assert kept.read([987_654]) == {987_654: None}
    assert len(source.asked) == 1


def test_the_oldest_are_let_go(library: Library) -> None:
    source = Counting(library)
    kept = KeptPapers(source)
    kept.read(range(100_000, 100_000 + MOST))
    kept.read([1])
    assert 100_000 not in kept
    assert 100_001 in kept
    assert 1 in kept


class Meanwhile(Counting):
    """Lets a paper be starred and forgotten between its reading and its keeping, as two threads may."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.kept = KeptPapers(self)

    def papers(self, ids: Sequence[int], /) -> list[Paper]:
        read = super().papers(ids)
        if len(self.asked) == 1:
            self._library.star(ids)
            self.kept.forget(ids)
        return read


def test_what_changed_while_it_was_read_is_not_kept(library: Library) -> None:
    source, paper_id = Meanwhile(library), library.find("").ids[0]
    before = source.kept.read([paper_id])[paper_id]
    assert before is not None
    assert not before.starred
    after = source.kept.read([paper_id])[paper_id]
    assert after is not None
    assert after.starred
