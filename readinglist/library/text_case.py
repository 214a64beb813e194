"""Upper and lower case of titles as citation styles ask for it (CSL 1.0.2, section Text-case)."""

import re
from collections.abc import Callable

# The words that stay small within a title (CSL 1.0.2, Title Case Conversion).
_SMALL = frozenset(
    {
        "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor", "of", "on", "onto", "or",
        "over", "so", "the", "till", "to", "up", "via", "with", "yet",
    }
)  # fmt: skip
_MATHEMATICS = re.compile(r"(\$[^$]+\$)")
_WORD = re.compile(r"[^\s\-‐–—/]+")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS_PART = re.compile(r"[:.?!][”’\"')\ue000-\ue02f]*$")
_HELD = "\ue030"  # around the number of a piece of mathematics


def cased(text: str, how: str, language: str) -> str:
    """The text in a case; mathematics stays as it is.

    Args:
        text: a title or the like.
        how: lowercase, uppercase, capitalize-first, capitalize-all, title or sentence; "" changes nothing.
        language: the text's, such as "en"; the case of titles is English.
    """
    change = {"title": _title if language[:2] in {"", "en"} else str, **_CHANGES}.get(how, str)
    pieces = _MATHEMATICS.split(text)
    if how in {"title", "sentence", "capitalize-first"}:
        return change(text) if len(pieces) == 1 else _around_mathematics(pieces, change)
    return "".join(piece if place % 2 else change(piece) for place, piece in enumerate(pieces))


def _around_mathematics(pieces: list[str], change: Callable[[str], str]) -> str:
    """Change a text whose mathematics is held back by signs that have no case."""
    held = change("".join(f"{_HELD}{place}{_HELD}" if place % 2 else piece for place, piece in enumerate(pieces)))
    return re.sub(f"{_HELD}(\\d+){_HELD}", lambda found: pieces[int(found[1])], held)


def _title(text: str) -> str:
    """English title case: small words get a capital unless they are of the kind that stays small."""
    pieces: list[str] = []
    words = list(_WORD.finditer(text))
    end, begins = 0, True
    for place, found in enumerate(words, start=1):
        between, word = text[end : found.start()], found[0]
        bare = "".join(_LETTER.findall(word))
        stays_small = bare in _SMALL and place < len(words) and not begins and "—" not in between
        changes = bare.islower() and not stays_small and _HELD not in word
        pieces += (between, _with_capital(word) if changes else word)
        end, begins = found.end(), _ENDS_PART.search(word) is not None
    return "".join(pieces) + text[end:]


def _sentence(text: str) -> str:
    """Small letters but for the beginning and for words with capitals of their own, such as BERT and PyTorch."""
    bare = "".join(_LETTER.findall(text))
    if bare.isupper():
        return _capital_first(text.lower())
    lowered = _WORD.sub(lambda found: found[0].lower() if found[0][1:].islower() or found[0] == "A" else found[0], text)
    return _capital_first(lowered)


def _capital_first(text: str) -> str:
    """A capital for the first word, unless it has capitals of its own, as arXiv has."""
    found = _WORD.search(text)
    if found is None or not "".join(_LETTER.findall(found[0])).islower():
        return text
    return text[: found.start()] + _with_capital(found[0]) + text[found.end() :]


def _with_capital(word: str) -> str:
    return _LETTER.sub(lambda found: found[0].upper(), word, count=1)


def _capital_all(text: str) -> str:
    return _WORD.sub(lambda found: _with_capital(found[0]) if found[0].islower() else found[0], text)


_CHANGES: dict[str, Callable[[str], str]] = {
    "lowercase": str.lower,
    "uppercase": str.upper,
    "capitalize-first": _capital_first,
    "capitalize-all": _capital_all,
    "sentence": _sentence,
}
