r"""LaTeX in titles and abstracts as readable text: `$\alpha^2$` becomes α². Only for showing, never for storing."""

import re

from readinglist.ui.latex_symbols import ACCENTS, BLACKBOARD, LOOKS, SILENT, SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS

_MATH = re.compile(
    r"(?<!\\)\$\$([^$]{1,2000})(?<!\\)\$\$"
    r"|(?<![\\$])\$(?![\s$])([^$]{1,1000}?)(?<![\s\\])\$(?!\d)"  # "$5 and $10" is money
    r"|\\\(([^$]{1,1000}?)\\\)"
    r"|\\\[([^$]{1,2000}?)\\\]"
)
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_~$]|[^\\{}^_~$]+", re.DOTALL)
_RAISED = re.compile(r"(?<=[A-Za-z0-9)\]])\^(?:\{([-+]?\w{1,6})\}|([-+]?\d{1,4}|[A-Za-z](?![A-Za-z])))")
_DEEPEST = 20


def readable(text: str) -> str:
    r"""The text with its LaTeX as plain Unicode; what is not understood stays as it was written.

    Outside mathematics only known commands, escapes such as `\%`, and powers such as n^2 are touched.
    """
    if "\\" not in text and "$" not in text and "^" not in text:
        return text
    parts: list[str] = []
    end = 0
    for match in _MATH.finditer(text):
        parts.append(_plain(text[end : match.start()]))
        parts.append(_math(next(filter(None, match.groups()), "")))
        end = match.end()
    parts.append(_plain(text[end:]))
    return "".join(parts)


def _plain(text: str) -> str:
    if "\\" in text:
        text = _Reader(text, math=False).all()
    return _RAISED.sub(lambda match: _script(match[1] or match[2], "^"), text)


def _math(text: str) -> str:
    return re.sub(r"\s+", " ", _Reader(text, math=True).all()).strip()


class _Reader:
    """Reads LaTeX piece by piece; `math` says whether ^, _, ~ and braces mean something."""

    def __init__(self, text: str, *, math: bool) -> None:
        self._tokens = _TOKEN.findall(text)
        self._at = 0
        self._math = math

    def all(self) -> str:
        parts: list[str] = []
        while self._at < len(self._tokens):
            parts.append(self._next(0))
        return "".join(parts)

    def _next(self, depth: int) -> str:
        piece: str = self._tokens[self._at]
        self._at += 1
        if piece.startswith("\\") and len(piece) > 1:
            return self._command(piece, depth)
        if not self._math:
            return piece
        if piece == "{":
            return self._group(depth + 1)
        if piece in {"^", "_"}:
            return _script(self._argument(depth), piece)
        return {"}": "", "~": " "}.get(piece, piece)

    def _command(self, piece: str, depth: int) -> str:
        name = piece[1:]
        if name in SYMBOLS:
            self._end_of_name(name)
            return SYMBOLS[name]
        if name in SILENT:
            return ""
        if depth < _DEEPEST and self._has_argument(name):
            return self._with_argument(name, depth)
        return name if name in {"%", "&", "#", "$", "_", "{", "}"} else piece

    def _end_of_name(self, name: str) -> None:
        r"""Skip the empty braces that do nothing but end a command's name, as in `\ss{}`."""
        if name.isalpha() and self._tokens[self._at : self._at + 2] == ["{", "}"]:
            self._at += 2

    def _has_argument(self, name: str) -> bool:
        known = name in LOOKS or name in ACCENTS or name in {"mathbb", "frac", "tfrac", "dfrac", "sqrt"}
        if not known or self._at >= len(self._tokens):
            return False
        return self._math or self._tokens[self._at] == "{" or name in ACCENTS

    def _with_argument(self, name: str, depth: int) -> str:
        first = self._argument(depth)
        if name == "mathbb":
            return "".join(BLACKBOARD.get(letter, letter) for letter in first)
        if name in ACCENTS:
            return first[:1] + ACCENTS[name] + first[1:] if first else ""
        if name == "sqrt":
            return "√" + _bracketed(first)
        if name.endswith("frac"):
            return f"{_bracketed(first)}/{_bracketed(self._argument(depth))}"
        return first

    def _argument(self, depth: int) -> str:
        """The group, command or single character that follows."""
        while self._at < len(self._tokens) and self._math and not self._tokens[self._at].strip():
            self._at += 1
        if self._at >= len(self._tokens) or depth >= _DEEPEST:
            return ""
        piece: str = self._tokens[self._at]
        if piece == "{":
            self._at += 1
            return self._group(depth + 1)
        if piece.startswith("\\"):
            return self._next(depth + 1)
        text = piece.lstrip()
        self._tokens[self._at] = text[1:]
        return text[:1]

    def _group(self, depth: int) -> str:
        parts: list[str] = []
        while self._at < len(self._tokens) and self._tokens[self._at] != "}":
            if depth >= _DEEPEST:
                parts.append(self._tokens[self._at])
                self._at += 1
            else:
                parts.append(self._next(depth))
        self._at += 1
        return "".join(parts)


def _script(text: str, kind: str) -> str:
    """Raised or lowered text: in Unicode's own small characters where all of it has them."""
    table = SUPERSCRIPTS if kind == "^" else SUBSCRIPTS
    text = text.strip()
    if text and all(letter in table for letter in text):
        return "".join(table[letter] for letter in text)
    return kind + _bracketed(text) if text else ""


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
