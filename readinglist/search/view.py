"""The index as it was after one commit: the papers and scores of words and phrases, from all of its segments."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.papers.query import Phrase, Word
from readinglist.search import whoosh_format
from readinglist.search.held import Held, Places, Scores, all_of, also, best_of, held
from readinglist.search.phrases import Way, papers_with, prefix_of, ways_of
from readinglist.search.posting_lists import MOST_EXPANSIONS, PostingCache, Segment
from readinglist.search.row_nearness import lifts
from readinglist.search.terms import Slot, Ways, plan
from readinglist.search.weights import AUTHORS, BODY, BODY_MARKS, PDF, TITLE, rarity, score
from readinglist.search.word_rows import Rows, joined_rows

if TYPE_CHECKING:
    from readinglist.search.evaluate import Scored

_WORDS_KEPT = 8_000_000  # bytes
_READ_AT_ONCE = 20_000_000  # bytes of rows: more take longer than the texts of the best papers, where only these count
_FIELDS: dict[str, tuple[str, ...]] = {"title": (TITLE,), "authors": (AUTHORS,), "pdf": (PDF,)}


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
        self.ids = _each_once(np.concatenate(everyone)) if everyone else np.empty(0, np.int64)
        places = [self._places(own, living) for own, living in zip(ids, alive, strict=True)]
        self.segments = [
            Segment(name, leaf, first, where, self._holds(where), cache.notes_of(folder, name))
            for (name, leaf, first), where in zip(leaves, places, strict=True)
        ]
        holds_files = any(segment.holds_files for segment in self.segments)
        self._fields = _FIELDS | {"": (BODY, PDF) if holds_files else (BODY,)}
        cache.forget_all_but({name for name, _, _ in leaves})
        self._kept: OrderedDict[tuple[Slot, str], Held] = OrderedDict()
        self._memory = 0

    def scores(self, *leaves: Word | Phrase) -> Scored | None:
        """Ids and scores of the papers that hold the words of all leaves; None where these have no words."""
        asked = [(ways, leaf.field) for leaf in leaves for ways in plan(leaf)]
        if not asked:
            return None
        places, scores = all_of(self._held(ways, field) for ways, field in asked)
        return self.ids[places], scores

    def standing(self, phrase: Phrase) -> Scored | None:
        """Ids and scores of the papers in which a phrase stands word by word; None where only their texts can tell.

        Files are left aside: see `standing_in_files`.
        """
        stands = np.zeros(len(self.ids), bool)
        for segment in self.segments:
            places = self._standing_in(segment, phrase)
            if places is None:
                return None
            stands[places] = True
        places = np.flatnonzero(stands)
        words = [self._held(ways, phrase.field) for ways in plan(phrase)]
        places, scores = also((places, np.zeros(len(places), np.float32)), words)
        return self.ids[places], scores

    def standing_in_files(self, phrase: Phrase) -> Scored:
        """Ids and scores of the papers whose files have the words of a phrase, wherever in them.

        Of a phrase that is still typed, its last word is left aside where it has others: too many words begin so.
        """
        asked = plan(phrase)
        if not asked or PDF not in self._fields[""]:
            return self.ids[:0], np.empty(0, np.float32)
        sure = asked[:-1] if phrase.prefix and len(asked) > 1 else asked
        places, scores = all_of(self._held(ways, PDF) for ways in sure)
        return self.ids[places], scores

    def lifts(self, words: Sequence[Word], ids: NDArray[np.int64]) -> Scores | None:
        """By how much the nearness of words lifts papers, see `nearness`; None where only their texts can tell."""
        lifted = np.ones(len(ids), np.float32)
        ways = [self._ways_of(word) for word in words]
        for segment in self.segments:
            kept = self._cache.rows_of(self._folder, segment.name, _READ_AT_ONCE)
            if kept is None:
                return None
            here = np.flatnonzero(np.isin(ids, self._living_of(segment)))
            here = here[np.argsort(ids[here])]
            lifted[here] = lifts(kept.rows, ways, ids[here])
        return lifted

    def rows_of(self, names: Collection[str]) -> Rows | None:
        """The word rows of what lives in some segments; None where one of them has none."""
        chosen = [segment for segment in self.segments if segment.name in names]
        found = [(self._cache.rows_of(self._folder, segment.name), self._living_of(segment)) for segment in chosen]
        kept = [one.rows.of(living) for one, living in found if one is not None]
        return joined_rows(kept) if len(kept) == len(chosen) else None

    def _living_of(self, segment: Segment) -> NDArray[np.int64]:
        """The ids of the papers that a segment holds and that were not deleted from it since."""
        return self.ids[segment.places[segment.places < len(self.ids)]]

    def _standing_in(self, segment: Segment, phrase: Phrase) -> Places | None:
        """The places of the papers of a segment in which a phrase stands, each as often as it does."""
        kept, prefix = self._cache.rows_of(self._folder, segment.name), prefix_of(phrase)
        if kept is None or (prefix and segment.notes is None):
            return None
        begun = list(segment.notes.lexicons[BODY].expansions(prefix)) if prefix and segment.notes else []
        ways = ways_of(phrase, begun)
        if ways is None:
            return None
        ids = papers_with(kept, ways, phrase.field)
        places = np.searchsorted(self.ids, ids)
        living = segment.holds[places]
        places, ids = places[living], ids[living]
        found: Places = places[self.ids[places] == ids]
        return found

    def _ways_of(self, word: Word) -> list[Way]:
        """The rows of words that a word can be met as; none where they are too many to be looked for."""
        phrase = Phrase(word.text, prefix=word.prefix)
        prefix = prefix_of(phrase)
        return ways_of(phrase, self.expand(BODY, prefix, MOST_EXPANSIONS) if prefix else ()) or []

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

    def _holds(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        holds = np.zeros(len(self.ids) + 1, bool)
        holds[places] = True
        holds[-1] = False
        return holds

    def _held(self, ways: Ways, field: str) -> Held:
        """Where a compound is held in one of its ways."""
        if len(ways) == 1 and len(ways[0]) == 1:
            return self._slot(ways[0][0], field)
        return best_of([all_of(self._slot(slot, field) for slot in way) for way in ways], len(self.ids))

    def _slot(self, slot: Slot, field: str) -> Held:
        """Where a slot is filled; kept for whole words, until the index changes, as far as memory allows."""
        key = (slot, field)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        found = held(self._strengths(slot, field), self._weight)
        if not slot.prefix and not slot.near:
            self._kept[key] = found
            self._memory += found.memory
            while self._memory > _WORDS_KEPT:
                self._memory -= self._kept.popitem(last=False)[1].memory
        return found

    def _weight(self, holding: int) -> float:
        return score(rarity(len(self.ids), holding), 1)

    def _strengths(self, slot: Slot, field: str) -> NDArray[np.uint8]:
        """For each paper how strongly it speaks of the strongest of the slot's terms, 0 where it has none."""
        mark = BODY_MARKS.get(field, 0)
        strongest = np.zeros(len(self.ids) + 1, dtype=np.uint8)  # the last one is that of deleted papers
        for name, term in self._terms(slot, field):
            for segment in self.segments:
                if name == PDF and not segment.holds_files:
                    continue
                found = self._cache.postings_of(segment, name, term)
                levels = np.where(found.marks & mark, found.levels, np.uint8(0)) if mark else found.levels
                places = segment.places[found.docs]
                strongest[places] = np.maximum(strongest[places], levels)
        return strongest[:-1]

    def _terms(self, slot: Slot, field: str) -> list[tuple[str, str]]:
        names = self._fields.get(field, (BODY,))
        terms = [(name, term) for name in names for term in slot.exact]
        if slot.prefix:
            if slot.short and not field:
                names = (TITLE, AUTHORS)
            terms += [(name, term) for name in names for term in self.expand(name, slot.prefix, MOST_EXPANSIONS)]
        if slot.near:
            terms += [(name, term) for name in names for term in self.near(name, slot.near)]
        return list(dict.fromkeys(terms))


def _each_once(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ids in ascending order; np.unique would import 10 ms of NumPy for it."""
    ordered = np.sort(ids)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _alive(leaf: whoosh_format.Reader) -> NDArray[np.bool_]:
    living = np.ones(leaf.doc_count_all(), dtype=bool)
    living[list(leaf.segment().deleted_docs())] = False
    return living
