"""Papis: one paper or several, its names, tags and files; and YAML that means harm."""

import random
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from readinglist.formats import open_text
from readinglist.formats.papis import read, sniff
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, Paper, ReadingState
from tests.formats.damage import damaged

TODAY = date(2026, 3, 14)
SAMPLES = Path(__file__).parents[1] / "samples" / "papis"


def records(text: str) -> list[Record]:
    return [entry for entry in read(text, TODAY) if isinstance(entry, Record)]


def one(text: str) -> Paper:
    (found,) = records(f"papis_id: a\n{text}")
    return found.paper


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def test_one_paper() -> None:
    opened = open_text("info.yaml", sample("info.yaml").encode(), TODAY)
    assert opened.format == "papis"
    (found,) = opened.records
    assert found == Record(
        Paper(
            title="Lengths of Shelves",
            abstract="A shelf is long: 5 < 6.",
            authors=(Author("Abe", "Kenji"), Author("Broek", "Mirjam", "van den")),
            year=2020,
            entry_type="article",
            citation_key="Abe2020Shelf",
            doi="10.5555/shelf.2020.1",
            venue="Journal of Shelf Studies",
            extra={
                "date": "2020-05", "pages": "11--29", "file": "abe-2020.pdf;supplement.pdf", "number": "2",
                "volume": "7", "language": "en", "publisher": "Example Press", "shortjournal": "J. Shelf. Stud.",
                "x-papis-doc_url": r"https://example.org/shelf.pdf", "x-papis-notes": "notes.tex",
                "x-papis-papis_id": "0123456789abcdef0123456789abcdef",
            },
            state=ReadingState.READ,
            rating=4,
            tags=("shelves", "to cite"),
            added=datetime(2021, 3, 4, 12, 13, 14, tzinfo=UTC),
        ),
        line=1,
        position=1,
    )  # fmt: skip


def test_several_papers_and_what_is_wrong_with_one_of_them() -> None:
    opened = open_text("export.yaml", sample("export.yaml").encode(), TODAY)
    assert opened.format == "papis"
    first, second, broken, last = list(opened.records)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(last, Record)
    assert [first.line, second.line, last.line] == [2, 14, 27]
    assert first.paper.title.endswith("inflections and colours of light")
    assert (first.paper.entry_type, first.paper.venue, first.paper.tags) == (
        "book", "Royal Society", ("light", "colours"),
    )  # fmt: skip
    assert (second.paper.title, second.paper.arxiv_id) == ("Yes: No", "2001.00001v2")
    assert second.paper.extra["primaryclass"] == "cs.DL"
    assert broken == Skipped(23, "This is no valid YAML (line 3 of this paper).")
    assert (last.paper.title, last.paper.venue, last.paper.year) == ("A Thesis", "Example University", None)


def test_names_as_one_text() -> None:
    assert one("title: T\nauthor: Knuth, Donald E. and Lamport, Leslie").authors == (
        Author("Knuth", "Donald E."),
        Author("Lamport", "Leslie"),
    )


def test_every_scalar_is_text() -> None:
    paper = one("title: no\nref: 1e5\nyear: 0x7E4\ndoi: 10.1000/2020-01-01\nvolume: 07\nnote: ~\nseries: null")
    assert (paper.title, paper.citation_key, paper.year, paper.doi) == ("no", "1e5", None, "10.1000/2020-01-01")
    assert paper.extra["volume"] == "07"
    assert "note" not in paper.extra
    assert "series" not in paper.extra


def test_no_object_is_made_of_a_tag() -> None:
    paper = one("title: !!python/object/apply:os.system ['touch /tmp/papis-was-here']\nref: !!int five")
    assert paper.citation_key == "five"
    assert paper.title == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: T\nref: a\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "aliases"),
        ("title: T\nref: a\na: &a [*a]", "aliases"),
        ("title: T\nref: a\nx: " + "[" * 100_000, "nested|valid"),
        ("title: T\nref: a\nx: " + "[" * 200 + "]" * 200, "nested"),
        ("- title: T\n- ref: a", "no data of papis"),
    ],
)
def test_yaml_that_means_harm_is_told_and_not_taken(text: str, reason: str) -> None:
    (entry,) = read(text, TODAY)
    assert isinstance(entry, Skipped)
    assert any(word in entry.reason for word in reason.split("|"))


def test_a_date_that_is_none_is_told() -> None:
    entries = list(read("papis_id: a\ntitle: T\ndate: 2021-02-31\n", TODAY))
    assert [entry.code for entry in entries if isinstance(entry, Problem)] == ["invalid_date"]
    assert [entry.paper.year for entry in entries if isinstance(entry, Record)] == [2021]


@pytest.mark.parametrize(
    "text",
    [
        "title: A post\ndate: 2020-01-01\nlayout: post\n---\nText with ref: nothing\n", "papis_id: 1\n", "title: T\n",
        "references:\n- id: a\n  title: T\n", "Title: T\nRef: a\n", "", "TY  - JOUR\nTI  - title: x\n",
    ],
)  # fmt: skip
def test_other_texts_are_not_claimed(text: str) -> None:
    assert not sniff(text)


@pytest.mark.parametrize("name", ["info.yaml", "export.yaml"])
def test_no_damage_raises_anything(name: str) -> None:
    for text in damaged(sample(name)):
        sniff(text)
        for record in records(text):
            repr(record).encode()


def test_no_value_in_any_field_raises_anything() -> None:
    chance = random.Random(3)
    names = [line.split(":")[0] for line in sample("info.yaml").splitlines() if line[0].isalpha()]
    values = [
        "[]",
        "{}",
        "[[x], {a: b}]",
        "{a: [b]}",
        "~",
        "'" + "9" * 5000 + "'",
        "? [a]\n  : b",
        "\ud800",
        "!!set {a}",
    ]
    for _ in range(300):
        text = "\n".join(f"{name}: {chance.choice(values)}" for name in chance.sample(names, 8))
        for record in records(f"papis_id: x\n{text}"):
            repr(record).encode()


def test_a_thousand_papers_take_no_time() -> None:
    text = f"---\n{sample('info.yaml')}" * 1000
    started = time.perf_counter()
    assert len(records(text)) == 1000
    assert time.perf_counter() - started < 10
