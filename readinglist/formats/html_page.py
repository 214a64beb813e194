"""HTML out: one page to read and to print, with everything in it, which loads nothing and runs nothing."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape

from readinglist.formats import readable
from readinglist.formats.latex_text import clean_lines
from readinglist.formats.record import WriteOptions
from readinglist.papers.paper import Paper

_STYLE = """
:root { color-scheme: light dark }
:root { --text: #1c1c1e; --quiet: #5f6368; --line: #d9dadd; --paper: #ffffff; --link: #0b57d0 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6e8; --quiet: #a2a5ab; --line: #3a3b3f; --paper: #1b1b1d; --link: #8ab4f8 }
}
body { margin: 0; background: var(--paper); color: var(--text); font: 1rem/1.55 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem }
h1 { font-size: 1.5rem; margin: 0 0 1.5rem }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 0 }
a { color: var(--link); text-decoration: none }
a:hover, a:focus-visible { text-decoration: underline }
article { padding: 1.25rem 0; border-top: 1px solid var(--line) }
p { margin: .35rem 0 0 }
h2, p, blockquote { overflow-wrap: anywhere }
.where, .standing { color: var(--quiet); font-size: .925rem }
.abstract { margin-top: .6rem; hyphens: auto }
blockquote { margin: .75rem 0 0; padding: .1rem .9rem; border-left: 3px solid var(--line); white-space: pre-wrap }
@media print {
  :root { --text: #000; --quiet: #444; --paper: #fff; --link: #000; --line: #bbb }
  main { max-width: none; padding: 0 }
  body { font-size: 10.5pt }
  h2 { break-after: avoid }
}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_BEGIN = f"""<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; \
base-uri 'none'; form-action 'none'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<title>{readable.HEADING}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{readable.HEADING}</h1>
"""
_END = "</main>\n</body>\n</html>\n"


def write(papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
    """The text of the page, paper by paper. Same papers, same text."""
    yield _BEGIN
    for paper in papers:
        lines = (line for line in _lines(paper, options) if line)
        yield '<article dir="auto">\n' + "\n".join(lines) + "\n</article>\n"
    yield _END


def _lines(paper: Paper, options: WriteOptions) -> Iterator[str]:
    yield _element("h2", "", _link(readable.title_of(paper), readable.page_of(paper)))
    yield _element("p", "", escape(readable.names_of(paper)))
    yield _element("p", "where", _where(paper))
    if options.personal:
        yield _element("p", "standing", escape(" · ".join(readable.standing_of(paper))))
    for part in re.split(r"\n{2,}", clean_lines(paper.abstract)):
        yield _element("p", "abstract", escape(" ".join(part.split())))
    for note in paper.notes if options.personal else ():
        yield _element("blockquote", "", escape(clean_lines(note.text)))


def _where(paper: Paper) -> str:
    venue = escape(readable.venue_of(paper))
    said = ", ".join(filter(None, (f"<cite>{venue}</cite>" if venue else "", escape(readable.place_of(paper)))))
    links = (_link(name, address) for name, address in readable.identifiers_of(paper))
    return " · ".join(filter(None, (said, *links)))


def _element(name: str, kind: str, content: str) -> str:
    """An element; "" where there is nothing to show. Long texts run as they do, all else as the title does."""
    mark = f' class="{kind}"' if kind else ""
    direction = ' dir="auto"' if kind == "abstract" or name == "blockquote" else ""
    return f"<{name}{mark}{direction}>{content}</{name}>" if content else ""


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}" rel="noreferrer noopener">{escape(text)}</a>' if address else escape(text)
