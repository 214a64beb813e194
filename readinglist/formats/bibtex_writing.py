"""One paper as an entry of a .bib file, in BibTeX's fields or in BibLaTeX's."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from readinglist.formats.bibtex_fields import (
    BIBLATEX_NAMES,
    HEADER,
    OTHER_VENUES,
    PAPERS_PAGE,
    RAW_TITLE,
    TYPE_FIELD,
    bibtex_type,
    date_text,
    joined_title,
    line,
    mirror,
    month_of_date,
    repeated_line,
    state_in,
    type_of,
    venue_field,
    year_of,
    year_of_date,
)
from readinglist.formats.bibtex_names import write_names
from readinglist.formats.bibtex_strings import MONTH_NAMES, MONTHS
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line, clean_lines, escape, escape_title, verbatim
from readinglist.formats.record import WriteOptions
from readinglist.papers.citation_key import citation_key, key_words, unique_key
from readinglist.papers.paper import LinkKind, Paper, ReadingState, Sighting

_NOT_IN_KEY = re.compile(r"[\s,{}\"=\\%#~]+|\^\^")
_NOT_IN_FIELD_NAME = re.compile(r"[^a-zA-Z0-9_.:+/-]+")
_NOT_IN_ADDRESS = re.compile(r"[\s{}\\]|\^\^")  # TeX reads ^^5c as a backslash
# Other programs' fields for notes; what stands there is a note of the paper, which stays in its field.
_OTHER_NOTES = frozenset({"annote", "annotation", "review"})
# Other programs' fields for what their readers did, which only the reader's own exports may hold.
PERSONAL_FIELDS = _OTHER_NOTES | {
    "readstatus", "ranking", "relevance", "groups", "priority", "printed", "qualityassured", "comment", "x-stars",
    "rating", "read", "mendeley-tags", "mendeley-groups",
}  # fmt: skip
# What other programs' fields tell of a paper: its `extra` by name in lower case.
Told = Mapping[str, str]
_SUBTITLES = ("subtitle", "titleaddon")
_AS_TYPED = MappingProxyType({name: name for name in MONTHS})


class Dialect(Enum):
    """Whose field names are written."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


def written(papers: Iterable[Paper], options: WriteOptions, dialect: Dialect) -> Iterator[str]:
    """The text of a .bib file in pieces: a line that names the program, then one entry for each paper.

    A paper without a citation key gets one, and a key that an earlier entry has gets a suffix. Same papers, same text.
    """
    yield HEADER
    taken: set[str] = set()
    for paper in papers:
        key = unique_key(written_key(paper.citation_key) or citation_key(paper), taken)
        taken.add(key.casefold())
        told = {name.lower(): raw for name, raw in paper.extra.items()}
        fields = {name: value for name, value in _own_fields(paper, told, options, dialect) if value}
        if told:
            _add_unknown_fields(fields, paper, told, options, dialect)
        kind = _type(paper.entry_type)
        if dialect is Dialect.BIBTEX and bibtex_type(kind) != kind:
            fields[TYPE_FIELD], kind = kind, bibtex_type(kind)
        lines = [
            f"  {name} = {value},\n" if value in _AS_TYPED and name.lower() == "month" else f"  {name} = {{{value}}},\n"
            for name, value in fields.items()
        ]
        yield f"\n@{kind}{{{key},\n{''.join(lines)}}}\n"


_type = lru_cache(maxsize=256)(type_of)


def written_key(key: str) -> str:
    """A citation key as it is written, without what would end it or what TeX would act on."""
    return _NOT_IN_KEY.sub("", clean_line(key))


def _own_fields(paper: Paper, told: Told, options: WriteOptions, dialect: Dialect) -> Iterator[tuple[str, str]]:
    is_biblatex = dialect is Dialect.BIBLATEX
    yield "author", write_names(paper.authors)
    yield "title", _title(paper, told)
    yield from _when(paper, told, is_biblatex=is_biblatex)
    name = venue_field(_type(paper.entry_type))
    yield BIBLATEX_NAMES.get(name, name) if is_biblatex else name, _venue(paper, told, options)
    yield "eprint", _address(paper.arxiv_id)
    if paper.arxiv_id:
        yield ("eprinttype", "arxiv") if is_biblatex else ("archiveprefix", "arXiv")
    yield "doi", _address(paper.doi)
    yield "url", _address(paper.url)
    yield "abstract", escape(clean_lines(paper.abstract))
    yield "keywords", _list((*paper.keywords, *(paper.tags if options.personal else ())))
    yield "addendum" if told.get("note") else "note", _where_seen(paper.sightings, options)
    if not paper.authors and not is_biblatex:
        # What styles sort and label an entry by that has no author; without it BibTeX warns.
        yield "key", " ".join(key_words(paper)) or "Untitled"
    if paper.links:
        for kind in LinkKind:
            yield kind.value, " ".join(_address(link.url) for link in paper.links if link.kind is kind)
    yield "upvotes", "" if paper.upvotes is None else str(paper.upvotes)
    if options.personal:
        yield from _personal_fields(paper, told)


def _personal_fields(paper: Paper, told: Told) -> Iterator[tuple[str, str]]:
    """What the reader did, in JabRef's fields; its groups tell the tags from the other keywords."""
    yield "groups", _list(paper.tags)
    if paper.state is not ReadingState.INBOX and state_in(told.get("readstatus", "")) is not paper.state:
        yield "readstatus", paper.state.value
    yield "relevance", "relevant" if paper.starred else ""
    yield "ranking", f"rank{paper.rating}" if paper.rating else ""
    yield "creationdate", _time(paper.added)
    yield "readdate", _time(paper.read_at)
    elsewhere = [clean_lines(to_text(told[name])) for name in _OTHER_NOTES if name in told]
    number = 0
    for text in filter(None, (clean_lines(note.text) for note in paper.notes)):
        if text in elsewhere:
            elsewhere.remove(text)
            continue
        number += 1
        yield "comment" if number == 1 else f"comment-{number}", escape(text)


def _add_unknown_fields(
    fields: dict[str, str], paper: Paper, told: Told, options: WriteOptions, dialect: Dialect
) -> None:
    """Add another program's fields as they are, in their order; one that we wrote otherwise gets a number."""
    taken = {name.lower(): value for name, value in fields.items()}
    if dialect is Dialect.BIBLATEX:  # where BibTeX's name for the same field would be taken for it
        venue = venue_field(_type(paper.entry_type))
        if (renamed := BIBLATEX_NAMES.get(venue, venue)) in taken:
            taken.setdefault(venue, taken[renamed])
    for unknown, raw in paper.extra.items():
        name = _NOT_IN_FIELD_NAME.sub("-", unknown)
        if not name[:1].isalpha() and name[:1] != "_":
            name = f"x-{name}"
        value = _still_meant(name.lower(), raw, paper, options)
        if not value or taken.get(name.lower()) == value:
            continue
        if _is_out_of_date(name.lower(), paper, told):
            name = f"x-{name}"
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{name.removesuffix(f'-{number - 1}')}-{number}"
        fields[name] = taken[name.lower()] = value


def _still_meant(name: str, raw: str, paper: Paper, options: WriteOptions) -> str:
    """The text of an unknown field, "" where it is not to be written: what it told of the paper is so no more."""
    if name == RAW_TITLE or (name in PERSONAL_FIELDS and not options.personal):
        return ""
    if name == "readstatus" and state_in(raw) is not paper.state:
        return ""
    if name in _OTHER_NOTES and all(clean_lines(to_text(raw)) != clean_lines(note.text) for note in paper.notes):
        return ""
    mirrored = mirror(name, raw, paper)
    return verbatim(raw if mirrored is None else mirrored)


def _title(paper: Paper, told: Told) -> str:
    """The title, as another program's entry had it where it is still the same; without the subtitle beside it."""
    title = clean_line(paper.title)
    raw = told.get(RAW_TITLE, "")
    subtitle, addon = (line(told.get(name, "")) for name in _SUBTITLES)
    if raw and raw == verbatim(raw) and joined_title(line(raw), subtitle, addon) == title:
        return raw
    return escape_title(_main_title(title, subtitle, addon))


def _main_title(title: str, subtitle: str, addon: str) -> str:
    """The title without its subtitle and addition; the whole of it where it does not end in them."""
    for end in (joined_title("x", subtitle, addon)[1:], joined_title("?", subtitle, addon)[1:]):
        main = title.removesuffix(end)
        if end and main and joined_title(main, subtitle, addon) == title:
            return main
    return title


def _is_out_of_date(name: str, paper: Paper, told: Told) -> bool:
    """Whether a field would say of the paper what is no longer so; it is kept under a name of ours then."""
    if name in _SUBTITLES:
        return not _has_subtitles(paper, told)
    return name == "date" and not _told_date(paper, told)


def _has_subtitles(paper: Paper, told: Told) -> bool:
    """Whether the fields beside the title still say what its end says."""
    title = clean_line(paper.title)
    subtitle, addon = (line(told.get(name, "")) for name in _SUBTITLES)
    return _main_title(title, subtitle, addon) != title


def _when(paper: Paper, told: Told, *, is_biblatex: bool) -> Iterator[tuple[str, str]]:
    """The year, unless another program's field says it in other words; in BibLaTeX as a date."""
    day, other = _told_date(paper, told), line(told.get("year", ""))
    year = "" if paper.year is None else str(paper.year)
    if other and (year_of(other) == paper.year or day):
        year = ""
    if is_biblatex:
        if not day:
            yield "year" if told.get("month") or len(year) != 4 else "date", year
        return
    yield "year", year
    if day and not told.get("month"):
        yield "month", month_of_date(date_text(day))


def _told_date(paper: Paper, told: Told) -> str:
    """The date that another program's field tells; "" where it is one of another year than the paper has now."""
    day = told.get("date", "")
    return day if day and year_of_date(date_text(day))[0] == paper.year else ""


def _venue(paper: Paper, told: Told, options: WriteOptions) -> str:
    elsewhere = next((told[name] for name in OTHER_VENUES if told.get(name)), "")
    if not elsewhere:
        return _text(paper.venue) or _how_seen(paper, told, options)
    if repeated_line(elsewhere) == clean_line(paper.venue):
        return ""  # The entry says so in another field than that of its type.
    return _text(paper.venue) or "{}"


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
    """Words with commas between them; one that holds a comma or a semicolon stands in braces."""
    texts = filter(None, map(_text, words))
    return ", ".join(f"{{{text}}}" if "," in text or ";" in text else text for text in texts)


def _how_seen(paper: Paper, told: Told, options: WriteOptions) -> str:
    """For a paper known from a listing alone, that listing is all that is known of its publication."""
    known = paper.arxiv_id or paper.doi or paper.authors or paper.year or told.get("howpublished")
    if known or venue_field(_type(paper.entry_type)) != "howpublished":
        return ""
    seen = next((sighting for sighting in paper.sightings if not sighting.bibliography), None)
    return _listing_name(seen, options) if seen else ""


def _listing_name(sighting: Sighting, options: WriteOptions) -> str:
    return _text(options.listing_names.get(sighting.listing_id, PAPERS_PAGE))


def _where_seen(sightings: Iterable[Sighting], options: WriteOptions) -> str:
    """Such as: Seen in the Hugging Face papers listing of 14 March 2026, no. 4; of 15 March 2026, no. 7."""
    parts = []
    before = ""
    for sighting in sightings:
        if sighting.bibliography:
            continue
        name = _listing_name(sighting, options)
        source = "" if name == before else f"in the {name} "
        parts.append(f"{source}{_day(sighting.day)}, no. {sighting.position}")
        before = name
    return f"Seen {'; '.join(parts)}" if parts else ""


def _day(day: date | None) -> str:
    return f"of {day.day} {MONTH_NAMES[day.month - 1]} {day.year}" if day else "without a date"
