"""What the command line says of a query without hits: what its parts find, and what to ask instead."""

from collections.abc import Iterator

from readinglist.cli.printing import aligned
from readinglist.library.answers import Diagnosis
from readinglist.papers.edits import count_papers


def no_hits_words(diagnosis: Diagnosis) -> Iterator[str]:
    """Lines for a terminal; none where a single part finds nothing and nothing else is known to ask."""
    if len(diagnosis.parts) > 1:
        rows = [(f"  {part.text}", count_papers(part.papers)) for part in diagnosis.parts]
        yield "By itself, each part finds:"
        yield from aligned(rows)
    for instead in diagnosis.spellings:
        yield f"Did you mean {instead.query}? It finds {count_papers(instead.papers)}."
    for part in diagnosis.parts:
        if part.rest:
            yield f"Without {part.text}: {count_papers(part.rest)}."
