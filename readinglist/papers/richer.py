"""Which of two records of one paper says more, field by field."""

import re
from collections.abc import Callable, Mapping

from readinglist.papers.evidence import same_people
from readinglist.papers.paper import Author, Paper
from readinglist.papers.titles import lacks_part
from readinglist.papers.work_ids import doi_of, is_preprint, is_published, preprint_doi

_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")

# What tells when and where a paper came out: taken together from the record of the published paper.
PUBLICATION = ("entry_type", "venue", "year")
_PUBLICATION_EXTRA = frozenset(
    (
        "journal", "booktitle", "publisher", "volume", "number", "issue", "pages", "series", "month", "date",
        "edition", "chapter", "address", "location", "organization", "editor", "issn", "isbn", "eventtitle",
        "eventdate",
    )
)  # fmt: skip


def richer(field: str, known: Paper, other: Paper) -> bool:
    """Whether `other` says more in a field than `known` does, of the same paper."""
    theirs, own = getattr(other, field), getattr(known, field)
    if not theirs or theirs == own:
        return False
    return not own or _RICHER.get(field, _never)(known, other)


def joined_extra(known: Paper, other: Paper) -> dict[str, str]:
    """The fields of `extra` of both; where both have one, that of `known` stays.

    When and where a paper came out is told by one of them as a whole: a preprint's volume is none of the journal's.
    """
    own, theirs = dict(known.extra), dict(other.extra)
    if came_out(known, other):
        own = {name: text for name, text in own.items() if not is_of_publication(name)}
    elif came_out(other, known):
        theirs = {name: text for name, text in theirs.items() if not is_of_publication(name)}
    joined = own | {name: text for name, text in theirs.items() if name not in own}
    if "date" in theirs and theirs["date"].startswith(joined["date"]):  # "2017-06-12" beside "2017"
        joined["date"] = theirs["date"]
    return joined


def is_of_publication(name: str) -> bool:
    """Whether a field of `extra` tells when and where a paper came out."""
    return name.casefold() in _PUBLICATION_EXTRA


def came_out(known: Paper, other: Paper) -> bool:
    """Whether `other` is the record of the published paper, and `known` of its preprint."""
    return is_published(other) and is_preprint(known)


def _never(_known: Paper, _other: Paper) -> bool:
    return False


def _title(known: Paper, other: Paper) -> bool:
    """A title that was cut off or lacks its subtitle is poorer."""
    return lacks_part(known.title, other.title) and not _CUT_OFF.search(other.title)


def _abstract(known: Paper, other: Paper) -> bool:
    return _completes(known.abstract, other.abstract)


def _authors(known: Paper, other: Paper) -> bool:
    """The same persons, but more of them, or by their given names instead of initials."""
    own, theirs = _named(known.authors), _named(other.authors)
    if not own or not theirs or not same_people(own, theirs) or len(theirs) < len(own):
        return False
    return len(theirs) > len(own) or _letters(theirs) > _letters(own)


def _entry_type(known: Paper, other: Paper) -> bool:
    return known.entry_type == "misc" or came_out(known, other)


def _doi(known: Paper, other: Paper) -> bool:
    """The publisher's DOI goes before that of a preprint."""
    is_preprint = preprint_doi(known) or not doi_of(known)
    return is_preprint and bool(doi_of(other)) and not preprint_doi(other)


def _completes(cut: str, whole: str) -> bool:
    """Whether a text is the beginning of another, longer one."""
    begin = _CUT_OFF.sub("", cut)
    return len(whole) > len(cut) and whole.startswith(begin) and not _CUT_OFF.search(whole)


def _named(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    return tuple(author for author in authors if author.literal.casefold() != "others")


def _letters(authors: tuple[Author, ...]) -> int:
    return sum(letter.isalpha() for author in authors for letter in author.given)


_RICHER: Mapping[str, Callable[[Paper, Paper], bool]] = {
    "title": _title,
    "abstract": _abstract,
    "authors": _authors,
    "entry_type": _entry_type,
    "doi": _doi,
    "venue": came_out,
    "year": came_out,
}
