import pytest

from readinglist.papers.identifiers import arxiv_id_in, doi_in, web_page
from readinglist.papers.paper import Paper


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        (" DOI: 10.1145/3292500. ", "10.1145/3292500"),
        ("https://doi.org/10.1145/3292500", "10.1145/3292500"),
        ("http://dx.doi.org/10.1002/(SICI)1097-0258(1998)17:15%3C16", "10.1002/(SICI)1097-0258(1998)17:15<16"),
        ("https://dl.acm.org/doi/10.1145/3292500?download=true", "10.1145/3292500"),
        ("10.48550/arXiv.2212.14052", "10.48550/arXiv.2212.14052"),
        ("2212.14052", ""),
        ("10.1/x", ""),
        ("10.1145/a b", ""),
        ("https://arxiv.org/abs/2212.14052", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_in_what_is_pasted(text: str, doi: str) -> None:
    assert doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("2212.14052", "2212.14052"),
        ("arXiv:2212.14052V2", "2212.14052v2"),
        ("arXiv: 2212.14052 [cs.LG]", "2212.14052"),
        ("https://arxiv.org/pdf/2212.14052v2.pdf", "2212.14052v2"),
        ("arxiv.org/abs/math.AG/0601001v1", "math.AG/0601001v1"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("https://huggingface.co/papers/2212.14052", "2212.14052"),
        ("2212.1405212", ""),
        ("https://example.org/2212.14052", ""),
        ("10.48550/arXiv.2212.14052", ""),
        ("", ""),
    ],
)
def test_an_arxiv_id_is_found_in_what_is_pasted(text: str, arxiv_id: str) -> None:
    assert arxiv_id_in(text) == arxiv_id


def test_the_web_page_is_the_papers_own_where_it_has_one() -> None:
    assert web_page(Paper(url="https://example.org", doi="10.1145/1", arxiv_id="2212.14052")) == "https://example.org"
    assert web_page(Paper(doi="10.1145/1", arxiv_id="2212.14052")) == "https://doi.org/10.1145/1"
    assert web_page(Paper(arxiv_id="2212.14052")) == "https://arxiv.org/abs/2212.14052"
    assert web_page(Paper()) == ""
