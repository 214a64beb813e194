"""DOI, arXiv id and web address of an entry, wherever BibTeX, BibLaTeX and other programs put them."""

import re
from dataclasses import dataclass

from readinglist.formats.bibtex_fields import line
from readinglist.formats.fields import address
from readinglist.papers.identifiers import arxiv_id_in, doi_in

Fields = dict[str, tuple[str, str]]

_ARCHIVES = ("archiveprefix", "eprinttype")
_ID = r"(\d{4}\.\d{4,5}(?:v\d{1,3})?(?!\d)|[a-z-]{2,12}(?:\.[A-Za-z]{2})?/\d{7}(?:v\d{1,3})?(?!\d))"
_NAMED_ID = re.compile(
    rf"arxiv(?:\.org)?(?:\s+e-?prints?|\s+preprint)?[\s:,./-]{{0,4}}(?:(?:abs|pdf)/|arxiv:)?\s?{_ID}", re.IGNORECASE
)
_ABS_ID = re.compile(rf"abs/{_ID}", re.IGNORECASE)
# Where the id is told in words: Google Scholar, DBLP, ADS, Zotero, Mendeley.
_TOLD_IN = (
    "arxivid",
    "arxiv",
    "journal",
    "journaltitle",
    "number",
    "eid",
    "howpublished",
    "note",
    "booktitle",
    "pages",
)
_DOI_PAGE = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ARXIV_PAGE = re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s{}\\]+")
_OTHER_URLS = ("howpublished", "note", "link", "ee", "bdsk-url-1", "weblink", "www")


@dataclass(frozen=True, slots=True)
class Ids:
    """What leads to a paper; "" for what is not known."""

    doi: str
    arxiv_id: str
    url: str


def find_ids(fields: Fields, *, ours: bool) -> Ids:
    """The ids of an entry. Fields that say no more than that are taken out of `fields`, in place.

    In a file that this program wrote (`ours`), the fields are read to the letter, and nothing is guessed.
    """
    doi, arxiv_id = _doi(fields), _eprint(fields)
    url = address(fields.pop("url", ("", ""))[1]) if ours else _url(fields)
    if not ours and not doi and _DOI_PAGE.match(url):
        doi = doi_in(url)
        url = "" if doi and _DOI_PAGE.sub("", url) == doi else url
    if not ours and not arxiv_id:
        arxiv_id, url = _arxiv_id(fields, doi, url)
    for name in _ARCHIVES:
        if arxiv_id and _raw(fields, name).strip().lower() == "arxiv":
            del fields[name]
    return Ids(doi, arxiv_id, url)


def _raw(fields: Fields, name: str) -> str:
    return fields.get(name, ("", ""))[1]


def _doi(fields: Fields) -> str:
    """The DOI; a text that is none stays in its field."""
    doi = doi_in(address(_raw(fields, "doi")))
    if doi:
        del fields["doi"]
    return doi


def _eprint(fields: Fields) -> str:
    """The arXiv id in `eprint`; those of other archives, which another field names, stay where they are."""
    text = address(_raw(fields, "eprint"))
    named_by = next((name for name in _ARCHIVES if name in fields), "")
    archive = _raw(fields, named_by).strip().lower()
    if not text or archive not in {"", "arxiv"}:
        return ""
    arxiv_id = arxiv_id_in(text)
    if archive and not arxiv_id:
        text = re.sub(r"(?i)^arxiv:\s*", "", text)
        group = line(_raw(fields, "primaryclass") or _raw(fields, "eprintclass")).split(".")[0]
        arxiv_id = f"{group}/{text}" if group and re.fullmatch(r"\d{7}(v\d+)?", text) else text
    if arxiv_id:
        del fields["eprint"]
    return arxiv_id


def _url(fields: Fields) -> str:
    url = address(_raw(fields, "url"))
    if url:
        del fields["url"]
        url, _, more = url.partition(" ")
        if more:
            fields["url-2"] = "url-2", more
        return url
    for name in _OTHER_URLS:
        found = _URL.search(address(_raw(fields, name))) if name in fields else None
        if found is not None:
            return found[0].rstrip(".,;")
    return ""


def _arxiv_id(fields: Fields, doi: str, url: str) -> tuple[str, str]:
    """The arXiv id that other fields tell, and the address, which goes where it is just that of the id."""
    if _ARXIV_PAGE.match(url) and (arxiv_id := arxiv_id_in(url)):
        return arxiv_id, "" if _ARXIV_PAGE.sub("", url) == arxiv_id else url
    if (found := _ARXIV_DOI.fullmatch(doi)) and (arxiv_id := arxiv_id_in(found[1])):
        return arxiv_id, url
    for name in _TOLD_IN:
        raw = _raw(fields, name)
        if not raw or not ("arxiv" in raw.lower() or raw.startswith("abs/") or name.startswith("arxiv")):
            continue
        text = line(raw)
        told = _NAMED_ID.search(text) or (_ABS_ID.search(text) if text.startswith("abs/") else None)
        if told is not None:
            return told[1], url
        if name.startswith("arxiv") and (arxiv_id := arxiv_id_in(text)):
            return arxiv_id, url
    volume = _ABS_ID.fullmatch(line(_raw(fields, "volume")))  # DBLP: journal = {CoRR}, volume = {abs/1706.03762}
    return (volume[1] if volume else ""), url
