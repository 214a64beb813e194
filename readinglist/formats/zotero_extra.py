r"""The lines of Zotero's Extra field: `Citation Key: smith2020`, `arXiv:1706.03762 [cs]`, `tex.howpublished: ...`.

Zotero, Better BibTeX and reading-list plugins keep there what Zotero has no field for; the rest is remarks.
Sources: zotero.org/support/kb/item_types_and_fields (citing fields from Extra), retorque.re/zotero-better-bibtex
(exporting/extra-fields: `tex.name:` is text, `tex.name=` is BibTeX), github.com/Dominic-DallOsto/zotero-reading-list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from readinglist.papers.author_names import author_text, authors_of
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.paper import Author, Paper, ReadingState

_LINE = re.compile(r"(?:\{:)?([A-Za-z_][\w. -]{0,60}?)\*?\s*([:=])\s*(\S.*)")
_TEX_FIELD = re.compile(r"tex\.([A-Za-z][\w-]*)")
_ARXIV_CLASS = re.compile(r"\s\[([\w.-]+)\]$")
_DATE = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_RATING = re.compile(r"([0-5])(?:/5)?|(★{1,5})☆*")
_NOT_LETTER = re.compile(r"[^a-z0-9]+")
_NAMES = frozenset({"author", "editor", "translator"})
_PAPER_FIELDS = frozenset(
    {"citation_key", "doi", "arxiv_id", "url", "venue", "entry_type", "year", "state", "rating", "author"}
)

# What a label means, its punctuation and case aside: a field of the paper, or the BibLaTeX field that it goes to.
_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "citationkey": "citation_key", "citekey": "citation_key", "bibtex": "citation_key",
        "doi": "doi", "arxiv": "arxiv_id", "arxivid": "arxiv_id", "eprint": "arxiv_id", "url": "url",
        "type": "entry_type", "readstatus": "state", "readingstatus": "state", "rating": "rating",
        "pmid": "pmid", "pubmedid": "pmid", "pmcid": "pmcid", "pmc": "pmcid", "oclc": "oclc", "lccn": "lccn",
        "mr": "mrnumber", "mrnumber": "mrnumber", "zbl": "zblnumber", "jstor": "jstor", "adsbibcode": "adsbibcode",
        "isbn": "isbn", "issn": "issn", "volume": "volume", "issue": "issue", "number": "number", "page": "pages",
        "pages": "pages", "edition": "edition", "version": "version", "status": "pubstate", "genre": "type",
        "chapternumber": "chapter", "numberofpages": "pagetotal", "numpages": "pagetotal",
        "numberofvolumes": "volumes", "publisher": "publisher", "publisherplace": "address", "place": "address",
        "publicationtitle": "venue", "containertitle": "venue", "collectiontitle": "series", "series": "series",
        "titleshort": "shorttitle", "shorttitle": "shorttitle", "language": "language",
        "event": "eventtitle", "eventtitle": "eventtitle", "conferencename": "eventtitle", "eventdate": "eventdate",
        "originaldate": "origdate", "originaltitle": "origtitle", "originalpublisher": "origpublisher",
        "originalpublisherplace": "origlocation", "issued": "date", "date": "date", "accessed": "urldate",
        "author": "author", "editor": "editor", "translator": "translator",
    }
)  # fmt: skip

# Of the reading-list plugin ("New", "Not Reading"), and of readers who keep such a line by hand.
_STATES = MappingProxyType(
    {
        "new": ReadingState.INBOX, "unread": ReadingState.INBOX, "inbox": ReadingState.INBOX,
        "toread": ReadingState.TO_READ, "inprogress": ReadingState.READING, "reading": ReadingState.READING,
        "skimmed": ReadingState.READING, "read": ReadingState.READ, "done": ReadingState.READ,
        "notreading": ReadingState.SKIPPED, "skipped": ReadingState.SKIPPED,
    }
)  # fmt: skip

# Zotero's item types and CSL's types, their punctuation and case aside, by the nearest type of BibLaTeX.
_ENTRY_TYPES = MappingProxyType(
    {
        "artwork": "artwork", "audiorecording": "audio", "bill": "legislation", "blogpost": "online", "book": "book",
        "booksection": "incollection", "case": "jurisdiction", "computerprogram": "software",
        "conferencepaper": "inproceedings", "dataset": "dataset", "dictionaryentry": "inreference",
        "document": "misc", "email": "letter", "encyclopediaarticle": "inreference", "film": "movie",
        "forumpost": "online", "hearing": "legal", "instantmessage": "letter", "interview": "misc",
        "journalarticle": "article", "letter": "letter", "magazinearticle": "article", "manuscript": "unpublished",
        "map": "image", "newspaperarticle": "article", "patent": "patent", "podcast": "audio", "preprint": "misc",
        "presentation": "unpublished", "radiobroadcast": "audio", "report": "techreport", "standard": "standard",
        "statute": "legislation", "thesis": "phdthesis", "tvbroadcast": "video", "videorecording": "video",
        "webpage": "online",
        "article": "misc", "articlejournal": "article", "articlemagazine": "article", "articlenewspaper": "article",
        "broadcast": "video", "chapter": "incollection", "collection": "mvcollection", "entry": "inreference",
        "entrydictionary": "inreference", "entryencyclopedia": "inreference", "graphic": "image",
        "legalcase": "jurisdiction", "legislation": "legislation", "motionpicture": "movie", "musicalscore": "music",
        "pamphlet": "booklet", "paperconference": "inproceedings", "performance": "performance",
        "periodical": "periodical", "personalcommunication": "letter", "post": "online", "postweblog": "online",
        "regulation": "legal", "review": "review", "reviewbook": "review", "software": "software", "song": "audio",
        "speech": "unpublished", "treaty": "legal",
    }
)  # fmt: skip


def entry_type_of(name: str) -> str:
    """The BibLaTeX type for one of Zotero's item types or of CSL's types, in any spelling; "" for no such type."""
    return _ENTRY_TYPES.get(_bare(name), "")


def apply_extra(text: str) -> tuple[dict[str, str], str]:
    r"""What the lines of an Extra field say, by field, and the lines that say nothing, with "\n" between them.

    Fields are those of `Paper` by name (`citation_key`, `doi`, `arxiv_id`, `url`, `venue`, `entry_type`, `year`,
    `state`, `rating`) or fields of BibLaTeX (`pmid`, `origdate`, `editor`; `tex.*` lines by their own name). Values are
    plain text, but those of `tex.name=` lines, whose names end in "=", are raw BibTeX. Names stand one a line, as
    `authors_of` reads them. Of a field said twice the second line is left over.
    """
    fields: dict[str, str] = {}
    rest = []
    for line in text.splitlines():
        found = _said(line)
        if not found or (found[0][0] in fields and found[0][0] not in _NAMES):
            rest.append(line.rstrip())
            continue
        for name, value in found:
            before = f"{fields[name]}\n" if name in fields else ""
            fields[name] = f"{before}{value}"
    return fields, "\n".join(rest).strip()


def with_extra(paper: Paper, text: str) -> Paper:
    """A paper with what an Extra field says: what it did not know itself, and the lines that are left in its note."""
    from readinglist.formats.fields import plain, put, put_names

    fields, rest = apply_extra(text)
    extra = dict(paper.extra)
    for name, value in fields.items():
        field = name.removesuffix("=")
        if field in _PAPER_FIELDS or field in extra:
            continue
        if field != name:
            extra[field] = value
        elif field in _NAMES:
            put_names(extra, field, authors_of(value))
        else:
            put(extra, field, value)
    if rest:
        put(extra, "note", "\n".join(filter(None, (plain(extra, "note"), rest))))
    return _completed(replace(paper, extra=extra), fields)


def _completed(paper: Paper, fields: Mapping[str, str]) -> Paper:
    """A paper with the fields of its own that an Extra field gives and it has not; its type is what Extra says."""
    texts = ("citation_key", "doi", "arxiv_id", "url", "venue")
    known: dict[str, Any] = {name: fields[name] for name in texts if name in fields and not getattr(paper, name)}
    paper = replace(paper, **known, entry_type=fields.get("entry_type", paper.entry_type))
    if "year" in fields and paper.year is None:
        paper = replace(paper, year=int(fields["year"]))
    if "author" in fields and not paper.authors:
        paper = replace(paper, authors=authors_of(fields["author"]))
    state = ReadingState(fields["state"]) if "state" in fields else paper.state
    return replace(paper, state=state, rating=paper.rating or int(fields.get("rating", "0")))


def _said(line: str) -> list[tuple[str, str]]:
    """The fields that a line sets, the one it is about first; none, where it says nothing that is understood."""
    found = _LINE.fullmatch(line.strip().removesuffix("}") if line.lstrip().startswith("{:") else line.strip())
    if not found:
        return []
    label, sign, value = found.groups()
    tex = _TEX_FIELD.fullmatch(label)
    if tex:
        raw = "=" if sign == "=" else ""
        return [(tex[1].lower() + raw, value)]
    name = _LABELS.get(_bare(label), "") if sign == ":" else ""
    reader = _READERS.get(name)
    return reader(value) if reader else [(name, value)] if name else []


def _bare(label: str) -> str:
    return _NOT_LETTER.sub("", label.lower())


def _doi(value: str) -> list[tuple[str, str]]:
    doi = doi_in(value)
    return [("doi", doi)] if doi else []


def _arxiv(value: str) -> list[tuple[str, str]]:
    number = arxiv_id_in(value)
    subject = _ARXIV_CLASS.search(value)
    return [("arxiv_id", number), *([("primaryclass", subject[1])] if subject else [])] if number else []


def _entry_type(value: str) -> list[tuple[str, str]]:
    known = entry_type_of(value)
    return [("entry_type", known)] if known else []


def _state(value: str) -> list[tuple[str, str]]:
    state = _STATES.get(_bare(value))
    return [("state", state.value)] if state else []


def _rating(value: str) -> list[tuple[str, str]]:
    stars = _RATING.fullmatch(value)
    return [("rating", stars[1] or str(len(stars[2])))] if stars else []


def _date(value: str) -> list[tuple[str, str]]:
    date = _DATE.fullmatch(value)
    if not date:
        return []
    return [("date", value), ("year", date[1])] if "-" in value else [("year", date[1])]


def _names(name: str) -> Callable[[str], list[tuple[str, str]]]:
    """What reads a name: "Family || Given", or the whole name of a body."""

    def read(value: str) -> list[tuple[str, str]]:
        family, bars, given = (part.strip() for part in value.partition("||"))
        return [(name, author_text(Author(family=family, given=given) if bars else Author(literal=value)))]

    return read


_READERS: Mapping[str, Callable[[str], list[tuple[str, str]]]] = MappingProxyType(
    {
        "doi": _doi, "arxiv_id": _arxiv, "entry_type": _entry_type, "state": _state, "rating": _rating, "date": _date,
        "author": _names("author"), "editor": _names("editor"), "translator": _names("translator"),
    }
)  # fmt: skip
