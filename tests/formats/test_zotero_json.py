"""Zotero's items as JSON: every type and field, what is the reader's own, and what is no paper."""

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import open_text
from readinglist.formats.csl_json import read as read_csl
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.zotero_json import read, sniff
from readinglist.formats.zotero_json_tables import TYPES
from readinglist.papers.paper import Author, Paper, ReadingState
from tests.formats.damage import damaged

TODAY = date(2026, 3, 14)
SAMPLES = Path(__file__).parents[1] / "samples" / "zotero_json"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "zotero_json" / "bbt_export"


def records(text: str) -> list[Record]:
    return [entry for entry in read(text, TODAY) if isinstance(entry, Record)]


def one(**fields: object) -> Paper:
    (found,) = records(json.dumps({"items": [{"itemType": "journalArticle", **fields}]}))
    return found.paper


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


class TestBetterBibtex:
    def test_is_recognised_and_all_is_accounted_for(self) -> None:
        opened = open_text("library.json", sample("better_bibtex.json").encode(), TODAY)
        assert opened.format == "zotero-json"
        entries = list(opened.records)
        assert [type(entry) for entry in entries] == [Record, Record, Record, Skipped, Skipped]
        assert [entry.line for entry in entries if isinstance(entry, Record)] == [16, 51, 63]
        assert entries[3] == Skipped(75, "This is a note that belongs to no paper of this file.")

    def test_an_article(self) -> None:
        paper = records(sample("better_bibtex.json"))[0].paper
        assert (paper.title, paper.abstract) == ("On Tokens", "Tokens are small.")
        assert paper.authors == (Author("Umar", "Zaynab"), Author(literal="Token Working Group"))
        assert (paper.entry_type, paper.citation_key, paper.year) == ("article", "umarTokens2022", 2022)
        assert (paper.doi, paper.arxiv_id, paper.venue) == ("10.5555/tok.9", "2209.00001", "Journal of Tokens")
        assert dict(paper.extra) == {
            "volume": "12", "number": "9", "pages": "901--917", "date": "2022-09-01", "urldate": "2023-02-03",
            "pmid": "36000000", "primaryclass": "cs.CL", "note": "Lent to Sam.", "x-csl-source": "Example.org",
            "x-csl-collection-editor": "de Witt, Jo", "x-zotero-rights": "CC BY 4.0",
            "file": "/home/you/Zotero/storage/ABCD2345/Umar 2022.pdf;https://example.org/9",
        }  # fmt: skip

    def test_what_is_the_readers_own(self) -> None:
        paper = records(sample("better_bibtex.json"))[0].paper
        assert (paper.state, paper.rating) == (ReadingState.READ, 4)
        assert paper.tags == ("must cite", "⭐⭐", "Thesis/Chapter 2")
        assert paper.keywords == ("Tokenization",)
        assert paper.added == datetime(2022, 10, 1, 8, tzinfo=UTC)
        assert [note.text for note in paper.notes] == ["Summary\n\nGood & short.", "Second note"]
        assert paper.notes[0].changed == datetime(2022, 10, 3, 8, tzinfo=UTC)
        assert paper.notes[1].created == datetime(2026, 3, 14, tzinfo=UTC)

    def test_creators_by_what_they_are_for_the_type(self) -> None:
        _, patent, film = (record.paper for record in records(sample("better_bibtex.json")))
        assert (patent.authors, patent.entry_type) == ((Author("Shelf", "Lee"),), "patent")
        assert dict(patent.extra) == {
            "number": "US1234567", "date": "1999-06-30", "x-zotero-assignee": "Shelf Co.",
            "x-zotero-attorneyagent": "Law, Ann",
        }  # fmt: skip
        assert (film.authors, film.venue, film.year) == ((Author("Varda", "Agnès"),), "Films Co.", 1985)
        assert film.extra["x-csl-producer"] == "Coin, Pat"


class TestTheWebInterface:
    def test_notes_and_attachments_go_to_their_paper_wherever_they_stand(self) -> None:
        opened = open_text("items.json", sample("web_interface.json").encode(), TODAY)
        assert opened.format == "zotero-json"
        found, orphan = list(opened.records)
        assert isinstance(found, Record)
        assert [note.text for note in found.paper.notes] == ["Belongs to the talk."]
        assert found.paper.extra["file"] == "Novák - 2019.pdf"
        assert orphan == Skipped(26, "This is a note that belongs to no paper of this file.")

    def test_a_conference_paper(self) -> None:
        paper = records(sample("web_interface.json"))[0].paper
        assert (paper.entry_type, paper.venue) == ("inproceedings", "Proceedings of ShelfConf 2019")
        assert (paper.arxiv_id, paper.url) == ("1906.00001", "")
        assert (paper.tags, paper.keywords) == (("talk",), ("shelf",))
        assert (paper.extra["eventtitle"], paper.extra["address"], paper.extra["date"]) == (
            "ShelfConf", "Brno", "2019-06-02",
        )  # fmt: skip


@pytest.mark.parametrize("item_type", TYPES)
def test_every_type_is_what_it_is_in_csl_json(item_type: str) -> None:
    csl = json.dumps([{"type": TYPES[item_type], "title": "T", "author": [{"family": "F", "given": "G"}]}])
    (wanted,) = (entry.paper for entry in read_csl(csl, TODAY) if isinstance(entry, Record))
    creator = {"creatorType": "author", "firstName": "G", "lastName": "F"}
    assert one(itemType=item_type, title="T", creators=[creator]) == wanted


@pytest.mark.parametrize(
    ("creator", "author"),
    [
        ({"lastName": "Plato", "firstName": "", "fieldMode": 1}, Author(literal="Plato")),
        ({"name": "CERN"}, Author(literal="CERN")),
        ({"lastName": "van der Berg", "firstName": "Jan"}, Author("Berg", "Jan", "van der")),
        ({"lastName": "King", "firstName": "Martin Luther, Jr."}, Author("King", "Martin Luther", suffix="Jr.")),
    ],
)
def test_names(creator: dict[str, object], author: Author) -> None:
    assert one(title="T", creators=[{"creatorType": "author", **creator}]).authors == (author,)


def test_a_date_that_is_none_is_told() -> None:
    entries = list(read('{"items": [\n{"itemType": "book", "title": "T", "date": "2021-02-31"}]}', TODAY))
    assert [(entry.code, entry.line) for entry in entries if isinstance(entry, Problem)] == [("invalid_date", 2)]
    assert [entry.paper.year for entry in entries if isinstance(entry, Record)] == [2021]


def test_collections_that_stand_in_each_other_end() -> None:
    collections = {"A": {"name": "a", "parent": "B", "items": [1]}, "B": {"name": "b", "parent": "A", "items": [1]}}
    text = json.dumps({"items": [{"itemType": "book", "title": "T", "itemID": 1}], "collections": collections})
    assert all(len(tag) < 50 for tag in records(text)[0].paper.tags)


@pytest.mark.parametrize(
    "text", ["[]", "{}", '[{"title": "T", "type": "book"}]', '{"itemType": 1', "x", '["itemType"]']
)
def test_other_json_is_not_claimed(text: str) -> None:
    assert not sniff(text)


@pytest.mark.parametrize("name", ["better_bibtex.json", "web_interface.json"])
def test_no_damage_raises_anything(name: str) -> None:
    for text in damaged(sample(name)):
        sniff(text)
        for record in records(text):
            repr(record).encode()


@pytest.mark.parametrize("value", [None, 5, True, "x", "\ud800", [], {}, [[]], [{}], [None, 5], {"a": {}}, "9" * 5000])
def test_a_field_of_any_type_raises_nothing(value: object) -> None:
    for name in (
        "itemType", "title", "creators", "tags", "notes", "attachments", "extra", "key", "itemID", "dateAdded", "date",
        "parentItem", "unheard", "", "volume", "data",
    ):  # fmt: skip
        item = {"itemType": "book", "title": "T", name: value}
        child = {"itemType": "note", "parentItem": "k", "note": value}
        for collections in (value, {"A": value}, {"A": {"name": value, "items": value, "parent": value}}):
            text = json.dumps({"collections": collections, "items": [item, child]})
            sniff(text)
            for record in records(text):
                repr(record).encode()


def test_a_thousand_items_take_no_time() -> None:
    item = json.loads(sample("better_bibtex.json"))["items"][0]
    text = json.dumps({"items": [{**item, "itemID": number} for number in range(1000)]})
    started = time.perf_counter()
    assert len(records(text)) == 1000
    assert time.perf_counter() - started < 5


# --- the corpora


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
def test_the_files_of_better_bibtex_are_read_as_expected() -> None:
    expected = json.loads((CORPORA / "EXPECTED.json").read_text(encoding="utf-8"))["files"]
    names = sorted(name for name in expected if name.endswith(".json"))
    assert len(names) == 16
    for name in names:
        found = records((CORPORA / name).read_text(encoding="utf-8"))
        entries = expected[name]["entries"]
        assert [as_expected(record.paper, entry) for record, entry in zip(found, entries, strict=True)] == [
            {key: value for key, value in entry.items() if key in COMPARED} for entry in entries
        ], name


# Not compared: `type`, of which BibTeX has fewer; `date` and `pages` as they are typed; `extra`, whose lines went to
# fields; `notes` as HTML. Better BibTeX's keywords are Zotero's tags, of which the reader's own are tags here.
COMPARED = (
    "key", "title_plain", "authors", "year", "doi", "url", "abstract", "volume", "issue", "number", "issn", "isbn",
    "language", "container", "pmid", "keywords",
)  # fmt: skip


def as_expected(paper: Paper, entry: dict[str, Any]) -> dict[str, Any]:
    authors = [
        {"literal": author.literal} if author.literal else {"family": author.family, "given": author.given}
        for author in paper.authors
    ]
    said = {
        "key": paper.citation_key, "title_plain": paper.title, "authors": authors, "year": paper.year,
        "doi": paper.doi, "url": paper.url, "abstract": paper.abstract, "container": paper.venue,
        "keywords": sorted((*paper.keywords, *paper.tags), key=str.casefold), **paper.extra,
    }  # fmt: skip
    said["issue"] = said.get("number")
    return {key: said.get(key) for key in entry if key in COMPARED}
