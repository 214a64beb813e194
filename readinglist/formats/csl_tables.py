"""What CSL's types and variables are called in BibLaTeX, and back.

Sources: CSL 1.0.2 specification, appendices III and IV; csl-data.json of its schema; api.crossref.org (types).
"""

from collections.abc import Mapping
from types import MappingProxyType

# Types of CSL by their entry type; the first of an entry type is the one that it is written as.
ENTRY_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "article-journal": "article", "paper-conference": "inproceedings", "chapter": "incollection", "book": "book",
        "thesis": "phdthesis", "report": "techreport", "document": "misc", "article": "misc", "webpage": "online",
        "dataset": "dataset", "software": "software", "patent": "patent", "manuscript": "unpublished",
        "pamphlet": "booklet", "periodical": "periodical", "collection": "mvcollection", "entry": "inreference",
        "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "article-magazine": "article",
        "article-newspaper": "article", "review": "review", "review-book": "review", "post": "online",
        "post-weblog": "online", "legal_case": "jurisdiction", "legislation": "legislation", "bill": "legislation",
        "regulation": "legal", "hearing": "legal", "treaty": "legal", "standard": "standard",
        "motion_picture": "movie", "broadcast": "video", "song": "audio", "musical_score": "music",
        "performance": "performance", "graphic": "artwork", "figure": "image", "map": "image", "speech": "unpublished",
        "personal_communication": "letter", "interview": "misc", "event": "misc", "classic": "book",
    }
)  # fmt: skip

# Types of DOI agencies that are no types of CSL.
DEPOSITED_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
        "book-section": "incollection", "book-part": "incollection", "book-track": "incollection",
        "monograph": "book", "edited-book": "book", "reference-book": "reference", "reference-entry": "inreference",
        "proceedings": "proceedings", "proceedings-series": "mvproceedings", "book-set": "mvbook",
        "book-series": "mvbook", "dissertation": "phdthesis", "posted-content": "misc", "preprint": "misc",
        "peer-review": "review", "journal": "periodical", "journal-issue": "periodical", "journal-volume": "periodical",
        "report-component": "techreport", "report-series": "techreport", "database": "dataset", "component": "misc",
        "grant": "misc", "other": "misc", "conference-paper": "inproceedings",
    }
)  # fmt: skip

# Further entry types by the type of CSL that they are written as.
_ALSO_WRITTEN_AS = {
    "article-journal": ("suppperiodical",),
    "paper-conference": ("conference",),
    "chapter": ("inbook", "bookinbook", "suppbook", "suppcollection"),
    "book": ("mvbook", "proceedings", "mvproceedings", "reference", "mvreference", "collection", "mvcollection"),
    "thesis": ("mastersthesis", "thesis"),
    "report": ("report", "manual"),
    "webpage": ("electronic", "www"),
    "graphic": ("image",),
    "motion_picture": ("video",),
}


def _written() -> dict[str, str]:
    first: dict[str, str] = {}
    for csl_type, entry_type in ENTRY_TYPES.items():
        first.setdefault(entry_type, csl_type)
    return first | {other: csl_type for csl_type, others in _ALSO_WRITTEN_AS.items() for other in others}


CSL_TYPES: Mapping[str, str] = MappingProxyType(_written())

# Types whose venue is who published them; of all others it is what they appeared in.
PUBLISHED_BY = frozenset({
    "book", "mvbook", "proceedings", "mvproceedings", "collection", "mvcollection", "reference", "mvreference",
    "booklet", "phdthesis", "mastersthesis", "thesis", "techreport", "report", "manual",
})  # fmt: skip

# Where `number` of BibTeX stands: of an article it is the issue, of a book or its part the number in the series.
ISSUED = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book"})
IN_SERIES = frozenset({"book", "chapter", "paper-conference", "thesis", "classic", "entry-encyclopedia"})

# Variables that are a field of BibLaTeX, by its name in `Paper.extra`.
TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "volume": "volume", "edition": "edition", "publisher-place": "address", "collection-title": "series",
        "chapter-number": "chapter", "genre": "type", "event-title": "eventtitle", "event-place": "venue",
        "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "version": "version", "status": "pubstate",
        "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid", "language": "language",
        "title-short": "shorttitle", "container-title-short": "shortjournal", "annote": "annotation", "part": "part",
        "original-title": "origtitle", "original-publisher": "origpublisher",
        "original-publisher-place": "origlocation", "volume-title": "maintitle",
    }
)  # fmt: skip
NAMES: Mapping[str, str] = MappingProxyType(
    {"editor": "editor", "translator": "translator", "container-author": "bookauthor", "compiler": "compiler"}
)
DATES: Mapping[str, str] = MappingProxyType(
    {"accessed": "urldate", "event-date": "eventdate", "original-date": "origdate"}
)

# Other spellings of variables: of older versions, of programs, and of DOI agencies.
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title",
        "short-container-title": "container-title-short", "page-range": "page", "part-number": "part",
        "chapter": "chapter-number", "keywords": "keyword", "subject": "keyword", "categories": "keyword",
        "institution": "publisher",
        "doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID",
    }
)  # fmt: skip

# The variables that have no field of BibLaTeX; they stand in `Paper.extra` under "x-csl-" and their name.
OTHER_TEXTS = frozenset({
    "archive", "archive_collection", "archive_location", "archive-place", "authority", "call-number",
    "citation-label", "collection-number", "dimensions", "division", "issue", "jurisdiction", "medium", "number",
    "page-first", "part-title", "printing", "publisher", "references", "reviewed-genre", "reviewed-title", "scale",
    "section", "source", "supplement", "volume-title-short", "year-suffix", "container-title",
})  # fmt: skip
OTHER_NAME_LISTS = frozenset({
    "chair", "collection-editor", "composer", "contributor", "curator", "director", "editorial-director",
    "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
})  # fmt: skip
OTHER_DATES = frozenset({"available-date", "submitted"})
PREFIX = "x-csl-"

# What only DOI agencies answer with: by these an answer is known, and of it the variables of CSL alone are kept.
DEPOSIT_MARKS = frozenset({"indexed", "reference-count", "is-referenced-by-count", "deposited", "content-domain"})
