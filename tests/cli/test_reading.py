import sys
from pathlib import Path
from typing import Any

import click
import pytest

from readinglist.cli.printing import cells
from readinglist.papers.query_values import SORT_WORDS
from tests.cli.conftest import Run
from tests.cli.running import run_on_terminal

needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")


def titles(found: dict[str, Any]) -> list[str]:
    return [paper["title"] for paper in found["papers"]]


def test_find_gives_the_promised_json(filled: Run) -> None:
    filled("tag", "2", "+nlp")
    found = filled("find", "sheep", "--json").json
    assert set(found) == {"total", "ms", "papers"}
    assert found["total"] == 1
    (paper,) = found["papers"]
    key = paper.pop("citation_key")
    assert isinstance(key, str)
    assert paper.pop("score") > 0
    listings = [sighting.pop("listing") for sighting in paper["sightings"]]
    assert all(isinstance(name, str) and name for name in listings)
    days = [sighting.pop("day") for sighting in paper["sightings"]]
    assert [day[4:] for day in days] == ["-03-14", "-03-15"]
    assert paper == {
        "id": 2,
        "title": "Counting Sheep with Small Language Models",
        "authors": [],
        "year": None,
        "doi": None,
        "arxiv_id": None,
        "url": None,
        "status": "inbox",
        "starred": False,
        "rating": 0,
        "tags": ["nlp"],
        "sightings": [{"position": 2}, {"position": 1}],
    }


def test_finds_by_words_and_by_tests(filled: Run) -> None:
    filled("star", "3")
    assert titles(filled("find", "language", "-sheep", "--json").json) == ["An Atlas of 東京 Benchmarks"]
    assert titles(filled("find", "is:starred", "--json").json) == ["Maps for Lost Robots"]
    assert filled("find", "seen:>=2", "--json").json["total"] == 1
    assert filled("find", "no such words", "--json").json["papers"] == []


def test_limits_and_sorts(filled: Run) -> None:
    found = filled("find", "--json", "--limit", "2", "--sort", "title").json
    assert found["total"] == 4
    assert titles(found) == ["An Atlas of 東京 Benchmarks", "Counting Sheep with Small Language Models"]
    assert filled("find", "--json", "--limit", "0").json["papers"] == []


def test_a_score_is_given_only_where_words_were_searched(filled: Run) -> None:
    assert {paper["score"] for paper in filled("find", "is:inbox", "--json").json["papers"]} <= {None}


def test_prints_one_line_a_paper_and_the_sum_apart(filled: Run) -> None:
    filled("star", "3")
    answer = filled("find")
    assert len(answer.out.splitlines()) == 4
    assert "★" in next(line for line in answer.out.splitlines() if "Robots" in line)
    assert answer.err.startswith("4 papers in ")
    assert "\x1b" not in answer.out + answer.err


def test_a_broken_query_still_finds_and_says_what_was_not_understood(filled: Run) -> None:
    answer = filled("find", "sheep seen:often", "--json")
    assert answer.code == 0
    assert answer.err.startswith("readinglist: ")
    assert isinstance(answer.json["total"], int)


def test_shows_all_of_a_paper(filled: Run) -> None:
    filled("note", "2", "Ask about the goat.")
    shown = filled("show", "2", "--json").json
    assert shown["abstract"].startswith("A small language model counts up to forty sheep")
    assert shown["notes"][0]["text"] == "Ask about the goat."
    assert shown["entry_type"] == "misc"
    words = filled("show", "2").out
    for text in (
        "Counting Sheep",
        "goat.",
        "Inbox",
        "no. 2 in friday.txt",
        "no. 1 in saturday.txt",
        "Ask about the goat.",
    ):
        assert text in words


def test_an_unknown_paper_is_told(filled: Run) -> None:
    answer = filled("show", "99", "--json")
    assert (answer.code, answer.out) == (1, "")
    assert "99" in answer.err


def test_lists_listings_and_tags(filled: Run) -> None:
    filled("tag", "1", "2", "+nlp/parsing")
    listings = filled("listings", "--json").json["listings"]
    assert [(listing["day"][4:], listing["papers"]) for listing in listings] == [("-03-15", 2), ("-03-14", 3)]
    assert len(filled("listings").out.splitlines()) == 2
    tags = {tag["tag"]: tag["papers"] for tag in filled("tags", "--json").json["tags"]}
    assert tags["nlp/parsing"] == 2
    assert "nlp/parsing" in filled("tags").out


@needs_terminal
@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_the_terminal(filled: Run, folder: Path, width: int) -> None:
    filled("tag", "2", "+a tag whose name is much longer than it has any need to be")
    shown = click.unstyle(run_on_terminal("find", library=folder, width=width).out)
    rows = [line for line in shown.splitlines() if "Inbox" in line]
    assert len(rows) == 4
    assert all(cells(row) <= width for row in rows)


@needs_terminal
def test_colours_are_for_terminals_and_can_be_refused(filled: Run, folder: Path) -> None:
    filled("note", "1", "Fine.")
    assert "\x1b[" in run_on_terminal("show", "1", library=folder).out
    assert "\x1b[" not in run_on_terminal("show", "1", library=folder, NO_COLOR="1").out
    assert "\x1b[" not in filled("show", "1").out


@pytest.mark.parametrize("order", SORT_WORDS)
def test_offers_every_order_that_the_library_knows(filled: Run, order: str) -> None:
    assert filled("find", "--sort", order, "--json").json["total"] == 4


def test_related_papers_come_with_the_words_they_share(filled: Run) -> None:
    filled("reindex")
    found = filled("related", "4", "--json").json
    assert found["paper"] == 4
    assert {paper["id"] for paper in found["related"]} <= {1, 2, 3}
    for paper in found["related"]:
        assert set(paper) == {"id", "citation_key", "title", "score", "words"}
    lines = filled("related", "4", "--limit", "1").out.splitlines()
    assert len(lines) == min(1, len(found["related"]))
    assert filled("related", "99").code == 1


def test_a_query_without_hits_says_why_and_what_to_ask(filled: Run) -> None:
    answer = filled("find", "shepp", "status:read")
    assert answer.code == 0
    assert answer.out == ""
    assert "  shepp        0 papers" in answer.err
    assert "  status:read  0 papers" in answer.err
    answer = filled("find", "countign", "shepp")
    assert "Did you mean counting sheep? It finds 1 paper." in answer.err
    answer = filled("find", "sheep", "status:read")
    assert "Without status:read: 1 paper." in answer.err


def test_json_says_nothing_beside_the_answer(filled: Run) -> None:
    answer = filled("find", "shepp", "--json")
    assert answer.json["total"] == 0
    assert answer.err == ""
