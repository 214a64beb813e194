"""Formatted text as a bibliography has it: marks within the text, turned into plain text or HTML at the very end.

What stands between the marks is never taken for markup, so that no title can bring any into the clipboard.
"""

import re
from dataclasses import dataclass
from html import escape

# Characters for private use stand for markup (and, in text_case.py, for mathematics). `without_marks` takes them out of
# all that comes from papers.
_TAGS = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "underline": ("<u>", "</u>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "small-caps": ('<span style="font-variant:small-caps">', "</span>"),
}
_FIRST = 0xE000
_OPENING = {chr(_FIRST + 2 * place): tags for place, tags in enumerate(_TAGS.values())}
_CLOSING = {chr(ord(opening) + 1): opening for opening in _OPENING}
_OPENING_OF = dict(zip(_TAGS, _OPENING, strict=True))
AFTER_NUMBER = chr(_FIRST + 0x20)
"""Stands between the number of an entry and its text."""
NEW_LINE = chr(_FIRST + 0x21)

_MARKS = re.compile("[\ue000-\ue03f]")
_ENDS = f"[{''.join(_CLOSING)}]"
_PERIOD_TWICE = re.compile(rf"(\.(?:{_ENDS}|[”’])+)\.")
_PERIOD_AFTER = re.compile(rf"([?!](?:{_ENDS}|[”’])*)\.(?!\.)")
_OUTSIDE_QUOTES = re.compile(rf"(’?”)({_ENDS}*)([.,])")
_MATHEMATICS = re.compile(r"(\$[^$]+\$)")
_QUOTED = re.compile(r"(?<![^\s(\[—–-])\"([^\"]+)\"(?!\w)")
_QUOTED_ONCE = re.compile(r"(?<![^\s(\[—–“-])'(?!\s)([^']+)'(?!\w)")
_APOSTROPHE = re.compile(r"'(?=\w)|(?<=\w)'")
_BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class RichText:
    """One formatted piece of text, such as an entry of a bibliography."""

    marked: str

    @property
    def text(self) -> str:
        """The words alone, on one line unless the style begins new ones."""
        words = self.marked.replace(AFTER_NUMBER, " ").replace(NEW_LINE, "\n")
        return _BLANKS.sub(" ", _MARKS.sub("", words)).strip()

    @property
    def html(self) -> str:
        """HTML with i, b, u, sup, sub, br and small capitals as its only markup, always balanced."""
        pieces: list[str] = []
        open_marks: list[str] = []
        for letter in _BLANKS.sub(" ", self.marked.replace(AFTER_NUMBER, " ")).strip():
            if letter in _OPENING:
                open_marks.append(letter)
                pieces.append(_OPENING[letter][0])
            elif letter in _CLOSING:
                if open_marks and open_marks[-1] == _CLOSING[letter]:
                    pieces.append(_OPENING[open_marks.pop()][1])
            else:
                pieces.append("<br>" if letter == NEW_LINE else escape(letter))
        pieces.extend(_OPENING[mark][1] for mark in reversed(open_marks))
        return "".join(pieces)


def marked(kind: str, text: object) -> str:
    """Text between the marks of a kind: italic, bold, underline, superscript, subscript, small-caps."""
    opening = _OPENING_OF[kind]
    return f"{opening}{text}{chr(ord(opening) + 1)}"


def without_marks(text: str) -> str:
    """Text of a paper, in which nothing is a mark of ours, on one line."""
    return " ".join(_MARKS.sub("", text).split())


def typographic(text: str) -> str:
    """Text with the quotation marks and apostrophes of print; mathematics stays as it is."""
    if "'" not in text and '"' not in text:
        return text
    pieces = _MATHEMATICS.split(text)
    return "".join(piece if place % 2 else _curled(piece) for place, piece in enumerate(pieces))


def _curled(text: str) -> str:
    text = _QUOTED.sub(r"“\1”", text)
    return _APOSTROPHE.sub("’", _QUOTED_ONCE.sub(r"‘\1’", text))


def plain(text: str) -> str:
    """Marked text without its marks, for comparing."""
    return _MARKS.sub("", text)


def finished(text: str, *, punctuation_in_quotes: bool) -> RichText:
    """Marked text with its punctuation as it is printed.

    Quotations within quotations get single marks, no period follows another end of a sentence, and where the language
    has it so, commas and periods stand before the closing marks.
    """
    text = _inner_quotes(text)
    text = _PERIOD_AFTER.sub(r"\1", _PERIOD_TWICE.sub(r"\1", text))
    if punctuation_in_quotes:
        text = _OUTSIDE_QUOTES.sub(r"\3\1\2", text)
    return RichText(text.strip())


def _inner_quotes(text: str) -> str:
    depth, letters = 0, []
    for letter in text:
        if letter == "“":
            depth += 1
            letters.append("‘" if depth == 2 else letter)
        elif letter == "”":
            letters.append("’" if depth == 2 else letter)
            depth = max(depth - 1, 0)
        else:
            letters.append(letter)
    return "".join(letters)
