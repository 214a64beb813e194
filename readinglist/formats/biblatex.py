"""BibLaTeX out: the same entries as in BibTeX, in the fields that biber prefers (biblatex manual, section 2)."""

from collections.abc import Iterable, Iterator

from readinglist.formats.bibtex_writing import Dialect, written
from readinglist.formats.record import WriteOptions
from readinglist.papers.paper import Paper


def write(papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
    """The text of a .bib file for biber, in pieces; keys are as in BibTeX. The reader is that of BibTeX."""
    return written(papers, options, Dialect.BIBLATEX)
