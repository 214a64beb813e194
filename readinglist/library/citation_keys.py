"""Citation keys by the library's pattern: what new keys would be, and giving them. No key changes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.errors import UsageError
from readinglist.library.answers import Progress
from readinglist.papers.change import Change, field_changed
from readinglist.papers.citation_key import DEFAULT_PATTERN, citation_key, fits, pattern_problem, unique_key
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore

SETTING = "citation_key_pattern"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A paper whose key is none that the pattern gives: its id and title, the key it has, and the one it would get."""

    paper_id: int
    title: str
    old: str
    new: str


def pattern(store: PaperStore) -> str:
    """The pattern by which papers get their keys when they come into the library."""
    return store.setting(SETTING) or DEFAULT_PATTERN


def set_pattern(store: PaperStore, text: str) -> None:
    """Give papers that come from now on keys by another pattern; "" for the usual one.

    Raises:
        UsageError: the pattern cannot be meant.
    """
    problem = pattern_problem(text) if text else ""
    if problem:
        raise UsageError(problem)
    store.set_setting(SETTING, text)


def plan(store: PaperStore, ids: Sequence[int], wanted: str, progress: Progress) -> list[KeyChange]:
    """The papers whose keys a pattern would change, in the order of the ids; keys that fit it already stay.

    New keys differ from all keys of the library as it is, those that would change among them.

    Raises:
        UsageError: the pattern cannot be meant.
        CancelledError: `progress` raised it.
    """
    problem = pattern_problem(wanted)
    if problem:
        raise UsageError(problem)
    taken = {key.casefold() for key in store.citation_keys()}
    changes: list[KeyChange] = []
    for start in range(0, len(ids), _BATCH):
        progress(start, len(ids))
        for paper in store.papers(ids[start : start + _BATCH]):
            new = _new_key(paper, citation_key(paper, wanted), taken)
            if new != paper.citation_key:
                taken.add(new.casefold())
                changes.append(KeyChange(paper.id, paper.title, paper.citation_key, new))
    return changes


def change_keys(store: PaperStore, changes: Sequence[KeyChange]) -> Change:
    """The change that gives these keys, as one step; papers whose key is another one by now are left out."""
    papers = {paper.id: paper for paper in store.papers([each.paper_id for each in changes])}
    values = {
        each.paper_id: (each.old, each.new)
        for each in changes
        if each.paper_id in papers and papers[each.paper_id].citation_key == each.old
    }
    step = field_changed("citation_key", values)
    what = "1 citation key" if len(values) == 1 else f"{len(values):,} citation keys"
    return Change(f"Generate {what}", (step,) if step else ())


def _new_key(paper: Paper, base: str, taken: set[str]) -> str:
    if paper.citation_key and fits(paper.citation_key, base):
        return paper.citation_key
    if paper.citation_key.casefold() == base.casefold():
        return base  # another spelling of its own key, which nobody else has
    return unique_key(base, taken)
