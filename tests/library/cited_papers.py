"""Ten papers of the kinds that styles treat differently, in a library."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from readinglist.papers.change import Change, PapersAdded
from readinglist.papers.paper import Author, Paper
from readinglist.store.paper_store import PaperStore

NOW = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)

ARTICLE = Paper(
    1, "Deep learning", authors=(Author("LeCun", "Yann"), Author("Bengio", "Yoshua"), Author("Hinton", "Geoffrey")),
    year=2015, entry_type="article", citation_key="LeCun2015", doi="10.1038/nature14539", venue="Nature",
    extra={"volume": "521", "number": "7553", "pages": "436--444", "month": "may"},
)  # fmt: skip
TALK = Paper(
    2, "Distributed Representations of Words", authors=(Author("Mikolov", "Tomas"), Author("Dean", "Jeffrey")),
    year=2013, entry_type="inproceedings", citation_key="Mikolov2013",
    venue="Advances in Neural Information Processing Systems 26",
    extra={"pages": "3111--3119", "publisher": "Curran Associates", "editor": "Burges, C. J. C. and Bottou, L."},
)  # fmt: skip
PREPRINT = Paper(
    3, "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness",
    authors=(Author("Dao", "Tri"), Author("Fu", "Daniel Y.")), year=2022, citation_key="Dao2022",
    arxiv_id="2205.14135",
)  # fmt: skip
BOOK = Paper(
    4, "Pattern Recognition and Machine Learning", authors=(Author("Bishop", "Christopher M."),), year=2006,
    entry_type="book", citation_key="Bishop2006", venue="Springer", extra={"address": "New York", "edition": "2"},
)  # fmt: skip
THESIS = Paper(
    5, "Scaling Laws for Small Minds", authors=(Author("Kowalska", "Ewa"),), year=1991, entry_type="phdthesis",
    citation_key="Kowalska1991", venue="University of Warsaw",
)  # fmt: skip
NO_AUTHOR = Paper(6, "Gardens of forking parsers", year=2024, citation_key="gardens2024", url="https://example.org/p")
NO_YEAR = Paper(
    7, "Maps for lost robots", authors=(Author("Doe", "Jane"),), entry_type="article", citation_key="Doe",
    venue="Journal of Robots",
)  # fmt: skip
CORPORATE = Paper(
    8, "GPT-4 technical report", authors=(Author(literal="OpenAI"),), year=2023, entry_type="techreport",
    citation_key="OpenAI2023", venue="OpenAI Press",
)  # fmt: skip
PARTICLES = Paper(
    9, "Sound & <i>vision</i>: a $O(n^2)$ study in PyTorch",
    authors=(Author("Beethoven", "Ludwig", "van", "Jr."), Author("Fontaine", "Jean", "de la")), year=2020,
    entry_type="article", citation_key="Beethoven2020", venue="Journal of R&D", extra={"volume": "3", "pages": "7"},
)  # fmt: skip
MANY = Paper(
    10, "Is size all you need?", authors=tuple(Author(f"Family{place}", f"Given M{place}.") for place in range(1, 26)),
    year=2021, entry_type="article", citation_key="Family2021", venue="Nature Methods",
    extra={"volume": "3", "number": "2", "pages": "101--107"},
)  # fmt: skip

PAPERS = (ARTICLE, TALK, PREPRINT, BOOK, THESIS, NO_AUTHOR, NO_YEAR, CORPORATE, PARTICLES, MANY)


def fill(folder: Path, papers: Sequence[Paper] = PAPERS) -> None:
    """Put papers into a new library in this folder, by one change."""
    store = PaperStore(folder)
    added = tuple(replace(paper, added=NOW) for paper in papers)
    store.record(Change("Fill", (PapersAdded(added),)), NOW)
    store.close()
