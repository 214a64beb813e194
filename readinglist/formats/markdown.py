"""Markdown out: a list to read, in which every text shows as it is and none becomes HTML, a link or a heading.

CommonMark 0.31, section 2.4: any ASCII punctuation can be escaped by a backslash. What the reader wrote in notes is
Markdown already, and stays so where it holds nothing but emphasis, lists, headings and links to the web.
"""

import re
from collections.abc import Iterable, Iterator

from readinglist.formats import readable
from readinglist.formats.latex_acts import acts
from readinglist.formats.latex_text import clean_lines
from readinglist.formats.record import WriteOptions
from readinglist.papers.paper import Note, Paper

# The last one: what many programs beyond CommonMark take for attributes, as in "# Title {onclick=...}".
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|#]|\{(?=[\s#.:=%]|[\w-]+=)")
# What would begin a list or a line at the beginning of a paragraph.
_AT_START = re.compile(r"^(?:\+(?=\s|$)|-(?=\s|[-\s]*$)|\d{1,9}(?=[.)](?:\s|$)))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Whatever could be more than words in a note: markup, pictures, links to anywhere but the web, attributes.
_MORE_THAN_WORDS = re.compile(r"[<&]|\{[\s#.:=%]|\{[\w-]+=|!\[|\](?!\()|\]\((?!https?://[^\s()]*\))")


def write(papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
    """The text of a list, paper by paper. Same papers, same text."""
    yield f"# {readable.HEADING}\n"
    for paper in papers:
        yield f"\n{_paper(paper, options)}"


def _paper(paper: Paper, options: WriteOptions) -> str:
    title, page = escaped(readable.title_of(paper)), readable.page_of(paper)
    blocks = [f"## {_link(title, page) if page else title}", escaped_paragraph(readable.names_of(paper))]
    blocks.append(_where(paper))
    if options.personal:
        blocks.append(escaped_paragraph(" · ".join(readable.standing_of(paper))))
    blocks.append("\n>\n".join(f"> {escaped_paragraph(part)}" for part in _paragraphs(paper.abstract)))
    if options.personal:
        blocks += (_note(note) for note in paper.notes)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _where(paper: Paper) -> str:
    venue = escaped(readable.venue_of(paper))
    said = ", ".join(filter(None, (f"*{venue}*" if venue else "", escaped(readable.place_of(paper)))))
    links = [_link(escaped(name), address) for name, address in readable.identifiers_of(paper) if address]
    return _guarded(" · ".join(filter(None, (said, *links))))


def _link(text: str, address: str) -> str:
    return f"[{text}](<{_ENTITY.sub('&amp;', address)}>)"


def _note(note: Note) -> str:
    """A note as a quotation that is named; where it could be more than words, as the text that it is."""
    text = clean_lines(note.text)
    if _MORE_THAN_WORDS.search(text) or acts(text):  # Pandoc hands LaTeX on
        text = "\n\n".join("\\\n".join(map(escaped_paragraph, part.split("\n"))) for part in re.split(r"\n{2,}", text))
    lines = (f"> {line}".rstrip() for line in text.split("\n"))
    return "\n".join(("> **Note**", ">", *lines)) if text else ""


def _paragraphs(text: str) -> list[str]:
    return [line for part in re.split(r"\n{2,}", clean_lines(text)) if (line := readable.line_of(part))]


def escaped(text: str) -> str:
    """Markdown that shows a clean line of text as it is, within a line."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def escaped_paragraph(text: str) -> str:
    """Markdown that shows a clean line of text as it is, as a paragraph."""
    return _guarded(escaped(text))


def _guarded(text: str) -> str:
    return _AT_START.sub(lambda start: f"{start[0]}\\" if start[0].isdigit() else f"\\{start[0]}", text)
