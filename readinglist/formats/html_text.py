"""Markup within titles, abstracts and notes to the plain text that a reader sees; nothing of it is acted on.

Only elements of HTML, MathML and JATS are markup: `<EOS>` and `x < 5` are text. Entities are decoded once.
"""

import html
import re
from collections.abc import Iterator

from readinglist.formats.latex_text import clean_lines

# A tag ends before the next "<", so that each character is looked at once.
_MARKUP = re.compile(
    r"<!--|<!\[CDATA\["
    r"|<(?P<end>/?)(?:\w{1,9}:)?(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>])"
    r"(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"']|[\"'])*+>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")

_PARAGRAPHS = frozenset({
    "p", "div", "section", "article", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "sec", "list",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "title", "abstract", "body", "html", "head",
})  # fmt: skip
_LINES = frozenset({"br", "li", "dt", "dd", "tr", "list-item", "break"})
_CELLS = frozenset({"td", "th"})
_WITHIN_LINES = frozenset({
    "a", "abbr", "acronym", "b", "big", "bdi", "bdo", "bold", "cite", "code", "del", "dfn", "em", "ext-link", "font",
    "i", "img", "inf", "ins", "italic", "kbd", "label", "mark", "monospace", "nobr", "noscript", "q", "roman", "samp",
    "sc", "small", "span", "strike", "strong", "sub", "sup", "svg", "tbody", "thead", "tt", "u", "underline", "var",
    "wbr", "xref",
    # mathematics: what is dropped are the tags, not what stands between them
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "msub", "msup", "msubsup", "mfrac", "msqrt", "mroot",
    "mover", "munder", "munderover", "mstyle", "mfenced", "mtable", "mtr", "mtd", "mpadded", "mphantom", "menclose",
    "mmultiscripts", "mprescripts", "none", "semantics", "inline-formula", "disp-formula", "alternatives",
})  # fmt: skip
# What is not shown, and what is shown as it stands, with what ends it.
_VERBATIM = "<![cdata["
_CLOSED_BY = {
    "<!--": re.compile("-->"),
    _VERBATIM: re.compile(r"\]\]>"),
    **{
        name: re.compile(rf"</(?:\w{{1,9}}:)?{name}\s*>", re.IGNORECASE)
        for name in ("script", "style", "annotation", "annotation-xml", "tex-math")
    },
}
# Characters that no text holds, as marks between its parts.
_PARAGRAPH_END, _LINE_END = "\x00", "\x01"


def plain_line(markup: str) -> str:
    """The text of a title or a name on one line."""
    return " ".join(plain_text(markup).split())


def plain_text(markup: str, *, of_page: bool = False) -> str:
    r"""The text of an abstract or a note: "\n\n" between its paragraphs, "\n" between the lines of a list.

    Paragraphs are the elements that browsers set apart; where there are none, an empty line parts them. In the markup
    of a page (`of_page`) every tag is one.
    """
    if "<" not in markup:
        return _by_empty_lines(_decoded(markup))
    text = "".join(_parts(markup.replace(_PARAGRAPH_END, "").replace(_LINE_END, ""), of_page=of_page))
    if _PARAGRAPH_END not in text and _LINE_END not in text:
        return _by_empty_lines(_decoded(text))
    paragraphs = (_by_lines(_decoded(paragraph)) for paragraph in text.split(_PARAGRAPH_END))
    return clean_lines("\n\n".join(filter(None, paragraphs)))


def _parts(markup: str, *, of_page: bool) -> Iterator[str]:
    """The text between tags, with marks where a paragraph or a line ends."""
    start = 0
    unclosed: set[str] = set()
    while match := _MARKUP.search(markup, start):
        yield markup[start : match.start()]
        start = match.end()
        name = (match["name"] or match[0]).lower()
        closing = _CLOSED_BY.get(name)
        if closing is None:
            yield _instead_of(name, "" if of_page else match[0])
        elif not match["end"] and name not in unclosed:
            end = closing.search(markup, start)
            if end is None:
                unclosed.add(name)  # and is not looked for again
                continue
            if name == _VERBATIM:
                yield html.escape(markup[start : end.start()], quote=False)
            start = end.end()
    yield markup[start:]


def _instead_of(name: str, tag: str) -> str:
    if name in _PARAGRAPHS:
        return _PARAGRAPH_END
    if name in _LINES:
        return _LINE_END
    if name in _CELLS:
        return " "
    return "" if name in _WITHIN_LINES else tag


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _by_lines(paragraph: str) -> str:
    lines = (" ".join(line.split()) for line in paragraph.split(_LINE_END))
    return "\n".join(filter(None, lines))


def _by_empty_lines(text: str) -> str:
    paragraphs = (" ".join(paragraph.split()) for paragraph in _EMPTY_LINE.split(clean_lines(text)))
    return "\n\n".join(filter(None, paragraphs))
