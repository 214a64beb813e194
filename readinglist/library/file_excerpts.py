"""Where a search found papers by the text of their files: the words around a place with many hits."""

from collections.abc import Sequence
from datetime import date

from readinglist.library.texts import paper_texts
from readinglist.papers.query_parser import parse
from readinglist.search.snippets import Hits
from readinglist.store.paper_store import PaperStore


def file_excerpts(store: PaperStore, ids: Sequence[int], query: str, *, typing: bool, length: int) -> dict[int, str]:
    """For papers that hold some of what a query looks for in their files alone, about `length` characters around it."""
    hits = Hits.of(parse(query, date.today(), typing=typing).tree)  # noqa: DTZ011 - the reader's own day is meant
    excerpts: dict[int, str] = {}
    for text in paper_texts(store, sorted(store.attached_to(ids)), pdf=True):
        excerpt = hits.beyond(text).excerpt_from_file(text.pdf, length) if text.pdf else ""
        if excerpt:
            excerpts[text.id] = excerpt
    return excerpts
