"""What the fields of BibTeX and BibLaTeX are called and mean, for reader and writer alike."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType

from readinglist.formats.bibtex_strings import MONTHS
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line
from readinglist.papers.paper import Paper, ReadingState

HEADER = "% Written by Reading List. Encoding: UTF-8\n"
PAPERS_PAGE = "Hugging Face papers listing"
# The raw title of another program's entry, whose braces say which capitals a style must leave.
RAW_TITLE = "x-bibtex-title"

# The entry type of BibLaTeX, where BibTeX has none and another one, that its styles know, is written.
TYPE_FIELD = "x-entrytype"
_BIBTEX_TYPES = frozenset(
    {
        "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual",
        "mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished",
    }
)  # fmt: skip
_NEAREST_TYPES = MappingProxyType(
    {
        "report": "techreport", "thesis": "phdthesis", "collection": "book", "mvbook": "book", "mvcollection": "book",
        "reference": "book", "mvreference": "book", "mvproceedings": "proceedings", "bookinbook": "inbook",
        "suppbook": "inbook", "suppcollection": "incollection", "inreference": "incollection",
        "suppperiodical": "article",
    }
)  # fmt: skip

# Where a venue stands, by type of entry; any other type says how it was published.
VENUE_FIELDS = MappingProxyType(
    {
        "article": "journal",
        "suppperiodical": "journal",
        "inproceedings": "booktitle",
        "conference": "booktitle",
        "incollection": "booktitle",
        "inbook": "booktitle",
        "bookinbook": "booktitle",
        "suppbook": "booktitle",
        "suppcollection": "booktitle",
        "inreference": "booktitle",
        "book": "publisher",
        "mvbook": "publisher",
        "collection": "publisher",
        "mvcollection": "publisher",
        "reference": "publisher",
        "mvreference": "publisher",
        "proceedings": "publisher",
        "mvproceedings": "publisher",
        "phdthesis": "school",
        "mastersthesis": "school",
        "thesis": "school",
        "techreport": "institution",
        "report": "institution",
        "manual": "organization",
    }
)
# What BibLaTeX calls fields of BibTeX (biblatex manual, section 2.2.5); either name is read for the other.
BIBLATEX_NAMES = MappingProxyType(
    {"journal": "journaltitle", "school": "institution", "address": "location", "archiveprefix": "eprinttype",
     "primaryclass": "eprintclass", "annote": "annotation", "key": "sortkey", "pdf": "file"}
)  # fmt: skip
# The journals that the Astrophysics Data System names by macros of AASTeX (its bibliography's "journal macros").
_JOURNALS = MappingProxyType(
    {
        "aj": "The Astronomical Journal", "apj": "The Astrophysical Journal",
        "apjl": "The Astrophysical Journal Letters", "apjs": "The Astrophysical Journal Supplement Series",
        "aap": "Astronomy and Astrophysics", "aapr": "Astronomy and Astrophysics Reviews",
        "aaps": "Astronomy and Astrophysics Supplement Series", "aplett": "Astrophysical Letters",
        "apss": "Astrophysics and Space Science", "araa": "Annual Review of Astronomy and Astrophysics",
        "baas": "Bulletin of the American Astronomical Society", "grl": "Geophysical Research Letters",
        "icarus": "Icarus", "jcap": "Journal of Cosmology and Astroparticle Physics",
        "jgr": "Journal of Geophysical Research", "memras": "Memoirs of the Royal Astronomical Society",
        "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy",
        "nar": "New Astronomy Reviews", "nat": "Nature", "nphysa": "Nuclear Physics A",
        "pasa": "Publications of the Astronomical Society of Australia",
        "pasj": "Publications of the Astronomical Society of Japan",
        "pasp": "Publications of the Astronomical Society of the Pacific", "physrep": "Physics Reports",
        "planss": "Planetary and Space Science", "pra": "Physical Review A", "prb": "Physical Review B",
        "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
        "prl": "Physical Review Letters", "procspie": "Proceedings of the SPIE",
        "qjras": "Quarterly Journal of the Royal Astronomical Society", "solphys": "Solar Physics",
        "ssr": "Space Science Reviews",
    }
)  # fmt: skip
# Other fields that name where a paper appeared, in entries that have not the field of their type.
OTHER_VENUES = ("journal", "journaltitle", "booktitle")

_STATES = MappingProxyType({state.value: state for state in ReadingState})
_NOT_IN_TYPE = re.compile(r"[^a-z]+")
_DAY = re.compile(r"(\d{4})[-./](\d\d?)[-./](\d\d?)(?:[T ]+(\d\d?:\d\d(?::\d\d)?)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[\d:Z+-]*)?[~?%]?(/.*)?", re.DOTALL)
_SEEN = re.compile(
    r"Seen in the (.+?) (?:of \d{1,2} [A-Z][a-z]+ \d{1,4}|without a date), no\. \d+"
    r"(?:; (?:in the .+? )?(?:of \d{1,2} [A-Z][a-z]+ \d{1,4}|without a date), no\. \d+)*"
)


def type_of(entry_type: str) -> str:
    """An entry type as all programs know it: small letters alone, "misc" for what is none."""
    entry_type = _NOT_IN_TYPE.sub("", entry_type.lower())
    return "misc" if entry_type in {"", "comment", "string", "preamble"} else entry_type


def bibtex_type(entry_type: str) -> str:
    """The entry type that BibTeX's styles know, nearest to one that they may not know."""
    return entry_type if entry_type in _BIBTEX_TYPES else _NEAREST_TYPES.get(entry_type, "misc")


def venue_field(entry_type: str) -> str:
    """The field that says where a paper of a type appeared."""
    return VENUE_FIELDS.get(entry_type, "howpublished")


def joined_title(title: str, subtitle: str, addon: str) -> str:
    """A title with its subtitle and addition, such as "Title: Subtitle. Addition"."""
    for border, more in ((": ", subtitle), (". ", addon)):
        if more:
            title = f"{title}{' ' if title.endswith(('?', '!', '.', ':', '…')) else border}{more}" if title else more
    return title


def line(raw: str) -> str:
    """The plain text of a field on one line."""
    return clean_line(to_text(raw)) if raw else ""


@lru_cache(maxsize=1 << 12)  # venues and keywords come again and again
def repeated_line(raw: str) -> str:
    """The same for texts that many entries share; a journal that is only a macro has the macro's name at least."""
    macro = re.fullmatch(r"\\([A-Za-z]+)", raw)
    return line(raw) or (_JOURNALS.get(macro[1], macro[1]) if macro else "")


def moment(text: str) -> datetime | None:
    """The moment, in UTC, of a text such as "2021-03-04T10:11:12", "2009-01-02 12:00:00 +0100" or "2013.05.29"."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, time, zone = found.groups()
    try:
        text = f"{year}-{month:0>2}-{day:0>2}T{time or '00:00':0>5}"
        at = datetime.fromisoformat(text + ("+00:00" if zone in {None, "Z"} else zone))
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def year_of(text: str) -> int | None:
    """The year in a text such as "2019", "c. 1850" or "2019a"; None where there is none."""
    if re.fullmatch(r"-?[0-9]{1,4}", text):
        return int(text)
    found = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    return int(found[0]) if found else None


def date_text(raw: str) -> str:
    """A date as it stands in its field, in which "~" means about (ISO 8601-2) and nothing means LaTeX."""
    return clean_line(raw).strip("{}")


def year_of_date(text: str) -> tuple[int | None, bool]:
    """The year of a BibLaTeX date, the first of a range, and whether the date says more than that."""
    found = _DATE.fullmatch(text)
    if found is None:
        return year_of(text), True
    return int(found[1]), text != found[1]


def is_impossible(text: str) -> bool:
    """Whether a date names a month or a day that no year has; months 21 to 24 are the seasons (ISO 8601-2)."""
    found = _DATE.fullmatch(text)
    if found is None or found[2] is None or (found[3] is None and 21 <= int(found[2]) <= 24):
        return False
    try:
        date(max(1, abs(int(found[1]))), int(found[2]), int(found[3] or 1))
    except ValueError:
        return True
    return False


def month_of_date(text: str) -> str:
    """BibTeX's name for the month of an ISO date, such as "may"; "" where the date names none."""
    found = re.match(r"\d{4}-(0[1-9]|1[0-2])(?:-\d\d)?(?:T.*)?$", text)
    return MONTHS[int(found[1]) - 1] if found else ""


def listing_in(text: str) -> str:
    """The first listing that a note of ours names, made of the listings where the paper was seen; "" for no such."""
    found = _SEEN.fullmatch(text)
    return found[1] if found else ""


# --- what the reader of other programs did, field by field: what it means, and how it is written


def state_in(raw: str) -> ReadingState | None:
    """The reading state in JabRef's `readstatus`, whose "skimmed" counts as read; None for a word that is none."""
    word = raw.strip().lower()
    if word == "skimmed":
        return ReadingState.READ
    return _STATES.get(word)


def rank_in(raw: str) -> int | None:
    """The rating in JabRef's `ranking`, such as "rank4"."""
    found = re.fullmatch(r"\s*rank([0-5])\s*", raw, re.IGNORECASE)
    return int(found[1]) if found else None


def stars_in(raw: str) -> int | None:
    """The rating in KBibTeX's `x-stars`, a percentage."""
    found = re.fullmatch(r"\s*(\d{1,3})(?:\.\d*)?\s*", raw)
    return round(int(found[1]) / 20) if found and int(found[1]) <= 100 else None


def rating_in(raw: str) -> int | None:
    """The rating in BibDesk's `rating`."""
    return int(raw) if re.fullmatch("[0-5]", raw.strip()) else None


def is_read(raw: str) -> bool | None:
    """Whether BibDesk's `read` says yes."""
    return {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}.get(raw.strip().lower())


def mirror(name: str, raw: str, paper: Paper) -> str | None:
    """What a field of another program, in which the reader's doings stand, must say of a paper as it is now.

    None for a field that is no such one. A text that still means the same stays as it is.
    """
    if name == "x-stars":
        return raw if stars_in(raw) == paper.rating else str(paper.rating * 20) if paper.rating else ""
    if name == "rating":
        return raw if rating_in(raw) == paper.rating else str(paper.rating) if paper.rating else ""
    if name == "read":
        done = paper.state is ReadingState.READ
        return raw if is_read(raw) is done else str(int(done))
    return None
