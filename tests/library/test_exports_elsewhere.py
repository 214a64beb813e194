"""Exports of a rich library, as other programs read them: without a complaint, and with every paper in them."""

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import rispy
from bibtexparser.entrypoint import parse_file as bibtexparser_parse
from pybtex import errors as pybtex_errors
from pybtex.database import BibliographyData
from pybtex.database import parse_file as pybtex_parse

from readinglist.formats.readable import title_of
from readinglist.library.answers import InputText
from readinglist.library.export_formats import ExportOptions
from readinglist.library.library import Library
from readinglist.papers.paper import Paper, ReadingState
from tests.library.listings import TITLES, listing

BIB = r"""
@string{jrh = {Journal of Reading \& Habits}}
@article{gogh2021, author = {van Gogh, Jr., Vincent and {The {\"A}rzte Consortium} and Li, Bo},
  title = {On {CO$_2$} and 50\% of $\alpha$-Tests: ``Quoted''}, journal = jrh, year = 2021, month = may, volume = 3,
  pages = {1--12}, doi = {10.5555/a_b(c)<d>}, url = {https://example.org/a_b?c=%20&d#e}, keywords = {one, {two, three}},
  abstract = {First.\n\n@article{not, an = {entry}} Second {\textbackslash}.}, x-own = {Kept {As} Is}}
@phdthesis{doe, author = {Doe, Jane}, title = {A Thesis}, school = {A \& B University}, year = 1999}
@online{noname, title = {A Page without Author or Year}, url = {https://example.org}}
@inproceedings{Ab:c/1, author = {D{\'e}sir{\'e}e {\L}uk}, title = {=SUM(A1)}, booktitle = {Proc. #1}, year = 2000}
"""


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES), InputText("mine.bib", BIB.encode())])
        ids = opened.find().ids
        opened.tag(ids[:3], ["to cite", "a/b"])
        opened.star(ids[:2])
        opened.rate(ids[1:3], 4)
        opened.set_state(ids[2:4], ReadingState.READ)
        opened.add_note(ids[0], "A *note* with 100% & {braces}\n\nand a second part.")
        yield opened


def written(library: Library, tmp_path: Path, name: str) -> tuple[Path, list[Paper]]:
    ids = library.find().ids
    path = tmp_path / f"export.{name}"
    library.export_to(path, ids, ExportOptions(name))
    return path, library.papers(ids)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_bibtexparser(library: Library, tmp_path: Path, name: str) -> None:
    path, papers = written(library, tmp_path, name)
    found = bibtexparser_parse(str(path), encoding="utf-8")
    assert not found.failed_blocks
    assert [entry.key for entry in found.entries] == [paper.citation_key for paper in papers]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_pybtex_strict(library: Library, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pybtex_errors, "strict", True)
    path, papers = written(library, tmp_path, name)
    found: BibliographyData = pybtex_parse(str(path), "bibtex")
    assert [key.lower() for key in found.entries] == [paper.citation_key.lower() for paper in papers]
    people = found.entries["gogh2021"].persons["author"]
    assert (people[0].prelast_names, people[0].last_names, people[0].lineage_names) == (["van"], ["Gogh"], ["Jr."])
    assert len(people) == 3


def test_rispy(library: Library, tmp_path: Path) -> None:
    path, papers = written(library, tmp_path, "ris")
    found = rispy.loads(path.read_text(encoding="utf-8"))
    assert [record["title"] for record in found] == [paper.title for paper in papers]
    gogh = next(record for record in found if record["id"] == "gogh2021")
    assert gogh["authors"][0] == "van Gogh, Vincent, Jr."
    assert (gogh["doi"], gogh["volume"], gogh["start_page"]) == ("10.5555/a_b(c)<d>", "3", "1")


CITEPROC = """
import json, sys
from pathlib import Path
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
sys.stdout.reconfigure(encoding="utf-8")
items = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
items = [{name: item[name] for name in item if name not in {"custom", "citation-key"}} for item in items]
style = CitationStylesStyle(sys.argv[2], validate=False)
bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
bibliography.register(Citation([CitationItem(item["id"].lower()) for item in items]))
print(*bibliography.bibliography(), sep="\\n")
"""


def test_citation_processors(library: Library, tmp_path: Path) -> None:
    from readinglist.paths import resource

    path, papers = written(library, tmp_path, "csl-json")
    # In a program of its own: what the program puts right in citeproc-py is not in the way there.
    command = [sys.executable, "-W", "ignore", "-c", CITEPROC, str(path), str(resource("styles", "ieee.csl"))]
    text = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    for paper in papers:
        assert max(re.findall(r"\w+", paper.title), key=len).lower() in text.lower()


def test_spreadsheets(library: Library, tmp_path: Path) -> None:
    path, papers = written(library, tmp_path, "csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows: list[dict[str, Any]] = list(csv.DictReader(stream, strict=True))
    assert [row["Title"].removeprefix("'") for row in rows] == [paper.title for paper in papers]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r")]


def test_the_web_page_is_well_formed_and_runs_nothing(library: Library, tmp_path: Path) -> None:
    path, papers = written(library, tmp_path, "html")
    page = ET.fromstring(path.read_text(encoding="utf-8").partition("\n")[2])
    names = {element.tag.rpartition("}")[2] for element in page.iter()}
    assert names.isdisjoint({"script", "iframe", "object", "img", "link", "form"})
    titles = ["".join(element.itertext()) for element in page.iter() if element.tag.endswith("h2")]
    assert titles == list(map(title_of, papers))


def test_whole_library_and_back_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    for name in ("bibtex", "biblatex", "ris", "csl-json", "csv"):
        path, papers = written(library, tmp_path, name)
        ledger = library.import_texts([InputText(path.name, path.read_bytes())])
        assert (ledger.new, ledger.changed) == (0, 0), (name, ledger.files[0].changes)
        assert [replace(paper, sightings=()) for paper in library.papers([each.id for each in papers])] == [
            replace(paper, sightings=()) for paper in papers
        ]
