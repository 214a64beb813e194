from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from tests.library.listings import TITLES, listing, listing_of

HIPPOS, ATTENTION, GPT4, MULLER = TITLES


@pytest.fixture(params=["indexed", "not indexed", "partly indexed", "index broken"])
def library(request: pytest.FixtureRequest, library_folder: Path) -> Iterator[Library]:
    """The four papers, with the full-text index in each state that it can be in."""
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES[:2])])
        if request.param != "not indexed":
            opened.index_pending()
        opened.import_texts([listing(TITLES[2:], day="Mar 15", name="tuesday.txt")])
        if request.param == "indexed":
            opened.index_pending()
        if request.param == "index broken":
            for path in (library_folder / "index").rglob("*"):
                if path.is_file():
                    path.write_bytes(b"broken")
        yield opened


def titles(library: Library, query: str, *, sort: str = "", typing: bool = False) -> list[str]:
    return [paper.title for paper in library.papers(library.find(query, sort=sort, typing=typing).ids)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("attention", {HIPPOS, ATTENTION}),
        ("attention recurrence", {ATTENTION}),
        ("attention -tokens", {ATTENTION}),
        ("title:attention", {ATTENTION}),
        ("recurrence or robots", {ATTENTION, MULLER}),
        ('"state space models"', {HIPPOS}),
        ('"models space"', set()),
        ("(recurrence or robots) kitchen", {MULLER}),
        ("muller", {MULLER}),
        ("mueller", {MULLER}),
        ("müller", {MULLER}),
        ("mullar~", {MULLER}),
        ("multimodal", {GPT4, MULLER}),
        ("multi modal", {GPT4, MULLER}),
        ("multi-modal senor", {MULLER}),
        ("gpt-4", {GPT4}),
        ("-attention", {GPT4, MULLER}),
        ("has:code", {HIPPOS}),
        ("in:tuesday", {GPT4, MULLER}),
        ("network in:monday", {ATTENTION}),
        ("xyzzy", set()),
        ('"state space', {HIPPOS}),
        ("attention or", {HIPPOS, ATTENTION}),
        ("abstract:convolution", {ATTENTION}),
        ("abstract:hungry", set()),
    ],
)
def test_a_query_finds_the_same_whatever_the_state_of_the_index(library: Library, query: str, found: set[str]) -> None:
    assert set(titles(library, query)) == found


def test_the_last_word_is_a_prefix_while_typing(library: Library) -> None:
    assert titles(library, "hung", typing=True) == [HIPPOS]
    assert titles(library, "hung") == []


def test_notes_are_found_at_once(library: Library) -> None:
    gpt4 = library.find("gpt-4").ids[0]
    library.add_note(gpt4, "Compare with the zeppelin paper.")
    assert titles(library, "zeppelin") == [GPT4]
    assert titles(library, "note:zeppelin") == [GPT4]
    assert titles(library, "abstract:zeppelin") == []
    library.undo()
    assert titles(library, "zeppelin") == []


def test_a_star_and_a_tag_are_found_at_once(library: Library) -> None:
    hippos = library.find("hippos").ids[0]
    library.star([hippos])
    library.tag([hippos], ["nlp/ssm"])
    library.set_state([hippos], ReadingState.TO_READ)
    assert titles(library, "is:starred") == [HIPPOS]
    assert titles(library, "tag:nlp status:to-read attention") == [HIPPOS]
    assert titles(library, "attention -tag:nlp") == [ATTENTION]


def test_the_trash_is_searched_only_when_asked_for(library: Library) -> None:
    library.trash(library.find("gpt-4").ids)
    assert titles(library, "gpt-4") == []
    assert GPT4 not in titles(library, "")
    assert titles(library, "is:trashed") == [GPT4]
    assert titles(library, "gpt-4 is:trashed") == [GPT4]


def test_the_title_counts_more_than_the_abstract(library: Library) -> None:
    assert titles(library, "attention") == [ATTENTION, HIPPOS]
    found = library.find("attention")
    assert found.sort == "best"
    scores = [found.scores[paper_id] for paper_id in found.ids]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_without_words_papers_come_as_listed_newest_day_first(library: Library) -> None:
    assert titles(library, "") == [GPT4, MULLER, HIPPOS, ATTENTION]
    assert titles(library, "in:monday") == [HIPPOS, ATTENTION]


def test_other_orders(library: Library) -> None:
    assert titles(library, "", sort="title") == sorted(TITLES, key=str.casefold)
    assert titles(library, "attention sort:title", sort="added") == [ATTENTION, HIPPOS]
    with pytest.raises(UsageError, match="banana"):
        library.find("", sort="banana")


def test_what_is_wrong_with_a_query_is_told_and_the_rest_counts(library: Library) -> None:
    found = library.find("attention status:banana")
    assert len(found.ids) == 2
    assert "banana" in found.problems[0].message


def test_hits_mark_what_matched(library: Library) -> None:
    found = library.find("attention")
    text = "Is attention all?"
    assert [text[start:end] for start, end in found.hits.spans(text)] == ["attention"]


def test_papers_with_the_words_side_by_side_come_first(library_folder: Path) -> None:
    apart, together = "Linear Time for Attention", "Fast Memory: Linear Attention"
    with Library(library_folder) as library:
        library.import_texts([listing_of({apart: "Linear attention, attention, linear.", together: "No more."})])
        for _ in range(2):
            assert titles(library, "linear attention") == [together, apart]
            library.index_pending()


def test_of_papers_with_equal_scores_the_one_listed_last_comes_first(library_folder: Path) -> None:
    with Library(library_folder) as library:
        for day in ("14", "15", "13"):
            text = listing_of({f"Hippos {day}": "A hippo."}, day=f"Mar {day}", name=f"{day}.txt")
            library.import_texts([text])
        assert titles(library, "hippos") == ["Hippos 15", "Hippos 14", "Hippos 13"]
        library.index_pending()
        assert titles(library, "hippos") == ["Hippos 15", "Hippos 14", "Hippos 13"]


def test_spellings_of_a_name_and_of_a_compound_find_each_other(library_folder: Path) -> None:
    names, ways = ("Muller", "Müller", "Mueller"), ("multimodal", "multi-modal", "multi modal")
    ends = ("the first of its kind", "read once more by others", "with sums and tables")
    listed = [f"On {spelling} {end}" for group in (names, ways) for spelling, end in zip(group, ends, strict=True)]
    text = "\n\n".join(part for title in listed for part in (title, "An abstract about nothing else at all. " * 4))
    with Library(library_folder) as library:
        library.import_texts([InputText("made-up.txt", text.encode())])
        for _ in range(2):
            for group in (names, ways):
                for spelling in group:
                    found = titles(library, spelling)
                    assert len(found) == 3, (spelling, found)
                    assert set(titles(library, f'"{spelling}"')) == set(found)
            library.index_pending()


@pytest.mark.expects_log
def test_searches_are_made_ready_where_the_index_holds_all_papers(
    library: Library, request: pytest.FixtureRequest
) -> None:
    steps = ["a", 'title:"of the"', *"bcdefghijklmnopqrstuvwxyz", "co"]
    asked = list(library.warm())
    assert asked[: len(steps)] == (steps if request.node.callspec.params["library"] == "indexed" else ["a"])
    library.index_pending()
    assert set(steps) < set(library.warm())
