"""Papers are found by the text of their files, indexed or not, and it is told where it stands there."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.store.paper_store import PaperStore
from readinglist.store.reading import PaperWords
from tests.formats.pdf_making import pdf_of
from tests.library.listings import TITLES, listing

HIPPOS, ATTENTION, GPT4, MULLER = TITLES
LINES = (
    "1 Introduction. Zeppelins are slower than sheep, as every shepherd knows. We ask",
    "how long a multi-modal zep-",
    "pelin needs to cross the village when nobody is looking at the time.",
    "2 Method. All measurements were made by Müller with a state-of-the-art stopwatch.",
)
FILE = pdf_of([(60, 780 - 20 * number, 11, line) for number, line in enumerate(LINES)])
Prepare = Callable[[Library], object]


@pytest.fixture(params=["not indexed", "indexed", pytest.param("broken", marks=pytest.mark.expects_log)])
def library(request: pytest.FixtureRequest, library_folder: Path, tmp_path: Path) -> Iterator[Library]:
    """A library in which one paper has a file, whose index holds it, does not yet, or is of no use."""
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        opened.index_pending()
        path = tmp_path / "zeppelins.pdf"
        path.write_bytes(FILE)
        opened.attach(id_of(opened, ATTENTION), [path])
        if request.param == "indexed":
            opened.index_pending()
        if request.param == "broken":
            opened.index_pending()
            (library_folder / "index" / "index.json").write_text("broken")
        yield opened


def id_of(library: Library, title: str) -> int:
    (paper_id,) = library.find(f'title:"{title}"').ids
    return paper_id


def titles(library: Library, query: str, *, typing: bool = False) -> list[str]:
    return [paper.title for paper in library.papers(library.find(query, typing=typing).ids)]


@pytest.mark.parametrize(
    "query",
    [
        "zeppelin",
        "pdf:zeppelins",
        "shepherd tokens",  # one in the file, one in the title
        '"slower than sheep"',
        'pdf:"all measurements were made"',
        '"state of the art stopwatch"',
        "multimodal sheep",
        "pdf:mull*",
        "shephred~",
        "pdf:mueller",
        "sheep or nothing",
        "pdf:(sheep village)",
        'title:attention pdf:"1 introduction"',
    ],
)
def test_what_finds_the_paper_by_its_file(library: Library, query: str) -> None:
    if "tokens" in query:
        query = query.replace("tokens", "attention")
    assert titles(library, query) == [ATTENTION]


@pytest.mark.parametrize("query", ["title:zeppelin", "abstract:sheep", "note:sheep", '"sheep slower"', "pdf:attention"])
def test_what_does_not(library: Library, query: str) -> None:
    assert titles(library, query) == []


def test_without_leaves_it_out_and_typing_finds_it(library: Library) -> None:
    assert ATTENTION not in titles(library, "-zeppelin")
    assert len(titles(library, "-zeppelin")) == len(TITLES) - 1
    assert titles(library, "shephe", typing=True) == [ATTENTION]
    assert titles(library, '"slower than sh', typing=True) == [ATTENTION]
    assert titles(library, '"slower than s', typing=True) == [ATTENTION]
    assert titles(library, "pdf:she", typing=True) == [ATTENTION]


def test_a_file_counts_less_than_all_else(library: Library) -> None:
    library.add_note(id_of(library, GPT4), "Compare with the zeppelin.")
    assert titles(library, "zeppelin") == [GPT4, ATTENTION]


def test_a_file_taken_off_or_trashed_is_not_found_and_undo_brings_it_back(library: Library) -> None:
    paper_id = id_of(library, ATTENTION)
    (paper,) = library.papers([paper_id])
    library.detach(paper_id, paper.attachments[0].digest)
    assert titles(library, "zeppelin") == []
    library.index_pending()
    assert titles(library, "zeppelin") == []
    library.undo()
    assert titles(library, "zeppelin") == [ATTENTION]
    library.index_pending()
    assert titles(library, "zeppelin") == [ATTENTION]
    library.trash([paper_id])
    assert titles(library, "zeppelin") == []
    assert titles(library, "zeppelin is:trashed") == [ATTENTION]


def test_it_is_told_where_the_words_stand_in_the_file(library: Library) -> None:
    paper_id = id_of(library, ATTENTION)
    ids = library.find().ids

    def told(query: str, length: int = 60, *, typing: bool = False) -> str:
        excerpts = library.file_excerpts(ids, query, typing=typing, length=length)
        assert set(excerpts) <= {paper_id}
        return excerpts.get(paper_id, "")

    assert "slower than sheep" in told("sheep")
    assert len(told("sheep")) <= 62
    assert "\n" not in told("village")
    assert "time. 2 Method" in told("method time")
    assert "slower than sheep" in told("attention sheep")
    assert "were made by Müller" in told("muller")
    assert "Zeppelins are slower" in told('"are slower"')
    assert "stopwatch" in told("pdf:stopwa", typing=True)
    assert "shepherd" in told("shephred~")
    assert told("attention") == ""
    assert told("title:sheep") == ""
    assert told("-sheep") == ""
    assert told("") == ""


def test_all_is_well_after_a_check(library: Library) -> None:
    library.index_pending()
    assert library.check().differences == ()


def test_words_of_files_are_no_offers_while_typing(library: Library) -> None:
    library.index_pending()
    assert [item.text for item in library.complete("shephe", 6).items] == []
    assert "pdf:" in [item.text for item in library.complete("pd", 2).items]


def test_a_paper_that_came_as_a_pdf_is_found_by_its_text(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([InputText("zeppelins.pdf", FILE)])
        assert len(library.find("shepherd").ids) == 1
        library.index_pending()
        assert len(library.find('pdf:"slower than sheep"').ids) == 1


def test_the_first_searches_read_each_text_once(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    texts = PaperStore.texts

    def counted(store: PaperStore, ids: Sequence[int], *, pdf: bool = False) -> Iterator[PaperWords]:
        read.extend(ids)
        return texts(store, ids, pdf=pdf)

    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        monkeypatch.setattr(PaperStore, "texts", counted)
        assert library.find("attention").ids
        assert library.find("recurrence or robots").ids
        assert sorted(read) == sorted(library.find().ids)


def test_files_are_read_before_a_phrase_is_looked_for_in_them(
    library_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "zeppelins.pdf"
    path.write_bytes(FILE)
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        library.attach(1, [path])
        library.index_pending()
        assert [step for step in library.warm() if step.startswith("files")] == ["files from 0"]
        monkeypatch.setattr(PaperStore, "attachment_texts", None)
        assert library.find('pdf:"slower than sheep"').ids == [1]
