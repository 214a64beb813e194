"""The lines of Zotero's Extra field, as Zotero, Better BibTeX and reading-list plugins write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.fields import names, plain
from readinglist.formats.zotero_extra import apply_extra, entry_type_of, with_extra
from readinglist.papers.paper import Author, Paper, ReadingState


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Citation Key: vaswani2017", {"citation_key": "vaswani2017"}),
        ("bibtex: vaswani2017", {"citation_key": "vaswani2017"}),
        ("bibtex*: vaswani2017", {"citation_key": "vaswani2017"}),
        ("DOI: https://doi.org/10.1000/5", {"doi": "10.1000/5"}),
        ("arXiv:1706.03762 [cs]", {"arxiv_id": "1706.03762", "primaryclass": "cs"}),
        ("arXiv: hep-th/9901001", {"arxiv_id": "hep-th/9901001"}),
        ("_eprint: https://arxiv.org/abs/1706.03762v2", {"arxiv_id": "1706.03762v2"}),
        ("PMID: 123", {"pmid": "123"}),
        ("PMCID: PMC123", {"pmcid": "PMC123"}),
        ("Type: dataset", {"entry_type": "dataset"}),
        ("Type: article-journal", {"entry_type": "article"}),
        ("Read_Status: In Progress", {"state": "reading"}),
        ("Read_Status: Not Reading", {"state": "skipped"}),
        ("Rating: ★★★☆☆", {"rating": "3"}),
        ("rating: 4/5", {"rating": "4"}),
        ("Original Date: 1899", {"origdate": "1899"}),
        ("original-date: 1899", {"origdate": "1899"}),
        ("{:original-date: 1899}", {"origdate": "1899"}),
        ("issued: 1899-05", {"date": "1899-05", "year": "1899"}),
        ("tex.entrysubtype: magazine", {"entrysubtype": "magazine"}),
        ("tex.howpublished= \\url{http://a.b}", {"howpublished=": "\\url{http://a.b}"}),
        ("Editor: Beethoven || Ludwig", {"editor": "Beethoven, Ludwig"}),
        ("Publication Title: A Journal", {"venue": "A Journal"}),
    ],
)
def test_lines_that_say_something_are_taken(line: str, fields: dict[str, str]) -> None:
    assert apply_extra(line) == (fields, "")


@pytest.mark.parametrize(
    "line",
    [
        "00012 citations (Crossref) [2021-03-01]",
        "ZSCC: 0000012",
        "see also: the appendix",
        "DOI: not one",
        "arXiv: none",
        "Type: something else",
        "Read_Status: perhaps",
        "Rating: 9",
        "issued: in spring",
        "Publisher:",
        "http://example.org/a",
    ],
)
def test_lines_that_say_nothing_are_left(line: str) -> None:
    assert apply_extra(line) == ({}, line)


def test_of_a_field_said_twice_the_second_line_is_left() -> None:
    assert apply_extra("PMID: 1\nRemark\nPMID: 2") == ({"pmid": "1"}, "Remark\nPMID: 2")


def test_names_said_twice_are_several() -> None:
    paper = with_extra(Paper(), "editor: Roe || Jane\neditor: The Team")
    assert names(paper.extra, "editor") == (Author("Roe", "Jane"), Author(literal="The Team"))


def test_a_paper_is_completed_and_not_overwritten() -> None:
    known = Paper(title="T", doi="10.1000/1", extra={"note": "Mine", "volume": "3"})
    text = "DOI: 10.1000/2\nVolume: 4\nCitation Key: key1\nType: dataset\nRead_Status: Read\nRating: 5\nHm & so"
    paper = with_extra(known, text)
    assert (paper.doi, paper.citation_key, paper.entry_type) == ("10.1000/1", "key1", "dataset")
    assert (paper.state, paper.rating) == (ReadingState.READ, 5)
    assert paper.extra["volume"] == "3"
    assert plain(paper.extra, "note") == "Mine\nHm & so"


def test_what_extra_alone_knows_is_the_papers_own() -> None:
    paper = with_extra(Paper(), "author: Roe || Jane\nissued: 1899-05-02\ncontainer-title: J. Old\nurl: http://a.b/c")
    assert (paper.authors, paper.year) == ((Author("Roe", "Jane"),), 1899)
    assert (paper.venue, paper.url, dict(paper.extra)) == ("J. Old", "http://a.b/c", {"date": "1899-05-02"})


def test_raw_bibtex_stays_raw() -> None:
    assert with_extra(Paper(), "tex.a: 5 % & up").extra["a"] == "5 \\% \\& up"
    assert with_extra(Paper(), "tex.a= {\\'E}").extra["a"] == "{\\'E}"


@pytest.mark.parametrize(("name", "known"), [("journalArticle", "article"), ("paper-conference", "inproceedings")])
def test_types_of_zotero_and_csl_are_known(name: str, known: str) -> None:
    assert entry_type_of(name) == known


@given(
    st.lists(st.sampled_from(("DOI", "type", "tex.", ":", "=", " ", "\n", "{:", "}", "rating", "||", "editor", "é")))
)
def test_no_text_raises_and_nothing_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    fields, rest = apply_extra(text)
    with_extra(Paper(), text)
    assert fields or [line.strip() for line in text.splitlines() if line.strip()] == [
        line.strip() for line in rest.splitlines() if line.strip()
    ]
