"""What a row says of a paper: who wrote it where that is known, and the listings it was seen in, files aside."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from readinglist.papers.paper import Author, Paper, Sighting
from readinglist.ui import paper_wording
from readinglist.ui.paper_row import Measures, Row, lay_out

IN_A_LISTING = Sighting(1, date(2025, 3, 14), 2)
IN_A_FILE = Sighting(2, None, 7, bibliography=True)
AUTHORS = (Author("Fu", "Daniel"), Author("Dao", "Tri"))


@pytest.fixture
def measures(qtbot: QtBot) -> Measures:  # noqa: ARG001 - it makes the application
    return Measures()


def words(row: Row) -> str:
    return "".join(piece.text for piece in row.pieces if piece.kind == "text")


def test_a_paper_of_a_bibliography_is_told_by_its_authors_and_venue(measures: Measures) -> None:
    paper = Paper(title="T", authors=AUTHORS, year=2022, venue="ICLR", sightings=(IN_A_FILE,))
    row = lay_out(paper, None, 500, measures)
    assert words(row) == "Fu, Dao 2022"
    assert "undated" not in words(row)
    assert row.abstract._layout.text() == "Daniel Fu, Tri Dao · ICLR"


def test_files_are_no_sightings(measures: Measures) -> None:
    paper = Paper(title="T", abstract="A.", sightings=(IN_A_LISTING, IN_A_FILE))
    assert "listings" not in words(lay_out(paper, None, 500, measures))
    assert paper_wording.seen_words(paper).count("#") == 1


def test_a_paper_of_which_nothing_is_known_says_so(measures: Measures) -> None:
    assert lay_out(Paper(title="T"), None, 500, measures).abstract._layout.text() == "No abstract"
