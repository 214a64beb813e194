"""Tag: put tags on papers and take them off, in the spelling that the library already has for them."""

from collections.abc import Sequence

from readinglist.papers import edits
from readinglist.papers.change import Change
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore


def tag(store: PaperStore, papers: Sequence[Paper], add: Sequence[str], remove: Sequence[str]) -> Change:
    """The change that tags these papers; "NLP" is the library's "nlp" if it has that.

    Raises:
        UsageError: a name is none that a tag can have.
    """
    names = [edits.clean_tag(name) for name in add]
    known = {name.casefold(): name for name in store.spelled_tags(names)}
    return edits.tag(papers, [known.get(name.casefold(), name) for name in names], remove)
