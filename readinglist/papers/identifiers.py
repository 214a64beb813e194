"""DOIs and arXiv ids as they are pasted: alone, behind their name, or within a link."""

import re
from urllib.parse import unquote

from readinglist.papers.paper import Paper

_DOI = re.compile(r"(?:doi\s*[:=]?\s*|https?://\S+?/)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_ARXIV_ID = re.compile(
    r"(?:arxiv\s*:?\s*|(?:https?://)?(?:[\w-]+\.)?(?:arxiv\.org|alphaxiv\.org|huggingface\.co)/\w+/)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(v\d{1,3})?"
    r"(?:\.pdf)?(?:[?#]\S*|\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)


def doi_in(text: str) -> str:
    """The DOI in a text such as "doi:10.1145/3292500" or "https://doi.org/10.1145/3292500"; "" where it is none.

    A DOI is 10., a number, a slash, and anything but blanks (DOI Handbook, section 2.2).
    """
    text = text.strip().rstrip(".,;")
    if text.lower().startswith("http"):
        # Behind the DOI, only the addresses of doi.org have nothing of their own, such as "?download=true".
        text = unquote(text if _RESOLVER.match(text) else re.split(r"[?#]", text)[0])
    found = _DOI.fullmatch(text)
    return found[1] if found else ""


def arxiv_id_in(text: str) -> str:
    """The arXiv id in a text such as "arXiv:2212.14052v2" or "https://arxiv.org/abs/hep-th/9901001", with its version.

    "" where it is none (info.arxiv.org/help/arxiv_identifier.html).
    """
    found = _ARXIV_ID.fullmatch(text.strip())
    return f"{found[1]}{(found[2] or '').lower()}" if found else ""


def web_page(paper: Paper) -> str:
    """The address of a paper's page: its own, or the one that its DOI or its arXiv id leads to; "" for none."""
    if paper.url:
        return paper.url
    if paper.doi:
        return doi_page(paper.doi)
    return arxiv_page(paper.arxiv_id) if paper.arxiv_id else ""


def doi_page(doi: str) -> str:
    """Where a DOI leads to."""
    return f"https://doi.org/{doi}"


def arxiv_page(arxiv_id: str) -> str:
    """The page of an arXiv id."""
    return f"https://arxiv.org/abs/{arxiv_id}"
