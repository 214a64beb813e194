"""Looks a word or phrase up in a paper's own text, and finds what the index would find, on the same scale of scores.

It serves papers not indexed yet, what the index cannot tell, and the time while the index is broken.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from readinglist.papers.query import Phrase, Word
from readinglist.search.analysis import stem, tokens
from readinglist.search.file_words import FileWords, fold_file
from readinglist.search.phrase_text import phrase_pattern, words_in_row
from readinglist.search.spelling import is_near
from readinglist.search.terms import Slot, Ways, needs_text, plan, slots_of_words
from readinglist.search.weights import (
    AUTHORS,
    BODY,
    PDF,
    PDF_LEVEL,
    SHARE,
    TITLE,
    USUAL_RARITY,
    PaperText,
    level,
    score,
)

# The index's fields and the short texts in each. The index keeps abstracts and notes within the body alone. The text of
# files is long and looked at otherwise.
_TEXTS: dict[str, tuple[str, ...]] = {
    BODY: tuple(SHARE),
    TITLE: ("title",),
    AUTHORS: ("authors",),
    "abstract": ("abstract",),
    "notes": ("notes",),
    PDF: (),
}
_WITH_FILES = ("", PDF)
_TEXTS_KEPT = 4096
_PLAIN = re.compile("[a-z0-9]{1,60}")
_NO_LETTERS = str.maketrans("", "", "".join(c for c in map(chr, range(128)) if not c.isalnum()))
_JOINERS = str.maketrans("", "", "-^_{' ")


class _Where(NamedTuple):
    """Where words are looked for: in a field of the index, in files, and short beginnings in titles alone."""

    field: str
    file: FileWords | None
    short_in_titles: bool


def match(leaf: Word | Phrase, text: PaperText, rarity: float = USUAL_RARITY, file: FileWords | None = None) -> float:
    """How well a paper answers a word or phrase: 0 where it does not, else a score above 0.

    No paper answers a leaf without any words.

    Args:
        leaf: the word or phrase.
        text: the paper's text.
        rarity: stands for what only the index could count.
        file: the words of the paper's files, where these are not to be taken from `text`.
    """
    asked = plan(leaf)
    where = _Where(leaf.field or BODY, _file(leaf, text, file), not leaf.field and not needs_text(leaf))
    if not asked or not all(_possible(ways, where, text) for ways in asked):
        return 0.0
    total = 0.0
    for ways in asked:
        best = max(_way(way, where, text) for way in ways)
        if not best:
            return 0.0
        total += best
    return score(rarity, total) if holds(leaf, text, file) else 0.0


def holds(leaf: Word | Phrase, text: PaperText, file: FileWords | None = None) -> bool:
    """Whether a paper that has all of a phrase's words has them next to each other; a word has nothing to be next to.

    For the candidates that the index gives: it is many times quicker than `match`, which counts words for the score.
    """
    if not isinstance(leaf, Phrase) or not needs_text(leaf):
        return True
    if any(_phrase_in(leaf, getattr(text, name)) for name in _TEXTS[leaf.field or BODY]):
        return True
    words = _file(leaf, text, file)
    return words is not None and words.holds_phrase(leaf)


@lru_cache(maxsize=8)
def file_words(text: str) -> FileWords:
    """The words of a file, to be looked up; kept for the other words of a question."""
    return FileWords(fold_file(text), lambda: text)


_row_kept = lru_cache(maxsize=_TEXTS_KEPT)(words_in_row)


def _phrase_in(leaf: Phrase, text: str) -> bool:
    quick = _quick_patterns(leaf)
    if quick is not None and text.isascii() and "\\" not in text:
        lowered = text.lower()
        if not quick.loose.search(lowered.translate(_NO_LETTERS)):
            return False
        if quick.strict.search(lowered):
            return True
    pattern = phrase_pattern(leaf)
    return any(pattern.search(_row_kept(text, joined)) for joined in (False, True))


class _Quick(NamedTuple):
    """Two looks at plain text that spare taking it apart.

    Without a `loose` hit in its letters the phrase cannot stand there; with a `strict` one it does.
    """

    loose: re.Pattern[str]
    strict: re.Pattern[str]


@lru_cache(maxsize=256)
def _quick_patterns(leaf: Phrase) -> _Quick | None:
    """The patterns of a phrase of plain words; None where a word holds more than letters and digits."""
    slots = [slot for compound in slots_of_words(leaf.text, leaf.prefix) for slot in compound]
    terms = [term for slot in slots for term in (*slot.exact, slot.prefix or "a")]
    if not slots or not all(_PLAIN.fullmatch(term) for term in terms):
        return None
    loose = "s?".join(f"(?:{'|'.join((*slot.exact, *filter(None, [slot.prefix])))})" for slot in slots)
    strict = "[ -]".join(f"(?:{'|'.join(map(_inflected, slot.exact))})" for slot in slots)
    return _Quick(re.compile(loose), re.compile(rf"(?<![a-z0-9.+#'_^-]){strict}(?![a-z0-9+#'_^{{-]|\.[a-z0-9])"))


def _inflected(term: str) -> str:
    return f"{term}s?" if stem(f"{term}s") == term else term


def _file(leaf: Word | Phrase, text: PaperText, known: FileWords | None) -> FileWords | None:
    """The paper's files, if these are asked too."""
    if leaf.field not in _WITH_FILES:
        return None
    return known or (file_words(text.pdf) if text.pdf else None)


def _possible(ways: Ways, where: _Where, text: PaperText) -> bool:
    """A cheap look at the letters, which spares taking most texts apart. It may say yes too often, never no."""
    squeezed = [_squeezed(getattr(text, name)) for name in _TEXTS[where.field]]
    if None in squeezed:
        return True
    letters = "\n".join(filter(None, squeezed))
    return any(all(_seen(slot, letters) or _in_files(slot, where) for slot in way) for way in ways)


def _seen(slot: Slot, letters: str) -> bool:
    beginning = bool(slot.prefix and slot.prefix in letters)
    return beginning or bool(slot.near) or any(term in letters for term in slot.exact)


def _in_files(slot: Slot, where: _Where) -> bool:
    return where.file is not None and where.file.holds(slot, begun=not (slot.short and where.short_in_titles))


@lru_cache(maxsize=_TEXTS_KEPT)
def _squeezed(text: str) -> str | None:
    """The text's letters without what joins compounds; None where folding would change more than the case."""
    if not text.isascii() or "\\" in text:
        return None
    return text.lower().replace("'s", "").translate(_JOINERS)


@lru_cache(maxsize=_TEXTS_KEPT)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(tokens(text))


def _way(way: tuple[Slot, ...], where: _Where, text: PaperText) -> int:
    total = 0
    for slot in way:
        best = max((_level(term, where.field, text) for term in slot.exact), default=0)
        best = max(best, _prefix_level(slot, where, text), _near_level(slot, where.field, text))
        best = max(best, PDF_LEVEL if _in_files(slot, where) else 0)
        if not best:
            return 0
        total += best
    return total


def _prefix_level(slot: Slot, where: _Where, text: PaperText) -> int:
    if not slot.prefix:
        return 0
    fields = (TITLE, AUTHORS) if slot.short and where.short_in_titles else (where.field,)
    return max((_strongest(lambda term: term.startswith(slot.prefix), name, text) for name in fields), default=0)


def _near_level(slot: Slot, field: str, text: PaperText) -> int:
    return _strongest(lambda term: is_near(slot.near, term), field, text) if slot.near else 0


def _strongest(wanted: Callable[[str], bool], field: str, text: PaperText) -> int:
    found = {term for name in _TEXTS[field] for term in _tokens(getattr(text, name)) if wanted(term)}
    return max((_level(term, field, text) for term in found), default=0)


def _level(term: str, field: str, text: PaperText) -> int:
    length = 0
    weight = 0.0
    for name in _TEXTS[field]:
        found = _tokens(getattr(text, name))
        length += len(found)
        weight += found.count(term) * (SHARE[name] if field == BODY else 1.0)
    return level(weight, length, field) if weight else 0
