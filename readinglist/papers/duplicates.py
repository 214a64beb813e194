"""When two records are one paper, and what one of them can teach the other.

Equal identifiers decide. Equal titles need the abstracts, authors or years to agree as well; what is absent disagrees
with nothing, since a paper of a listing has no authors. A preprint and the paper it became are one: the arXiv id of the
one and the DOI of the other complete each other.
"""

from enum import Enum
from typing import Any

from readinglist.papers.evidence import (
    authors_agree,
    editions_differ,
    kinds_agree,
    places_agree,
    texts_agree,
    years_agree,
)
from readinglist.papers.paper import Paper
from readinglist.papers.richer import PUBLICATION, joined_extra, richer
from readinglist.papers.titles import near_titles, remark, same_title, title_key, title_marks
from readinglist.papers.work_ids import arxiv_base, doi_of, is_published, isbns, preprint_doi, pubmed_id

__all__ = ["Match", "compare", "marks", "merge", "reason", "texts_agree", "title_key"]

_SHORT_KEY = 16  # letters of a title key below which a title alone says little: "Survey", "Transformers", "A Reply"
_LONG_ABSTRACT = 200  # characters; two works do not share one by chance
_ABSTRACT_BEGIN = 160
_GENERIC = frozenset(
    (
        "editorial", "guesteditorial", "editorsnote", "editornote", "introduction", "preface", "foreword",
        "afterword", "epilogue", "prologue", "reply", "response", "comment", "commentary", "discussion", "conclusion",
        "conclusions", "contents", "tableofcontents", "index", "bibliography", "references", "acknowledgments",
        "acknowledgements", "bookreview", "bookreviews", "letter", "lettertotheeditor", "letters", "news", "obituary",
        "untitled", "appendix", "inthisissue", "summary", "overview", "notes", "frontmatter", "backmatter", "program",
        "programme", "welcome", "welcomemessage", "messagefromthechairs", "messagefromtheeditor", "panel", "keynote",
        "erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections", "retraction", "abstracts",
        "masthead", "titlepage", "copyright", "background", "abstract", "proceedings", "supplementarymaterial",
    )
)  # fmt: skip
_COMPLETED = ("abstract", "authors", "year", "doi", "arxiv_id", "url", "venue", "keywords")


class Match(Enum):
    """Whether two records are one paper: surely, perhaps, or not."""

    SAME = "same"
    PROBABLE = "probable"
    DIFFERENT = "different"


def compare(a: Paper, b: Paper) -> Match:
    """Whether two records are one paper, by their identifiers, titles, abstracts, authors and years."""
    same = same_title(a.title, b.title)
    if _share_identifier(a, b):
        return Match.SAME if same or not _speaks_against(a, b) else Match.PROBABLE
    if not a.title.strip() and not b.title.strip():
        return Match.SAME if _untitled(a) == _untitled(b) and a.authors else Match.DIFFERENT
    if not same:
        return _compare_retitled(a, b)
    if editions_differ(a, b):
        return Match.DIFFERENT
    found = _compare_generic(a, b) if title_key(a.title) in _GENERIC else _compare_same_title(a, b)
    if found is Match.SAME and (_identifiers_differ(a, b) or False in {kinds_agree(a, b), places_agree(a, b)}):
        return Match.PROBABLE
    return Match.DIFFERENT if _identifiers_differ(a, b) else found


def marks(paper: Paper) -> list[tuple[str, str]]:
    """What papers that are one, surely or perhaps, have in common: at least one of these, the most telling first.

    An abstract of which only the first 201 characters are known gives the same marks as the whole of it.
    """
    found = [("id", each) for each in (doi_of(paper), arxiv_base(paper), pubmed_id(paper)) if each]
    found += (("id", each) for each in isbns(paper))
    found += title_marks(paper.title) or (("untitled", _untitled(paper)),)
    if len(paper.abstract) > _LONG_ABSTRACT:
        found.append(("abstract", title_key(paper.abstract[:_ABSTRACT_BEGIN])[: _ABSTRACT_BEGIN // 2]))
    return found


def reason(a: Paper, b: Paper) -> str:
    """What two records have in common, for `compare`: "doi", "arxiv", "pmid", "isbn", "title", "near" or "abstract"."""
    for name, one, other in (
        ("doi", doi_of(a), doi_of(b)),
        ("arxiv", arxiv_base(a), arxiv_base(b)),
        ("pmid", pubmed_id(a), pubmed_id(b)),
        ("isbn", isbns(a) & isbns(b), isbns(b) & isbns(a)),
    ):
        if one and one == other:
            return name
    if same_title(a.title, b.title):
        return "title"
    return "near" if near_titles(a.title, b.title) else "abstract"


def _untitled(paper: Paper) -> str:
    """What a record without a title is known by: all that it says."""
    who = " ".join(author.family or author.literal for author in paper.authors)
    return title_key(f"{who} {paper.year} {paper.venue} {paper.abstract[:_ABSTRACT_BEGIN]}")


def _share_identifier(a: Paper, b: Paper) -> bool:
    pairs = ((doi_of(a), doi_of(b)), (arxiv_base(a), arxiv_base(b)), (pubmed_id(a), pubmed_id(b)))
    return any(one and one == other for one, other in pairs) or not isbns(a).isdisjoint(isbns(b))


def _speaks_against(a: Paper, b: Paper) -> bool:
    """Whether one of two records with the same identifier must have it by mistake."""
    if remark(a.title) != remark(b.title):
        return True
    strangers = authors_agree(a, b) is False or places_agree(a, b) is False
    return strangers and not near_titles(a.title, b.title)


def _identifiers_differ(a: Paper, b: Paper) -> bool:
    """Whether both have an identifier of one kind, and not the same."""
    pairs = ((doi_of(a), doi_of(b)), (arxiv_base(a), arxiv_base(b)), (pubmed_id(a), pubmed_id(b)))
    return any(one and other and one != other for one, other in pairs)


def _compare_retitled(a: Paper, b: Paper) -> Match:
    """A title may be misspelt or shortened, or change with a version; somebody or the abstract must agree then."""
    abstracts, authors, years = _verdicts(a, b)
    if abstracts and authors is not False and remark(a.title) == remark(b.title) and _long_same_abstract(a, b):
        return Match.PROBABLE
    if not near_titles(a.title, b.title) or False in {abstracts, authors} or not (abstracts or authors):
        return Match.DIFFERENT
    return Match.PROBABLE if abstracts or (years is not False and not _dois_differ(a, b)) else Match.DIFFERENT


def _long_same_abstract(a: Paper, b: Paper) -> bool:
    return len(a.abstract) > _LONG_ABSTRACT and title_key(a.abstract) == title_key(b.abstract)


def _dois_differ(a: Paper, b: Paper) -> bool:
    """Whether two publishers gave two DOIs; a preprint server's is another one by nature."""
    if preprint_doi(a) or preprint_doi(b):
        return False
    return bool(doi_of(a) and doi_of(b) and doi_of(a) != doi_of(b))


def _compare_generic(a: Paper, b: Paper) -> Match:
    """Titles such as "Editorial" say nothing: who, when and where must agree."""
    abstracts, authors, _ = _verdicts(a, b)
    years = None if a.year is None or b.year is None else a.year == b.year
    places = places_agree(a, b)
    if False in {abstracts, authors, years, places} or _identifiers_differ(a, b):
        return Match.DIFFERENT
    if (abstracts and authors) or (authors and years and places):
        return Match.SAME
    return Match.PROBABLE


def _compare_same_title(a: Paper, b: Paper) -> Match:
    if _says_the_same(a, b):
        return Match.SAME
    verdicts = _verdicts(a, b)
    says_much = len(title_key(a.title)) >= _SHORT_KEY
    if verdicts[2] and a.year != b.year and not says_much and is_published(a) == is_published(b) and not verdicts[0]:
        return Match.PROBABLE
    agreed, disagreed = verdicts.count(True), verdicts.count(False)
    if not disagreed:
        return Match.SAME if agreed or says_much else Match.PROBABLE
    if disagreed > agreed:
        return Match.PROBABLE if says_much and disagreed == 1 else Match.DIFFERENT
    # A later version often has another year.
    return Match.SAME if verdicts[0] is not False and verdicts[1] is not False and agreed > 1 else Match.PROBABLE


def _says_the_same(a: Paper, b: Paper) -> bool:
    """Whether two records of one title say the same of everything else, and at least something."""
    told = [(paper.abstract, paper.authors, paper.year, paper.venue) for paper in (a, b)]
    return told[0] == told[1] and (any(told[0]) or bool(a.citation_key and a.citation_key == b.citation_key))


def _verdicts(a: Paper, b: Paper) -> tuple[bool | None, ...]:
    """Whether the abstracts, the authors and the years agree; None where one of the two has none."""
    abstracts = texts_agree(a.abstract, b.abstract) if a.abstract and b.abstract else None
    return abstracts, authors_agree(a, b), years_agree(a, b)


def merge(known: Paper, record: Paper) -> dict[str, Any]:
    """What a record of the same paper completes: new values by the name of their field in `known`.

    Nothing that is known is replaced by something poorer, and nothing that the reader wrote by anything; state, tags,
    notes and the citation key are the reader's own.
    """
    news: dict[str, Any] = {
        name: getattr(record, name) for name in _COMPLETED if getattr(record, name) and not getattr(known, name)
    }
    news |= {
        name: getattr(record, name)
        for name in ("abstract", "authors", *PUBLICATION)
        if known.origins.get(name) != 0 and richer(name, known, record)
    }
    if not doi_of(known) and doi_of(record) and known.doi:  # arXiv's own gives way: the arXiv id says the same
        news |= {"doi": record.doi, "arxiv_id": arxiv_base(known)}
    urls = {link.url for link in known.links}
    if links := tuple(link for link in record.links if link.url not in urls):
        news["links"] = known.links + links
    if record.upvotes is not None and (known.upvotes is None or record.upvotes > known.upvotes):
        news["upvotes"] = record.upvotes
    if (extra := joined_extra(known, record)) != known.extra:
        news["extra"] = extra
    return news
