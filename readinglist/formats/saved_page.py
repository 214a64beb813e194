"""A web page as browsers save it: plain, with a note of its address, packed as MHTML, or as its escaped source."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from readinglist.formats.mime_parts import lines_of_part, parts_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PACKED = re.compile(r"(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*){0,40}?content-type:\s*multipart/related", re.IGNORECASE)
_SOURCE_VIEW = re.compile(r"<td[^<>]*\bclass=\"?line-content|<body[^<>]*\bid=\"?viewsource", re.IGNORECASE)
_ESCAPED_PAGE = re.compile(r"\s*(?:<pre[^<>]*>\s*)?&lt;(?:!doctype|html|head|body|div|main)\b", re.IGNORECASE)
_SOURCE_ROW = re.compile(r"</tr>|</td>\s*</tr>", re.IGNORECASE)
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"<!-- saved from url=\(\d+\)(\S+)",  # Chrome, Edge
        r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)",
        r"^snapshot-content-location:\s*(\S+)",
        r"<link[^<>]*\brel=\"?canonical\"?[^<>]*\bhref=\"?([^\"<>\s]+)",
        r"<meta[^<>]*\bproperty=\"?og:url\"?[^<>]*\bcontent=\"?([^\"<>\s]+)",
    )
)
_PAPER_LINK = re.compile(r"\b(?:abs|papers)/([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5}(?:v\d+)?)(?=[\"'&?#\s<>=]|$)")
_LOOKED_AT = 1 << 15
_DRAWN = frozenset({"MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MJX_Assistive_MathML"})

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# What needs no end, or is ended by what follows: these never make a page deep.
_SHALLOW = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "td", "th", "tr", "option", "path", "rect", "circle", "use", "line", "polygon", "stop", "defs",
})  # fmt: skip
_DEEPEST = 3000  # the parser's time grows with the square of the depth; browsers stop at 512


class SavedPage:
    """The markup of a page, its address ("" where the file does not tell it), and where papers stand in the file."""

    def __init__(self, text: str, markup: str | None = None) -> None:
        self._text = text
        self.is_packed = markup is not None
        self.markup = text if markup is None else markup
        self.address = _address_in(text) or (_address_in(self.markup) if self.is_packed else "")

    def line_at(self, place: int, arxiv_id: str) -> int:
        """The line (from 1) of the file where a place in the markup is; in a packed page, where the paper is linked."""
        return self.line_of(arxiv_id) if self.is_packed else bisect_left(self._line_ends, place) + 1

    def line_of(self, arxiv_id: str) -> int:
        """The line (from 1) of the file where a paper is first linked; the first line where it is not."""
        place = self._links.get(arxiv_id)
        return 1 if place is None else bisect_left(self._line_ends, place) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self._text)]

    @cached_property
    def _links(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for found in _PAPER_LINK.finditer(self._text):
            places.setdefault(found[1], found.start())
        return places


def page_of(text: str) -> SavedPage:
    """The page that a file holds; never raises."""
    if _PACKED.match(text):
        return SavedPage(text, _unpacked(text))
    if _SOURCE_VIEW.search(text, 0, _LOOKED_AT) or _ESCAPED_PAGE.match(text):
        from selectolax.lexbor import LexborHTMLParser

        rows = _SOURCE_ROW.sub("\n</tr>", text)
        body = None if is_too_deep(rows) else LexborHTMLParser(rows).body
        return SavedPage(text, body.text() if body is not None else "")
    return SavedPage(text)


def is_too_deep(markup: str) -> bool:
    """Whether elements stand in one another so deeply that no page of papers could be meant."""
    if markup.count("<") <= _DEEPEST:
        return False
    depth = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() not in _SHALLOW:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def text_of(node: "LexborNode") -> str:
    """The markup within a node as plain text, what MathJax has drawn as `$...$` again."""
    from readinglist.formats.html_text import plain_text

    markup = node.inner_html or ""
    if "mathjax" in markup.lower() or "mjx-" in markup:
        node = node.clone()
        for formula in node.css("mjx-container"):
            spoken = formula.css_first("mjx-assistive-mml")
            formula.replace_with(spoken.text() if spoken is not None else "")
        for drawn in node.css("[class]"):
            if not _DRAWN.isdisjoint((drawn.attributes["class"] or "").split()):
                drawn.decompose()
        for tex in node.css('script[type^="math/tex"]'):
            tex.replace_with(f"${(tex.text() or '').strip()}$")
        markup = node.inner_html or ""
    return plain_text(markup, of_page=True)


def _address_in(text: str) -> str:
    head = text[:_LOOKED_AT]
    found = (pattern.search(head) for pattern in _ADDRESSES)
    return next((match[1] for match in found if match), "")


def _unpacked(text: str) -> str:
    """The page within a web archive: its first part in HTML."""
    pages = (part for part in parts_of(text) if part.get_content_type() in {"text/html", "application/xhtml+xml"})
    page = next(pages, None)
    return "\n".join(line for _, line in lines_of_part(page)) if page is not None else ""
