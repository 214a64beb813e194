"""Posting lists as arrays: kept in memory as long as they fit, and joined to the ids and scores of a word."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.papers.query import Phrase, Word
from readinglist.search import whoosh_format
from readinglist.search.near_terms import NearTerms
from readinglist.search.segment_notes import Notes, lexicon_of, read_notes
from readinglist.search.terms import Slot, Ways, plan
from readinglist.search.weights import AUTHORS, BODY, BODY_MARKS, TITLE, rarity, score
from readinglist.search.whoosh_format import Postings
from readinglist.search.word_rows import Rows, joined_rows, prefix_of, read_rows, ways_of

if TYPE_CHECKING:
    from readinglist.search.evaluate import Scored

_POSTINGS_KEPT = 3_000_000  # 6 bytes each
_PREFIXES_KEPT = 400
_MOST_EXPANSIONS = 64
_FIELDS = {"title": (TITLE,), "authors": (AUTHORS,)}


class PostingCache:
    """Decoded posting lists and prefix expansions by segment, the longest unused given up first.

    A segment's files never change, so what is kept here stays right when other segments come and go.
    """

    def __init__(self, postings_kept: int = _POSTINGS_KEPT) -> None:
        self._lists: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._prefixes: OrderedDict[tuple[str, str, str], dict[str, int]] = OrderedDict()
        self._notes: dict[str, Notes] = {}
        self._rows: dict[str, Rows | None] = {}
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

    def rows_of(self, folder: Path, name: str) -> Rows | None:
        """A segment's word rows, if it has any."""
        if name not in self._rows:
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
                found = segment.notes.lexicons[field].expansions(prefix, _MOST_EXPANSIONS)
            else:
                found = whoosh_format.expansions(segment.reader, field, prefix)
            self._prefixes[key] = found
            if len(self._prefixes) > _PREFIXES_KEPT:
                self._prefixes.popitem(last=False)
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Segment:
    """One of the index's segments.

    `places` tells for each document the place of its paper among all ids, or the number of all ids for a deleted one.
    """

    name: str
    reader: whoosh_format.Reader
    first_doc: int
    places: NDArray[np.int64]
    notes: Notes | None


class View:
    """The index as it was after one commit. Not for several threads at once: PaperIndex takes care of that."""

    def __init__(self, folder: Path, reader: whoosh_format.Reader, cache: PostingCache) -> None:
        self._folder = folder
        self._reader = reader
        self._cache = cache
        leaves = list(whoosh_format.segments(reader))
        ids = [cache.ids_of(name, leaf) for name, leaf, _ in leaves]
        alive = [_alive(leaf) for _, leaf, _ in leaves]
        everyone = [own[living] for own, living in zip(ids, alive, strict=True)]
        self.ids: NDArray[np.int64] = np.unique(np.concatenate(everyone)) if everyone else np.empty(0, np.int64)
        self.segments = [
            Segment(name, leaf, first, self._places(own, living), cache.notes_of(folder, name))
            for (name, leaf, first), own, living in zip(leaves, ids, alive, strict=True)
        ]
        cache.forget_all_but({name for name, _, _ in leaves})

    def scores(self, leaf: Word | Phrase) -> Scored | None:
        """Ids and scores of the papers that hold a leaf's words; None where it has no words."""
        asked = plan(leaf)
        if not asked:
            return None
        total: NDArray[np.float32] | None = None
        for ways in asked:
            found = self._any_way(ways, leaf.field)
            total = found if total is None else np.where((total > 0) & (found > 0), total + found, np.float32(0))
        assert total is not None  # noqa: S101 - there is at least one compound
        places = np.flatnonzero(total)
        return self.ids[places], total[places]

    def standing(self, phrase: Phrase) -> NDArray[np.int64] | None:
        """The papers in which a phrase stands word by word; None where only their texts can tell."""
        found = [self._standing_in(segment, phrase) for segment in self.segments]
        known = [ids for ids in found if ids is not None]
        if len(known) < len(found):
            return None
        return np.unique(np.concatenate(known)) if known else np.empty(0, np.int64)

    def rows_of(self, names: Collection[str]) -> Rows | None:
        """The word rows of what lives in some segments; None where one of them has none."""
        chosen = [segment for segment in self.segments if segment.name in names]
        found = [(self._cache.rows_of(self._folder, segment.name), self._living_of(segment)) for segment in chosen]
        kept = [rows.of(living) for rows, living in found if rows is not None]
        return joined_rows(kept) if len(kept) == len(chosen) else None

    def _living_of(self, segment: Segment) -> NDArray[np.int64]:
        """The ids of the papers that a segment holds and that were not deleted from it since."""
        return self.ids[segment.places[segment.places < len(self.ids)]]

    def _standing_in(self, segment: Segment, phrase: Phrase) -> NDArray[np.int64] | None:
        rows, prefix = self._cache.rows_of(self._folder, segment.name), prefix_of(phrase)
        if rows is None or (prefix and segment.notes is None):
            return None
        begun = list(segment.notes.lexicons[BODY].expansions(prefix)) if prefix and segment.notes else []
        ways = ways_of(phrase, begun)
        if ways is None:
            return None
        ids = np.unique(rows.papers_with(ways, phrase.field))
        return ids[np.isin(ids, self._living_of(segment))]

    def count(self, term: str) -> int:
        """How many documents hold a term anywhere, those that were deleted since among them."""
        return sum(whoosh_format.document_count(segment.reader, BODY, term) for segment in self.segments)

    def holding(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """The places among all ids of the papers that hold a term anywhere, and how strongly each does."""
        places: list[NDArray[np.int64]] = []
        levels: list[NDArray[np.uint8]] = []
        for segment in self.segments:
            found = self._cache.postings_of(segment, BODY, term)
            where = segment.places[found.docs]
            living = where < len(self.ids)
            places.append(where[living])
            levels.append(found.levels[living])
        return np.concatenate(places), np.concatenate(levels)

    def docs_of(self, ids: NDArray[np.int64]) -> list[int]:
        """The numbers of the living documents of these papers, as Whoosh's writer counts them."""
        places = np.flatnonzero(np.isin(self.ids, ids))
        docs: list[int] = []
        for segment in self.segments:
            docs.extend((np.flatnonzero(np.isin(segment.places, places)) + segment.first_doc).tolist())
        return docs

    def expand(self, field: str, prefix: str, limit: int) -> list[str]:
        """The most frequent terms that begin with a prefix."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for term, count in self._cache.expansions_of(segment, field, prefix).items():
                counts[term] = counts.get(term, 0) + count
        return sorted(counts, key=lambda term: (-counts[term], term))[:limit]

    def near(self, field: str, word: str) -> dict[str, int]:
        """The terms that are spelt almost like a word, and about how many papers hold each."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for term, count in self._cache.near_terms_of(segment, field).near(word).items():
                counts[term] = counts.get(term, 0) + count
        return counts

    def close(self) -> None:
        """Let go of the index's files."""
        self._reader.close()

    def _places(self, own: NDArray[np.int64], living: NDArray[np.bool_]) -> NDArray[np.int64]:
        places = np.searchsorted(self.ids, own)
        places[~living] = len(self.ids)
        return places

    def _any_way(self, ways: Ways, field: str) -> NDArray[np.float32]:
        best: NDArray[np.float32] | None = None
        for way in ways:
            found = self._all_slots(way, field)
            best = found if best is None else np.maximum(best, found)
        assert best is not None  # noqa: S101 - a compound has at least one way
        return best

    def _all_slots(self, way: tuple[Slot, ...], field: str) -> NDArray[np.float32]:
        total: NDArray[np.float32] | None = None
        for slot in way:
            found = self._slot(slot, field)
            total = found if total is None else np.where((total > 0) & (found > 0), total + found, np.float32(0))
        assert total is not None  # noqa: S101 - a way has at least one slot
        return total

    def _slot(self, slot: Slot, field: str) -> NDArray[np.float32]:
        """For each place the score of the strongest of the slot's terms, 0 where it has none."""
        mark = BODY_MARKS.get(field, 0)
        strongest = np.zeros(len(self.ids) + 1, dtype=np.uint8)
        for name, term in self._terms(slot, field):
            for segment in self.segments:
                found = self._cache.postings_of(segment, name, term)
                levels = np.where(found.marks & mark, found.levels, np.uint8(0)) if mark else found.levels
                places = segment.places[found.docs]
                strongest[places] = np.maximum(strongest[places], levels)
        strongest = strongest[:-1]
        holding = int(np.count_nonzero(strongest))
        return strongest * np.float32(score(rarity(len(self.ids), holding), 1))

    def _terms(self, slot: Slot, field: str) -> list[tuple[str, str]]:
        names: tuple[str, ...] = _FIELDS.get(field, (BODY,))
        terms = [(name, term) for name in names for term in slot.exact]
        if slot.prefix:
            if slot.short and not field:
                names = (TITLE, AUTHORS)
            terms += [(name, term) for name in names for term in self.expand(name, slot.prefix, _MOST_EXPANSIONS)]
        if slot.near:
            terms += [(name, term) for name in names for term in self.near(name, slot.near)]
        return list(dict.fromkeys(terms))


def _alive(leaf: whoosh_format.Reader) -> NDArray[np.bool_]:
    living = np.ones(leaf.doc_count_all(), dtype=bool)
    living[list(leaf.segment().deleted_docs())] = False
    return living
