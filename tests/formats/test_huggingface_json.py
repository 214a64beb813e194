"""JSON of the Hugging Face papers page, as its API has given it over the years."""

import json
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from readinglist.formats import open_text
from readinglist.formats.huggingface_json import read, sniff
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, Link, LinkKind
from tests.formats.damage import damaged

TODAY = date(2026, 9, 30)
SAMPLES = Path(__file__).parents[1] / "samples" / "hf_json"
DAILY_2024, DAILY_2026, PAPER = (
    (SAMPLES / name).read_text(encoding="utf-8") for name in ("daily_2024.json", "daily_2026.json", "paper.json")
)
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "hf_json"


def records(text: str) -> list[Record]:
    opened = open_text("papers.json", text.encode("utf-8", "replace"), TODAY)
    assert (opened.format, opened.error) == ("hf-json", None)
    entries = list(opened.records)
    assert not [entry for entry in entries if not isinstance(entry, Record)]
    return [entry for entry in entries if isinstance(entry, Record)]


class TestDailyPapers:
    def test_of_2024(self) -> None:
        first, second = records(DAILY_2024)
        assert [record.listed_on for record in (first, second)] == [date(2024, 3, 14)] * 2
        assert [record.position for record in (first, second)] == [1, 2]
        assert DAILY_2024.split("\n")[second.line - 1] == " {"
        paper = first.paper
        assert (paper.arxiv_id, paper.year, paper.upvotes) == ("2403.04501", 2024, 18)
        assert paper.authors == (Author("Ruiz-Ibarra", "Marta"), Author("Meer", "Ludwig", "van der"))
        assert paper.abstract == (
            "We study how small networks learn to count. They do so in two steps. Code: "
            "https://github.com/example/counting.\n\nOur second paragraph mentions the <EOS> token and $n^2 < 2^n$."
        )
        assert paper.links == (Link("https://github.com/example/counting", LinkKind.CODE),)
        assert second.paper.title == "Sorting on Disk Revisited: A Second Look"
        assert second.paper.authors == (Author(literal="Sorting Team"), Author("Wei", "Chen"))

    def test_of_2026(self) -> None:
        first, second = records(DAILY_2026)
        assert first.listed_on == second.listed_on == date(2026, 3, 13)
        assert first.paper.keywords == ("human-robot interaction", "reading")
        assert first.paper.links == (
            Link("https://github.com/example/waiting", LinkKind.CODE),
            Link("https://waiting.example.org", LinkKind.PROJECT),
        )
        assert first.paper.authors == (Author("Lefèvre", "Jérôme"), Author("Sousa", "Ana"))
        assert first.paper.extra == {"date": "2026-03-11"}
        assert second.paper.abstract == "We remove all hands & measure 5 % less force, p < 0.01."
        assert second.paper.links == (Link("https://github.com/example/arms", LinkKind.CODE),)

    def test_one_paper(self) -> None:
        (found,) = records(PAPER)
        assert (found.paper, found.listed_on) == (records(DAILY_2026)[0].paper, date(2026, 3, 13))

    @pytest.mark.parametrize("wrap", ['{{"dailyPapers": {0}}}', '{{"papers": {0}, "total": 2}}', "{1}"])
    def test_wrapped_or_by_lines(self, wrap: str) -> None:
        lines = "\n".join(json.dumps(value) for value in json.loads(DAILY_2026))
        found = records(wrap.format(DAILY_2026, lines))
        assert [record.paper for record in found] == [record.paper for record in records(DAILY_2026)]

    def test_an_answer_to_a_search_was_not_listed(self) -> None:
        values = json.loads(DAILY_2026)
        for value in values:
            del value["paper"]["submittedOnDailyAt"]
        assert [record.listed_on for record in records(json.dumps(values))] == [None, None]


class TestDamage:
    def test_what_is_no_paper_is_skipped_and_a_missing_abstract_is_told(self) -> None:
        text = (
            '[{"paper": {"upvotes": 3, "authors": []}},\n {"paper": {"id": "2603.00001", "title": "T", "upvotes": 1}}]'
        )
        assert [type(entry) for entry in read(text, TODAY)] == [Skipped, Record, Problem]

    def test_odd_values_are_left_out(self) -> None:
        paper = {
            "id": ["x"], "title": "T", "summary": {"a": 1}, "authors": [None, 5, {"name": None}, "Ana Sousa", {}],
            "upvotes": "many", "publishedAt": "0001-01-01T00:00:00+23:59", "githubRepo": "javascript:alert(1)",
            "projectPage": 7, "ai_keywords": ["", "good", 3, "x" * 500],
        }  # fmt: skip
        (found,) = [entry for entry in read(json.dumps([{"paper": paper}]), TODAY) if isinstance(entry, Record)]
        assert found.paper.authors[-1] == Author("Sousa", "Ana")
        assert (found.paper.upvotes, found.paper.year, found.paper.keywords) == (None, None, ("good",))
        assert found.paper.links == ()

    def test_long_numbers_and_deep_nesting(self) -> None:
        long = DAILY_2026.replace('"upvotes": 41', '"upvotes": ' + "9" * 5000)
        assert records(long)[0].paper.upvotes is None
        deep = DAILY_2026.replace('"upvotes": 41', '"upvotes": ' + "[" * 100_000)
        assert [entry for entry in read(deep, TODAY) if isinstance(entry, Skipped | Problem)]

    def test_a_day_to_come_is_told_once(self) -> None:
        entries = list(read(DAILY_2026, date(2026, 3, 1)))
        assert [entry.code for entry in entries if isinstance(entry, Problem)] == ["future_date"]

    def test_nothing_raises(self) -> None:
        for text in (DAILY_2024, DAILY_2026, PAPER):
            for broken in damaged(text):
                sniff(broken)
                for entry in read(broken, TODAY):
                    assert not isinstance(entry, Record) or entry.line >= 1

    def test_many_papers_take_no_long_time(self) -> None:
        text = json.dumps(json.loads(DAILY_2026) * 2500)
        started = perf_counter()
        assert len([entry for entry in read(text, TODAY) if isinstance(entry, Record)]) == 5000
        assert perf_counter() - started < 5


def test_other_json_is_not_taken_for_it() -> None:
    assert not sniff('[{"title": "A", "DOI": "10.1/x", "type": "article-journal", "author": []}]')
    assert not sniff('{"error": "Paper not found"}')


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora (../shared/corpora) are not here")
def test_real_answers() -> None:
    for name, wanted in json.loads((CORPUS / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items():
        found = records((CORPUS / name).read_text(encoding="utf-8"))
        assert len(found) == wanted["n_entries"]
        for record, right in zip(found, wanted["entries"], strict=True):
            paper = record.paper
            assert (paper.arxiv_id, paper.title, paper.abstract) == (right["arxiv"], right["title"], right["abstract"])
            assert [author.display for author in paper.authors] == right["authors"]
            assert (paper.year, paper.upvotes) == (right["year"], right["upvotes"])
            assert paper.extra["date"] == right["published"][:10]
            assert str(record.listed_on) == right["submitted_on_daily"][:10]
            urls = {link.kind: link.url for link in reversed(paper.links)}
            assert urls.get(LinkKind.CODE, "") == right.get("github", "")
            assert urls.get(LinkKind.PROJECT, "") == right.get("project_page", "")
