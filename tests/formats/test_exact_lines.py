"""Lines for what a format has no field for: ours are read exactly, those of others stay remarks, nothing raises."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from readinglist.formats.exact_lines import lines_beyond, lines_without_field, with_lines
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState
from tests.formats.any_paper import papers

NOON = datetime(2026, 3, 14, 12, 0, 5, tzinfo=UTC)
BARE = Paper(title="T")


@given(papers)
def test_lines_make_any_paper_of_a_bare_one(paper: Paper) -> None:
    assert with_lines(BARE, "\n".join(lines_beyond(paper, BARE, personal=True))) == paper


def test_lines_that_other_programs_know() -> None:
    paper = replace(
        BARE, arxiv_id="1706.03762", state=ReadingState.READ, rating=3, starred=True, upvotes=4,
        links=(Link("https://github.com/a/b", LinkKind.CODE),), extra={"primaryclass": "cs.CL"},
    )  # fmt: skip
    lines = lines_without_field(paper, personal=True)
    assert lines == [
        "arXiv: 1706.03762", "Read_Status: Read", "Rating: 3",
        'readinglist.links: [["https://github.com/a/b", "code"]]',
        "readinglist.upvotes: 4", "readinglist.starred: true",
    ]  # fmt: skip
    assert lines_without_field(paper, personal=False, told=frozenset({"arxiv_id"})) == lines[3:5]
    assert lines_beyond(paper, replace(paper, extra={}), personal=True) == ["tex.primaryclass= cs.CL"]
    assert with_lines(BARE, "\n".join([*lines, "tex.primaryclass= cs.CL"])) == paper


@pytest.mark.parametrize("name", ["doi", "venue", "year", "title", "url"])
def test_a_field_named_as_one_of_the_paper_itself_stays_a_field(name: str) -> None:
    paper = replace(BARE, extra={name: "2017"})
    assert with_lines(BARE, "\n".join(lines_beyond(paper, BARE, personal=True))) == paper


def test_tags_are_taken_from_the_keywords() -> None:
    paper = with_lines(replace(BARE, keywords=("a", "b")), 'readinglist.tags: ["b"]')
    assert (paper.keywords, paper.tags) == (("a",), ("b",))


def test_times_of_notes() -> None:
    note = Note("", "Text", NOON, NOON)
    lines = lines_without_field(replace(BARE, notes=(note,)), personal=True)
    other = datetime(2000, 1, 1, tzinfo=UTC)
    assert with_lines(replace(BARE, notes=(Note("", "Text", other, other),)), "\n".join(lines)).notes == (note,)


def test_names_and_moments_without_a_zone() -> None:
    paper = with_lines(BARE, 'readinglist.authors: [{"family": "Ng"}]\nreadinglist.added: "2026-03-14T12:00:05"')
    assert (paper.authors, paper.added) == ((Author("Ng"),), NOON)


@pytest.mark.parametrize(
    "line",
    [
        "readinglist.rating: 9",
        'readinglist.year: "x"',
        "readinglist.authors: 5",
        'readinglist.authors: [{"id": "x"}]',
        "readinglist.tags: {}",
        "readinglist.tags: [1]",
        "readinglist.state: 7",
        'readinglist.links: [["x", "y"]]',
        "readinglist.notes: [[1, 2, 3]]",
        'readinglist.added: "soon"',
        "readinglist.extra: 1",
        "readinglist.note_times: [1]",
        'readinglist.extra: {"volume": 5}',
        'readinglist.note_times: [["x", "y"]]',
        'readinglist.authors: {"a": 1}',
        "readinglist.links: [1]",
        "readinglist.upvotes: -1",
        "readinglist.title: []",
    ],
)
def test_values_that_we_never_write_change_nothing(line: str) -> None:
    assert with_lines(BARE, line) == BARE


@pytest.mark.parametrize(
    "line", ["readinglist.tags: [", "readinglist.mood: 1", "readinglist.tags: " + "[" * 100_000, "Some words"]
)
def test_what_is_no_such_line_is_a_remark(line: str) -> None:
    paper = with_lines(BARE, line)
    assert paper.tags == ()
    assert "note" in paper.extra


def test_halves_of_characters_are_cleaned() -> None:
    assert with_lines(BARE, r'readinglist.tags: ["a\ud800b"]').tags == ("a\ufffdb",)
