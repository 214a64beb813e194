"""CSL-JSON: what programs and DOI agencies write is read; what we write any program reads, and reads back equal."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import open_text
from readinglist.formats.csl_json import csl_item, read, sniff, write
from readinglist.formats.csl_tables import DATES, ENTRY_TYPES, NAMES, OTHER_DATES, OTHER_NAME_LISTS, OTHER_TEXTS, TEXTS
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState
from tests.formats.any_paper import papers
from tests.formats.damage import damaged

TODAY = date(2026, 3, 14)
NOON = datetime(2026, 3, 14, 12, 0, 5, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "samples" / "csl_json"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "csljson"


def records(text: str) -> list[Record]:
    return [entry for entry in read(text, TODAY) if isinstance(entry, Record)]


def sample(name: str) -> list[Record]:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    assert sniff(text)
    opened = open_text("file.txt", text.encode(), TODAY)
    assert opened.format == "csl-json"
    found = [entry for entry in opened.records if isinstance(entry, Record)]
    assert found == records(text)
    return found


def one(**variables: object) -> Paper:
    found = records(json.dumps([{"id": "key", **variables}]))
    assert len(found) == 1
    return found[0].paper


def csl(*given_papers: Paper, personal: bool = True) -> str:
    return "".join(write(given_papers, WriteOptions(personal=personal)))


class TestWhatZoteroExports:
    def test_an_article(self) -> None:
        found = sample("zotero.json")[0]
        assert (found.line, found.position, found.listed_on) == (2, 1, None)
        paper = found.paper
        assert paper.title == "Notes on Notes: CO2 & Paper"
        assert (
            paper.abstract
            == "We study how long notes stay useful.\n\nFor $n > 3$ readers, notes of two lines are read again."
        )
        assert (paper.entry_type, paper.citation_key, paper.year) == ("article", "okafor2021", 2021)
        assert (paper.doi, paper.url, paper.venue) == ("10.5555/jrh.2021.17", "", "Journal of Reading Habits")
        assert paper.state is ReadingState.READING
        assert dict(paper.extra) == {
            "volume": "17", "number": "3", "pages": "101--119", "date": "2021-05-03", "urldate": "2022-01-09",
            "issn": "1234-5679, 9876-5432", "language": "en", "pmid": "31234567", "shorttitle": "Notes on Notes",
            "shortjournal": "J. Read. Habits", "editor": "Ito, Mei", "x-csl-source": "DOI.org (Crossref)",
            "note": "Printed copy on the second shelf.",
        }  # fmt: skip

    def test_names_keep_their_parts(self) -> None:
        assert sample("zotero.json")[0].paper.authors == (
            Author("Okafor", "Ngozi"),
            Author("Beek", "Pieter", "van der"),
            Author("Fontaine", "Luc", "de La"),
            Author("King", "Martin Luther", suffix="Jr."),
            Author(literal="The Long Notes Consortium"),
        )

    def test_a_preprint_has_its_arxiv_id_and_no_key_out_of_an_address(self) -> None:
        paper = sample("zotero.json")[1].paper
        assert (paper.entry_type, paper.arxiv_id, paper.doi) == ("misc", "2101.00001", "10.48550/arXiv.2101.00001")
        assert (paper.citation_key, paper.url, paper.venue) == ("", "", "")
        assert paper.extra["date"] == "2021-01"

    def test_a_thesis_is_what_its_genre_says(self) -> None:
        paper = sample("zotero.json")[2].paper
        assert (paper.entry_type, paper.venue) == ("mastersthesis", "Universität Zürich")
        assert dict(paper.extra) == {"type": "Master's thesis", "address": "Zürich", "date": "2003-22"}


class TestWhatDoiAgenciesAnswer:
    def test_one_answer_of_crossref(self) -> None:
        (found,) = sample("doi_answer.json")
        paper = found.paper
        assert paper.title == "Reading Lists: A Survey"
        assert paper.abstract == "What a list is.\n\nAnd what it is not."
        assert paper.authors == (Author("Núñez", "Ana María"), Author(literal="CERN Library"))
        assert (paper.entry_type, paper.year, paper.venue) == ("article", 2019, "Example Letters")
        assert (paper.doi, paper.url, paper.citation_key) == ("10.5555/exl.19.2", "", "")
        assert paper.keywords == ("Library Science", "Information Systems")
        assert dict(paper.extra) == {
            "date": "2019-04", "publisher": "Example Press", "number": "2", "pages": "12--20", "volume": "19",
            "issn": "1111-2222, 3333-4444", "language": "en", "shortjournal": "Ex. Lett.", "x-csl-source": "Crossref",
        }  # fmt: skip

    def test_a_list_of_works(self) -> None:
        first, second = sample("works.json")
        assert (first.line, second.line) == (2, 3)
        assert (first.paper.entry_type, first.paper.venue) == (
            "inproceedings",
            "Proceedings of the 3rd Workshop on Talks",
        )
        assert (first.paper.extra["eventtitle"], first.paper.extra["venue"]) == ("3rd Workshop on Talks", "Lisbon")
        assert (second.paper.entry_type, second.paper.venue, second.paper.year) == ("misc", "ExRxiv", 2020)

    def test_an_answer_of_datacite(self) -> None:
        (found,) = sample("datacite.json")
        assert (found.paper.entry_type, found.paper.venue, found.paper.citation_key) == ("dataset", "Zenodo", "")
        assert found.paper.keywords == ("eye tracking", "reading")
        assert found.paper.extra["version"] == "1.2"

    def test_the_citations_of_a_document(self) -> None:
        (found,) = sample("citation.json")
        assert (found.paper.title, found.paper.venue, found.paper.year) == ("Chapter Three", "A Book of Chapters", 1999)
        assert found.paper.citation_key == ""


class TestDates:
    def test_every_form_is_read(self) -> None:
        found = {record.paper.citation_key: record.paper for record in sample("dates.json")}
        assert {key: (paper.year, paper.extra.get("date")) for key, paper in found.items()} == {
            "a": (2000, "2000-02-15"), "b": (2000, "2000-23"), "c": (1999, "1999-11/2000-02"),
            "d": (2005, "2005-12-15~"), "e": (1969, "1969-08-22"), "f": (2016, "2016-03"), "g": (None, None),
            "h": (1623, None), "i": (-44, "-0044-03-15"), "j": (1965, None), "k": (2021, "2021-02"), "l": (None, None),
            "m": (None, None), "n": (None, None),
        }  # fmt: skip
        assert found["g"].extra["x-csl-issued"] == "forthcoming"

    def test_what_is_no_date_is_told_with_its_line(self) -> None:
        text = (SAMPLES / "dates.json").read_text(encoding="utf-8")
        problems = [entry for entry in read(text, TODAY) if isinstance(entry, Problem)]
        assert [(problem.code, problem.line) for problem in problems] == [
            ("invalid_date", 11), ("invalid_date", 12), ("invalid_date", 14),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "issued",
        [
            {"date-parts": [[2019, 5, 3]]}, {"date-parts": [[2019, 5], [2020, 1]]}, {"date-parts": [[-44]]},
            {"date-parts": [[2019]], "season": 2}, {"date-parts": [[2019, 12]], "circa": True}, {"literal": "in press"},
        ],
    )  # fmt: skip
    def test_a_date_comes_out_as_it_went_in(self, issued: dict[str, Any]) -> None:
        assert csl_item(one(title="T", issued=issued), WriteOptions())["issued"] == issued

    def test_month_and_day_of_bibtex_are_written(self) -> None:
        paper = Paper(title="T", year=2019, extra={"month": "may", "day": "3"})
        assert csl_item(paper, WriteOptions())["issued"] == {"date-parts": [[2019, 5, 3]]}


class TestNames:
    @pytest.mark.parametrize(
        ("name", "author"),
        [
            ({"family": "van Gogh", "given": "Vincent"}, Author("Gogh", "Vincent", "van")),
            ({"family": "Rijn", "given": "R.", "dropping-particle": "van"}, Author("Rijn", "R.", "van")),
            ({"family": "Sammy", "given": "Davis, Jr."}, Author("Sammy", "Davis", suffix="Jr.")),
            ({"family": "Plato"}, Author("Plato")),
            ({"family": "Benzon", "isInstitution": "true"}, Author(literal="Benzon")),
            ({"given": "Sukarno"}, Author(literal="Sukarno")),
            ({"family": "毛", "given": "泽东", "static-ordering": True}, Author("毛", "泽东")),
            ({"name": "CERN"}, Author(literal="CERN")),
            ("Doe, Jane", Author("Doe", "Jane")),
        ],
    )  # fmt: skip
    def test_each_kind_of_name(self, name: object, author: Author) -> None:
        assert one(title="T", author=[name]).authors == (author,)

    def test_what_is_no_name_is_nobody(self) -> None:
        assert one(title="T", author=[{}, None, 5, [], {"family": ""}, {"family": {"a": 1}}]).authors == ()
        assert one(title="T", author={"family": "Doe"}).authors == (Author("Doe"),)


class TestKeys:
    @pytest.mark.parametrize("identifier", ["doe2020", "loir:B6", "doe_2020-a", "Müller99"])
    def test_an_id_that_can_be_cited_is_the_key(self, identifier: str) -> None:
        assert records(json.dumps([{"id": identifier, "title": "T"}]))[0].paper.citation_key == identifier

    @pytest.mark.parametrize(
        "identifier",
        [7, "7", "ITEM-1", "http://zotero.org/users/1/items/ABCD2345", "12345/ABCD2345", "10.1000/x", "with blank"],
    )
    def test_a_number_or_an_address_is_none(self, identifier: object) -> None:
        assert records(json.dumps([{"id": identifier, "title": "T"}]))[0].paper.citation_key == ""

    def test_a_repeated_key_is_told(self) -> None:
        entries = list(read('[{"id": "a", "title": "T"},\n{"id": "a", "title": "U"}]', TODAY))
        assert [entry.code for entry in entries if isinstance(entry, Problem)] == ["duplicate_key"]
        assert [entry.line for entry in entries if isinstance(entry, Record)] == [1, 2]


class TestEveryVariable:
    @pytest.mark.parametrize("csl_type", ENTRY_TYPES)
    def test_every_type_is_read_and_comes_out_as_it_went_in(self, csl_type: str) -> None:
        paper = one(title="T", type=csl_type)
        assert paper.entry_type == ENTRY_TYPES[csl_type]
        assert csl_item(paper, WriteOptions())["type"] == csl_type

    @pytest.mark.parametrize("csl_type", ["article-journal", "book", "chapter", "report", "webpage", "thesis"])
    def test_every_variable_is_read_and_comes_out_as_it_went_in(self, csl_type: str) -> None:
        names = [{"family": "Rijn", "given": "R. H.", "non-dropping-particle": "van"}, {"literal": "Some Body"}]
        item: dict[str, Any] = {"id": "k", "citation-key": "k", "type": csl_type, "title": "T", "DOI": "10.5555/x"}
        item |= {name: f"{name} & 7%" for name in (*TEXTS, *OTHER_TEXTS)}
        item |= dict.fromkeys(("author", *NAMES, *OTHER_NAME_LISTS), names)
        item |= {name: {"date-parts": [[2019, 5, 3]]} for name in ("issued", *DATES, *OTHER_DATES)}
        item |= {"page": "1-9", "keyword": "a, b", "note": "Read in May", "abstract": "A.\n\nB."}
        item |= {"URL": "https://example.org/", "custom": {"other": [1, {"a": None}]}}
        if csl_type == "thesis":
            item["genre"] = "PhD thesis"
        written = json.loads(csl(*[record.paper for record in records(json.dumps([item]))]))[0]
        assert {name: value for name, value in written.items() if item.get(name) != value} == {}
        assert {name: value for name, value in item.items() if written.get(name) != value} == {}

    def test_older_and_foreign_spellings(self) -> None:
        paper = one(shortTitle="S", journalAbbreviation="J", event="E", keywords=["a", "b"], doi="10.5555/x")
        assert (paper.extra["shorttitle"], paper.extra["shortjournal"], paper.extra["eventtitle"]) == ("S", "J", "E")
        assert (paper.keywords, paper.doi) == (("a", "b"), "10.5555/x")

    def test_unknown_variables_are_kept(self) -> None:
        paper = one(title="T", license="CC BY", weights={"a": [1]})
        assert (paper.extra["x-csl-license"], paper.extra["x-csl-weights"]) == ("CC BY", r'\{"a": [1]\}')
        assert records(csl(paper))[0].paper == paper

    def test_links_of_the_abstract_are_drawn_out(self) -> None:
        paper = one(title="T", abstract="The code is at https://github.com/a/b.")
        assert paper.links == (Link("https://github.com/a/b", LinkKind.CODE),)
        without = replace(paper, links=())
        assert records(csl(without))[0].paper == without

    def test_a_doi_that_is_none_is_kept_as_text(self) -> None:
        paper = one(title="T", DOI="see the journal")
        assert (paper.doi, paper.extra["x-csl-doi"]) == ("", "see the journal")
        assert records(csl(paper))[0].paper == paper

    def test_numbers_may_be_numbers(self) -> None:
        paper = one(title="T", type="article-journal", volume=5, issue=0, page=12)
        assert (paper.extra["volume"], paper.extra["number"], paper.extra["pages"]) == ("5", "0", "12")


class TestWhatIsNoItem:
    @pytest.mark.parametrize("title", ["x" * 3_000_000, "[" * 5])
    def test_a_first_item_that_is_long_or_damaged_is_known_by_its_type(self, title: str) -> None:
        assert sniff(f'[{{"type": "book", "title": "{title}"}}, {{"type": "book", "title": "U"}}]')
        assert sniff('[{"type": "book", "title": "T", "volume": [[[')

    def test_every_value_is_accounted_for(self) -> None:
        entries = list(
            read('[{"title": "T"}, 5, {}, {"id": 1, "type": "book"}, null, {"title": x}, {"title": "U"}]', TODAY)
        )
        assert [type(entry) for entry in entries] == [Record, Skipped, Skipped, Record, Skipped, Skipped, Record]
        assert [entry.position for entry in entries if isinstance(entry, Record)] == [1, 2, 3]

    @pytest.mark.parametrize(
        "text",
        [
            "[]", "{}", "nothing", "[1, 2]", '{"name": "x", "version": "1.0"}', '[{"title": "T", "upvotes": 3}]',
            '[{"itemType": "book", "title": "T"}]', '{"items": [{"itemType": "note"}]}', '[{"id": 1, "type": "user"}]',
        ],
    )  # fmt: skip
    def test_other_json_is_not_claimed(self, text: str) -> None:
        assert not sniff(text)


RICH = Paper(
    title="Über $\\alpha$-Tests & 100 % of <EOS>",
    abstract="First.\n\nSecond: 5 < 6.",
    authors=(Author("Gogh", "Vincent", "van", "Jr."), Author(literal="Barnes and Noble"), Author("Plato")),
    year=2021,
    entry_type="article",
    citation_key="gogh2021",
    doi="10.5555/x",
    arxiv_id="2101.00001v2",
    url="https://example.org/a?b=c_d",
    venue="Journal",
    keywords=("one", "two, three"),
    links=(Link("https://github.com/a/b", LinkKind.CODE),),
    upvotes=12,
    extra={"volume": "3", "month": "may", "Custom": r"{\bf x}", "file": "/a/b.pdf", "editor": "Knuth, Donald E."},
    state=ReadingState.READ,
    starred=True,
    rating=4,
    tags=("to cite", "a/b"),
    notes=(Note("", "Good.\n\n* really", NOON, NOON),),
    added=NOON,
    read_at=NOON,
)


class TestWhatWeWrite:
    def test_reads_back_equal(self) -> None:
        assert [record.paper for record in records(csl(RICH))] == [RICH]

    def test_says_what_other_programs_understand_in_their_own_variables(self) -> None:
        (item,) = json.loads(csl(RICH))
        assert (item["id"], item["type"], item["container-title"]) == ("gogh2021", "article-journal", "Journal")
        assert item["author"][0] == {
            "family": "Gogh", "given": "Vincent", "non-dropping-particle": "van", "suffix": "Jr.",
        }  # fmt: skip
        assert item["issued"] == {"date-parts": [[2021, 5]]}
        assert item["note"] == "arXiv: 2101.00001v2\nRead_Status: Read"

    def test_keeps_styles_from_making_capitals_of_mathematics(self) -> None:
        (item,) = json.loads(csl(RICH))
        assert item["title"] == 'Über <span class="nocase">$\\alpha$</span>-Tests & 100 % of <EOS>'
        assert "title" not in item["custom"]["reading-list"]

    @pytest.mark.parametrize("entry_type", ["phdthesis", "mastersthesis"])
    def test_says_what_thesis_it_is(self, entry_type: str) -> None:
        (item,) = json.loads(csl(Paper(title="T", entry_type=entry_type, citation_key="t")))
        del item["custom"]
        assert records(json.dumps([item]))[0].paper.entry_type == entry_type

    def test_leaves_out_what_is_personal_where_asked(self) -> None:
        text = csl(RICH, personal=False)
        for word in ("Read_Status", "to cite", "Good.", "starred", "rating", "added", "read_at", '"state"'):
            assert word not in text
        public = replace(RICH, state=ReadingState.INBOX, starred=False, rating=0, tags=(), notes=())
        assert [record.paper for record in records(text)] == [replace(public, added=None, read_at=None)]

    def test_is_the_same_text_for_the_same_papers(self) -> None:
        assert csl(RICH, Paper(title="A")) == csl(RICH, Paper(title="A"))

    def test_gives_every_item_a_key_of_its_own(self) -> None:
        items = json.loads(
            csl(Paper(title="A", citation_key="k"), Paper(title="B", citation_key="K"), Paper(title="C"))
        )
        ids = [item["id"] for item in items]
        assert len({key.casefold() for key in ids}) == 3
        assert all(ids)

    def test_of_nothing_is_an_empty_list(self) -> None:
        assert json.loads(csl()) == []

    def test_invents_nothing(self) -> None:
        assert csl_item(Paper(title="T", citation_key="t"), WriteOptions()) == {
            "id": "t", "citation-key": "t", "type": "document", "title": "T",
        }  # fmt: skip

    def test_a_preprint_is_written_as_zotero_does(self) -> None:
        item = csl_item(Paper(title="T", arxiv_id="2101.00001", citation_key="t"), WriteOptions())
        assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2101.00001")
        assert item["URL"] == "https://arxiv.org/abs/2101.00001"

    @pytest.mark.parametrize("year", [10**30, -(10**30), 0, -1, 99999])
    def test_survives_any_year(self, year: int) -> None:
        assert records(csl(Paper(title="T", year=year)))[0].paper.title == "T"

    def test_survives_texts_that_no_file_can_hold(self) -> None:
        text = csl(Paper(title="a\ud800\x00b", tags=("\udfff",), extra={"x\ud800": "\udc00"}))
        assert records(text.encode().decode())[0].paper.title == "a\ufffdb"


@given(st.lists(papers, max_size=3))
def test_any_paper_reads_back_equal(given_papers: list[Paper]) -> None:
    back = [record.paper for record in records(csl(*given_papers))]
    assert len(back) == len(given_papers)
    for paper, found in zip(given_papers, back, strict=True):
        assert found.citation_key
        assert replace(found, citation_key=paper.citation_key) == paper


# --- the schema of CSL-JSON, as far as we write it

SCHEMA_TEXTS = {
    *TEXTS, *OTHER_TEXTS, "id", "citation-key", "title", "DOI", "URL", "keyword", "note", "abstract", "page",
    "collection-number", "number", "issue", "container-title", "publisher", "volume-title-short",
}  # fmt: skip


def complaints(item: dict[str, Any]) -> Iterator[str]:
    """What the schema csl-data.json would say against an item."""
    for name, value in item.items():
        if name in SCHEMA_TEXTS:
            fits = isinstance(value, str) and value != ""
        elif name in {"author", *NAMES, *OTHER_NAME_LISTS}:
            parts = {"family", "given", "non-dropping-particle", "suffix", "literal"}
            fits = bool(value) and all(each and set(each) <= parts for each in value)
        elif name in {"issued", *DATES, *OTHER_DATES}:
            fits = set(value) <= {"date-parts", "season", "circa", "literal"} and all(
                1 <= len(point) <= 3 and all(isinstance(part, int) for part in point)
                for point in value.get("date-parts", [[0]])
            )
        else:
            fits = (name == "type" and value in ENTRY_TYPES) or (name == "custom" and isinstance(value, dict))
        if not fits:
            yield f"{name}: {value!r}"
    if not {"id", "type"} <= item.keys():
        yield "no id or no type"


@given(papers)
def test_any_item_is_valid(paper: Paper) -> None:
    (item,) = json.loads(csl(paper))
    assert list(complaints(item)) == []


@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported")  # new in CSL 1.0.2
@given(papers)
def test_any_item_is_taken_by_citeproc(paper: Paper) -> None:
    citeproc = pytest.importorskip("citeproc.source.json", reason="citeproc-py is not installed")
    citeproc.CiteProcJSON([csl_item(paper, WriteOptions())])


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_no_damage_raises_anything(name: str) -> None:
    for text in damaged((SAMPLES / name).read_text(encoding="utf-8")):
        sniff(text)
        for entry in read(text, TODAY):
            if isinstance(entry, Record):
                csl(entry.paper).encode()


@pytest.mark.parametrize(
    "value",
    [None, 5, -0.5, True, "x", [], {}, [[]], [{}], {"a": [None]}, "\ud800", ["x", 5, None], [["x"]], "9" * 5000],
)
def test_a_variable_of_any_type_raises_nothing(value: object) -> None:
    for name in (
        "type", "id", "title", "subtitle", "note", "custom", "keyword", "event", "institution", "itemData", "page",
        "author", "issued", "accessed", "number", "DOI", "URL", "indexed", "publisher", "weights", "", "citation-key",
    ):  # fmt: skip
        text = json.dumps([{"title": "T", name: value}])
        sniff(text)
        for record in records(text):
            csl(record.paper).encode()
    own = dict.fromkeys(RICH.__dataclass_fields__, value) | {"extra": {"a": value, "": "x"}}
    for record in records(json.dumps([{"title": "T", "custom": {"reading-list": own}}])):
        csl(record.paper).encode()


# --- the corpora

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")


@needs_corpora
def test_the_mapping_of_citation_js_is_read() -> None:
    folder = CORPORA / "citation-js"
    expected = json.loads((folder / "EXPECTED.json").read_text(encoding="utf-8"))["files"]["bibtex-csl.json"]["entries"]
    found = records((folder / "bibtex-csl.json").read_text(encoding="utf-8"))
    assert [as_expected(record.paper, entry) for record, entry in zip(found, expected, strict=True)] == expected


def as_expected(paper: Paper, entry: dict[str, Any]) -> dict[str, Any]:
    """What the paper says of the keys that are expected, in the words of CSL."""
    item = csl_item(paper, WriteOptions())
    issued: Any = item.get("issued", {"date-parts": [[]]})
    said: dict[str, Any] = {
        "type": item["type"], "type_system": "csl", "key": paper.citation_key, "title": paper.title,
        "title_plain": paper.title, "authors": [{"family": a.family, "given": a.given} for a in paper.authors],
        "date": "-".join(f"{part:02d}" for part in issued["date-parts"][0]), "year": paper.year,
        "volume": item.get("volume"), "issue": item.get("issue"), "pages": item.get("page"),
        "container": item.get("container-title"), "editors": item.get("editor"), "publisher": item.get("publisher"),
        "number": item.get("number"),
    }  # fmt: skip
    # A conference paper's number is that of its series in BibTeX, where citation-js has an issue; a booklet has a type
    # of its own in CSL; a manual and its organization are a report and its publisher.
    if item["type"] == "paper-conference":
        said["issue"] = item.get("collection-number")
    return {name: said[name] for name in entry}


@needs_corpora
def test_every_item_of_the_test_suite_of_csl_is_read_and_comes_back_equal() -> None:
    text = (CORPORA / "csl_test_suite" / "inputs_merged.json").read_text(encoding="utf-8")
    found = [record.paper for record in records(text)]
    assert len(found) == 181
    assert sum(bool(paper.title) for paper in found) == 78
    dated = sum(paper.year is not None or "x-csl-issued" in paper.extra for paper in found)
    assert dated == len(re.findall('"issued"', text)) == 52
    assert [record.paper for record in records(csl(*found))] == found
