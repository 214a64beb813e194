"""The whole way through the command line: every step is a process of its own, as closing and opening again is."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_file

from readinglist.paths import resource
from tests.cli.running import CHECKOUT, Answer, run_process

REAL_LISTINGS = CHECKOUT.parent / "shared" / "listings"
SAMPLE = resource("samples", "listing.txt")

needs_real_listings = pytest.mark.skipif(
    not REAL_LISTINGS.is_dir(), reason=f"the real listings are not at {REAL_LISTINGS}: they are not part of the project"
)


class Reader:
    """Someone who uses the command line on one library."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def does(self, *words: str | Path) -> Answer:
        """A command that succeeds."""
        answer = run_process(*words, library=self._library)
        assert answer.code == 0, answer.err
        return answer

    def finds(self, *query: str) -> list[dict[str, Any]]:
        """What a query finds."""
        found: list[dict[str, Any]] = self.does("find", *query, "--json").json["papers"]
        return found

    def sees(self, name: str) -> dict[str, Any]:
        """All of one paper."""
        shown: dict[str, Any] = self.does("show", name, "--json").json
        return shown


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path / "library")


def test_a_reader_takes_the_sample_from_a_file_to_a_bibliography(reader: Reader, tmp_path: Path) -> None:
    ledger = reader.does("import", SAMPLE, "--json").json
    assert ledger["records"] == ledger["new"] > 20
    assert (ledger["known"], ledger["skipped"], ledger["errors"]) == (0, 0, [])
    papers = reader.finds()
    assert len(papers) == ledger["new"]

    word = max(papers[0]["title"].split(), key=len)
    assert papers[0]["id"] in [paper["id"] for paper in reader.finds(word)]

    first, second = str(papers[0]["id"]), papers[1]["citation_key"]
    untouched = reader.sees(first)
    steps: list[tuple[str, ...]] = [
        ("star", first, second),
        ("tag", first, second, "+nlp/models", "+to discuss"),
        ("status", "reading", first),
        ("note", first, "Read the *results* before Friday."),
    ]
    for command in steps:
        reader.does(*command)
    marked = reader.sees(first)
    assert (marked["starred"], marked["tags"], marked["status"]) == (True, ["nlp/models", "to discuss"], "reading")
    assert [note["text"] for note in marked["notes"]] == ["Read the *results* before Friday."]

    undone = [reader.does("undo").out for _ in steps]
    assert [words.split()[1] for words in undone] == ["Add", "Move", "Tag", "Star"]
    assert reader.sees(first) == untouched
    for _ in steps:
        reader.does("redo")
    assert reader.sees(first) == marked

    assert {paper["id"] for paper in reader.finds("is:starred")} == {papers[0]["id"], papers[1]["id"]}
    assert [paper["id"] for paper in reader.finds("status:reading")] == [papers[0]["id"]]
    assert len(reader.finds("tag:nlp")) == 2
    assert [paper["id"] for paper in reader.finds("Friday")] == [papers[0]["id"]]

    bibliography = tmp_path / "starred.bib"
    reader.does("export", "is:starred", "--format", "bibtex", "-o", bibliography)
    entries = parse_file(str(bibliography)).entries
    assert {entry.key for entry in entries} == {papers[0]["citation_key"], second}
    assert all("year" not in entry.fields_dict for entry in entries)

    again = reader.does("import", SAMPLE, "--json").json
    assert (again["records"], again["new"], again["known"]) == (ledger["records"], 0, ledger["records"])
    assert reader.sees(first) == marked


def test_the_import_itself_can_be_undone_and_made_again(reader: Reader) -> None:
    reader.does("import", SAMPLE)
    papers = reader.finds()
    reader.does("undo")
    assert reader.finds() == []
    assert reader.does("listings", "--json").json["listings"] == []
    reader.does("redo")
    assert reader.finds() == papers


def test_the_tour_walks_through_every_verb_and_leaves_a_picture(reader: Reader, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    tour = reader.does("tour", "-o", picture)
    for verb in ("import", "find", "star", "tag", "note", "status", "undo", "redo", "show", "export"):
        assert f"$ readinglist {verb} " in tour.out or f"$ readinglist {verb}\n" in tour.out
    assert "Nothing new" in tour.out
    assert "@misc{" in tour.out
    assert str(picture) in tour.out
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")
    assert reader.finds() == [], "the tour has a library of its own"


@needs_real_listings
def test_the_five_real_listings_give_the_known_figures(reader: Reader, tmp_path: Path) -> None:
    files = sorted(REAL_LISTINGS.glob("*.txt"))
    one_by_one = [reader.does("import", file, "--json").json for file in files]
    assert [(ledger["records"], ledger["new"]) for ledger in one_by_one] == [
        (115, 115), (69, 58), (60, 46), (143, 136), (82, 64),
    ]  # fmt: skip
    assert sum(ledger["known"] + ledger["changed"] for ledger in one_by_one) == 50
    assert all(ledger["skipped"] == 0 and ledger["errors"] == [] for ledger in one_by_one)

    papers = reader.finds()
    assert len(papers) == 419
    assert Counter(len(paper["sightings"]) for paper in papers) == {1: 377, 2: 36, 3: 4, 4: 2}
    assert reader.does("find", "seen:>=2", "--json").json["total"] == 42

    again = reader.does("import", *files)
    assert "Nothing new" in again.out
    ledger = reader.does("import", *files, "--json").json
    assert (ledger["records"], ledger["new"], ledger["changed"], ledger["skipped"]) == (469, 0, 0, 0)
    assert reader.finds() == papers

    bibliography = tmp_path / "all.bib"
    reader.does("export", "--format", "bibtex", "-o", bibliography)
    library = parse_file(str(bibliography))
    assert len(library.entries) == 419
    assert library.failed_blocks == []


@needs_real_listings
def test_the_five_real_listings_in_one_command_give_the_same(reader: Reader) -> None:
    ledger = reader.does("import", *sorted(REAL_LISTINGS.glob("*.txt")), "--json").json
    assert tuple(ledger[key] for key in ("records", "new", "known", "changed", "skipped")) == (469, 419, 50, 0, 0)
    reader.does("undo")
    assert reader.finds() == []
