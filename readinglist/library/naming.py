"""Which paper a name means: on the command line and in links, papers go by id or by citation key."""

from readinglist.errors import UsageError
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore

_LARGEST_ID = 2**63 - 1


def named_paper(store: PaperStore, name: str) -> Paper:
    """The paper with this id or citation key, or with the key of a paper that was merged into it.

    Raises:
        UsageError: there is none.
    """
    is_id = name.isascii() and name.isdigit() and int(name) <= _LARGEST_ID
    paper_id = int(name) if is_id else store.id_of_key(name) or store.id_of_alias(name)
    found = [] if paper_id is None else store.papers([paper_id])
    if not found:
        raise UsageError(f"There is no paper {name!r} in this library. Ids and citation keys are shown by find.")
    return found[0]
