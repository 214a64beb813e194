"""How duplicates are put into words: their fields side by side, with the words marked in which they differ."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from html import escape

from PySide6.QtCore import QCoreApplication

from readinglist.library.duplicates import Duplicates
from readinglist.papers.details import text_of
from readinglist.papers.duplicates import Match, reason
from readinglist.papers.paper import Paper, Sighting, Source
from readinglist.ui import paper_wording, theme, wording
from readinglist.ui.readable_text import readable
from readinglist.ui.wording import marked

translate = QCoreApplication.translate

FIELD_WORDS = {
    "title": marked("Duplicates", "Title"),
    "authors": marked("Duplicates", "Authors"),
    "year": marked("Duplicates", "Year"),
    "entry_type": marked("Duplicates", "Type"),
    "venue": marked("Duplicates", "Venue"),
    "doi": marked("Duplicates", "DOI"),
    "arxiv_id": marked("Duplicates", "arXiv id"),
    "url": marked("Duplicates", "Web address"),
    "keywords": marked("Duplicates", "Keywords"),
    "citation_key": marked("Duplicates", "Citation key"),
    "abstract": marked("Duplicates", "Abstract"),
}
_REASONS = {
    "doi": marked("Duplicates", "the same DOI"),
    "arxiv": marked("Duplicates", "the same arXiv id"),
    "pmid": marked("Duplicates", "the same PubMed id"),
    "isbn": marked("Duplicates", "the same ISBN"),
    "title": marked("Duplicates", "the same title"),
    "near": marked("Duplicates", "titles nearly the same"),
    "abstract": marked("Duplicates", "the same abstract"),
}
_WORD = re.compile(r"\S+")
_LEAST_SHARED = 0.4  # of the words of two texts
_MOST_WORDS = 2000  # of two texts together; longer ones are shown without marks


def field_words(field: str) -> str:
    """What a field is called; one that has no place of its own goes by its BibTeX name."""
    return translate("Duplicates", FIELD_WORDS[field]) if field in FIELD_WORDS else field


def shown_text(paper: Paper, field: str) -> str:
    """A field as it is read: names in reading order, titles and abstracts without LaTeX."""
    if field == "authors":
        return ", ".join(author.display for author in paper.authors)
    return readable(text_of(paper, field)) if field in FIELD_WORDS else paper.extra.get(field, "")


def differing_html(text: str, other: str) -> str:
    """The text as HTML, all of it escaped, with the words marked that the other text does not have there.

    Of quite another text nothing is marked: one sees that.
    """
    words, others = [match.span() for match in _WORD.finditer(text)], other.split()
    if len(words) + len(others) > _MOST_WORDS:
        return escape(text)
    own = [text[first:last] for first, last in words]
    matcher = SequenceMatcher(None, own, others, autojunk=False)
    if matcher.ratio() < _LEAST_SHARED:
        return escape(text)
    colors = theme.current()
    begin = f'<span style="background-color: {colors.mark.name()}; color: {colors.mark_text.name()}">'
    parts: list[str] = []
    end = 0
    for kind, first, last, _, _ in matcher.get_opcodes():
        if kind in {"replace", "delete"}:
            start, stop = words[first][0], words[last - 1][1]
            parts += (escape(text[end:start]), begin, escape(text[start:stop]), "</span>")
            end = stop
    return "".join((*parts, escape(text[end:])))


def origin_words(paper: Paper, field: str, sources: Mapping[int, Source]) -> str:
    """Where a field's value comes from: "from colleague.bib, 14 Mar 2026", "yours", or "" where nobody knows."""
    origin = paper.origins.get(field, paper.origins.get(""))
    if origin == 0:
        return translate("Duplicates", "yours")
    source = sources.get(origin) if origin is not None else None
    if source is None:
        return ""
    day = wording.day(source.imported.astimezone().date())
    return translate("Duplicates", "from {name}, {day}").format(name=source.name, day=day)


def all_origins(paper: Paper, sources: Mapping[int, Source]) -> str:
    """A line for each field that is known, with where it comes from; "" where that is known of none."""
    lines = [
        f"{field_words(field)}: {words}"
        for field in FIELD_WORDS
        if getattr(paper, field) and (words := origin_words(paper, field, sources))
    ]
    return "\n".join(lines)


def reason_words(papers: Sequence[Paper]) -> str:
    """Why papers may be one: "the same DOI"."""
    found = dict.fromkeys(reason(papers[0], other) for other in papers[1:])
    return ", ".join(translate("Duplicates", _REASONS[why]) for why in found)


def sureness_words(group: Duplicates) -> str:
    """How sure it is, and of how many papers: "surely one, 3 papers"."""
    sure = group.match is Match.SAME
    words = translate("Duplicates", "surely one") if sure else translate("Duplicates", "perhaps one")
    return f"{words} · {wording.papers(len(group.ids))}"


def counts_words(sure: int, perhaps: int) -> str:
    """How many groups there are: "12 surely one, 3 perhaps"."""
    return translate("Duplicates", "{sure} surely one, {perhaps} perhaps").format(
        sure=wording.number(sure), perhaps=wording.number(perhaps)
    )


def marks_words(paper: Paper) -> str:
    """What the reader did to a paper: "Read 2 Apr · ★ · ★★★ · nlp, thesis · 2 notes"."""
    parts = [
        paper_wording.state_words(paper),
        translate("Duplicates", "starred") if paper.starred else "",
        "★" * paper.rating,
        ", ".join(paper.tags),
        paper_wording.notes_words(paper) if paper.notes else "",
        ", ".join(each.name for each in paper.attachments),
    ]
    return " · ".join(filter(None, parts))


def places_words(paper: Paper) -> str:
    """Where a paper was seen, and when it came into the library."""
    seen = [_place(each) for each in paper.sightings[-3:]]
    if paper.added is not None:
        seen.append(translate("Duplicates", "added {day}").format(day=paper_wording.local_day(paper.added)))
    return " · ".join(seen)


def _place(seen: Sighting) -> str:
    day: date | None = seen.day
    if day is None:
        return translate("Duplicates", "no. {number} of a file").format(number=wording.number(seen.position))
    return f"{paper_wording.day(day)}, {paper_wording.place(seen)}"
