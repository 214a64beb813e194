"""Saved pages of the Hugging Face papers, with their data and without, in all the ways in which pages are saved."""

import html
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from readinglist.formats import open_text
from readinglist.formats.huggingface_html import read, sniff
from readinglist.formats.record import Record
from readinglist.papers.paper import Author, Link, LinkKind
from tests.formats.damage import damaged
from tests.formats.test_huggingface_json import DAILY_2026
from tests.formats.test_huggingface_json import records as records_of_json
from tests.formats.web_pages import WAYS

TODAY = date(2026, 6, 30)
SAMPLES = Path(__file__).parents[1] / "samples" / "hf_html"
DAILY, PAPER = ((SAMPLES / name).read_text(encoding="utf-8") for name in ("daily.html", "paper.html"))
ADDRESS = "https://huggingface.co/papers/date/2026-03-13"


def shown(page: str) -> str:
    """The page without its data, as a program may have left it."""
    return re.sub(r'data-props="[^"]*"', "", page)


def with_data(**changes: object) -> str:
    """The day's page with other data."""
    data = {"dateString": "2026-03-13", "periodType": "day", "dailyPapers": json.loads(DAILY_2026), **changes}
    return re.sub(
        r'(data-target="DailyPapers" data-props=)"[^"]*"',
        lambda match: f'{match[1]}"{html.escape(json.dumps(data))}"',
        DAILY,
    )


def records(text: str) -> list[Record]:
    opened = open_text("page.html", text.encode("utf-8", "replace"), TODAY)
    assert (opened.format, opened.error) == ("hf-html", None)
    entries = list(opened.records)
    assert not [entry for entry in entries if not isinstance(entry, Record)]
    return [entry for entry in entries if isinstance(entry, Record)]


class TestData:
    def test_a_day_gives_what_its_json_gives(self) -> None:
        found = records(DAILY)
        assert [record.paper for record in found] == [record.paper for record in records_of_json(DAILY_2026)]
        assert [(record.position, record.listed_on) for record in found] == [
            (1, date(2026, 3, 13)),
            (2, date(2026, 3, 13)),
        ]
        lines = DAILY.split("\n")
        assert all(f"/papers/{record.paper.arxiv_id}" in lines[record.line - 1] for record in found)

    @pytest.mark.parametrize("way", WAYS)
    def test_in_all_ways_of_saving(self, way: Callable[[str, str], str]) -> None:
        found = records(way(DAILY, ADDRESS))
        assert [record.paper for record in found] == [record.paper for record in records(DAILY)]
        assert {record.listed_on for record in found} == {date(2026, 3, 13)}

    def test_papers_of_a_month_have_days_of_their_own(self) -> None:
        values = json.loads(DAILY_2026)
        values[1]["paper"]["submittedOnDailyAt"] = "2026-03-20T00:00:00.000Z"
        found = records(with_data(periodType="month", dateString="2026-03", dailyPapers=values))
        assert [(record.listed_on, record.position) for record in found] == [
            (date(2026, 3, 13), 1), (date(2026, 3, 20), 1),
        ]  # fmt: skip

    def test_the_answer_to_a_search_comes_before_the_papers_of_the_day(self) -> None:
        found = records(with_data(searchResults=json.loads(DAILY_2026)[1:], query={"q": "arms"}))
        assert [record.paper.title for record in found] == ["Arms without Hands"]

    def test_a_paper_of_its_own(self) -> None:
        (found,) = records(PAPER)
        assert (found.paper, found.listed_on) == (records(DAILY)[0].paper, date(2026, 3, 13))


class TestShown:
    def test_a_day_without_its_data_gives_titles_and_votes(self) -> None:
        found = records(shown(DAILY))
        assert [(record.paper.arxiv_id, record.paper.title, record.paper.upvotes) for record in found] == [
            ("2603.04501", "Robots That Wait", 41), ("2603.04777", "Arms without Hands", 3),
        ]  # fmt: skip
        assert found[0].paper.links == (Link("https://github.com/example/waiting", LinkKind.CODE),)
        assert {record.listed_on for record in found} == {date(2026, 3, 13)}

    def test_the_day_is_that_of_the_heading_where_no_address_tells_it(self) -> None:
        page = shown(DAILY).replace('content="https://huggingface.co/papers/date/2026-03-13"', "")
        assert {record.listed_on for record in records(page)} == {date(2026, 3, 13)}

    def test_a_paper_of_its_own(self) -> None:
        (found,) = records(shown(PAPER))
        paper = found.paper
        assert (paper.arxiv_id, paper.title) == ("2603.04501", "Robots That Wait")
        assert paper.abstract == records(PAPER)[0].paper.abstract
        assert paper.authors == (Author("Lefèvre", "Jérôme"), Author("Sousa", "Ana"))


class TestDamage:
    def test_nothing_raises(self) -> None:
        for text in (DAILY, PAPER, shown(DAILY), WAYS[2](DAILY, ADDRESS), WAYS[4](PAPER, ADDRESS)):
            for broken in damaged(text, 25):
                sniff(broken)
                for entry in read(broken, TODAY):
                    assert not isinstance(entry, Record) or entry.line >= 1

    def test_data_that_cannot_be_read_leave_what_is_shown(self) -> None:
        broken = DAILY.replace("&quot;dailyPapers&quot;:", "&quot;dailyPapers&quot;:{{")
        assert [record.paper.title for record in records(broken)] == ["Robots That Wait", "Arms without Hands"]

    @pytest.mark.parametrize("text", ["<div>" * 300_000, "<article>" * 2_500, '<a data-props="[[[">' * 50_000])
    def test_odd_pages_take_no_long_time(self, text: str) -> None:
        started = perf_counter()
        page = f'<div data-target="DailyPapers"><a href="/papers/2603.04501">x</a>{text}'
        sniff(page)
        list(read(page, TODAY))
        assert perf_counter() - started < 5


def test_other_pages_are_not_taken_for_it() -> None:
    assert not sniff("<html><body><p>See https://huggingface.co/papers for more.</p></body></html>")
