"""Real .bib files of public projects: what was read is what it should be, but for known habits of others."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import open_text
from readinglist.formats.record import Record
from readinglist.papers.identifiers import doi_in
from readinglist.papers.paper import Author, Paper

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FOLDERS = sorted(path.parent for path in CORPORA.glob("bib*/*/EXPECTED.json"))
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-"})

ZOTFILE = "BBT_+_Zotfile_creating_duplicate_files_in_the_wrong_location_2300.bib"
PERCENT = "Problem_when_importing_BibTeX_entries_with_percent_sign_95_or_preamble_96.bib"
COMMANDS = "LaTeX_commands_in_Zotero_should_be_exported_untouched_1380.bib"
# File, key and field of what differs, and whose habit it is.
KNOWN = {
    ("Unabbreviate_on_import_1436-1.bib", "Campo_mrssp_2001", "authors"): "the suffix is no part of the first name",
    ("uri.bib", "a", "url"): "the other program writes letters beyond ASCII in percent",
    ("uri.bib", "c", "url"): "the other program writes a percent sign in percent",
    ("biblatex-angenendt.bib", "angenendt", "title"): "two hyphens are a dash",
    ("biblatex-angenendt.bib", "angenendt", "container"): "the other program puts its markup there",
    ("biblatex-bibstring-resolution.bib", "item1", "title"): "words by name are the bibliography style's",
    ("biblatex-inbook-title-booktitle-maintitle-series-2.bib", "item1", "container"): "the book, not its series",
    ("biblatex-kant-kpv.bib", "kant:kpv", "container"): "the book, not its series",
    ("biblatex-kant-ku.bib", "kant:ku", "container"): "the book, not its series",
    ("biblatex-nietzsche-historie.bib", "nietzsche:historie", "container"): "the book, not its series",
    ("biblatex-knuth-ct-c.bib", "knuth:ct:c", "title"): "the volume's title, not that of all volumes",
    ("biblatex-strings.bib", "herrmann", "title"): "two hyphens are a dash",
    (ZOTFILE, "zcosm02", "container"): "a book's venue is its publisher",
    (ZOTFILE, "sakellariou202228", "url"): "an address that is the DOI's is kept as the DOI",
    (COMMANDS, "MittelbachLaTeXCompanion2006", "title"): "a command shows as the word that it prints",
    (PERCENT, "Akhavan_2009", "abstract"): "the other program takes a percent sign for a comment, and loses words",
    ("biblatex-software.bib", "delebecque:hal-02090402v1", "n_authors"): "inherited by crossref",
    ("biblatex-software.bib", "cgal:5-0-2", "n_authors"): "inherited by crossref",
    ("biblatex-software.bib", "simplemapper", "n_authors"): "inherited by crossref",
    ("bibtex_18.bib", "example-electronic-string", "authors"): "BibTeX takes the small word for a particle",
}  # fmt: skip
# Files whose journals the other program spells out from a list of abbreviations.
SPELLED_OUT = ("Unabbreviate_on_import_1436-1.bib", "Math_formatting_lost_on_import_627.bib")


def squeezed(text: str) -> str:
    """The text as the expectations can be compared: without markup, braces, case, kinds of quotes and dashes."""
    text = re.sub(r"<[^>]+>", "", unicodedata.normalize("NFKC", text).translate(_QUOTES))
    return " ".join(text.replace("{", "").replace("}", "").split()).casefold()


def names(authors: list[dict[str, str]]) -> list[str]:
    parts = ("particle", "non-dropping-particle", "dropping-particle", "family", "given")
    return [squeezed(a.get("literal") or " ".join(filter(None, map(a.get, parts)))) for a in authors]


def our_names(authors: tuple[Author, ...]) -> list[str]:
    return [squeezed(a.literal or " ".join(filter(None, (a.particle, a.family, a.given)))) for a in authors]


def compared(expected: dict[str, Any], paper: Paper) -> Iterator[tuple[str, object, object]]:
    """Each field that the expectation names: its name, what it should be, what it is."""
    for field, text in (("title_plain", paper.title), ("container", paper.venue), ("abstract", paper.abstract)):
        if expected.get(field) and "$" not in text:  # mathematics stays mathematics; others make letters of it
            yield field.removesuffix("_plain"), squeezed(expected[field]), squeezed(text)
    for field, value in (("year", paper.year), ("url", paper.url), ("arxiv", paper.arxiv_id)):
        if expected.get(field):
            yield field, expected[field], value
    if expected.get("doi"):
        yield "doi", doi_in(expected["doi"]).lower(), paper.doi.lower()
    if "authors" in expected:
        yield "authors", names(expected["authors"]), our_names(paper.authors)
    yield "n_authors", expected.get("n_authors", len(paper.authors)), len(paper.authors)


@pytest.mark.skipif(not FOLDERS, reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_real_files_are_read_as_they_should_be(folder: Path) -> None:
    different = {}
    for name, expected in json.loads((folder / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items():
        opened = open_text(name, (folder / name).read_bytes(), date(2026, 3, 20))
        papers = [entry.paper for entry in opened.records if isinstance(entry, Record)]
        assert len(papers) == expected.get("n_entries", len(papers)), name
        by_key = {paper.citation_key: paper for paper in papers}
        for place, wanted in enumerate(expected.get("entries", expected.get("agreed", ()))):
            paper = by_key[wanted["key"]] if wanted.get("key") else papers[place]
            for field, should, is_ in compared(wanted, paper):
                if should != is_ and not (field == "container" and name in SPELLED_OUT):
                    different[name, wanted.get("key"), field] = (should, is_)
    here = {path.name for path in folder.iterdir()}
    assert different.keys() == {known for known in KNOWN if known[0] in here}, different
