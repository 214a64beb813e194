"""What a query's tree asks of the full-text index and of the database, joined and put in order.

What the index does not hold yet, or cannot tell, is read from the database and matched here, so that an answer is right
whatever the state of the index.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from readinglist.library.attached_words import AttachedWords
from readinglist.library.kept import Kept
from readinglist.library.texts import paper_texts
from readinglist.papers.query import And, FieldTest, Node, Not, Or, Phrase, Word
from readinglist.search.analysis import tokens
from readinglist.search.evaluate import evaluate
from readinglist.search.file_words import FileWords
from readinglist.search.nearness import lift, near_words
from readinglist.search.paper_index import IndexBrokenError, PaperIndex
from readinglist.search.scan import holds, match
from readinglist.search.spelling import is_near
from readinglist.search.terms import needs_text, plan
from readinglist.search.weights import PDF, PaperText
from readinglist.store.paper_store import PaperStore

if TYPE_CHECKING:
    from readinglist.search.evaluate import Ids, Scored, Scores

_log = logging.getLogger(__name__)

_SCORES_TOLD = 1000
_TEXTS_SPELT = 2000  # that are not indexed: near spellings are no answer, and need not be looked for in all of them
_FILES_AT_ONCE = 25
_NEARNESS_OF = 200  # papers: the best, whose texts are looked at for how near the words are to each other


class Answering:
    """Answers the trees of queries on one library.

    Args:
        store: the library's database.
        index: its full-text index.
        order: gives all papers in an order, or with `trashed` those in the trash.
    """

    def __init__(self, store: PaperStore, index: PaperIndex, order: Callable[..., Sequence[int]]) -> None:
        self._store = store
        self._index = index
        self._order = order
        self._unindexed = Kept[str, dict[int, PaperText]](store)
        self._files = Kept[str, dict[int, tuple[str, ...]]](store)
        self._words = AttachedWords(store)
        self._phrases = Kept[Phrase, "Ids"](store)
        self._arrays = Kept["tuple[str, bool]", "Ids"](store)

    def answer(self, tree: Node, order: str) -> tuple[list[int], dict[int, float]]:
        """The papers that a tree finds, in order, and the scores of the first thousand.

        Papers in the trash are found only by a tree that asks for the trash.
        """
        ids, scores = evaluate(tree, self._leaves, self._test, self._everything)
        ordered = self._universe(tree, "listed" if order == "best" else order)
        table = np.full(int(max(ids.max(initial=0), ordered.max(initial=0))) + 1, -1.0, np.float32)
        table[ids] = scores
        ordered = ordered[table[ordered] >= 0]
        if order == "best":  # of papers with the same score, the one listed last comes first
            ordered = ordered[_best_first(table[ordered])]
            self._lift_near(tree, ordered, table)
        told = ordered[:_SCORES_TOLD]
        return ordered.tolist(), dict(zip(told.tolist(), table[told].astype(float).round(3).tolist(), strict=True))

    def _lift_near(self, tree: Node, ordered: Ids, table: Scores) -> None:
        """Put the best papers in the order that nearness of the words gives them, and note it in their scores."""
        words, best = near_words(tree), ordered[:_NEARNESS_OF]
        if words and len(best) > 1:
            table[best] *= self._lifts(words, best)
            best[:] = best[_best_first(table[best])]

    def _lifts(self, words: Sequence[Word], ids: Ids) -> Scores:
        """By how much nearness lifts papers: told by the index, and of those that it does not hold by their texts."""
        texts = self._unindexed.get("texts", self._read_unindexed)
        try:
            lifts = self._index.lifts(words, ids)
        except IndexBrokenError:
            lifts = None
        if lifts is None:
            lifts = np.ones(len(ids), np.float32)
            texts = {text.id: text for text in self._read(ids.tolist())}
        for number, paper_id in enumerate(ids.tolist()):
            if paper_id in texts:
                lifts[number] = lift(words, texts[paper_id])
        return lifts

    def is_indexed(self) -> bool:
        """Whether the index holds all papers, so that answers come from it alone."""
        try:
            self._index.ids()
        except IndexBrokenError:
            return False
        return not self._unindexed.get("texts", self._read_unindexed)

    def read_files(self) -> Iterator[str]:
        """Read the files in which phrases may be looked for, some at each step, as far as they can be kept."""
        files = self._attached("all", self._everything().tolist)
        digests = list(dict.fromkeys(digest for digests in files.values() for digest in digests))
        for start in range(0, len(digests), _FILES_AT_ONCE):
            if not self._words.has_room:
                return
            self._words.make_ready(digests[start : start + _FILES_AT_ONCE])
            yield f"files from {start}"

    def near_words(self, word: str) -> dict[str, int]:
        """The library's own words that are spelt almost like a folded word, and about how many papers hold each."""
        try:
            found = self._index.near(word)
            texts: Iterable[PaperText] = self._unindexed.get("texts", self._read_unindexed).values()
        except IndexBrokenError:
            found, texts = {}, self._read(self._everything().tolist())
        for text in islice(texts, _TEXTS_SPELT):
            terms = set(tokens(f"{text.title}\n{text.abstract}\n{text.authors}\n{text.notes}"))
            for term in terms:
                if is_near(word, term):
                    found[term] = found.get(term, 0) + 1
        return found

    def _universe(self, tree: Node, order: str) -> Ids:
        """The papers that may be in the answer, in order: within one listing, its own order is the usual one."""
        papers = self._ids(order)
        if order == "listed" and isinstance(tree, FieldTest) and tree.field == "in":
            listed = np.asarray(self._store.ids_in_listing_order(tree), np.int64)
            return listed[np.isin(listed, papers)]
        if any(test.field == "is" and test.value == "trashed" for test in _tests(tree)):
            return np.concatenate((papers, self._ids(order, trashed=True)))
        return papers

    def _everything(self) -> Ids:
        return np.sort(np.concatenate((self._ids("listed"), self._ids("listed", trashed=True))))

    def _ids(self, order: str, *, trashed: bool = False) -> Ids:
        """All papers in an order, or those in the trash."""
        key = (order, trashed)
        return self._arrays.get(key, lambda: np.asarray(self._order(order, trashed=trashed), np.int64))

    def _test(self, test: FieldTest) -> Ids:
        return np.asarray(self._store.ids_where(test), np.int64)

    def _leaves(self, *leaves: Word | Phrase) -> Scored | None:
        """The papers with all of some words, or with one phrase; None where these are no words at all."""
        asked = [leaf for leaf in leaves if plan(leaf)]
        if not asked:
            return None
        fresh = self._unindexed.get("texts", self._read_unindexed)
        found = self._ask_index(asked)
        if found is None:
            return self._matches(asked, self._all_texts(fresh), self._attached("all", self._everything().tolist))
        if not fresh:
            return found
        ids, scores = found
        kept = ~np.isin(ids, np.fromiter(fresh, np.int64))
        files = self._attached("unindexed", lambda: list(fresh))
        return _joined((ids[kept], scores[kept]), self._matches(asked, fresh.values(), files))

    def _ask_index(self, leaves: Sequence[Word | Phrase]) -> Scored | None:
        """What the index knows; None where it cannot be used."""
        try:
            if isinstance(leaves[0], Phrase) and needs_text(leaves[0]):
                return self._standing(leaves[0])
            return self._index.scores(*leaves)
        except IndexBrokenError as error:
            _log.info("Answering from the database alone: %s", error)
            return None

    def _standing(self, phrase: Phrase) -> Scored | None:
        """The papers with a phrase's words in which these stand side by side."""
        if phrase.field == PDF:
            return self._standing_in_files(phrase)
        found = self._index.standing(phrase)
        if found is None:
            candidates = self._index.scores(phrase)
            if candidates is None:
                return None
            standing = [text.id for text in self._read(candidates[0].tolist()) if holds(phrase, text)]
            found = _those(candidates, np.array(standing, np.int64))
        if phrase.field:
            return found
        in_files = self._standing_in_files(phrase)
        if not len(in_files[0]):
            return found
        return _joined(found, _those(in_files, found[0], others=True))

    def _standing_in_files(self, phrase: Phrase) -> Scored:
        """The papers in whose files a phrase stands, looked up in the words of these; known for a phrase typed on."""
        phrase = replace(phrase, field=PDF)
        candidates = self._index.standing_in_files(phrase)
        if not len(candidates[0]):
            return candidates
        begun = phrase.text.rpartition(" ")[0] if phrase.prefix else ""
        shorter = Phrase(begun, PDF)
        if begun and needs_text(shorter):
            candidates = _those(candidates, self._standing_in_files(shorter)[0])
        return _those(candidates, self._phrases.get(phrase, lambda: self._looked_up(phrase, candidates[0])))

    def _looked_up(self, phrase: Phrase, ids: Ids) -> Ids:
        files = self._attached("all", self._everything().tolist)
        wanted = [paper_id for paper_id in ids.tolist() if paper_id in files]
        standing: list[int] = []
        for start in range(0, len(wanted), _FILES_AT_ONCE):
            some = wanted[start : start + _FILES_AT_ONCE]
            self._words.make_ready([digest for paper_id in some for digest in files[paper_id]])
            standing += (paper_id for paper_id in some if self._words.of(files[paper_id]).holds_phrase(phrase))
        return np.array(standing, np.int64)

    def _matches(
        self, leaves: Sequence[Word | Phrase], texts: Iterable[PaperText], files: Mapping[int, Sequence[str]]
    ) -> Scored:
        """The papers that answer all leaves, by their own words and those of their files."""
        return _matched(
            (text.id, _all_scores(leaves, text, self._words.of(files[text.id]) if text.id in files else None))
            for text in texts
        )

    def _attached(self, which: str, ids: Callable[[], Sequence[int]]) -> dict[int, tuple[str, ...]]:
        """The digests of the files of some papers; they are asked for once, until the library changes."""
        return self._files.get(which, lambda: self._store.attached_to(ids()))

    def _all_texts(self, known: Mapping[int, PaperText]) -> Iterator[PaperText]:
        """The texts of all papers, of which some are known."""
        yield from known.values()
        yield from self._read([paper_id for paper_id in self._everything().tolist() if paper_id not in known])

    def _read_unindexed(self) -> dict[int, PaperText]:
        """The papers that the index does not hold as they are; those that are gone have an empty text."""
        ids = [entry.paper_id for entry in self._store.to_index()]
        return {paper_id: PaperText(paper_id) for paper_id in ids} | {text.id: text for text in self._read(ids)}

    def _read(self, ids: Sequence[int]) -> Iterator[PaperText]:
        return paper_texts(self._store, ids)


def _matched(texts: Iterable[tuple[int, Sequence[float]]]) -> Scored:
    """The papers that have scores, with the sums of these."""
    scored = sorted((paper_id, sum(scores)) for paper_id, scores in texts if scores)
    return np.array([i for i, _ in scored], np.int64), np.array([score for _, score in scored], np.float32)


def _all_scores(leaves: Sequence[Word | Phrase], text: PaperText, file: FileWords | None = None) -> list[float]:
    """The scores of a text for all leaves; none where one is not answered."""
    scores: list[float] = []
    for leaf in leaves:
        score = match(leaf, text, file=file)
        if not score:
            return []
        scores.append(score)
    return scores


def _those(scored: Scored, ids: Ids, *, others: bool = False) -> Scored:
    """What is scored and among some ids, or with `others` what is not."""
    kept = np.isin(scored[0], ids, invert=others)
    return scored[0][kept], scored[1][kept]


def _best_first(scores: Scores) -> Ids:
    """The places of scores, the highest first; of equal ones in their order. Four times as quick as one whole sort.

    Numbers above 0 are in the order of their bits, and NumPy sorts 16 bits at a time by counting.
    """
    bits = ~scores.view(np.uint32)
    order = np.argsort((bits & 0xFFFF).astype(np.uint16), kind="stable")
    return order[np.argsort((bits >> 16).astype(np.uint16)[order], kind="stable")]


def _joined(first: Scored, second: Scored) -> Scored:
    ids, scores = np.concatenate((first[0], second[0])), np.concatenate((first[1], second[1]))
    order = np.argsort(ids)
    return ids[order], scores[order]


def _tests(node: Node) -> Iterator[FieldTest]:
    inner: tuple[Node, ...] = ()
    if isinstance(node, FieldTest):
        yield node
    elif isinstance(node, And | Or):
        inner = node.parts
    elif isinstance(node, Not):
        inner = (node.part,)
    for part in inner:
        yield from _tests(part)
