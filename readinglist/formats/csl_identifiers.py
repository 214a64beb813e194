"""DOI, arXiv id and address of a paper, of which a file often gives one in place of another."""

from readinglist.papers.identifiers import arxiv_id_in, doi_in

_ARXIV_DOI = "10.48550/arxiv."


def identifiers(doi: str, arxiv_id: str, url: str) -> tuple[str, str, str]:
    """DOI, arXiv id and address, completed by what each tells of the others; an address that says no more is left out.

    Args:
        doi: a bare DOI, or "".
        arxiv_id: an arXiv id, or "".
        url: a clean web address, or "".
    """
    leads_to_doi = doi_in(url) if "doi.org/" in url else ""
    leads_to_arxiv = arxiv_id_in(url) if "arxiv.org/abs/" in url else ""
    doi = doi or leads_to_doi
    if not arxiv_id:
        of_doi = doi[len(_ARXIV_DOI) :] if doi[: len(_ARXIV_DOI)].lower() == _ARXIV_DOI else ""
        arxiv_id = leads_to_arxiv or arxiv_id_in(of_doi)
    says_no_more = (leads_to_doi and leads_to_doi.lower() == doi.lower()) or leads_to_arxiv == arxiv_id != ""
    return doi, arxiv_id, "" if says_no_more else url
