from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library.library import Library
from tests.library.listings import listing_of

SPEECH, LIPS, ROBOTS = "Speech from Silent Lips", "Reading Lips for Silent Speech", "Robots in Gardens"
ABSTRACTS = {
    SPEECH: "Lips that move without sound are read by a vocoder.",
    LIPS: "A vocoder that turns what lips do into sound.",
    ROBOTS: "They water the roses of a garden while nobody looks at them.",
}


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing_of(ABSTRACTS)])
        opened.index_pending()
        yield opened


def related(library: Library, title: str) -> list[str]:
    paper = next(paper for paper in library.papers(library.find("").ids) if paper.title == title)
    return [found.title for found in library.papers([near.paper_id for near in library.related(paper.id)])]


def test_papers_about_the_same_are_related(library: Library) -> None:
    assert related(library, SPEECH) == [LIPS]
    assert related(library, ROBOTS) == []


def test_the_trash_is_left_out(library: Library) -> None:
    library.trash(library.find("reading").ids)
    assert related(library, SPEECH) == []


def test_a_paper_not_indexed_yet_has_related_ones_and_becomes_one_when_it_is_indexed(library: Library) -> None:
    newer = "Silent Lips Speak Again"
    library.import_texts([listing_of({newer: ABSTRACTS[SPEECH]}, day="Mar 15", name="b.txt")])
    assert set(related(library, newer)) == {SPEECH, LIPS}
    assert related(library, SPEECH) == [LIPS]
    library.index_pending()
    assert set(related(library, SPEECH)) == {newer, LIPS}


def test_a_paper_that_is_gone_but_still_indexed_is_left_out(library: Library) -> None:
    library.import_texts([listing_of({"Silent Lips": ABSTRACTS[SPEECH]}, day="Mar 15", name="b.txt")])
    library.index_pending()
    assert len(related(library, SPEECH)) == 2
    library.undo()
    assert related(library, SPEECH) == [LIPS]


def test_without_an_index_there_are_none(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing_of(ABSTRACTS)])
        assert related(library, SPEECH) == []
        assert library.related(99) == ()
