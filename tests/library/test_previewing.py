"""A preview says what the import then does, record by record; the reader's choices are followed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library.answers import Choice, ImportOptions, InputText
from readinglist.library.library import Library
from readinglist.library.previewing import Verdict
from readinglist.papers.change import FieldChanged
from tests.library.listings import TITLES, listing


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        yield opened


def likely(name: str = "other.txt") -> InputText:
    """A listing whose first paper has the title of one of `TITLES`, and says something else."""
    text = (
        f"Apr 2\n\n{TITLES[0]}\n\nThis abstract tells of cooking and of gardens, and of nothing that was told before.\n"
    )
    return InputText(name, text.encode())


def test_a_preview_writes_nothing_and_says_what_the_import_does(library: Library) -> None:
    library.import_texts([listing(TITLES[:2])])
    texts = [listing(TITLES, name="more.txt"), likely()]
    preview = library.preview(texts)
    verdicts = Counter(record.verdict for record in preview.records)
    assert library.counts().all == 2
    assert verdicts == {Verdict.KNOWN: 2, Verdict.NEW: 2, Verdict.PROBABLE: 1}
    probable = next(record for record in preview.records if record.verdict is Verdict.PROBABLE)
    assert probable.like is not None
    assert probable.like.title == probable.paper.title == TITLES[0]
    assert (probable.file, probable.number) == (1, 1)
    ledger = library.import_texts(texts)
    assert (ledger.new, ledger.known) == (3, 2)


def test_a_record_is_known_from_a_text_before_it(library: Library) -> None:
    preview = library.preview([listing(TITLES), listing(TITLES[:1], name="again.txt")])
    last = preview.records[-1]
    assert last.verdict is Verdict.KNOWN
    assert last.like is not None
    assert last.like.id < 0


def test_records_left_out_by_choice_are_accounted_for(library: Library) -> None:
    options = ImportOptions({(0, 2): Choice.LEAVE_OUT, (0, 3): Choice.LEAVE_OUT})
    ledger = library.import_texts([listing(TITLES)], options=options)
    assert (ledger.records, ledger.new, ledger.left) == (4, 2, 2)
    assert [paper.title for paper in library.papers(library.find().ids)] == [TITLES[0], TITLES[3]]


def test_a_probable_duplicate_can_be_merged(library: Library) -> None:
    library.import_texts([listing(TITLES)])
    ledger = library.import_texts([likely()], options=ImportOptions({(0, 1): Choice.MERGE}))
    assert (ledger.new, ledger.known, ledger.warnings) == (0, 1, ())
    (paper,) = (paper for paper in library.papers(library.find().ids) if paper.title == TITLES[0])
    assert len(paper.sightings) == 2


def test_a_known_paper_can_be_kept_apart_and_is_not_asked_about_again(library: Library) -> None:
    library.import_texts([listing(TITLES)])
    ledger = library.import_texts([listing(TITLES[:1], name="apart.txt")], options=ImportOptions({(0, 1): Choice.ADD}))
    assert (ledger.new, ledger.known) == (1, 0)
    assert library.counts().all == 5
    undone = library.undo()
    assert undone is not None
    assert not any(isinstance(step, FieldChanged) for step in undone.steps)
    assert library.counts().all == 4
