import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from readinglist.errors import CancelledError
from readinglist.formats.packed_text import PackedText
from readinglist.library.answers import InputText, News
from readinglist.library.importing import text_digest
from readinglist.library.library import Library
from tests.library.listings import TITLES, listing

REAL = Path(__file__).parents[3] / "shared" / "listings"


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        yield opened


def titles(library: Library, query: str = "") -> list[str]:
    return [paper.title for paper in library.papers(library.find(query).ids)]


def test_a_listing_comes_in_with_its_day_and_places(library: Library) -> None:
    ledger = library.import_texts([listing(TITLES)])
    assert (ledger.records, ledger.new, ledger.known, ledger.changed, ledger.skipped) == (4, 4, 0, 0, 0)
    assert ledger.warnings == ledger.errors == ()
    assert titles(library) == list(TITLES)
    paper = library.paper("2")
    (sighting,) = paper.sightings
    assert (sighting.position, sighting.line, paper.year, paper.authors) == (2, 15, None, ())
    assert paper.citation_key
    assert paper.abstract.endswith("better results by 2%.")


def test_the_same_file_again_adds_nothing_and_says_so(library: Library) -> None:
    library.import_texts([listing(TITLES)])
    before = library.papers(library.find().ids)
    ledger = library.import_texts([listing(TITLES, name="again.txt", end="\n\n  \n")])
    assert (ledger.records, ledger.new, ledger.known, ledger.changed) == (4, 0, 4, 0)
    assert ledger.files[0].imported_before.endswith("as monday.txt")
    assert library.papers(library.find().ids) == before
    assert library.undo_label() == "Import 4 papers from monday.txt"


def test_line_ends_do_not_make_another_file() -> None:
    def digest(*pieces: str) -> str:
        return text_digest(PackedText(pieces))

    assert digest("a \nb\n") == digest("\n \n", "\ta\n", "b", "\n\n") == digest("a\nb") != digest("a b")
    assert digest("a\n\n", "\nb") == digest("a\n\n\nb") != digest("a\n\nb")


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_a_text_has_one_digest_in_whatever_pieces_it_is_read(size: int) -> None:
    text = "\n\n  First line\t\n\n\nwith – signs\f\nand \x0b more \n \n\n"
    whole = "\n".join(line.rstrip() for line in text.strip().splitlines())
    lines = text.splitlines(keepends=True)
    packed = FixedPieces("".join(lines[start : start + size]) for start in range(0, len(lines), size))
    assert text_digest(packed) == hashlib.sha256(whole.encode()).hexdigest()


class FixedPieces(PackedText):
    """A text that is read in just the pieces of which it was made."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = list(pieces)
        super().__init__(self._pieces)

    def pieces(self) -> Iterator[str]:
        return iter(self._pieces)


def test_a_second_listing_of_the_same_day_is_another_listing(library: Library) -> None:
    library.import_texts([listing(TITLES[:2])])
    ledger = library.import_texts([listing(TITLES[1:3], name="evening.txt")])
    assert (ledger.new, ledger.known) == (1, 1)
    (known,) = ledger.files[0].known_papers
    assert known.title == TITLES[1]
    assert [words.rpartition(", ")[2] for words in known.seen_before] == ["no. 2"]
    assert [entry.number for entry in library.counts().listings] == [1, 2]
    assert [sighting.position for sighting in library.paper(str(known.paper_id)).sightings] == [2, 1]


def test_a_paper_twice_in_one_file_is_one_paper_with_two_places(library: Library) -> None:
    ledger = library.import_texts([listing((TITLES[0], TITLES[1], TITLES[0]))])
    assert (ledger.records, ledger.new, ledger.known) == (3, 2, 1)
    assert [sighting.position for sighting in library.paper("1").sightings] == [1, 3]


def test_a_known_paper_learns_what_it_lacked(library: Library) -> None:
    bare = listing(TITLES[:1]).data.split(b"\n\nState space")[0]
    ledger = library.import_texts([InputText("bare.txt", bare)])
    assert ledger.new == 1
    ledger = library.import_texts([listing(TITLES[:1], day="Mar 15", name="full.txt")])
    assert (ledger.records, ledger.new, ledger.known, ledger.changed) == (1, 0, 0, 1)
    assert "abstract" in ledger.files[0].changes[0]
    assert library.paper("1").abstract.startswith("State space")
    library.undo()
    assert library.paper("1").abstract == ""
    assert len(library.paper("1").sightings) == 1


def test_papers_that_may_be_one_are_both_kept_and_told(library: Library) -> None:
    library.import_texts([listing(TITLES[:1])])
    other = listing(TITLES[:1], day="Mar 15", name="other.txt").data.decode()
    start = other.index("State space models fall")
    changed = (
        other[:start] + "We cook soup for animals that live in rivers, and count how many bowls each of them asks for."
    )
    ledger = library.import_texts([InputText("other.txt", changed.encode())])
    assert (ledger.new, ledger.known) == (1, 0)
    assert [(notice.code, notice.line) for notice in ledger.warnings] == [("possible_duplicate", 11)]
    assert library.counts().all == 2


def test_one_bad_file_does_not_stop_the_others(library: Library) -> None:
    picture = InputText("cat.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100))
    ledger = library.import_texts([picture, listing(TITLES)])
    assert ledger.new == 4
    assert [(error.file, error.code) for error in ledger.errors] == [("cat.png", "not_text")]
    assert ledger.files[0].records == 0


def test_a_cancelled_import_leaves_the_library_as_it_was(library: Library) -> None:
    library.import_texts([listing(TITLES[:2])])
    before = library.papers(library.find().ids)

    def stop(done: int, total: int) -> None:
        if done == total == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        library.import_texts([listing(TITLES[1:], day="Mar 15", name="later.txt")], stop)
    assert library.papers(library.find().ids) == before
    assert [entry.name for entry in library.counts().listings] == ["monday.txt"]
    assert library.import_texts([listing(TITLES[1:], day="Mar 15", name="later.txt")]).new == 2


def test_an_import_is_one_undo_step(library: Library) -> None:
    library.import_texts([listing(TITLES[:2]), listing(TITLES[1:], day="Mar 15", name="tuesday.txt")])
    assert library.undo_label() == "Import 4 papers from 2 files"
    after = library.papers(library.find().ids)
    library.undo()
    assert library.counts().all == 0
    assert library.counts().listings == ()
    library.redo()
    assert library.papers(library.find().ids) == after


def test_listeners_hear_of_an_import(library: Library) -> None:
    heard: list[News] = []
    library.listen(heard.append)
    library.import_texts([listing(TITLES)])
    assert heard[-1].everything


def test_progress_counts_records(library: Library) -> None:
    told: list[tuple[int, int]] = []
    library.import_texts([listing(TITLES)], lambda done, total: told.append((done, total)))
    assert told == [(0, 4), (4, 4)]


def test_each_paper_gets_a_citation_key_of_its_own(library: Library) -> None:
    library.import_texts([listing(TITLES), listing(TITLES[:1], day="Mar 15", name="b.txt")])
    keys = [paper.citation_key for paper in library.papers(library.find().ids)]
    assert len({key.lower() for key in keys}) == 4
    assert all(library.paper(key.upper()).citation_key == key for key in keys)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real listings are not beside this checkout")
def test_the_five_real_listings(library: Library) -> None:
    texts = [InputText(path.name, path.read_bytes()) for path in sorted(REAL.glob("*.txt"))]
    ledgers = [library.import_texts([text]) for text in texts]
    assert [ledger.records for ledger in ledgers] == [115, 69, 60, 143, 82]
    assert [ledger.new for ledger in ledgers] == [115, 58, 46, 136, 64]
    assert sum(ledger.known for ledger in ledgers) == 50
    assert [ledger.warnings + ledger.errors for ledger in ledgers] == [()] * 5
    papers = library.papers(library.find().ids)
    assert Counter(len(paper.sightings) for paper in papers) == {1: 377, 2: 36, 3: 4, 4: 2}
    assert library.import_texts(texts).new == 0
    assert len(library.find().ids) == 419
