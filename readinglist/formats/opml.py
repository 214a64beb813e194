"""OPML, the lists of feeds that feed readers exchange, in (opml.org/spec2.opml). A feed is no paper itself."""

from collections.abc import Iterator
from datetime import date

from readinglist.formats.latex_text import clean_line
from readinglist.formats.reading import Entry
from readinglist.formats.record import Feed, Problem
from readinglist.formats.xml_text import LINE, elements, root_of

_OUTLINE = "outline"


def sniff(text: str) -> bool:
    """Whether the document is a list of feeds."""
    return root_of(text)[0].lower() == "opml"


def read(text: str, today: date) -> Iterator[Entry]:  # noqa: ARG001 - nothing in a list of feeds has a day
    """The feeds of the list in order, those within folders too; folders themselves say nothing that is kept."""
    known: set[str] = set()
    for found in elements(text, (_OUTLINE,), nests=True):
        if isinstance(found, Problem):
            yield found
            continue
        for outline in found.element.iter(_OUTLINE):
            told = {name.lower(): clean_line(value) for name, value in outline.attrib.items()}
            line = int(outline.get(LINE, found.line))
            url = told.get("xmlurl", "")
            if url and url in known:
                yield Problem("duplicate_key", line, f"The feed {url} stands in this list twice; it was taken once.")
            elif url:
                known.add(url)
                yield Feed(told.get("title") or told.get("text") or told.get("htmlurl") or url, url, line)
            elif told.get("type", "").lower() in {"rss", "atom"}:
                name = told.get("title") or told.get("text") or "without a name"
                yield Problem("skipped_entry", line, f"The feed “{name}” has no address, and was left out.")
