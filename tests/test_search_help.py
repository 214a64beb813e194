"""Every example of the page on the search language is asked of a small library, and finds what the page says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from readinglist.papers.query_completion import FIELDS
from readinglist.paths import resource
from tests.formats.pdf_making import pdf_of
from tests.library.listings import TITLES, listing

HIPPOS, ATTENTION, GPT4, MULLER = TITLES
OLD = "Old News of the Last Century"
ALL = set(TITLES)

# What each example finds in the library below.
FOUND = {
    "attention": {HIPPOS, ATTENTION},
    "attention recurrence": {ATTENTION},
    '"state space models"': {HIPPOS},
    "hung*": {HIPPOS},
    "recurence~": {ATTENTION},
    "muller": {MULLER},
    "multi modal": {GPT4, MULLER},
    "gpt-4": {GPT4},
    "attention -tokens": {ATTENTION},
    "-is:read": {HIPPOS, GPT4, MULLER},
    "recurrence or robots": {ATTENTION, MULLER},
    "(recurrence or robots) kitchen": {MULLER},
    "title:(attention or hippos)": {HIPPOS, ATTENTION},
    "title:attention": {ATTENTION},
    "abstract:kitchen": {MULLER},
    "author:vaswani": {ATTENTION},
    "note:zeppelin": {GPT4},
    'pdf:"slower than sheep"': {MULLER},
    "venue:neurips": {ATTENTION},
    "tag:nlp": {HIPPOS},
    "tag:nl*": {HIPPOS},
    "tag:nlp,robots": {HIPPOS, MULLER},
    'tag:"to discuss"': {GPT4},
    "status:to-read": {HIPPOS},
    "status:re*": {ATTENTION, GPT4},
    "is:starred": {HIPPOS},
    "is:new": {HIPPOS, ATTENTION, MULLER},
    "is:unread": {HIPPOS, GPT4, MULLER},
    "is:trashed": {OLD},
    "rating:>=4": {MULLER},
    "has:code": {HIPPOS},
    "has:pdf": {MULLER},
    "has:note": {GPT4},
    "year:>=2020": {GPT4},
    "year:2017-2020": {ATTENTION},
    "doi:10.1000": {MULLER},
    "arxiv:1706.03762": {ATTENTION},
    "key:vaswani": {ATTENTION},
    "in:2026-03-14": {HIPPOS, ATTENTION},
    "in:tuesday": {GPT4, MULLER, ATTENTION},
    "seen:>=2": {ATTENTION},
    "listed:2026-03": ALL,
    "listed:>2026-03-14": {GPT4, MULLER, ATTENTION},
    "added:today": ALL,
    "read:last-30-days": {ATTENTION},
    "attention sort:title": {HIPPOS, ATTENTION},
}


def examples() -> list[str]:
    """The first column of the page's tables."""
    page = resource("help", "search.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([^`]*)` \|", page, re.MULTILINE)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("library")) as opened:
        opened.import_texts([listing(TITLES[:2], day="Mar 14, 2026")])
        opened.import_texts([listing([*TITLES[2:], ATTENTION], day="Mar 15, 2026", name="tuesday.txt")])
        opened.import_texts([InputText("old.txt", f"Jan 2, 2026\n\n{OLD}\n\n{'What was new once. ' * 9}\n".encode())])
        ids = {paper.title: paper.id for paper in opened.papers(opened.find().ids)}
        mark(opened, ids)
        file = tmp_path_factory.mktemp("files") / "zeppelins.pdf"
        file.write_bytes(pdf_of([(60, 700, 11, "Zeppelins are slower than sheep.")]))
        opened.attach(ids[MULLER], [file])
        opened.index_pending()
        yield opened


def mark(library: Library, ids: dict[str, int]) -> None:
    """Fill in what listings do not tell, and what a reader would do."""
    known = {
        ATTENTION: {
            "authors": "Ashish Vaswani", "year": "2017", "venue": "NeurIPS", "arxiv_id": "1706.03762",
            "citation_key": "vaswani2017",
        },
        GPT4: {"year": "2023"},
        MULLER: {"doi": "10.1000/182"},
    }  # fmt: skip
    for title, fields in known.items():
        library.edit_fields(ids[title], fields)
    library.tag([ids[HIPPOS]], ["nlp/parsing"])
    library.tag([ids[MULLER]], ["robots"])
    library.tag([ids[GPT4]], ["to discuss"])
    library.star([ids[HIPPOS]])
    library.rate([ids[MULLER]], 5)
    library.add_note(ids[GPT4], "Compare with the zeppelin paper.")
    library.look_at(ids[GPT4])
    library.set_state([ids[HIPPOS]], ReadingState.TO_READ)
    library.set_state([ids[GPT4]], ReadingState.READING)
    library.set_state([ids[ATTENTION]], ReadingState.READ)
    library.trash([ids[OLD]])


@pytest.mark.parametrize("example", examples())
def test_an_example_finds_what_the_page_says(library: Library, example: str) -> None:
    found = library.find(example)
    assert not found.problems
    assert {paper.title for paper in library.papers(found.ids)} == FOUND[example]


def test_the_page_names_every_example_once_and_every_field() -> None:
    assert sorted(examples()) == sorted(FOUND)
    page = resource("help", "search.md").read_text(encoding="utf-8")
    assert not [field for field in FIELDS if f"{field}:" not in page]


def test_the_readme_shows_examples_that_mean_something(library: Library) -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Searching") : text.index("## Smart lists")]
    written = [
        example for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for example in cell.split("`")[1::2]
    ]
    assert len(written) > 8
    for example in written:
        assert not library.find(example).problems
