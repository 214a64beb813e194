"""Citing papers: bibliographies and citations in a style, and keys as LaTeX, Pandoc and Typst want them."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

from readinglist.errors import UsageError
from readinglist.formats.bibtex_writing import written_key
from readinglist.formats.csl_json import csl_item
from readinglist.formats.record import WriteOptions
from readinglist.library import citation_styles
from readinglist.library.answers import Progress
from readinglist.papers.identifiers import web_page
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore

if TYPE_CHECKING:
    from readinglist.library.citation_engine import Cited

_BATCH = 500
_WITHOUT_PERSONAL = WriteOptions(personal=False)
# What BibTeX prints of theses that do not say what they are.
_GENRES = MappingProxyType({"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"})

# Keys that need no brackets: https://pandoc.org/MANUAL.html#citation-syntax and https://typst.app/docs, "label".
_PANDOC_KEY = re.compile(r"\w+(?:[:.#$%&\-+?<>~/]\w+)*")
_TYPST_KEY = re.compile(r"[^\W\d][\w\-]*(?:[:.][\w\-]+)*")


def cite(store: PaperStore, ids: Sequence[int], style_name: str, progress: Progress) -> "Cited":
    """Papers as a style writes them; ids that are gone are left out.

    Raises:
        UsageError: there is no such style.
        ExpectedError: the style cannot be used, or not for one of the papers.
        CancelledError: `progress` raised it.
    """
    engine = citation_styles.engine(citation_styles.style_named(style_name))
    items: list[Mapping[str, object]] = []
    for start in range(0, len(ids), _BATCH):
        progress(0, len(ids))
        items.extend(map(item, store.papers(ids[start : start + _BATCH])))
    return engine.cite(items, progress)


def item(paper: Paper) -> Mapping[str, object]:
    """What styles are told of a paper, in the variables of CSL."""
    known = csl_item(paper, _WITHOUT_PERSONAL)
    genre = _GENRES.get(paper.entry_type)
    return {"genre": genre, **known} if genre else known


def keys(papers: Sequence[Paper], form: str) -> str:
    r"""The citation keys of papers in a form: "key" a,b; "latex" \cite{a,b}; "pandoc" [@a; @b]; "typst" @a @b.

    Raises:
        UsageError: there is no such form.
    """
    if form not in KEY_FORMS:
        raise UsageError(f"There is no form {form!r}. Keys can be written as {', '.join(KEY_FORMS)}.")
    return KEY_FORMS[form]([paper.citation_key for paper in papers]) if papers else ""


def _pandoc(names: Sequence[str]) -> str:
    cited = (f"@{name}" if _PANDOC_KEY.fullmatch(name) else f"@{{{name}}}" for name in names)
    return f"[{'; '.join(cited)}]"


def _typst(names: Sequence[str]) -> str:
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    pairs = zip(names, quoted, strict=True)
    return " ".join(f"@{name}" if _TYPST_KEY.fullmatch(name) else f'#cite(label("{text}"))' for name, text in pairs)


KEY_FORMS: Mapping[str, Callable[[Sequence[str]], str]] = MappingProxyType(
    {
        "key": ",".join,
        "latex": lambda names: f"\\cite{{{','.join(map(written_key, names))}}}",
        "pandoc": _pandoc,
        "typst": _typst,
    }
)


def as_text(cited: "Cited") -> str:
    """A bibliography as plain text, one entry a line."""
    return "".join(f"{entry.text}\n" for entry in cited.entries if entry.text)


def as_html(cited: "Cited") -> str:
    """A bibliography as a piece of HTML, one paragraph an entry; nothing of a paper is markup in it."""
    style = ' style="margin-left:24px;text-indent:-24px"' if cited.hanging else ""
    return "".join(f"<p{style}>{entry.html}</p>\n" for entry in cited.entries if entry.text)


def as_page(cited: "Cited", title: str) -> str:
    """A bibliography as a web page of its own, which loads nothing and runs nothing."""
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n{as_html(cited)}</body>\n</html>\n"
    )


def links_text(papers: Sequence[Paper]) -> str:
    """The titles of papers and the addresses of their pages, as plain text."""
    return "\n\n".join("\n".join(filter(None, (paper.title, web_page(paper)))) for paper in papers)


def links_html(papers: Sequence[Paper]) -> str:
    """The titles of papers as links to their pages."""
    return "".join(f"<p>{_link(paper)}</p>\n" for paper in papers)


def _link(paper: Paper) -> str:
    page, title = web_page(paper), escape(paper.title or web_page(paper))
    return f'<a href="{escape(page)}">{title}</a>' if page.startswith(("https://", "http://")) else title
