"""When two records are one paper, and what one of them can teach the other.

Equal identifiers decide. Equal titles need the abstracts, authors or years to agree as well; what is absent disagrees
with nothing, since a paper of a listing has no authors.
"""

import re
import unicodedata
from enum import Enum
from typing import Any

from readinglist.papers.paper import Author, Paper

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NOT_WORD = re.compile(r"[\W_]+")
_VERSION = re.compile(r"v\d+$")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)")
_SHORT_KEY = 16  # letters of a title key below which a title alone says little: "Survey", "Transformers", "A Reply"
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_STYLES = frozenset(
    {"textbf", "textit", "texttt", "textsc", "textsf", "textrm", "emph", "text", "mathbf", "mathrm", "mathcal",
     "mathbb", "bf", "it", "em", "rm", "url", "operatorname"}
)  # fmt: skip
_COMPLETED = ("abstract", "authors", "year", "doi", "arxiv_id", "url", "venue", "keywords")


class Match(Enum):
    """Whether two records are one paper: surely, perhaps, or not."""

    SAME = "same"
    PROBABLE = "probable"
    DIFFERENT = "different"


def title_key(title: str) -> str:
    r"""A title without case, accents, punctuation, LaTeX and blanks: "The $\alpha$-Test" gives "theαtest"."""
    if "\\" in title:
        title = _COMMAND.sub(_letter, title)
    if not title.isascii():
        decomposed = unicodedata.normalize("NFKD", title)
        title = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    key = _NOT_WORD.sub("", title.replace("&", "and").casefold())
    return key or " ".join(title.split())


def _letter(match: re.Match[str]) -> str:
    name = match[1]
    if name in _STYLES:
        return ""
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {'LAMDA' if name.lower() == 'lambda' else name}")
    except KeyError:
        return name


def texts_agree(one: str, other: str) -> bool:
    """Whether two abstracts may be of one paper: one absent, cut off, or nearly all words the same."""
    if one == other or not one or not other:
        return True
    first, second = title_key(_CUT_OFF.sub("", one)), title_key(_CUT_OFF.sub("", other))
    if first.startswith(second) or second.startswith(first):
        return True
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) >= 0.8 * min(len(words), len(others)) > 4


def compare(a: Paper, b: Paper) -> Match:
    """Whether two records are one paper, by their identifiers, titles, abstracts, authors and years."""
    dois, arxiv = _doi(a), _arxiv(a)
    other_doi, other_arxiv = _doi(b), _arxiv(b)
    if (dois and dois == other_doi) or (arxiv and arxiv == other_arxiv):
        return Match.SAME
    identifiers_differ = bool((dois and other_doi) or (arxiv and other_arxiv))
    if title_key(a.title) != title_key(b.title):
        return _compare_retitled(a, b)
    found = _compare_same_title(a, b)
    if not identifiers_differ:
        return found
    return Match.PROBABLE if found is Match.SAME else Match.DIFFERENT


def _compare_retitled(a: Paper, b: Paper) -> Match:
    """A paper may change its title, and hardly its abstract."""
    same = len(a.abstract) > 200 and title_key(a.abstract) == title_key(b.abstract)
    return Match.PROBABLE if same else Match.DIFFERENT


def _compare_same_title(a: Paper, b: Paper) -> Match:
    verdicts = (_abstracts(a, b), _authors(a, b), _years(a, b))
    says_much = len(title_key(a.title)) >= _SHORT_KEY
    agreed, disagreed = verdicts.count(True), verdicts.count(False)
    if not disagreed:
        return Match.SAME if agreed or says_much else Match.PROBABLE
    if disagreed > agreed:
        return Match.PROBABLE if says_much and disagreed == 1 else Match.DIFFERENT
    # A later version often has another year.
    return Match.SAME if verdicts[0] is not False and verdicts[1] is not False and agreed > 1 else Match.PROBABLE


def _abstracts(a: Paper, b: Paper) -> bool | None:
    return texts_agree(a.abstract, b.abstract) if a.abstract and b.abstract else None


def _authors(a: Paper, b: Paper) -> bool | None:
    if not a.authors or not b.authors:
        return None
    return not _families(a.authors).isdisjoint(_families(b.authors))


def _families(authors: tuple[Author, ...]) -> set[str]:
    return {title_key(author.family or author.literal.rsplit(None, 1)[-1]) for author in authors if author.display}


def _years(a: Paper, b: Paper) -> bool | None:
    return abs(a.year - b.year) <= 1 if a.year is not None and b.year is not None else None


def _doi(paper: Paper) -> str:
    doi = paper.doi.casefold()
    return "" if _ARXIV_DOI.fullmatch(doi) else doi


def _arxiv(paper: Paper) -> str:
    from_doi = _ARXIV_DOI.fullmatch(paper.doi.casefold())
    number = paper.arxiv_id or (from_doi[1] if from_doi else "")
    return _VERSION.sub("", number.casefold())


def merge(known: Paper, record: Paper) -> dict[str, Any]:
    """What a record of the same paper completes: new values by the name of their field in `known`.

    Nothing that is known is replaced by something poorer; state, tags, notes and the citation key are the reader's own.
    """
    news: dict[str, Any] = {
        name: getattr(record, name) for name in _COMPLETED if getattr(record, name) and not getattr(known, name)
    }
    if known.abstract and _completes(known.abstract, record.abstract):
        news["abstract"] = record.abstract
    if known.entry_type == "misc" != record.entry_type:
        news["entry_type"] = record.entry_type
    urls = {link.url for link in known.links}
    if links := tuple(link for link in record.links if link.url not in urls):
        news["links"] = known.links + links
    if record.upvotes is not None and (known.upvotes is None or record.upvotes > known.upvotes):
        news["upvotes"] = record.upvotes
    if extra := {name: value for name, value in record.extra.items() if name not in known.extra}:
        news["extra"] = {**known.extra, **extra}
    return news


def _completes(cut: str, whole: str) -> bool:
    """Whether a text is the beginning of another, longer one."""
    begin = _CUT_OFF.sub("", cut)
    return len(whole) > len(cut) and whole.startswith(begin) and not _CUT_OFF.search(whole)
