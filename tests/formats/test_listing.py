"""Listings in all the shapes in which people copy them."""

import random
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import Opened, open_text
from readinglist.formats.listing import sniff
from readinglist.formats.lookalikes import look_of
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.clean_text import clean
from readinglist.papers.paper import Author, LinkKind
from readinglist.paths import resource
from tests.formats.listing_variants import FOOTER, HEADER, NAVIGATION, Copying, render, some_way

TODAY = date(2026, 6, 30)
DAY = date(2026, 3, 14)
REAL = Path(__file__).parents[3] / "shared" / "listings"
REAL_COUNTS = {"000": 115, "001": 69, "002": 60, "003": 143, "004": 82}

SAMPLE = resource("samples", "listing.txt").read_text(encoding="utf-8")
PARAGRAPHS = SAMPLE.split("\n\n")[5:]
PAPERS = list(zip(PARAGRAPHS[::2], PARAGRAPHS[1::2], strict=True))
ONE = "We study how small networks learn to count. They do so in two steps. Experiments on four datasets agree."
TWO = "Sorting is slow when data does not fit in memory. This paper sorts on disk. It halves the time on large files."


def opened(text: str, today: date = TODAY) -> Opened:
    return open_text("listing.txt", text.encode(), today)


def read(text: str, today: date = TODAY) -> tuple[list[Record], list[Problem]]:
    found = opened(text, today)
    assert found.error is None, found.error
    entries = list(found.records)
    return (
        [entry for entry in entries if isinstance(entry, Record)],
        [entry for entry in entries if isinstance(entry, Problem)],
    )


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def plain(text: str) -> str:
    """A text without blanks and hyphens: wrapping may part a word at its hyphen."""
    return re.sub(r"[\s-]", "", text)


def told(records: Sequence[Record]) -> list[tuple[str, str]]:
    return [(plain(record.paper.title), plain(record.paper.abstract)) for record in records]


EXPECTED = told(read(SAMPLE)[0])


def listing(*blocks: str, header: str = "new\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n") -> str:
    return header + "\n\n".join(blocks)


def titles(text: str) -> list[str]:
    return [record.paper.title for record in read(text)[0]]


class TestSample:
    def test_has_25_papers_of_one_day(self) -> None:
        records, problems = read(SAMPLE)
        assert problems == []
        assert [record.position for record in records] == list(range(1, 26))
        assert {record.listed_on for record in records} == {DAY}
        assert [record.paper.title for record in records] == [title for title, _ in PAPERS]
        assert [record.line for record in records] == list(range(11, 11 + 4 * 25, 4))

    def test_is_repaired_for_reading(self) -> None:
        records = read(SAMPLE)[0]
        text = " ".join(record.paper.abstract for record in records)
        assert "about 15% of the words" in text
        assert "\\" not in re.sub(r"\$[^$]+\$", "", text)
        latent = next(record.paper for record in records if "Latent Diffusion" in record.paper.title)
        assert [(link.url, link.kind) for link in latent.links] == [
            ("https://github.com/CompVis/latent-diffusion", LinkKind.CODE)
        ]

    def test_papers_are_misc_without_a_year(self) -> None:
        assert {(record.paper.entry_type, record.paper.year) for record in read(SAMPLE)[0]} == {("misc", None)}


@pytest.mark.skipif(not REAL.is_dir(), reason="the real listings (../shared/listings) are not here")
class TestRealListings:
    @pytest.mark.parametrize(("name", "count"), REAL_COUNTS.items())
    def test_every_paper_is_read_without_a_warning(self, name: str, count: int) -> None:
        path = next(REAL.glob(f"{name}_*.txt"))
        text = path.read_text(encoding="utf-8")
        records, problems = read(text)
        paragraphs = text.split("\n\n")[5:]
        assert problems == []
        assert len(records) == count
        assert [record.paper.title for record in records] == [clean(title) for title in paragraphs[::2]]

    def test_there_are_113_links(self) -> None:
        links = {
            link.url
            for path in REAL.glob("*.txt")
            for record in read(path.read_text(encoding="utf-8"))[0]
            for link in record.paper.links
        }
        assert len(links) == 113
        assert all(re.fullmatch(r"https?://\S+[\w/]", link) for link in links)

    @pytest.mark.parametrize("seed", range(20))
    def test_copied_in_some_way(self, seed: int) -> None:
        chance = random.Random(seed)
        path = chance.choice(sorted(REAL.glob("*.txt")))
        paragraphs = path.read_text(encoding="utf-8").split("\n\n")[5:]
        papers = list(zip(paragraphs[::2], paragraphs[1::2], strict=True))
        expected = told(read(render(papers, Copying()))[0])
        assert told(read(render(papers, some_way(chance)))[0]) == expected


WAYS = {
    "carriage returns": Copying(line_end="\r\n"),
    "old Mac line ends": Copying(line_end="\r"),
    "next-line characters": Copying(line_end="\u0085"),
    "line separators": Copying(line_end="\u2028"),
    "no blank lines": Copying(below_title=0, below_abstract=0),
    "no blank line under titles": Copying(below_title=0),
    "many blank lines": Copying(below_title=3, below_abstract=3),
    "more blank lines between papers": Copying(below_title=1, below_abstract=4),
    "no header": Copying(header=()),
    "no header and no day": Copying(header=(), day=""),
    "the header again": Copying(again_after=5),
    "navigation and footer": Copying(header=NAVIGATION + HEADER, footer=FOOTER),
    "a footer on lines of their own": Copying(footer=("", *FOOTER)),
    "tabs": Copying(prefix="\t", suffix="\t"),
    "no-break spaces": Copying(prefix="\u00a0", suffix="\u00a0"),
    "zero-width characters": Copying(prefix="\ufeff", suffix="\u200b"),
    "quoted": Copying(prefix="> "),
    "bullets": Copying(mark="• "),
    "dashes": Copying(mark="- "),
    "numbers": Copying(mark="1."),
    "headings": Copying(mark="## "),
    "wrapped abstracts": Copying(abstract_width=72),
    "wrapped at 40": Copying(abstract_width=40, title_width=40),
    "wrapped titles": Copying(title_width=30),
    "wrapped, a blank line after each line": Copying(abstract_width=72, title_width=72, double=True),
    "wrapped, no blank line under titles": Copying(abstract_width=72, title_width=72, below_title=0),
    "wrapped, no blank lines": Copying(abstract_width=72, title_width=72, below_title=0, below_abstract=0),
    "wrapped and quoted": Copying(abstract_width=76, title_width=76, prefix="> "),
    "votes above": Copying(above=("42",)),
    "votes below": Copying(below=("Upvote", "1.2k")),
    "cards of the daily page": Copying(above=("Submitted by", "akhaliq", "42"), between=("· 12 authors",)),
    "who submitted, on one line": Copying(above=("Submitted by akhaliq",), below=("3 comments",)),
    "cards of the trending page": Copying(below=("Published on Mar 10", "Upvote", "42", "GitHub 1.2k", "arXiv Page")),
    "authors": Copying(between=("Ada Lovelace, Alan M. Turing, John von Neumann",)),
    "numbers of authors": Copying(between=("5 authors",)),
}


@pytest.mark.parametrize("way", WAYS)
def test_copied_another_way(way: str) -> None:
    records, problems = read(render(PAPERS, WAYS[way]))
    assert told(records) == EXPECTED
    assert [record.position for record in records] == list(range(1, 26))
    assert problems == []


@pytest.mark.parametrize("seed", range(120))
def test_copied_in_several_ways_at_once(seed: int) -> None:
    chance = random.Random(seed)
    how = some_way(chance)
    count = chance.choice([3, 6, 25])
    records, problems = read(render(PAPERS[:count], how))
    assert told(records) == EXPECTED[:count]
    assert [record.position for record in records] == list(range(1, count + 1))
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_in_another_encoding(encoding: str) -> None:
    text = SAMPLE.replace("recurrent networks", "recurrent networks – à la Élan")
    found = open_text("listing.txt", text.encode(encoding), TODAY)
    records = [entry for entry in found.records if isinstance(entry, Record)]
    assert len(records) == 25
    assert "à la Élan" in records[0].paper.abstract


class TestDays:
    @pytest.mark.parametrize(
        "day",
        ["Mar 14", "March 14", "14 Mar", "14 March", "Mar 14th", "Mar. 14", "MAR 14", "Mar 14, 2026", "14 March 2026",
         "Sat, Mar 14, 2026", "Saturday 14 March 2026", "2026-03-14", "2026/03/14", "14.03.2026", "03/14/2026",
         "Daily Papers: March 14, 2026"],
    )  # fmt: skip
    def test_are_written_in_many_ways(self, day: str) -> None:
        records, problems = read(render(PAPERS[:3], Copying(day=day)))
        assert {record.listed_on for record in records} == {DAY}
        assert problems == []

    @pytest.mark.parametrize(
        ("day", "today", "meant"),
        [
            ("Mar 14", date(2025, 3, 14), date(2025, 3, 14)),
            ("Mar 14", date(2025, 3, 13), date(2024, 3, 14)),
            ("Feb 29", date(2026, 6, 30), date(2024, 2, 29)),
            ("Feb 29", date(2024, 2, 28), date(2020, 2, 29)),
            ("Dec 31", date(2026, 1, 1), date(2025, 12, 31)),
        ],
    )
    def test_without_a_year_are_the_latest_not_in_the_future(self, day: str, today: date, meant: date) -> None:
        records, problems = read(render(PAPERS[:2], Copying(day=day)), today)
        assert {record.listed_on for record in records} == {meant}
        assert problems == []

    @pytest.mark.parametrize(
        "header",
        [
            "newGet trending papers in your email inbox!SubscribebyAK and the research communityMar 14\n\n",
            "new Get trending papers in your email inbox! Subscribe by AK and the research community Mar 14\n",
            "Daily Papers\nby\nAK\nand the research community\n\nMar 14\n\n",
        ],
    )
    def test_are_found_in_a_header_copied_otherwise(self, header: str) -> None:
        records, problems = read(listing("A Title Here", ONE, header=header))
        assert [(record.paper.title, record.listed_on) for record in records] == [("A Title Here", DAY)]
        assert problems == []

    def test_the_same_day_again_goes_on_counting(self) -> None:
        records, _ = read(listing("A Title Here", ONE, "Mar 13", "Another Title", TWO, "Mar 14", "A Third Title", ONE))
        assert [(r.listed_on, r.position) for r in records] == [(DAY, 1), (date(2026, 3, 13), 1), (DAY, 2)]

    def test_several_in_one_file_count_anew(self) -> None:
        text = listing("A Title Here", ONE, "Another Title There", TWO, "Mar 13", "A Third Title", ONE)
        records, problems = read(text)
        assert [(r.listed_on, r.position) for r in records] == [(DAY, 1), (DAY, 2), (date(2026, 3, 13), 1)]
        assert problems == []

    def test_that_do_not_exist_are_told(self) -> None:
        records, problems = read(render(PAPERS[:2], Copying(day="Feb 30")))
        assert [(problem.code, problem.line) for problem in problems] == [("invalid_date", 9)]
        assert [record.listed_on for record in records] == [None, None]

    def test_in_the_future_are_told_and_kept(self) -> None:
        records, problems = read(render(PAPERS[:2], Copying(day="Mar 14, 2031")))
        assert codes(problems) == ["future_date"]
        assert {record.listed_on for record in records} == {date(2031, 3, 14)}


class TestTitles:
    @pytest.mark.parametrize(
        "title",
        ["1984", "March 14: A Study of Pi", "March 14", "New", "Models", "Subscribe Now: Attention in Newsletters",
         "Search", "attention is all you need", "A Title That Ends with a Full Stop.", "Is This a Question?",
         "42 Is the Answer", "Mar 14 and Other Days", "BERT", "Trending Papers: A Study of Trends", "GPT-4", "3D",
         "Submitted by Nobody: On Forms", "On Sums, Products, and Powers", "Company", "eCeLLM: Generalizing",
         "A. B. See: Initials", "注意力就是你所需要的一切", "الانتباه هو كل ما تحتاجه",
         "Внимание — это всё, что вам нужно"],
    )  # fmt: skip
    def test_that_look_like_something_else(self, title: str) -> None:
        text = listing("Before All of This", ONE, title, TWO, "After All of This", ONE + " Again.")
        records, problems = read(text)
        assert [record.paper.title for record in records] == ["Before All of This", title, "After All of This"]
        assert records[1].paper.abstract == TWO
        assert [record.position for record in records] == [1, 2, 3]
        assert problems == []

    def test_may_be_very_long(self) -> None:
        title = "A Long Title " * 40 + "and Its End"
        assert titles(listing(title, "Short.", "Next Title", "Short, too.")) == [title, "Next Title"]

    def test_may_be_longer_than_abstracts(self) -> None:
        pairs = [f"On the Long and Winding Road to Theorem Number {number} of This Series" for number in range(8)]
        text = listing(*(block for title in pairs for block in (title, "We prove it.")))
        assert titles(text) == pairs

    def test_over_two_lines(self) -> None:
        title = "A Long Title That Goes On\nin the Second Line"
        assert titles(listing(title, ONE, "Next Title", TWO)) == [title.replace("\n", " "), "Next Title"]


class TestAbstracts:
    def test_of_several_paragraphs(self) -> None:
        records, problems = read(listing("First Title", f"{ONE}\n\n{TWO}", "Second Title", TWO))
        assert [record.paper.abstract for record in records] == [f"{ONE}\n\n{TWO}", TWO]
        assert problems == []

    @pytest.mark.parametrize("gap", ["\n", "\n\n"])
    def test_with_bullets(self, gap: str) -> None:
        items = ["- We show a method.", "- We release a dataset.", "- It is fast."]
        text = gap.join(["We make three contributions:", *items])
        records, problems = read(listing("First Title", text, "Second Title", TWO))
        assert records[0].paper.abstract.split("\n") == ["We make three contributions:", *items]
        assert [record.paper.title for record in records] == ["First Title", "Second Title"]
        assert problems == []

    def test_that_are_missing(self) -> None:
        records, problems = read(listing("First Title", ONE, "Title Without Anything", "Third Title", TWO))
        assert [(r.paper.title, bool(r.paper.abstract)) for r in records] == [
            ("First Title", True), ("Title Without Anything", False), ("Third Title", True),
        ]  # fmt: skip
        assert [(problem.code, problem.line) for problem in problems] == [("missing_abstract", 13)]

    def test_that_are_missing_at_the_end(self) -> None:
        records, problems = read(listing("First Title", ONE, "Last Title of All"))
        assert [record.paper.title for record in records] == ["First Title", "Last Title of All"]
        assert codes(problems) == ["missing_abstract"]

    def test_that_are_missing_for_several_in_a_row(self) -> None:
        records, problems = read(listing("First Title", "Second Title", "Third Title", ONE, "Fourth Title", TWO))
        assert [record.paper.title.split()[0] for record in records] == ["First", "Second", "Third", "Fourth"]
        assert codes(problems) == ["missing_abstract", "missing_abstract"]

    def test_that_are_missing_for_all(self) -> None:
        cards = [("Submitted by", "akhaliq", "42", title, "· 12 authors", "3") for title, _ in PAPERS]
        records, problems = read(listing(*(line for card in cards for line in card)))
        assert [record.paper.title for record in records] == [title for title, _ in PAPERS]
        assert codes(problems) == ["missing_abstract"] * 25

    def test_without_a_title(self) -> None:
        records, problems = read(listing(ONE, "First Title", TWO, "Second Title", ONE))
        assert [record.paper.title for record in records] == ["First Title", "Second Title"]
        assert [(problem.code, problem.line) for problem in problems] == [("orphan_abstract", 9)]

    def test_without_a_title_in_the_middle(self) -> None:
        blocks = [block for paper in PAPERS for block in paper]
        del blocks[10]
        records, problems = read(listing(*blocks))
        assert len(records) == 24
        assert codes(problems) == ["orphan_abstract"]
        assert len([entry for entry in opened(listing(*blocks)).records if isinstance(entry, Skipped)]) == 1

    @pytest.mark.parametrize("end", [" and it is", " and it …", " and it..."])
    def test_that_are_cut_off(self, end: str) -> None:
        _, problems = read(listing("First Title", ONE, "Second Title", TWO[:-1] + end))
        assert codes(problems) == ["possibly_truncated"]

    @pytest.mark.parametrize("end", [".", "!", " at https://github.com/a/b", " (abridged)", "。"])
    def test_that_are_not_cut_off(self, end: str) -> None:
        assert codes(read(listing("First Title", ONE, "Second Title", TWO[:-1] + end))[1]) == []


class TestSamePaperTwice:
    def test_with_the_same_text_is_two_records(self) -> None:
        records, problems = read(listing("First Title", ONE, "Second Title", TWO, "First Title", ONE))
        assert [record.position for record in records] == [1, 2, 3]
        assert problems == []

    def test_with_another_abstract_is_told(self) -> None:
        records, problems = read(listing("First Title", ONE, "Second Title", TWO, "First title", TWO))
        assert len(records) == 3
        assert [(problem.code, problem.line) for problem in problems] == [("possible_duplicate", 17)]


class TestWhatIsToldOfPapers:
    def test_votes_above(self) -> None:
        records = read(listing("42", "First Title", ONE, "1.2k", "Second Title", TWO))[0]
        assert [record.paper.upvotes for record in records] == [42, 1200]

    def test_votes_below(self) -> None:
        records = read(listing("First Title", ONE, "Upvote", "42", "Second Title", TWO, "Upvote 7"))[0]
        assert [record.paper.upvotes for record in records] == [42, 7]

    def test_cards_of_the_trending_page(self) -> None:
        below = ("· 5 authors", "· Published on Mar 3, 2025", "Upvote", "1.23k", "GitHub 12.3k", "arXiv Page")
        records, problems = read(listing("First Title", ONE, *below, "Second Title", TWO))
        assert [(record.paper.upvotes, record.paper.year) for record in records] == [(1230, 2025), (None, None)]
        assert problems == []

    def test_cards_of_the_daily_page(self) -> None:
        below = ("·", "6 authors", "·", "An Organisation", "GitHub 1.2k", "3")
        lines = (
            "42",
            "Submitted by",
            "alice",
            "First Title",
            ONE,
            *below,
            "128",
            "Submitted by",
            "bob",
            "Second Title",
        )
        records, problems = read(listing(*lines, TWO, "·", "2 authors"))
        assert [(record.paper.title, record.paper.upvotes) for record in records] == [
            ("First Title", 42), ("Second Title", 128),
        ]  # fmt: skip
        assert problems == []

    def test_a_link_under_the_title(self) -> None:
        records = read(listing("[First Title](https://huggingface.co/papers/2403.01234)", ONE, "Second Title", TWO))[0]
        assert [(record.paper.title, record.paper.arxiv_id) for record in records] == [
            ("First Title", "2403.01234"), ("Second Title", ""),
        ]  # fmt: skip

    def test_a_link_on_a_line_of_its_own(self) -> None:
        records = read(listing("First Title", ONE, "https://github.com/a/b", "Second Title", TWO))[0]
        assert [len(record.paper.links) for record in records] == [1, 0]
        assert records[0].paper.abstract == ONE

    def test_authors(self) -> None:
        records = read(listing("First Title", "Ada Lovelace, Ludwig van Beethoven and 3 others", ONE))[0]
        assert records[0].paper.authors == (
            Author("Lovelace", "Ada"),
            Author("Beethoven", "Ludwig", "van"),
        )

    @pytest.mark.parametrize(
        "line",
        ["arXiv:2403.01234", "2403.01234", "https://arxiv.org/abs/2403.01234", "arxiv.org/abs/2403.01234",
         "https://huggingface.co/papers/2403.01234", "https://arxiv.org/pdf/2403.01234.pdf"],
    )  # fmt: skip
    def test_arxiv_numbers(self, line: str) -> None:
        records, problems = read(listing("First Title", ONE, line, "Second Title", TWO))
        assert [record.paper.arxiv_id for record in records] == ["2403.01234", ""]
        assert records[0].paper.url == "https://arxiv.org/abs/2403.01234"
        assert problems == []


class TestWhatIsNoListing:
    @pytest.mark.parametrize(
        ("text", "look"),
        [
            ("Dear Anna,\n\nthank you for your letter. I was glad to read it.\n\nBest regards,\nTom", "a letter"),
            ("import os\n\n\ndef main():\n    print(os.name)\n\n\nmain()\n", "source code"),
            ("@article{key,\n  title = {A Title},\n}\n", "a BibTeX file"),
            ("% a comment\n\n@book{key,\n  title = {A Title},\n}\n", "a BibTeX file"),
            ('{"papers": [{"title": "A"}]}', "a JSON file"),
            ("<!DOCTYPE html>\n<html><body>Get trending papers in your email inbox!</body></html>", "a web page"),
            ("TY  - JOUR\nTI  - A Title\nER  - \n", "an RIS file"),
            ("title,year\nOne,2020\nTwo,2021\n", "a table"),
            ("hello", "a single line"),
        ],
    )
    def test_is_left_to_other_formats(self, text: str, look: str) -> None:
        assert not sniff(text)
        assert look in look_of(text)

    def test_is_a_header_with_nothing_under_it(self) -> None:
        error = opened("\n\n".join((*HEADER, "Mar 14"))).error
        assert error is not None
        assert error.code == "no_papers"

    def test_is_not_one_paper_pasted_alone(self) -> None:
        assert titles(f"A Title Alone\n\n{ONE}") == ["A Title Alone"]


@given(st.text())
def test_any_text_can_be_opened(text: str) -> None:
    entries = open_text("x.txt", text.encode("utf-8", "surrogatepass"), TODAY)
    assert entries.error is not None or any(isinstance(entry, Record | Skipped) for entry in entries.records)


@given(
    st.lists(st.sampled_from([*HEADER, *FOOTER, "Mar 14", "Feb 30", "42", "A Title", ONE, "", "- item", "> x", "1."]))
)
def test_any_lines_can_be_opened(lines: list[str]) -> None:
    text = "\n".join((HEADER[1], *lines))
    found = open_text("x.txt", text.encode(), TODAY)
    records = [entry for entry in found.records if isinstance(entry, Record)]
    assert all(record.paper.title for record in records)
    assert [record.line for record in records] == sorted(record.line for record in records)
