"""The files that an imported entry names, in the ways of JabRef, Zotero, BibDesk and plain paths. None is opened here.

JabRef and Zotero write "description:path:type", several with semicolons between them, and a backslash before such signs
within a path (docs.jabref.org, "Manage linked files").
"""

import re
from urllib.parse import unquote

from readinglist.papers.paper import Paper

FIELDS = ("file", "localfile", "local-url")

_BETWEEN_FILES = re.compile(r"(?<!\\);")
_BETWEEN_PARTS = re.compile(r"(?<!\\):")
_TYPE = re.compile(r"[\w.+ -]*(?:/[\w.+-]+)?")
_ESCAPED = re.compile(r"\\([_&%#$;:\\{}])")
_ADDRESS = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def named_files(paper: Paper) -> tuple[str, ...]:
    """The paths that a paper's entry names, as they are meant: absolute or not, each once. Web addresses are none."""
    values = [paper.extra[field] for field in FIELDS if field in paper.extra]
    pieces = [piece.strip() for value in values for piece in _BETWEEN_FILES.split(value)]
    paths = [_path_in(piece) for piece in pieces if piece and not _ADDRESS.match(piece)]
    return tuple(dict.fromkeys(path for path in paths if path and not _ADDRESS.match(path)))


def _path_in(piece: str) -> str:
    """The path of one file: the middle of three parts, or all of it."""
    if piece.lower().startswith("file:"):
        return unquote(re.sub(r"^file:(?://[^/]*)?", "", piece, flags=re.IGNORECASE))
    parts = _BETWEEN_PARTS.split(piece)
    if len(parts) > 2 and _TYPE.fullmatch(parts[-1]):
        piece = ":".join(parts[1:-1])
    return _ESCAPED.sub(r"\1", piece).strip()
