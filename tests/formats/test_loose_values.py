"""Dates, names, pages and numbers, in the spellings of many programs."""

import pytest

from readinglist.formats.loose_values import (
    arxiv_id_of,
    day_of,
    doi_of,
    links_in,
    name_text,
    pages_of,
    people,
    person,
    says_no_day,
    serial_numbers,
)
from readinglist.papers.paper import Author


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2019/05/03/", 2019, "2019-05-03"), ("2019/05//", 2019, "2019-05"), ("2019///", 2019, ""),
        ("2001/00/00/", 2001, ""), ("1990/2/27", 1990, "1990-02-27"), ("2021/01/04/07:49:16", 2021, "2021-01-04"),
        ("2015/october", 2015, "2015-10"), ("2014//", 2014, ""), ("1948", 1948, ""), ("2012 Oct", 2012, "2012-10"),
        ("2012 Oct 15", 2012, "2012-10-15"), ("2015 May-Jun", 2015, "2015-05"), ("2016 Spring", 2016, ""),
        ("3 May 2019", 2019, "2019-05-03"), ("May 3, 2019", 2019, "2019-05-03"), ("18-23 June 2018", 2018, "2018-06"),
        ("2012 Dec-2013 Jan", 2012, "2012-12"), ("20190503", 2019, "2019-05-03"),
        ("2019-05-03T10:00:00Z", 2019, "2019-05-03"),
        ("27/02/1990", 1990, "1990-02-27"), ("02/27/1990", 1990, "1990-02-27"), ("03/05/2019", 2019, ""),
        ("05/2019", 2019, "2019-05"), ("31.12.2019", 2019, "2019-12-31"), ("2019/02/31", 2019, "2019-02"),
        ("c2006", 2006, ""), ("[2006]", 2006, ""), ("99", None, ""), ("20011", None, ""), ("0000", None, ""),
        ("in press", None, ""), ("9" * 5000, None, ""), ("YEAR/MONTH/DAY/", None, ""), ("", None, ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_known(text: str, year: int | None, day: str) -> None:
    found = day_of(text)
    assert (found.year, found.text) == (year, day)


def test_no_date_said_on_purpose_is_no_mistake() -> None:
    assert all(map(says_no_day, ("///", "", " / ", "n.d.", "in press")))
    assert not says_no_day("20011")


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Shannon,Claude E.", Author("Shannon", "Claude E.")),
        ("van der Meer, Jan", Author("Meer", "Jan", "van der")),
        ("Nakamura, Hiroshi, Jr.", Author("Nakamura", "Hiroshi", suffix="Jr.")),
        ("Nakamura, Jr., Hiroshi", Author("Nakamura", "Hiroshi", suffix="Jr.")),
        ("KONING, A. P. JASON de", Author("KONING", "A. P. JASON de")),
        ("Noor N.M.", Author("Noor", "N.M.")),
        ("de Vries-Smit B.", Author("Vries-Smit", "B.", "de")),
        ("J. R. R. Tolkien", Author("Tolkien", "J. R. R.")),
        ("World Health Organization", Author(literal="World Health Organization")),
        ("Slow Reading Society,", Author(literal="Slow Reading Society")),
        ("Barnes,, Noble and Sons", Author(literal="Barnes, Noble and Sons")),
        ("IBM", Author(literal="IBM")),
        ("et al.", Author(literal="others")),
    ],
)
def test_a_name_is_a_person_or_a_body(name: str, author: Author) -> None:
    assert person(name) == author


def test_short_names_of_pubmed() -> None:
    assert person("van der Hooft JJJ", bare_initials=True) == Author("Hooft", "JJJ", "van der")
    assert person("Smith JA Jr", bare_initials=True) == Author("Smith", "JA", suffix="Jr")
    assert person("NASA", bare_initials=True) == Author(literal="NASA")


def test_several_names_on_a_line() -> None:
    smith, doe = Author("Smith", "J."), Author("Doe", "A.B.")
    assert people("Smith, J.; Doe, A.B.") == [smith, doe]
    assert people("Smith J., Doe A.B.") == [smith, doe]
    assert people("Smith, J., Doe, A.B.") == [smith, doe]
    assert people("Smith, J.") == [smith]
    assert people(" ; ") == []


@pytest.mark.parametrize(
    "author", [Author("Beethoven", "Ludwig", "van", "Jr."), Author(literal="A, B & C"), Author("Ng", "A.")]
)
def test_a_name_that_was_written_is_read(author: Author) -> None:
    assert person(name_text(author)) == author


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("475", "482", "475--482"), ("475", "82", "475--482"), ("475-82", "", "475--482"), ("e12", "", "e12"),
        ("12–34", "", "12--34"), ("S1", "S9", "S1--S9"), ("5", "5", "5"), ("", "9", "9"), ("1-2-3", "", "1-2-3"),
        ("XX, 327", "", "XX, 327"), ("", "", ""),
    ],
)  # fmt: skip
def test_pages_are_a_range_of_bibtex(first: str, last: str, pages: str) -> None:
    assert pages_of(first, last) == pages


def test_issn_and_isbn_are_told_apart() -> None:
    texts = ["1546-1696 (Electronic) 1087-0156 (Linking)", "978-3-16-148410-0", "0-19-852663-6", "03772217", "PB-12"]
    issns, isbns, others = serial_numbers(texts)
    assert issns == ["1546-1696", "1087-0156", "03772217"]
    assert isbns == ["978-3-16-148410-0", "0-19-852663-6"]
    assert others == ["PB-12"]


def test_addresses_and_identifiers() -> None:
    assert links_in("http://a.org; http://b.org") == ["http://a.org", "http://b.org"]
    assert links_in("http://a.org/x;y") == ["http://a.org/x;y"]
    assert doi_of("doi: 10.1063/1.1954747") == "10.1063/1.1954747"
    assert doi_of("A remark, doi:10.1/x.") == ""
    assert doi_of("no") == ""
    assert arxiv_id_of("10.48550/arXiv.1706.03762") == "1706.03762"
    assert arxiv_id_of("https://arxiv.org/abs/1905.01234v2") == "1905.01234v2"
    assert arxiv_id_of("1905.01234") == ""
