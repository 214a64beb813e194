"""arXiv's lists of authors, categories, titles and abstracts, as its mails, pages and feeds write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.arxiv_words import (
    Submission,
    abstract_of,
    arxiv_id_of,
    authors_of_line,
    categories_of,
    paper_of,
    title_of,
)
from readinglist.papers.paper import Author, LinkKind


def _names(text: str) -> list[str]:
    return [author.display for author in authors_of_line(text)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Authors: Louis Saddier and Matteo Marsili", ["Louis Saddier", "Matteo Marsili"]),
        ("A. B. Smith (1), C. Jones (2) ((1) MIT, (2) X)", ["A. B. Smith", "C. Jones"]),
        ("C. Jones (2 and 3), D. Roe (Dept. of A, B and C (D))", ["C. Jones", "D. Roe"]),
        ("D. Bonatsos, C. Daskaloyannis, and P. Kolokotronis", ["D. Bonatsos", "C. Daskaloyannis", "P. Kolokotronis"]),
        ("ATLAS Collaboration: G. Aad, B. Abbott", ["ATLAS Collaboration", "G. Aad", "B. Abbott"]),
        ("J. Doe, for the LIGO Scientific Collaboration", ["J. Doe", "LIGO Scientific Collaboration"]),
        ("Martin King, Jr., Ann Lee III", ["Martin King Jr.", "Ann Lee III"]),
        ("H.R.Karadayi and M.Gungormez", ["H.R. Karadayi", "M. Gungormez"]),
        ("A. Author (unclosed, B. Other", ["A. Author", "B. Other"]),
        ("Fernando and Sandra Alexandro", ["Fernando", "Sandra Alexandro"]),
        ("", []),
        ("(1), ;", []),
    ],
)
def test_authors_stand_in_reading_order(line: str, names: list[str]) -> None:
    assert _names(line) == names


def test_accents_of_tex_become_letters() -> None:
    line = r"H. Poincar\'e, J. M\"uller, E. Erd\H{o}s, {\L}. Kowalski, G. \v{S}m\'{\i}d"
    assert _names(line) == ["H. Poincaré", "J. Müller", "E. Erdős", "Ł. Kowalski", "G. Šmíd"]


def test_particles_bodies_and_others_are_told_apart() -> None:
    assert authors_of_line("Pieter M. van Staden, The Belle II Collaboration, et al.") == (
        Author("Staden", "Pieter M.", "van"),
        Author(literal="The Belle II Collaboration"),
        Author(literal="others"),
    )


def test_categories_come_in_order_and_once() -> None:
    assert categories_of("q-fin.TR cond-mat.stat-mech q-fin.TR") == ("q-fin.TR", "cond-mat.stat-mech")
    subjects = "Subjects: Computation and Language (cs.CL); High Energy Physics - Theory (hep-th)"
    assert categories_of(subjects) == ("cs.CL", "hep-th")


def test_titles_keep_their_mathematics_and_lose_their_wrapping() -> None:
    wrapped = "Title: On the {\\em Poincar\\'e} group\n  of $E_8$ and 5\\% of {\\\"U}bungen"
    assert title_of(wrapped) == "On the Poincaré group of $E_8$ and 5% of Übungen"


def test_paragraphs_of_abstracts_begin_with_blanks() -> None:
    assert abstract_of("  We show\nthat.\n  Second one\nhere.\n") == "We show that.\n\nSecond one here."
    assert abstract_of("      All lines\n      are indented\n      alike.") == "All lines are indented alike."
    assert abstract_of("One.\n\nTwo.") == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("oai:arXiv.org:2303.08867v1", "2303.08867v1"),
        ("http://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001v3"),
        ("arXiv:1605.08386v1 [math.CO]", "1605.08386v1"),
        ("10.1000/5", ""),
    ],
)
def test_ids_are_read_as_feeds_write_them(text: str, arxiv_id: str) -> None:
    assert arxiv_id_of(text) == arxiv_id


def test_a_submission_becomes_a_paper() -> None:
    told = Submission(
        "2303.00001v2",
        "A title",
        authors_of_line("A. Lee"),
        "Text.",
        ("cs.CL", "cs.LG"),
        "",
        "9 pages. Code: https://github.com/a/b",
        "J. Test 5 (2023) 1--9",
        "10.1000/5 10.1000/6",
        "CERN-TH-1",
        2023,
    )
    paper = paper_of(told)
    assert (paper.entry_type, paper.venue, paper.doi) == ("article", "J. Test 5 (2023) 1--9", "10.1000/5")
    assert paper.keywords == ("cs.CL", "cs.LG")
    assert [link.kind for link in paper.links] == [LinkKind.CODE]
    assert paper.extra == {
        "primaryclass": "cs.CL",
        "note": "9 pages. Code: https://github.com/a/b",
        "reportnumber": "CERN-TH-1",
        "x-arxiv-doi": "10.1000/6",
    }
    assert paper_of(Submission(title="T")).entry_type == "misc"


@given(st.text(alphabet="aA é.,;:()&\\{}'\"$\n~-", max_size=60))
def test_no_text_raises(text: str) -> None:
    authors_of_line(text)
    title_of(text)
    abstract_of(text)
    categories_of(text)
    arxiv_id_of(text)


def test_long_texts_take_no_time_beyond_their_length() -> None:
    for piece in ("(", ")", "{", "\\'", "a, ", " and ", "\\c{", "$", "\n ", ":"):
        authors_of_line(piece * 50_000)
        abstract_of(piece * 50_000)
