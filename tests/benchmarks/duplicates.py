"""All duplicates of a large library: how long the search takes, and how many of those planted there it misses."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from readinglist.library.duplicates import find_duplicates
from readinglist.library.library import no_progress
from readinglist.papers.change import Change, PapersAdded
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Author, Paper
from readinglist.store.paper_store import PaperStore
from tests.benchmarks import synthetic
from tests.benchmarks.measuring import Result
from tests.benchmarks.workplace import Workplace

_EVERY = 20  # one paper of so many has a double
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def find(workplace: Workplace) -> Iterator[Result]:
    """Search a library in which every twentieth paper has a double of one of eight kinds."""
    folder = workplace.fresh_library()
    store = PaperStore(folder)
    planted = _fill(store, workplace.papers)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        found = find_duplicates(store, no_progress)
        times.append(time.perf_counter() - started)
    store.close()
    pairs = {(group.ids[0], other): group.match for group in found for other in group.ids[1:]}
    missed = [pair for pair, match in planted.items() if pairs.get(pair) is not match]
    wrong = [pair for pair in pairs if pair not in planted]
    yield Result(f"all duplicates of {workplace.papers:,}", "s", tuple(times), 10)
    yield Result(f"planted duplicates missed, of {len(planted):,}", "", (len(missed),), 1)
    yield Result("papers taken for duplicates that are none", "", (len(wrong),), 1)
    workplace.remove(folder)


def _fill(store: PaperStore, count: int) -> dict[tuple[int, int], Match]:
    """Fill a library with made papers and doubles; gives what is to be found, by the ids of paper and double."""
    planted: dict[tuple[int, int], Match] = {}
    batch: list[Paper] = []
    for number, made in enumerate(synthetic.papers(count - count // _EVERY - 1), 1):
        kind = number // _EVERY % len(_KINDS)
        paper = replace(made, doi=f"10.1000/{number}") if kind == 0 else made
        paper = replace(paper, id=number, added=_NOW, citation_key=f"key{number}")
        batch.append(paper)
        if number % _EVERY == 0:
            paper_id = count + number
            double, match = _KINDS[kind](paper)
            planted[number, paper_id] = match
            batch.append(replace(double, id=paper_id, citation_key=f"double{number}"))
        if len(batch) > 1000:
            store.record(Change("Fill", (PapersAdded(tuple(batch)),)), _NOW)
            batch = []
    store.record(Change("Fill", (PapersAdded(tuple(batch)),)), _NOW)
    return planted


def _same_doi(paper: Paper) -> tuple[Paper, Match]:
    return replace(
        paper, title=f"Letter {paper.id} to the Editor", doi=paper.doi.upper(), abstract="", authors=()
    ), Match.SAME


def _listed(paper: Paper) -> tuple[Paper, Match]:
    return replace(paper, title=paper.title.upper(), authors=(), year=None), Match.SAME


def _cut(paper: Paper) -> tuple[Paper, Match]:
    return replace(paper, abstract=paper.abstract[:200] + "…", authors=()), Match.SAME


def _initials(paper: Paper) -> tuple[Paper, Match]:
    authors = tuple(Author(author.family, f"{author.given[0]}.") for author in paper.authors)
    return replace(paper, abstract="", authors=authors, year=(paper.year or 0) + 1), Match.SAME


def _misspelt(paper: Paper) -> tuple[Paper, Match]:
    words = paper.title.split()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    words[longest] = words[longest][:-2] + words[longest][-1]
    return replace(paper, title=" ".join(words)), Match.PROBABLE


def _with_subtitle(paper: Paper) -> tuple[Paper, Match]:
    return replace(paper, title=f"{paper.title}: A Longer Story"), Match.PROBABLE


def _title_cut(paper: Paper) -> tuple[Paper, Match]:
    return replace(paper, title=paper.title[: max(len(paper.title) * 2 // 3, 26)] + "…"), Match.PROBABLE


def _retitled(paper: Paper) -> tuple[Paper, Match]:
    return replace(paper, title=" ".join(reversed(paper.title.split()))), Match.PROBABLE


_KINDS = (_same_doi, _listed, _cut, _initials, _misspelt, _with_subtitle, _title_cut, _retitled)
