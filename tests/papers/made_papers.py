"""Papers that Hypothesis makes up, with something or nothing in every field."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from readinglist.papers.paper import Attachment, Author, Link, LinkKind, Note, Paper, ReadingState, Sighting

_NOW = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
_WORDS = st.sampled_from(("", "Sorting", "Sorting: With Little Memory", "sorting…", "Birds", "Vögel"))
_LINKS = ((), (Link("https://a.org/x", LinkKind.CODE),), (Link("https://b.org/y", LinkKind.DATA),))
_MOMENTS = st.integers(0, 50).map(lambda hours: _NOW + timedelta(hours=hours))
_AUTHORS = st.sampled_from((Author("Lovelace", "A."), Author("Lovelace", "Ada"), Author(literal="others")))


def _few(items: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=3, unique_by=str.casefold).map(lambda found: tuple(sorted(found, key=str.casefold)))


def papers(paper_id: int) -> st.SearchStrategy[Paper]:
    """Papers with this id; their notes and citation keys are their own, all else they may share with others."""
    note = st.builds(
        Note, st.integers(0, 3).map(lambda number: f"{paper_id}-{number}"), st.just("A note"), _MOMENTS, _MOMENTS
    )
    listing = st.integers(1, 3)
    return st.builds(
        Paper,
        id=st.just(paper_id),
        title=_WORDS,
        abstract=st.sampled_from(("", "We sort…", "We sort large files.", "Birds sing.")),
        authors=st.lists(_AUTHORS, max_size=2).map(tuple),
        year=st.sampled_from((None, 2017, 2018)),
        entry_type=st.sampled_from(("misc", "article", "inproceedings")),
        citation_key=st.just(f"key{paper_id}"),
        doi=st.sampled_from(("", "10.1/a", "10.2/b", "10.48550/arXiv.1706.03762", "10.1101/2020.1")),
        arxiv_id=st.sampled_from(("", "1706.03762", "1706.03762v2")),
        url=st.sampled_from(("", "https://a.org", "https://b.org")),
        venue=st.sampled_from(("", "CoRR", "NeurIPS", "Neuron")),
        keywords=_few(st.sampled_from(("trees", "Trees", "files"))),
        links=st.sampled_from(_LINKS),
        upvotes=st.sampled_from((None, 0, 3, 9)),
        extra=st.dictionaries(st.sampled_from(("pages", "x-odd", "publisher")), st.sampled_from(("1", "2")), max_size=3)
        .flatmap(lambda extra: st.sampled_from((extra, {**extra, "ids": f"old{paper_id}, older{paper_id}"}))),
        state=st.sampled_from(ReadingState),
        starred=st.booleans(),
        rating=st.integers(0, 5),
        tags=_few(st.sampled_from(("nlp", "nlp/parsing", "Thesis", "later"))),
        notes=st.lists(note, max_size=2, unique_by=lambda each: each.id)
        .map(lambda notes: tuple(sorted(notes, key=lambda each: (each.created, each.id)))),
        attachments=st.sampled_from(((), (Attachment("ab", "a.pdf", 3),), (Attachment("cd", "b.pdf", 4),))),
        origins=st.dictionaries(st.sampled_from(("", "title", "year", "doi")), st.integers(0, 2), max_size=3),
        sightings=st.lists(listing, max_size=2, unique=True)
        .map(lambda ids: tuple(Sighting(each, date(2026, 3, each), paper_id, 1) for each in sorted(ids))),
        added=_MOMENTS,
        looked_at=st.none() | _MOMENTS,
        read_at=st.none() | _MOMENTS,
        trashed=st.none() | _MOMENTS,
    )  # fmt: skip


def ordered(paper: Paper) -> Paper:
    """The paper as the store gives it: sightings by day, tags by the alphabet."""
    sightings = sorted(paper.sightings, key=lambda seen: (seen.day or date.min, seen.listing_id, seen.position))
    return replace(paper, sightings=tuple(sightings), extra=dict(paper.extra), origins=dict(paper.origins))
