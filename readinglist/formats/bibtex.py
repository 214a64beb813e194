"""BibTeX: papers to the text of a .bib file, entry by entry, in the fields that JabRef and Zotero use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType

from readinglist.formats.latex_text import clean_line, clean_lines, escape, escape_name, escape_title, verbatim
from readinglist.formats.record import WriteOptions
from readinglist.papers.citation_key import citation_key, key_words, unique_key
from readinglist.papers.paper import Author, LinkKind, Paper, ReadingState, Sighting

HEADER = "% Written by Reading List. Encoding: UTF-8\n"
PAPERS_PAGE = "Hugging Face papers listing"

# Where a venue stands, by type of entry; any other type says how it was published.
_VENUE_FIELDS = MappingProxyType(
    {
        "article": "journal",
        "inproceedings": "booktitle",
        "conference": "booktitle",
        "incollection": "booktitle",
        "inbook": "booktitle",
        "book": "publisher",
        "proceedings": "publisher",
        "phdthesis": "school",
        "mastersthesis": "school",
        "techreport": "institution",
        "manual": "organization",
    }
)
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_NOT_IN_KEY = re.compile(r"[\s,{}\"=\\%#~]+")
_NOT_IN_FIELD_NAME = re.compile(r"[^a-zA-Z0-9_.:+/-]+")
_NOT_IN_TYPE = re.compile(r"[^a-z]+")
_NOT_IN_ADDRESS = re.compile(r"[\s{}\\]")
_AND = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)


DEFAULT_OPTIONS = WriteOptions()


def write(papers: Iterable[Paper], options: WriteOptions = DEFAULT_OPTIONS) -> Iterator[str]:
    """The text of a .bib file in pieces: a line that names the program, then one entry for each paper.

    A paper without a citation key gets one, and a key that an earlier entry has gets a suffix. Same papers, same text.
    """
    yield HEADER
    taken: set[str] = set()
    for paper in papers:
        key = _NOT_IN_KEY.sub("", clean_line(paper.citation_key)) or citation_key(paper)
        key = unique_key(key, taken)
        taken.add(key.casefold())
        yield _entry(key, paper, options)


def _entry(key: str, paper: Paper, options: WriteOptions) -> str:
    fields = {name: value for name, value in _own_fields(paper, options) if value}
    _add_unknown_fields(fields, paper.extra)
    lines = (f"  {name} = {_enclosed(name, value)},\n" for name, value in fields.items())
    return f"\n@{_type(paper.entry_type)}{{{key},\n{''.join(lines)}}}\n"


@lru_cache(maxsize=256)
def _type(entry_type: str) -> str:
    entry_type = _NOT_IN_TYPE.sub("", entry_type.lower())
    return "misc" if entry_type in {"", "comment", "string", "preamble"} else entry_type


def _enclosed(name: str, value: str) -> str:
    return value if name.lower() == "month" and value in _MONTHS else f"{{{value}}}"


def _own_fields(paper: Paper, options: WriteOptions) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(_names(paper.authors))
    yield "title", escape_title(clean_line(paper.title))
    yield "year", "" if paper.year is None else str(paper.year)
    yield _venue_field(paper), _text(paper.venue) or _how_seen(paper, options)
    yield "eprint", _address(paper.arxiv_id)
    yield "archiveprefix", "arXiv" if paper.arxiv_id else ""
    yield "doi", _address(paper.doi)
    yield "url", _address(paper.url)
    yield "abstract", escape(clean_lines(paper.abstract))
    yield "keywords", _list((*paper.keywords, *(paper.tags if options.personal else ())))
    yield "addendum" if _has(paper.extra, "note") else "note", _where_seen(paper.sightings, options)
    # What styles sort and label an entry by that has no author; without it BibTeX warns.
    yield "key", "" if paper.authors else " ".join(key_words(paper)) or "Untitled"
    for kind in LinkKind:
        yield kind.value, " ".join(_address(link.url) for link in paper.links if link.kind is kind)
    yield "upvotes", "" if paper.upvotes is None else str(paper.upvotes)
    if options.personal:
        yield from _personal_fields(paper)


def _personal_fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """What the reader did, in JabRef's fields; its groups tell the tags from the other keywords."""
    yield "groups", _list(paper.tags)
    yield "readstatus", "" if paper.state is ReadingState.INBOX else paper.state.value
    yield "relevance", "relevant" if paper.starred else ""
    yield "ranking", f"rank{paper.rating}" if paper.rating else ""
    yield "creationdate", _time(paper.added)
    yield "readdate", _time(paper.read_at)
    for number, note in enumerate(paper.notes, start=1):
        yield "comment" if number == 1 else f"comment-{number}", escape(clean_lines(note.text))


def _add_unknown_fields(fields: dict[str, str], extra: Mapping[str, str]) -> None:
    """Add another program's fields as they are, in their order; one that we wrote otherwise gets a number."""
    if not extra:
        return
    taken = {name.lower(): value for name, value in fields.items()}
    for unknown, text in extra.items():
        name, value = _NOT_IN_FIELD_NAME.sub("-", unknown), verbatim(text)
        if not name[:1].isalpha():
            name = f"x-{name}"
        if taken.get(name.lower()) == value:
            continue
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{name.removesuffix(f'-{number - 1}')}-{number}"
        fields[name] = taken[name.lower()] = value


def _has(extra: Mapping[str, str], name: str) -> bool:
    return any(unknown.lower() == name for unknown in extra)


@lru_cache(maxsize=4096)  # venues, keywords and tags come again and again
def _text(text: str) -> str:
    return escape(clean_line(text))


def _time(moment: datetime | None) -> str:
    if moment is None:
        return ""
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return utc.replace(tzinfo=None).isoformat(timespec="seconds")


def _address(text: str) -> str:
    """A web address or identifier as it is; what would end the field is written in percent."""
    if not text:
        return ""
    return _NOT_IN_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), clean_line(text))


def _list(words: Iterable[str]) -> str:
    """Words with commas between them; one that holds a comma stands in braces."""
    texts = filter(None, map(_text, words))
    return ", ".join(f"{{{text}}}" if "," in text else text for text in texts)


def _venue_field(paper: Paper) -> str:
    return _VENUE_FIELDS.get(_type(paper.entry_type), "howpublished")


def _how_seen(paper: Paper, options: WriteOptions) -> str:
    """For a paper known from a listing alone, that listing is all that is known of its publication."""
    known = paper.arxiv_id or paper.doi or paper.authors or paper.year or _has(paper.extra, "howpublished")
    if known or not paper.sightings or _venue_field(paper) != "howpublished":
        return ""
    return _listing_name(paper.sightings[0], options)


def _listing_name(sighting: Sighting, options: WriteOptions) -> str:
    return _text(options.listing_names.get(sighting.listing_id, PAPERS_PAGE))


def _where_seen(sightings: Iterable[Sighting], options: WriteOptions) -> str:
    """Such as: Seen in the Hugging Face papers listing of 14 March 2026, no. 4; of 15 March 2026, no. 7."""
    parts = []
    before = ""
    for sighting in sightings:
        name = _listing_name(sighting, options)
        source = "" if name == before else f"in the {name} "
        parts.append(f"{source}{_day(sighting.day)}, no. {sighting.position}")
        before = name
    return f"Seen {'; '.join(parts)}" if parts else ""


def _day(day: date | None) -> str:
    return f"of {day.day} {_MONTH_NAMES[day.month - 1]} {day.year}" if day else "without a date"


def _names(authors: Iterable[Author]) -> Iterator[str]:
    authors = tuple(authors)
    for place, author in enumerate(authors, start=1):
        if place == len(authors) and author.display == "others":
            yield "others"  # BibTeX's own word for the authors that are not named
        elif author.literal or not author.family:
            yield from _body(author.display)
        else:
            yield _person(author)


def _body(name: str) -> Iterator[str]:
    """A name that is not to be taken apart stands in braces."""
    name = escape_name(clean_line(name))
    if name:
        yield f"{{{name}}}"


def _person(author: Author) -> str:
    """A name as BibTeX's "von Last, Jr, First", the only order in which each part says what it is."""
    family, particle = clean_line(author.family), clean_line(author.particle)
    if particle and not _is_particle(particle):
        family, particle = f"{particle} {family}", ""
    last = _part(family, whole=_hides_particle(family))
    if particle:
        last = f"{escape_name(particle)} {last}"
    given, suffix = _part(clean_line(author.given)), _part(clean_line(author.suffix))
    if not given and (suffix or " " in family):
        return f"{{{escape_name(clean_line(author.display))}}}"
    return ", ".join(filter(None, (last, suffix, given)))


def _part(text: str, *, whole: bool = False) -> str:
    escaped = escape_name(text)
    whole = whole or "," in text or escaped.startswith("\\") or _AND.search(text) is not None
    return f"{{{escaped}}}" if whole else escaped


def _is_particle(text: str) -> bool:
    """Whether BibTeX takes the words for a particle, which it knows by the small letter of the last one."""
    words = re.sub("['’.-]", "", text).split(" ")
    return _starts_lower(words[-1]) and not _AND.search(text) and all(map(str.isalpha, words))


def _hides_particle(family: str) -> bool:
    """Whether BibTeX would take the first words of a family name for a particle."""
    return " " in family and (any(map(_starts_lower, family.split(" ")[:-1])) or escape_name(family) != family)


def _starts_lower(word: str) -> bool:
    return next((letter.islower() for letter in word if letter.isalpha()), False)
