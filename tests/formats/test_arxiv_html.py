"""arXiv's lists as saved pages: today's and old markup, in all the ways in which pages are saved."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from readinglist.formats import open_text
from readinglist.formats.arxiv_html import read, sniff
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author
from tests.formats.damage import damaged
from tests.formats.web_pages import WAYS

TODAY = date(2026, 6, 30)
SAMPLES = Path(__file__).parents[1] / "samples" / "arxiv_html"
NEW, RECENT, OLD, SEARCH = (
    (SAMPLES / name).read_text(encoding="utf-8")
    for name in ("new.html", "recent_2023.html", "new_2002.html", "search.html")
)
ADDRESS = "https://arxiv.org/list/cs.CL/new"
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "arxiv_listing_html"


def records(text: str) -> list[Record]:
    opened = open_text("page.html", text.encode("utf-8", "replace"), TODAY)
    assert (opened.format, opened.error) == ("arxiv-html", None)
    entries = list(opened.records)
    assert not [entry for entry in entries if not isinstance(entry, Record)]
    return [entry for entry in entries if isinstance(entry, Record)]


def others(text: str, today: date = TODAY) -> list[str]:
    return [entry.code for entry in read(text, today) if isinstance(entry, Problem)]


class TestNew:
    def test_all_sections_are_read_with_the_day_of_the_page(self) -> None:
        found = records(NEW)
        assert [record.paper.arxiv_id for record in found] == ["2603.04501", "2603.04517", "2603.03333", "cs/0503011"]
        assert [record.position for record in found] == [1, 2, 3, 4]
        assert {record.listed_on for record in found} == {date(2026, 3, 13)}
        assert [record.paper.year for record in found] == [2026, 2026, 2026, 2005]
        lines = NEW.split("\n")
        assert all(lines[record.line - 1].strip() == "<dt>" for record in found)

    def test_a_paper_with_everything(self) -> None:
        paper = records(NEW)[0].paper
        assert paper.title == "How Small Networks Learn to Count: A Study of $O(\\log n)$ Registers"
        assert paper.authors == (
            Author("Ruiz-Ibarra", "Marta"), Author("Meer", "Ludwig", "van der"), Author("Lefèvre", "Jérôme"),
        )  # fmt: skip
        assert paper.abstract == (
            "We study how small networks learn to count, where 1 < n < 5. They do so in two steps & forget.\n\n"
            "Our second paragraph says that $n^2 < 2^n$."
        )
        assert paper.keywords == ("cs.CL", "cs.LG")
        assert paper.extra["note"].startswith("12 pages, 3 figures")
        assert [link.url for link in paper.links] == ["https://github.com/example/counting"]

    def test_markup_of_a_title_is_text_and_text_is_no_markup(self) -> None:
        paper = records(NEW)[1].paper
        assert paper.title == "Sorting on Disk Revisited: What the <EOS> Token Knows"
        assert (paper.entry_type, paper.venue) == ("article", "J. Slow Storage 12 (2026) 34-56")
        assert paper.authors == (Author(literal="The SORT Collaboration"), Author("Wei", "Chen"))

    def test_a_catch_up_page_names_its_day_in_its_title(self) -> None:
        page = NEW.replace("Showing new listings for Friday, 13 March 2026", "").replace(
            "<h1>Computation and Language</h1>",
            "<h1>Catchup results for Computation and Language on Mon, 02 Mar 2026</h1>",
        )
        assert {record.listed_on for record in records(page)} == {date(2026, 3, 2)}

    def test_formulas_that_mathjax_has_drawn(self) -> None:
        drawn = (
            '<span class="MathJax_Preview"></span><span class="MathJax" id="M1-Frame"><nobr>O(log n)</nobr></span>'
            '<script type="math/tex" id="M1">O(\\log n)</script>'
        )
        assert records(NEW.replace("$O(\\log n)$", drawn))[0].paper.title == records(NEW)[0].paper.title

    @pytest.mark.parametrize("way", WAYS)
    def test_in_all_ways_of_saving(self, way: Callable[[str, str], str]) -> None:
        found = records(way(NEW, ADDRESS))
        assert [record.paper for record in found] == [record.paper for record in records(NEW)]
        assert [record.listed_on for record in found] == [date(2026, 3, 13)] * 4
        assert [record.line for record in found] == sorted(record.line for record in found)

    def test_a_complete_page_has_full_addresses(self) -> None:
        full = NEW.replace('href ="/abs/', 'href="https://arxiv.org/abs/').replace("/abs/2603", "/abs/2603")
        assert [record.paper for record in records(full)] == [record.paper for record in records(NEW)]


class TestOlderPages:
    def test_recent_papers_under_their_days(self) -> None:
        found = records(RECENT)
        assert [(record.paper.arxiv_id, record.listed_on, record.position) for record in found] == [
            ("2305.15001", date(2023, 5, 25), 1), ("2305.15002", date(2023, 5, 25), 2),
            ("2305.14003", date(2023, 5, 24), 1),
        ]  # fmt: skip
        assert found[0].paper.extra["note"] == "To appear at RSS 2023"
        assert found[1].paper.authors[-1] == Author(literal="others")
        assert found[2].paper.authors == (Author("Östlund", "C. D."),)
        assert not any(record.paper.abstract for record in found)

    def test_the_markup_of_2002(self) -> None:
        found = records(OLD)
        assert [record.listed_on for record in found] == [date(2002, 2, 27)] * 2
        first, second = (record.paper for record in found)
        assert (first.arxiv_id, first.title, first.year) == ("math.AG/0202268", "Curves on a K3 Surface", 2002)
        assert first.authors == (Author("Sender", "A."), Author("Receiver", "B."))
        assert (first.venue, first.extra["note"]) == ("J. Alg. 3 (2002) 1-12", "12 pages, LaTeX")
        assert first.abstract == "We count curves on a surface."
        assert (second.title, second.authors, second.abstract) == ("Points", (Author("Lector", "C."),), "")

    def test_results_of_a_search(self) -> None:
        first, second = (record.paper for record in records(SEARCH))
        assert (first.arxiv_id, first.title) == ("2301.00001", "On Waiting")
        assert first.abstract == "Robots wait for $n > 2$ people."
        assert (first.year, first.doi, first.venue) == (2022, "10.1234/jss.9", "J. Slow Storage 9 (2023)")
        assert (first.keywords, first.extra["note"]) == (("cs.RO", "cs.AI"), "4 pages")
        assert second.authors == (Author("Östlund", "C. D."),)


class TestDamage:
    def test_cut_off(self) -> None:
        assert others(NEW[: NEW.index("Two lines")]) == ["possibly_truncated"]

    def test_a_day_to_come_is_told_once(self) -> None:
        assert others(NEW, date(2026, 3, 1)) == ["future_date"]

    def test_an_entry_nested_too_deeply_costs_itself_alone(self) -> None:
        entries = list(read(NEW.replace("Two lines cross.", "<span>" * 100_000), TODAY))
        assert [type(entry) for entry in entries] == [Record, Record, Skipped, Record]

    def test_nothing_raises(self) -> None:
        for text in (NEW, RECENT, OLD, SEARCH, WAYS[2](RECENT, ADDRESS), WAYS[3](RECENT, ADDRESS)):
            for broken in damaged(text, 25):
                sniff(broken)
                for entry in read(broken, TODAY):
                    assert not isinstance(entry, Record) or entry.line >= 1

    @pytest.mark.parametrize("text", ["<dt>" * 300_000, "<dl>" * 500_000, "<dt>/abs/" * 20_000, "<h3>" * 100_000])
    def test_odd_texts_take_no_long_time(self, text: str) -> None:
        started = perf_counter()
        sniff(text)
        list(read(text, TODAY))
        assert perf_counter() - started < 5


def test_other_pages_are_not_taken_for_it() -> None:
    assert not sniff("<html><body><dl><dt>list-title</dt><dd>of something else</dd></dl></body></html>")
    assert not sniff("A title\n\nAn abstract on https://arxiv.org/abs/2603.00001.\n")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora (../shared/corpora) are not here")
def test_real_pages() -> None:
    for name, wanted in json.loads((CORPUS / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items():
        found = records((CORPUS / name).read_text(encoding="utf-8"))
        assert len(found) == wanted["n_entries"]
        if "list_date" in wanted:
            assert {str(record.listed_on) for record in found} == {wanted["list_date"]}
        for record, right in zip(found, wanted["entries"], strict=True):
            paper = record.paper
            assert (paper.arxiv_id, paper.title) == (right["arxiv"], right["title"])
            assert [author.display for author in paper.authors] == right["authors"]
            assert (list(paper.keywords), paper.abstract) == (right["categories"], right.get("abstract", ""))
            assert (paper.extra.get("note", ""), paper.venue) == (
                right.get("comments", ""), right.get("journal_ref", ""),
            )  # fmt: skip
