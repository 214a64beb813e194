"""The identifiers by which two records are one work, each in the one form in which it can be compared."""

import re
from collections.abc import Mapping

from readinglist.papers.paper import Paper

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)")
_ARXIV_PAGE = re.compile(r"arxiv\.org/(?:abs|pdf|html)/([\w.-]+(?:/\d{7})?)")
_VERSION = re.compile(r"v\d+$")
_SUBJECT_CLASS = re.compile(r"^([a-z-]+)\.[a-z]{2}/")
_NOT_ISBN = re.compile(r"[^0-9x ,;]")
# What registers DOIs for preprints: bioRxiv and medRxiv, SSRN, Research Square, Preprints.org, OSF, ChemRxiv, TechRxiv,
# Authorea, EarthArXiv, Zenodo, HAL.
_PREPRINT_DOI = re.compile(r"10\.(?:48550|1101|2139|21203|20944|31219|31234|31235|26434|36227|22541|31223|5281|64898)/")
_PREPRINT_VENUE = re.compile(r"arxiv|\bcorr\b|biorxiv|medrxiv|ssrn|preprint|openreview|research square", re.IGNORECASE)
_WHOLE = frozenset({"book", "proceedings", "manual", "phdthesis", "mastersthesis", "collection", "mvbook", "booklet"})


def doi_of(paper: Paper) -> str:
    """The DOI in lower case; "" where it is arXiv's own, which is an arXiv id."""
    doi = paper.doi.casefold()
    return "" if _ARXIV_DOI.fullmatch(doi) else doi


def arxiv_base(paper: Paper) -> str:
    """The arXiv id without version and subject class, also out of arXiv's DOI or the page's address."""
    number = paper.arxiv_id.casefold()
    if not number and paper.doi:
        found = _ARXIV_DOI.fullmatch(paper.doi.casefold())
        number = found[1] if found else ""
    if not number and "arxiv.org/" in paper.url:
        found = _ARXIV_PAGE.search(paper.url.casefold())
        number = found[1].removesuffix(".pdf") if found else ""
    return number and _SUBJECT_CLASS.sub(r"\1/", _VERSION.sub("", number.removeprefix("arxiv:")))


def pubmed_id(paper: Paper) -> str:
    """The PubMed id, as "pmid 12345"; "" for none."""
    digits = "".join(filter(str.isdecimal, extra_field(paper.extra, "pmid"))) if paper.extra else ""
    return f"pmid {digits}" if digits else ""


def isbns(paper: Paper) -> frozenset[str]:
    """The ISBNs of a whole book, each as its nine digits that ISBN-10 and ISBN-13 share: "isbn 026203561"."""
    if paper.entry_type not in _WHOLE or not paper.extra:
        return frozenset()
    numbers = re.split("[ ,;]+", _NOT_ISBN.sub("", extra_field(paper.extra, "isbn").casefold()))
    return frozenset(f"isbn {number[-10:-1]}" for number in numbers if len(number) in {10, 13})


def preprint_doi(paper: Paper) -> bool:
    """Whether the DOI is one that a preprint server gave."""
    return bool(_PREPRINT_DOI.match(paper.doi))


def is_published(paper: Paper) -> bool:
    """Whether a record is of a paper in a journal, a book or at a conference, and not of its preprint."""
    if paper.entry_type in {"misc", "unpublished", "online", "techreport", "report"}:
        return False
    return not is_preprint_venue(paper.venue) and not preprint_doi(paper)


def is_preprint(paper: Paper) -> bool:
    """Whether a record is of a preprint, and names no journal, book or conference."""
    if paper.venue:
        return is_preprint_venue(paper.venue)
    return preprint_doi(paper) or (bool(arxiv_base(paper)) and not doi_of(paper))


def is_preprint_venue(venue: str) -> bool:
    """Whether a venue is where preprints are, such as "arXiv preprint arXiv:1706.03762" and "CoRR"."""
    return bool(_PREPRINT_VENUE.search(venue))


def extra_field(extra: Mapping[str, str], name: str) -> str:
    """A field of `Paper.extra` by its name, case aside; "" where it is not there."""
    if name in extra:
        return extra[name]
    return next((text for known, text in extra.items() if known.casefold() == name), "")
