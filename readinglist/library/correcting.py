"""Correct the details of a paper: from what was typed to one change, with a citation key that no other paper has."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from readinglist.errors import UsageError
from readinglist.library.citation_keys import pattern
from readinglist.papers import edits
from readinglist.papers.change import Change
from readinglist.papers.citation_key import citation_key, unique_key
from readinglist.papers.details import text_of, value_of
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore


def correct(store: PaperStore, paper: Paper, texts: Mapping[str, str]) -> Change:
    """The change that sets these details; texts that say what is known already change nothing.

    Raises:
        UsageError: a text cannot be what it is for, or another paper has the citation key.
    """
    values: dict[str, Any] = {
        field: value_of(field, text) for field, text in texts.items() if text != text_of(paper, field)
    }
    key = values.get("citation_key")
    if key:
        _refuse_taken(store, paper.id, key)
    elif key is not None:
        key = citation_key(replace(paper, **values), pattern(store))
        values["citation_key"] = unique_key(key, _KeysOfOthers(store, paper.id))
    return edits.set_fields(paper, values)


def objection(store: PaperStore, paper_id: int, field: str, text: str) -> str:
    """Why a text cannot be a detail of a paper, in words; "" where it can."""
    try:
        value = value_of(field, text)
        if field == "citation_key":
            _refuse_taken(store, paper_id, value)
    except UsageError as error:
        return str(error)
    return ""


def _refuse_taken(store: PaperStore, paper_id: int, key: str) -> None:
    owner = store.id_of_key(key)
    if owner not in {None, paper_id}:
        title = store.papers([owner])[0].title
        raise UsageError(f"The citation key {key} belongs to “{title}”. Choose another one.")


class _KeysOfOthers:
    """The citation keys of all other papers, looked up one by one."""

    def __init__(self, store: PaperStore, paper_id: int) -> None:
        self._store = store
        self._paper_id = paper_id

    def __contains__(self, key: object) -> bool:
        return self._store.id_of_key(str(key)) not in {None, self._paper_id}
