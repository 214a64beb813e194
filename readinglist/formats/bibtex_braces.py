"""Braces in raw BibTeX: what stands within them is one piece."""

import re

_PIECE = re.compile(r"\\.|[{}]|[^\\{}]+", re.DOTALL)


def pieces(raw: str) -> list[str]:
    """The text as braces and what stands between them; an escaped brace is part of the text."""
    return _PIECE.findall(raw)


def hidden(raw: str) -> str:
    """The text, equally long, with everything within braces, and the braces, made into the letter x."""
    shown, depth = [], 0
    for piece in pieces(raw):
        depth = max(0, depth - (piece == "}"))
        shown.append("x" * len(piece) if depth or piece in "{}" else piece)
        depth += piece == "{"
    return "".join(shown)


def parted(raw: str, border: re.Pattern[str]) -> list[str]:
    """The text parted at a border that stands outside of braces."""
    parts = border.split(raw)
    if "{" not in raw or all(part.count("{") == part.count("}") for part in parts):
        return parts
    parts, start = [], 0
    for match in border.finditer(hidden(raw)):
        parts.append(raw[start : match.start()])
        start = match.end()
    return [*parts, raw[start:]]
