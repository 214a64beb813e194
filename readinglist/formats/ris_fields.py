"""The tags of one RIS record to a paper. What no field of a paper or of BibTeX takes is kept as `x-ris-...`.

Which tag means what for which type: refman.com "RIS Format Specifications" (2011), and what EndNote, Zotero, Mendeley,
publishers and databases write. NBIB and refer files are read by it too, their tags put into those of RIS.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from readinglist.formats import ris_types
from readinglist.formats.exact_lines import with_lines
from readinglist.formats.fields import put
from readinglist.formats.html_text import plain_text
from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.loose_values import (
    arxiv_id_of,
    day_of,
    different,
    doi_of,
    is_page_of,
    links_in,
    people,
    says_no_day,
    split_list,
)
from readinglist.formats.record import Problem
from readinglist.formats.ris_further import take_further_fields
from readinglist.formats.ris_tags import Tags, shown
from readinglist.papers.author_names import author_of
from readinglist.papers.paper import Author, Note, Paper

_JOURNALS = ("JF", "T2", "JO", "JA", "J2", "J1")
_BOOKS = ("T2", "BT", "JF", "JO", "JA", "J2")
# What databases, not readers, put into the notes of a record.
_OF_DATABASES = re.compile(
    r"(?:cited by\s*:|export date\s*:|cited [\dB]|doi\s*:|using smart source|pmid\s*:|place:|accession number|"
    r"references?:|correspondence address|copyright|last updated|date (?:created|completed|revised)|clinical trial|"
    r"conference code|codens?\s*:|funding details|tradenames|manufacturers|name - |copyright - |times cited|"
    r"l\d{6,}\b|exported from)|10\.\d{4,9}/\S+$",
    re.IGNORECASE,
)
# Words in the names of bodies, and signs in those of "Smith J.A.", which need no comma.
_OF_BODIES = re.compile(
    r"\b(?:of|for|and|the|group|team|society|university|institute?|council|committee|consortium|association|"
    r"organi[sz]ation|cent(?:er|re)|agency|department|ministry|inc|ltd|collaboration|network|foundation)\b|"
    r"[&\d]|\s(?:[A-Z]\.?-?){1,4}$",
    re.IGNORECASE,
)
_TITLE_ENDS = (":", "?", "!", ".", "–", "—")
_PUBMED_PAGE = re.compile(r"https?://(?:www\.|pubmed\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/)?(\d{1,15})/?")
_KEY = re.compile(r"[^\s{},\\\"#%~]*[A-Za-z][^\s{},\\\"#%~]*")


def paper_of(values: Sequence[tuple[str, str]], today: date, line: int = 1) -> tuple[Paper, list[Problem]]:
    """The paper that tags and values in their order tell, and what is wrong with them.

    Args:
        values: two-letter tags of RIS with their values, empty ones too.
        today: the day that new notes are dated with.
        line: where the record begins, for the problems.
    """
    tags = Tags({}, today, line)
    for tag, value in values:
        if value:
            tags.left.setdefault(tag, []).append(value)
    entry_type = _entry_type(tags)
    title = _title(values, tags, entry_type)
    doi, arxiv_id, url = _identifiers(tags)
    authors = _authors(values, tags, entry_type)
    venue = _venue(tags, entry_type)
    year = _dates(tags)
    keywords = _keywords(tags.all("KW", "K1"))
    remarks = "\n".join(tags.all("M2"))
    abstract = _abstract(values, tags)
    notes = _notes(tags, title)
    key = _citation_key(tags)
    take_further_fields(tags, entry_type)
    paper = Paper(
        title=title, abstract=abstract, authors=authors, year=year, entry_type=entry_type, citation_key=key,
        doi=doi, arxiv_id=arxiv_id, url=url, venue=venue, keywords=keywords, notes=notes, extra=tags.extra,
    )  # fmt: skip
    return with_lines(paper, remarks), tags.problems


def _entry_type(tags: Tags) -> str:
    kinds = tags.all("TY")
    kind = clean_line(kinds[-1]).upper() if kinds else "GEN"
    entry_type = ris_types.ENTRY_TYPES.get(kind, "misc")
    if kind == "THES":
        described = tags.first("M3") if not doi_of(" ".join(tags.left.get("M3", ()))) else ""
        put(tags.extra, "type", described)
        entry_type = ris_types.thesis_type(described)
    if ris_types.RIS_TYPES.get(entry_type) != kind:
        put(tags.extra, "x-ris-type", kind)
    return entry_type


def _title(values: Sequence[tuple[str, str]], tags: Tags, entry_type: str) -> str:
    """The title, with the further lines of the same tag behind it, as JabRef does; two tags may say the same twice."""
    of_titles = ("TI", "T1", "CT", *(("BT",) if entry_type in ris_types.PUBLISHED else ()))
    tags.all(*of_titles)
    parts = {shown(value): tag for tag, value in reversed(values) if tag in of_titles and value}
    title, title_tag = "", ""
    for part, tag in reversed(parts.items()):
        folded, so_far = part.casefold(), title.casefold()
        if not title or (tag != title_tag and folded.startswith(so_far)):
            title, title_tag = part, tag
        elif tag == title_tag or not so_far.startswith(folded):
            title += f"{' ' if title.endswith(_TITLE_ENDS) else ': '}{part}"
    short = shown(tags.first("ST"))
    put(tags.extra, "shorttitle", short if title and short != title else "")
    return title or short


def _identifiers(tags: Tags) -> tuple[str, str, str]:
    """DOI, arXiv id and address; further addresses stay."""
    urls = different(link for value in tags.all("UR") for link in links_in(clean_line(value)))
    doi = _doi(tags, urls)
    arxiv_id = next(filter(None, map(arxiv_id_of, (doi, *urls, *tags.left.get("AN", ())))), "")
    for url in urls:
        found = _PUBMED_PAGE.fullmatch(url)
        if found:
            tags.extra.setdefault("pmid", found[1])
    pages = [url for url in urls if not is_page_of(url, doi, arxiv_id)]
    url = pages.pop(0) if pages else ""
    if not urls:
        url = next((link for link in map(clean_line, tags.left.get("LK", ())) if link.startswith("http")), "")
        tags.drop(url, "LK")
    put(tags.extra, "x-ris-ur", " ".join(pages))
    return doi, arxiv_id, url


def _doi(tags: Tags, urls: Sequence[str]) -> str:
    for tag in ("DO", "DI", "M3", "N1", "L3", "LK"):
        for value in tags.left.get(tag, ()):
            doi = doi_of(clean_line(value)) if tag != "N1" or len(value) < 150 else ""
            if doi:
                for other in ("DO", "DI", "M3", "N1", "L3", "LK"):
                    for said in tuple(tags.left.get(other, ())):
                        if doi_of(clean_line(said)) == doi and len(said) < len(doi) + 24:
                            tags.drop(said, other)
                return doi
    return next((doi for doi in map(doi_of, urls) if doi), "")


def _authors(values: Sequence[tuple[str, str]], tags: Tags, entry_type: str) -> tuple[Author, ...]:
    if entry_type == "collection" and "ED" not in tags.left and "A3" not in tags.left:
        tags.left["ED"] = tags.all("AU", "A1")  # of an edited book, EndNote's authors are the editors
        return ()
    twice = bool(tags.all("AU")) and bool(tags.all("A1"))
    tags.all("A1")
    named = [value for tag, value in values if tag in {"AU", "A1"}]
    if _are_in_reading_order(named):
        return tuple(map(author_of, named))
    found = tuple(author for value in named for author in people(clean_line(value)))
    return tuple(dict.fromkeys(found)) if twice else found  # two persons can have one name


def _are_in_reading_order(names: Sequence[str]) -> bool:
    """Whether all of several names lack the comma that they should have, and look like those of persons."""
    if len(names) < 2 or any("," in name or ";" in name for name in names):
        return False
    return all(1 < len(name.split()) < 5 and name[:1].isupper() and not _OF_BODIES.search(name) for name in names)


def _venue(tags: Tags, entry_type: str) -> str:
    """Where it appeared, by its type: the field that BibTeX has for it."""
    if entry_type in ris_types.IN_JOURNALS:
        venue = shown(tags.first(*_JOURNALS))
        tags.drop(venue, *_JOURNALS)
        put(tags.extra, "shortjournal", shown(tags.first("JA", "J2", "JO", "J1", "JI")))
        return venue
    if entry_type in ris_types.IN_BOOKS:
        from_web_of_science = any(value.startswith("WOS:") for value in tags.left.get("AN", ()))  # C3: affiliations
        venue = shown(tags.first(*(() if from_web_of_science else ("C3",)), *_BOOKS))
        tags.drop(venue, *_BOOKS)
        if entry_type == "inproceedings":
            put(tags.extra, "eventtitle", shown(tags.first("T2")))
        return venue
    if entry_type in ris_types.PUBLISHED or entry_type in ris_types.BY_INSTITUTIONS:
        put(tags.extra, "series", shown(tags.first("T2")))
        return shown(tags.first("PB"))
    return shown(tags.first("T2", "JF", "JO"))


def _dates(tags: Tags) -> int | None:
    """The year; the whole date goes to its own field, where one of the tags gives it for that year."""
    texts = tags.all("PY", "YR", "DA", "Y1")
    days = [day_of(text) for text in texts]
    year = next((day.year for day in days if day.year is not None), None)
    days += [day_of(f"{text} {year}") for text, day in zip(texts, days, strict=True) if day.year is None]
    whole = max((day.text for day in days if day.year == year), key=len, default="")
    put(tags.extra, "date", whole)
    if year is None:
        strange = next((text for text in texts if not says_no_day(text) and any(map(str.isdigit, text))), "")
        zeros = next((text for text in texts if text.strip("0/ ") == "" and "0" in text), "")
        if strange or zeros:
            message = f"“{clean_line(strange or zeros)[:40]}” is no year that a paper can have; it was left out."
            tags.problems.append(Problem("invalid_date", tags.line, message))
    seen = tags.first("Y2", "RD")
    put(tags.extra, "urldate", day_of(seen).text)
    if seen and "urldate" not in tags.extra:
        tags.left.setdefault("Y2", []).insert(0, seen)
    return year


def _keywords(values: Sequence[str]) -> tuple[str, ...]:
    words = [shown(word) for value in values for word in split_list(clean_lines(value))]
    return different(words)


def _abstract(values: Sequence[tuple[str, str]], tags: Tags) -> str:
    tags.all("AB", "N2")
    return "\n\n".join(different(plain_text(clean_lines(value)) for tag, value in values if tag in {"AB", "N2"}))


def _notes(tags: Tags, title: str) -> tuple[Note, ...]:
    """The reader's notes; what a database remarks goes to the field "note"."""
    when = datetime.combine(tags.today, time(), UTC)
    notes = [plain_or_html(value) for value in tags.all("N1", "NO")]
    remarks = [note for note in notes if _is_of_database(note, tags)]
    own = [note for note in notes if note not in remarks and note != title]
    own += [plain_or_html(value) for value in tags.all("RN")]
    put(tags.extra, "note", "; ".join(different(remarks)))
    return tuple(Note("", text, when, when) for text in different(own))


def _is_of_database(note: str, tags: Tags) -> bool:
    from_pubmed = tags.left.get("DP") == ["NLM"] and "Journal Article" in note  # as EndNote takes it over
    return "DB" in tags.left or from_pubmed or _OF_DATABASES.match(note) is not None


def plain_or_html(note: str) -> str:
    """The text of a note, whose lines stay; of one in HTML, as Zotero writes them, the text that it shows."""
    note = clean_lines(note)
    return plain_text(note) if re.search(r"</(?:p|div|h[1-6]|ul|ol)>", note, re.IGNORECASE) else note


def database_remarks(note: str) -> list[str]:
    """The remarks of databases that a field "note" holds, one by one; none, where any of it is something else."""
    remarks = note.split("; ")
    return remarks if all(map(_OF_DATABASES.match, remarks)) else []


def _citation_key(tags: Tags) -> str:
    """The citation key; a number alone, and what a database calls its record, is none, and stays."""
    found = _KEY.fullmatch(clean_line(" ".join(tags.left.get("ID", ()))))
    if found is None or "DB" in tags.left:
        return ""
    tags.all("ID")
    return found[0]
