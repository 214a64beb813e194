"""A preview says what the import then does, record by record; the reader's choices are followed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library.answers import Choice, ImportOptions, InputText
from readinglist.library.ledger import Ledger
from readinglist.library.library import Library
from readinglist.library.previewing import Verdict, foreseen
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


SAMPLES = Path(__file__).parents[1] / "samples"


def counts(ledger: Ledger) -> list[tuple[object, ...]]:
    return [
        (file.file, file.format, file.records, file.new, file.known, file.changed, file.skipped, file.left,
         file.feeds, file.imported_before)
        for file in ledger.files
    ]  # fmt: skip


@pytest.mark.parametrize("leave_known", [False, True])
def test_what_is_foreseen_comes_true_for_files_of_all_formats(library: Library, *, leave_known: bool) -> None:
    texts = library.inputs([SAMPLES]).texts
    library.import_texts(texts[::5])
    foretold = foreseen(library.preview(texts), leave_known=leave_known)
    ledger = library.import_texts(texts, options=ImportOptions(leave_known=leave_known))
    assert counts(foretold) == counts(ledger)
    assert leave_known or [file.days for file in foretold.files] == [file.days for file in ledger.files]
    assert Counter(foretold.errors) == Counter(ledger.errors)
    assert Counter(notice.code for notice in foretold.warnings) == Counter(notice.code for notice in ledger.warnings)
    assert ledger.records == sum((ledger.new, ledger.known, ledger.changed, ledger.skipped, ledger.left, ledger.feeds))


def test_known_records_are_left_out_if_that_is_wanted(library: Library) -> None:
    library.import_texts([listing(TITLES[:2])])
    ledger = library.import_texts([listing(TITLES, name="b.txt")], options=ImportOptions(leave_known=True))
    assert (ledger.records, ledger.new, ledger.left, ledger.known) == (4, 2, 2, 0)
    assert all(len(paper.sightings) == 1 for paper in library.papers(library.find().ids))


def test_feeds_are_kept_once_listed_and_forgotten_again(library: Library) -> None:
    path = SAMPLES / "opml" / "feeds.opml"
    texts = library.inputs([path]).texts
    records = library.preview(texts).records
    assert {record.verdict for record in records} == {Verdict.FEED}
    ledger = library.import_texts(texts)
    kept = library.feeds()
    assert (ledger.feeds, ledger.known, ledger.new) == (len(records), 0, 0)
    assert len(kept) == len(records) > 2
    assert [feed.title for feed in kept] == sorted((feed.title for feed in kept), key=str.casefold)
    again = library.import_texts([InputText("again.opml", path.read_bytes() + b"\n<!-- -->")])
    assert (again.feeds, again.known) == (0, len(records))
    library.forget_feeds([kept[0].url])
    assert library.feeds() == kept[1:]
    library.undo()
    assert library.feeds() == kept
    library.undo()
    library.undo()
    assert library.feeds() == []


def test_what_its_reader_did_is_seen_and_can_be_left_out(library: Library) -> None:
    text = InputText("a.bib", b"@misc{a, title = {Counting Sheep in Small Fields}, groups = {farm}}\n")
    assert library.preview([text]).personal
    assert not library.preview([InputText("b.bib", text.data.replace(b"groups", b"note"))]).personal
    assert library.preview([text]).records[0].paper.tags
    assert not library.preview([text], personal=False).records[0].paper.tags


def test_a_file_that_changed_after_its_preview_is_not_imported(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@misc{a, title = {Counting Sheep in Small Fields}}\n")
    texts = library.inputs([path]).texts
    assert len(library.preview(texts).records) == 1
    path.write_text("@misc{b, title = {Something Else, Longer than Before}}\n")
    ledger = library.import_texts(texts)
    assert (ledger.new, [error.code for error in ledger.errors]) == (0, ["unreadable"])
    assert library.undo_label() == ""
