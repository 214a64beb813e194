"""Posting lists as arrays: kept in memory as long as they fit, with what else is known of a segment."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.search import whoosh_format
from readinglist.search.near_terms import NearTerms
from readinglist.search.row_files import KeptRows, read_rows, size_of_rows
from readinglist.search.segment_notes import Notes, lexicon_of, read_notes
from readinglist.search.weights import PDF
from readinglist.search.whoosh_format import Postings

_POSTINGS_KEPT = 3_000_000  # 6 bytes each
_PREFIXES_KEPT = 400
MOST_EXPANSIONS = 64


class PostingCache:
    """Decoded posting lists and prefix expansions by segment, the longest unused given up first.

    A segment's files never change, so what is kept here stays right when other segments come and go.
    """

    def __init__(self, postings_kept: int = _POSTINGS_KEPT) -> None:
        self._lists: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._prefixes: OrderedDict[tuple[str, str, str], dict[str, int]] = OrderedDict()
        self._notes: dict[str, Notes] = {}
        self._rows: dict[str, KeptRows | None] = {}
        self._near: dict[tuple[str, str], NearTerms] = {}
        self._ids: dict[str, NDArray[np.int64]] = {}
        self._limit = postings_kept
        self.postings = 0

    def postings_of(self, segment: Segment, field: str, term: str) -> Postings:
        """A term's documents in a segment."""
        key = (segment.name, field, term)
        found = self._lists.get(key)
        if found is not None:
            self._lists.move_to_end(key)
            return found
        found = self._lists[key] = whoosh_format.postings(segment.reader, field, term)
        self.postings += len(found.docs) + 1
        while self.postings > self._limit and len(self._lists) > 1:
            _, unused = self._lists.popitem(last=False)
            self.postings -= len(unused.docs) + 1
        return found

    def notes_of(self, folder: Path, name: str) -> Notes | None:
        """A segment's notes, if it has any."""
        found = self._notes.get(name)
        if found is None:
            found = read_notes(folder, name)
            if found is not None:
                self._notes[name] = found
        return found

    def rows_of(self, folder: Path, name: str, most: int | None = None) -> KeptRows | None:
        """A segment's word rows, if it has any; with `most`, larger ones only where they were read before."""
        if name not in self._rows:
            if most is not None and size_of_rows(folder, name) > most:
                return None
            self._rows[name] = read_rows(folder, name)
        return self._rows[name]

    def ids_of(self, name: str, reader: whoosh_format.Reader) -> NDArray[np.int64]:
        """The paper's id of each of a segment's documents."""
        found = self._ids.get(name)
        if found is None:
            found = self._ids[name] = whoosh_format.paper_ids(reader)
        return found

    def near_terms_of(self, segment: Segment, field: str) -> NearTerms:
        """A segment's terms by their letters."""
        key = (segment.name, field)
        found = self._near.get(key)
        if found is None:
            notes = segment.notes
            if notes is None:
                lexicon = lexicon_of(whoosh_format.expansions(segment.reader, field, ""))
            else:
                lexicon = notes.lexicons[field]
            found = self._near[key] = NearTerms(lexicon.terms, lexicon.counts)
        return found

    def forget_all_but(self, names: Collection[str]) -> None:
        """Forget the notes, rows, terms and ids of segments that are gone; their posting lists go with time."""
        self._near = {key: terms for key, terms in self._near.items() if key[0] in names}
        self._notes = {name: notes for name, notes in self._notes.items() if name in names}
        self._rows = {name: rows for name, rows in self._rows.items() if name in names}
        self._ids = {name: ids for name, ids in self._ids.items() if name in names}

    def expansions_of(self, segment: Segment, field: str, prefix: str) -> dict[str, int]:
        """A segment's (most frequent) terms that begin with a prefix, and how many documents hold each."""
        key = (segment.name, field, prefix)
        found = self._prefixes.get(key)
        if found is None:
            if segment.notes is not None:
                found = segment.notes.lexicons[field].expansions(prefix, MOST_EXPANSIONS)
            else:
                found = whoosh_format.expansions(segment.reader, field, prefix)
            self._prefixes[key] = found
            if len(self._prefixes) > _PREFIXES_KEPT:
                self._prefixes.popitem(last=False)
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Segment:
    """One of the index's segments.

    `places` tells for each document the place of its paper among all ids, or the number of all ids for a deleted one;
    `holds` tells for each place, and False for that last number, whether the segment holds the paper as it is now.
    """

    name: str
    reader: whoosh_format.Reader
    first_doc: int
    places: NDArray[np.int64]
    holds: NDArray[np.bool_]
    notes: Notes | None

    @property
    def holds_files(self) -> bool:
        """Whether it may hold terms of files."""
        return self.notes is None or bool(self.notes.lexicons[PDF].terms)
