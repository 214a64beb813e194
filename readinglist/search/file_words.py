"""Looks words and phrases up in the text of a file, which is too long to be taken apart for each key that is typed.

The text is folded to plain letters once. Most questions are answered from these; where they cannot tell, the text is
read and taken apart as any other.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from readinglist.papers.bound_prefixes import BOUND_PREFIXES
from readinglist.papers.query import Phrase
from readinglist.search.analysis import GREEK_NAMES, fold, stem, tokens
from readinglist.search.phrase_text import phrase_pattern, words_in_row
from readinglist.search.spelling import is_near
from readinglist.search.terms import Slot, slots_of_words

_HAS_UMLAUTS = "\x02"  # before a folded text
_UMLAUTS = "äöüøå\u0308\u030a"  # letters that can be spelt as two
_SPELT_OUT = re.compile("(?<=[aou])e|(?<=a)a")
_OTHER = "\x1a"  # stands for a letter that is none of a to z: words that it belongs to are others
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_DROPPED = re.compile("[\u0300-\u036f\u00ad]")
_PLAIN_JOINERS = {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"), "\u2019": "'"}
_JOINERS = "-'^_{"
_WITHOUT_JOINERS = str.maketrans("", "", _JOINERS)
_LETTERS_ALONE = str.maketrans("", "", "".join(sign for sign in map(chr, range(128)) if not sign.isalnum()))
_PLAIN = re.compile("[a-z]{1,60}")
_PLAIN_OR_NUMBER = re.compile("[a-z0-9]{1,60}")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_INSIDE = _LETTERS | {"\\", _OTHER}
_AFTER = rf"(?![a-z0-9+#{_OTHER}])"
_END = "s?(?![a-z0-9])"
_SIDE_BY_SIDE = r"(?:[,;:.!?)\]\"]*\s+[(\[\"]*|-)"
_APART = r"s?(?:[^a-z0-9]+s)?[^a-z0-9]"  # the s of 's is no word
_NEVER = "(?!)"
_PREFIXES = tuple(BOUND_PREFIXES)


class Folded:
    """The text of a file in plain letters, digits and signs, for `FileWords`, and what is worked out of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def letters_alone(self) -> str:
        """Its letters and digits in a row."""
        return self.text.translate(_LETTERS_ALONE)


def fold_file(text: str) -> Folded:
    """The text of a file, folded."""
    lowered = text.lower()
    if lowered.isascii():
        return Folded(lowered)
    marks = _HAS_UMLAUTS if any(letter in lowered for letter in _UMLAUTS) else ""
    return Folded(marks + _NOT_ASCII.sub(_in_plain_letters, lowered))


def joined(files: Sequence[Folded]) -> Folded:
    """Several files as one."""
    if len(files) == 1:
        return files[0]
    texts = [file.text for file in files]
    marks = _HAS_UMLAUTS if any(text.startswith(_HAS_UMLAUTS) for text in texts) else ""
    return Folded(marks + "\n\n".join(text.removeprefix(_HAS_UMLAUTS) for text in texts))


def _in_plain_letters(match: re.Match[str]) -> str:
    return "".join(map(_plain, match.group()))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if _DROPPED.match(letter):
        return ""
    if letter in _PLAIN_JOINERS:
        return _PLAIN_JOINERS[letter]
    if letter.isalnum():
        folded = fold(letter)
        return folded if _PLAIN_OR_NUMBER.fullmatch(folded) and folded not in GREEK_NAMES else _OTHER
    spelt = unicodedata.normalize("NFKD", letter)
    return spelt if spelt.isascii() and not any(map(str.isalnum, spelt)) else " "


class FileWords:
    """The words of one or more files of a paper.

    Args:
        folded: their texts by `fold_file`, `joined`.
        read: gives the texts themselves, where the letters alone cannot tell.
    """

    def __init__(self, folded: Folded, read: Callable[[], str]) -> None:
        self._file = folded
        self._folded = folded.text
        self._read = read
        self._known: dict[tuple[Slot, bool], bool] = {}

    def holds(self, slot: Slot, *, begun: bool = True) -> bool:
        """Whether one of a slot's terms stands there; without `begun`, beginnings of words do not count."""
        key = (slot, begun)
        if key not in self._known:
            self._known[key] = self._holds(slot.exact, slot.prefix if begun else "", slot.near)
        return self._known[key]

    def holds_phrase(self, phrase: Phrase) -> bool:
        """Whether the words of a phrase stand side by side."""
        quick = _quick_phrase(phrase)
        if quick is not None:
            if self._is_plain and not quick.loose.search(self._file.letters_alone):
                return False
            if self._stands(quick.strict):
                return True
            if self._is_plain and not self._begins(quick.apart):
                return False
        text, pattern = self._read(), phrase_pattern(phrase)
        return any(pattern.search(words_in_row(text, joined)) for joined in (False, True))

    def _holds(self, exact: tuple[str, ...], prefix: str, near: str) -> bool:
        quick = _quick_word(exact, prefix)
        if quick is not None:
            if self._stands(quick.strict):
                return True
            if self._is_plain and not near and not self._may_be_joined(quick):
                return False
        found = not self._terms.isdisjoint(exact) or any(term.startswith(prefix) for term in self._terms if prefix)
        return found or any(is_near(near, term) for term in self._terms if near)

    def _stands(self, strict: re.Pattern[str]) -> bool:
        """Whether a pattern is found where a word begins. To look for that by the pattern takes ten times as long."""
        return self._begins(strict, _INSIDE)

    def _begins(self, pattern: re.Pattern[str], inside: Collection[str] = _LETTERS) -> bool:
        folded = self._folded
        match = pattern.search(folded)
        while match is not None and match.start() and folded[match.start() - 1] in inside:
            match = pattern.search(folded, match.start() + 1)
        return match is not None

    def _may_be_joined(self, quick: "_QuickWord") -> bool:
        """Whether a word may stand there in parts, as multi-modal for multimodal, or with an umlaut."""
        if self._folded.startswith(_HAS_UMLAUTS):
            quick = quick.with_umlauts or quick
        letters = self._letters.replace(" ", "") if quick.by_blanks else self._letters
        return any(form in letters for form in quick.forms) and self._begins(quick.joined)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether it is free of commands of LaTeX, which are no words, but have letters."""
        return "\\" not in self._folded

    @cached_property
    def _letters(self) -> str:
        return self._folded.translate(_WITHOUT_JOINERS)

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(tokens(self._read()))


class _QuickWord(NamedTuple):
    """A word found by `strict` stands there. Without its `forms` in the letters, or not found by `joined`, it does not.

    `by_blanks`: blanks may join its parts. `with_umlauts`: the same for a text with such letters, where it differs.
    """

    strict: re.Pattern[str]
    forms: tuple[str, ...]
    joined: re.Pattern[str]
    by_blanks: bool
    with_umlauts: "_QuickWord | None" = None


class _QuickPhrase(NamedTuple):
    """A phrase found by `strict` stands there; one not found by `loose` in the letters, or by `apart`, does not."""

    loose: re.Pattern[str]
    strict: re.Pattern[str]
    apart: re.Pattern[str]


@lru_cache(maxsize=512)
def _quick_word(exact: tuple[str, ...], prefix: str) -> _QuickWord | None:
    """How to look for a slot's terms; None where they hold more than plain letters and digits, or may be Greek ones."""
    slot = Slot(exact, prefix)
    forms = _forms(slot)
    if not all(map(_PLAIN_OR_NUMBER.fullmatch, forms)) or _may_be_greek(slot):
        return None
    strict = _one_of(slot) + _AFTER if all(map(_PLAIN.fullmatch, forms)) else _NEVER
    plain = _made(strict, slot)
    spelt = _made(strict, Slot(_spelt(exact), _SPELT_OUT.sub("", prefix)))
    return plain if spelt.forms == plain.forms else plain._replace(with_umlauts=spelt)


def _made(strict: str, slot: Slot) -> _QuickWord:
    forms = _forms(slot)
    return _QuickWord(re.compile(strict), forms, re.compile(_in_parts(slot)), any(map(_by_blanks, forms)))


@lru_cache(maxsize=256)
def _quick_phrase(phrase: Phrase) -> _QuickPhrase | None:
    """How to look for a phrase; None where its words hold more than plain letters and digits, or may be Greek ones."""
    by_compound = slots_of_words(phrase.text, phrase.prefix)
    slots = [slot for compound in by_compound for slot in compound]
    forms = [form for slot in slots for form in _forms(slot)]
    if not slots or not all(map(_PLAIN_OR_NUMBER.fullmatch, forms)) or any(map(_may_be_greek, slots)):
        return None
    strict = _SIDE_BY_SIDE.join(map(_one_of, slots)) + _AFTER if all(map(_PLAIN.fullmatch, forms)) else _NEVER
    loose = "s?".join(_alternatives(list(_spelt(_forms(slot)))) for slot in slots)
    apart = f"{_APART}+".join(f"{_APART}*".join(map(_any_of, compound)) for compound in by_compound)
    end = "" if phrase.prefix else _END
    return _QuickPhrase(re.compile(loose), re.compile(strict), re.compile(apart + end))


def _forms(slot: Slot) -> tuple[str, ...]:
    return (*slot.exact, slot.prefix) if slot.prefix else slot.exact


def _may_be_greek(slot: Slot) -> bool:
    begun = slot.prefix and any(name.startswith(slot.prefix) for name in GREEK_NAMES)
    return bool(begun) or not GREEK_NAMES.isdisjoint(slot.exact)


def _one_of(slot: Slot) -> str:
    """A whole word with one of a slot's terms."""
    forms = [f"{term}s?" if stem(f"{term}s") == term else term for term in slot.exact]
    return _alternatives([*forms, *([f"{slot.prefix}[a-z0-9]*"] if slot.prefix else [])])


def _any_of(slot: Slot) -> str:
    """A slot's terms, or the beginning of one, wherever they stand, whole or in parts."""
    return _alternatives([_between(form).join(form) for form in _spelt(_forms(slot))])


def _in_parts(slot: Slot) -> str:
    """A whole word with one of a slot's terms, or with what begins so, where joiners may stand between its letters."""
    whole = _alternatives([_between(term).join(term) for term in slot.exact]) + _END
    return f"(?:{whole}|{_between(slot.prefix).join(slot.prefix)})" if slot.prefix else whole


def _spelt(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The same, and what may stand for them where there are umlauts."""
    return tuple(dict.fromkeys((*forms, *(_SPELT_OUT.sub("", form) for form in forms))))


def _between(form: str) -> str:
    """What may stand between the letters of a term: what joins the parts of a compound."""
    return f"[{_JOINERS}{' ' if _by_blanks(form) else ''}]*"


def _by_blanks(form: str) -> bool:
    """Whether blanks may join the parts of a term, as in "GPT 4" and "multi modal"."""
    return not form.isalpha() or form.startswith(_PREFIXES)


def _alternatives(forms: list[str]) -> str:
    return forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"
