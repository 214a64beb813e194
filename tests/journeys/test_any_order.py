"""One library in many formats, imported in any order, is one library: after the first file nothing is new."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library.answers import InputText
from readinglist.library.library import Library

SAMPLES = Path(__file__).parents[1] / "samples"
REAL = Path(__file__).parents[3] / "shared" / "corpora" / "zotero_library_2_formats"
FILES = (
    "bibtex/jabref.bib", "bibtex/zotero_biblatex.bib", "bibtex/scholar_dblp_ads.bib", "bibtex/other_programs.bib",
    "ris/endnote.ris", "ris/publishers.ris", "ris/databases.ris", "csl_json/works.json", "csl_json/zotero.json",
    "zotero_json/better_bibtex.json", "endnote_xml/library.xml", "pubmed_xml/articles.xml", "zotero_rdf/library.rdf",
    "papis/info.yaml", "csv/scopus.csv", "nbib/pubmed.nbib", "refer/endnote.enw",
)  # fmt: skip
LOSSLESS = ("bibtex", "biblatex", "ris", "csl-json", "csv")
ORDERS = random.Random(5).sample(list(itertools.permutations(LOSSLESS)), 8)


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, InputText]:
    """A library of papers from many formats, with what its reader did, as each lossless format has it."""
    with Library(tmp_path_factory.mktemp("rich")) as library:
        ledger = library.import_texts([InputText(name, (SAMPLES / name).read_bytes()) for name in FILES])
        assert ledger.new > 40
        assert ledger.errors == ()
        ids = sorted(library.find().ids)
        library.star(ids[::5])
        library.tag(ids[::3], add=["nlp/parsing", "to discuss"])
        library.rate(ids[::4], 4)
        library.add_note(ids[1], "Compare with *table 3*.\n\nA second paragraph: ünïcode & <b>markup</b>.")
        return {name: InputText(f"out.{name}", library.export(ids, name).encode()) for name in LOSSLESS}


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        yield opened


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_after_the_first_format_nothing_is_new(
    library: Library, exports: dict[str, InputText], order: tuple[str, ...]
) -> None:
    first = library.import_texts([exports[order[0]]])
    assert first.new == first.records
    before = {paper.id: paper for paper in library.papers(library.find().ids)}
    later = library.import_texts([exports[name] for name in order[1:]])
    assert (later.new, later.skipped) == (0, 0)
    changed = Counter(change for file in later.files for change in file.changes)
    assert not changed, changed.most_common(3)
    after = {paper.id: paper for paper in library.papers(library.find().ids)}
    assert [(paper.title, paper.tags, len(paper.notes)) for paper in after.values()] == [
        (paper.title, paper.tags, len(paper.notes)) for paper in before.values()
    ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files stand beside the project only")
@pytest.mark.parametrize("order", [("ris", "zotero.rdf"), ("zotero.rdf", "ris")], ids=" ".join)
def test_a_real_library_in_two_formats_is_one_library(library: Library, order: tuple[str, ...]) -> None:
    texts = [InputText(name, (REAL / name).read_bytes()) for name in (f"My_Library.{end}" for end in order)]
    assert library.import_texts(texts[:1]).new > 100
    assert library.import_texts(texts[1:]).new == 0
