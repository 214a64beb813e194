"""Zotero's RDF: items with what they point to, wherever that stands."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import ris
from readinglist.formats.fields import names, plain
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.zotero_rdf import read, sniff
from readinglist.papers.paper import Author, Note, Paper, ReadingState
from tests.formats.damage import damaged

TODAY = date(2026, 3, 20)
SAMPLE = Path(__file__).parents[1] / "samples" / "zotero_rdf" / "library.rdf"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


@pytest.fixture(scope="module")
def entries() -> list[Any]:
    return list(read(SAMPLE.read_text("utf-8"), TODAY))


@pytest.fixture(scope="module")
def papers(entries: list[Any]) -> list[Paper]:
    return [entry.paper for entry in entries if isinstance(entry, Record)]


def test_records_and_what_is_none_are_told_with_their_lines(entries: list[Any]) -> None:
    records = [(entry.line, entry.position) for entry in entries if isinstance(entry, Record)]
    assert records == [(11, 1), (67, 2), (92, 3), (100, 4)]
    skipped = [(entry.line, entry.reason) for entry in entries if isinstance(entry, Skipped)]
    assert [line for line, _ in skipped] == [108, 111, 114]
    assert [reason.split(" that")[0] for _, reason in skipped] == [
        "the item is empty.",
        "it is a note in Zotero",
        "it is an attachment in Zotero",
    ]
    assert [(entry.code, entry.line) for entry in entries if isinstance(entry, Problem)] == [("invalid_date", 92)]


def test_an_article_has_what_its_journal_note_attachment_and_collections_tell(papers: list[Paper]) -> None:
    paper = papers[0]
    assert paper.title == "Trails of Lasius niger at CO2 & heat"
    assert paper.authors == (Author("Berg", "Žofia", "van der"), Author(literal="The Ant Working Group"))
    assert (paper.venue, paper.doi, paper.url) == ("Journal of Ants", "10.1000/ants.7", "https://example.org/ants")
    assert (paper.year, paper.entry_type, paper.citation_key) == (2021, "article", "berg2021")
    assert (paper.tags, paper.keywords) == (("to cite", "Thesis/Chapter 2"), ("Ecology",))
    midnight = datetime(2026, 3, 20, tzinfo=UTC)
    texts = ("Read the appendix.\n\nTwice.", "Page 3 is torn")
    assert paper.notes == tuple(Note("", text, midnight, midnight) for text in texts)
    assert paper.state is ReadingState.READING
    fields = {"date": "2021-05-03", "volume": "7", "number": "2", "pages": "10--19", "issn": "1234-5679"}
    assert {name: paper.extra[name] for name in fields} == fields
    assert plain(paper.extra, "file") == "files/3/Berg 2021.pdf"
    assert plain(paper.extra, "note") == "Ask Jane about figure 2"


def test_chapters_theses_and_conference_papers_stand_where_they_appeared(papers: list[Paper]) -> None:
    chapter, talk, thesis = papers[1:]
    assert (chapter.entry_type, chapter.venue, chapter.tags) == ("incollection", "Handbook of Nests", ("Thesis",))
    assert names(chapter.extra, "editor") == (Author("Roe", "Richard"),)
    assert (chapter.extra["publisher"], chapter.extra["address"]) == ("Nest Press", "Graz")
    assert chapter.extra["series"] == "Insects"
    assert (talk.entry_type, talk.venue, talk.year) == ("inproceedings", "Ants 2018", 2018)
    assert (thesis.entry_type, thesis.venue) == ("mastersthesis", "University of Graz")


def test_nodes_are_known_by_their_namespaces_not_by_their_prefixes() -> None:
    text = SAMPLE.read_text("utf-8")
    for prefix in ("rdf", "z", "dcterms", "dc", "bib", "foaf", "prism"):
        text = text.replace(f"<{prefix}:", f"<n{prefix}:").replace(f"</{prefix}:", f"</n{prefix}:")
        text = text.replace(f" {prefix}:", f" n{prefix}:").replace(f"xmlns:{prefix}=", f"xmlns:n{prefix}=")
    assert sniff(text)
    assert list(read(text, TODAY)) == list(read(SAMPLE.read_text("utf-8"), TODAY))


def test_plain_dublin_core_is_read_as_zotero_writes_it() -> None:
    text = f"""<rdf:RDF {SPACES}><rdf:Description rdf:about="https://example.org/1"><dc:type>book</dc:type>
      <dc:title>Ants</dc:title><dc:creator>Roe, Jane</dc:creator><dc:creator>The Team</dc:creator>
      <dc:identifier>ISBN 978-3-16-148410-0</dc:identifier><dc:date>1999</dc:date></rdf:Description></rdf:RDF>"""
    (entry,) = read(text, TODAY)
    assert isinstance(entry, Record)
    assert entry.paper.authors == (Author("Roe", "Jane"), Author(literal="The Team"))
    assert (entry.paper.entry_type, entry.paper.year) == ("book", 1999)


def test_collections_in_a_circle_end() -> None:
    text = f"""<rdf:RDF {SPACES}>
      <z:Collection rdf:about="#a"><dc:title>A</dc:title><dcterms:hasPart rdf:resource="#b"/></z:Collection>
      <z:Collection rdf:about="#b"><dc:title>B</dc:title><dcterms:hasPart rdf:resource="#a"/>
        <dcterms:hasPart rdf:resource="#1"/></z:Collection>
      <rdf:Description rdf:about="#1"><z:itemType>book</z:itemType><dc:title>T</dc:title></rdf:Description></rdf:RDF>"""
    (entry,) = read(text, TODAY)
    assert isinstance(entry, Record)
    assert "A/B" in entry.paper.tags


@pytest.mark.parametrize(
    "text",
    [
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"/>',
        "<records><record/></records>",
        "",
    ],
)
def test_other_rdf_is_not_zoteros(text: str) -> None:
    assert not sniff(text)
    assert not [entry for entry in read(text, TODAY) if isinstance(entry, Record)]


def test_no_damage_raises() -> None:
    for broken in damaged(SAMPLE.read_text("utf-8"), 80):
        list(read(broken, TODAY))


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize(
    ("file", "empty"),
    [
        ("zotero_rdf/zotero_rdf_cases/rdf_04.rdf", 0),
        # One of its items has no field at all; it is skipped, and told.
        ("zotero_library_2_formats/My_Library.zotero.rdf", 1),
    ],
)
def test_real_files_are_read_as_expected(file: str, empty: int) -> None:
    path = CORPORA / file
    expected = json.loads((path.parent / "EXPECTED.json").read_text("utf-8"))["files"][path.name]["entries"]
    entries = list(read(path.read_text("utf-8"), TODAY))
    papers = [entry.paper for entry in entries if isinstance(entry, Record)]
    told = [_told(entry) for entry in expected]
    empties = [each for each in told if not any(each)]
    assert len(empties) == empty == sum(isinstance(entry, Skipped) for entry in entries)
    assert [_known(paper) for paper in papers] == [each for each in told if any(each)]
    # Where tags are automatic, the expected ones are but the blanks around them.
    tags = [{word for word in entry.get("keywords", ()) if word.strip()} for entry in expected if any(_told(entry))]
    assert [wanted - {*paper.tags} for wanted, paper in zip(tags, papers, strict=True)] == [set()] * len(papers)
    dois = [entry.get("doi") for entry in expected if any(_told(entry))]
    assert [doi for doi, paper in zip(dois, papers, strict=True) if doi and doi != paper.doi] == []


def _told(entry: dict[str, Any]) -> tuple[Any, ...]:
    authors = tuple(tuple(author.values()) for author in entry["authors"])
    return entry["title_plain"] or "", authors, entry["year"]


def _known(paper: Paper) -> tuple[Any, ...]:
    authors = tuple(
        (author.literal,) if author.literal else (f"{author.particle} {author.family}".strip(), author.given)
        for author in paper.authors
    )
    return paper.title, authors, paper.year


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
def test_a_library_gives_the_same_papers_as_in_ris() -> None:
    folder = CORPORA / "zotero_library_2_formats"
    ours = [
        e.paper for e in read((folder / "My_Library.zotero.rdf").read_text("utf-8"), TODAY) if isinstance(e, Record)
    ]
    others = [e.paper for e in ris.read((folder / "My_Library.ris").read_text("utf-8"), TODAY) if isinstance(e, Record)]
    shared = ("title", "authors", "year", "entry_type", "url", "venue", "abstract")
    for one, other in zip(ours, others, strict=True):
        assert [getattr(one, name) for name in shared] == [getattr(other, name) for name in shared]
        assert one.doi == other.doi or not other.doi  # two stand in the middle of a note, which RDF calls Extra
