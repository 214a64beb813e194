"""Papers for the tests of the store, with something in every field."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from readinglist.papers.change import Change, ListingAdded, PapersAdded, SourceAdded, Step
from readinglist.papers.paper import Author, Link, LinkKind, Listing, Note, Paper, ReadingState, Sighting, Source
from readinglist.store.paper_store import PaperStore

NOW = datetime(2026, 4, 2, 9, 30, 1, 123456, tzinfo=UTC)
DAY = date(2026, 3, 14)
SOURCE = Source(1, "monday.txt", "hf-listing", "0123abcd", NOW, "new\n\nMar 14\n\nTitle é\ud800\n")
LISTING = Listing(1, 1, "monday.txt", DAY, 1)

RICH = Paper(
    id=1,
    title="Hungry Hungry Hippos: Towards Language Modeling with State Space Models",
    abstract="State space models …\n\nA second paragraph with $x^2$ and 😀.",
    authors=(Author("Fu", "Daniel Y."), Author("Beethoven", "Ludwig", "van", "Jr."), Author(literal="OpenAI")),
    year=2022,
    entry_type="inproceedings",
    citation_key="Fu2022",
    doi="10.1000/182",
    arxiv_id="2212.14052",
    url="https://arxiv.org/abs/2212.14052",
    venue="ICLR",
    keywords=("ssm", "attention"),
    links=(Link("https://github.com/HazyResearch/H3", LinkKind.CODE),),
    upvotes=12,
    extra={"x-odd": "kept {as} it is", "annote": "ü"},
    state=ReadingState.READ,
    starred=True,
    rating=4,
    tags=("architecture", "nlp/ssm"),
    notes=(Note("n1", "FlashConv is the *part* to reuse.", NOW, NOW + timedelta(days=1)),),
    sightings=(Sighting(1, DAY, 2, 9),),
    added=NOW,
    read_at=NOW + timedelta(hours=2),
)
PLAIN = Paper(
    id=2, title="Attention Is All You Need", citation_key="attention", added=NOW, sightings=(Sighting(1, DAY, 3),)
)
TRASHED = Paper(id=3, title="Old news", citation_key="old", added=NOW, trashed=NOW + timedelta(days=2))


def import_step(*papers: Paper) -> tuple[Step, ...]:
    return (SourceAdded(SOURCE), ListingAdded(LISTING), PapersAdded(papers))


def filled(store: PaperStore) -> PaperStore:
    """The store with three papers in it, by one change."""
    store.record(Change("Import 3 papers", import_step(RICH, PLAIN, TRASHED)), NOW)
    return store


def many(count: int) -> tuple[Paper, ...]:
    return tuple(
        replace(PLAIN, id=number, title=f"Paper {number:04d}", citation_key=f"paper{number}", sightings=())
        for number in range(1, count + 1)
    )
