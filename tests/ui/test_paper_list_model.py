from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from readinglist.library.library import Library
from readinglist.papers.change import Change, FieldChanged
from readinglist.papers.paper import ReadingState
from readinglist.ui.in_and_out import importable
from readinglist.ui.kept_papers import MOST
from readinglist.ui.paper_list_model import ID_ROLE, PAGE, PAPER_ROLE, PaperListModel
from readinglist.ui.paper_mime_data import FILES, IDS, MOST_AS_TEXT, TEXT
from tests.ui.sample_library import Counting, many, sample_library

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = sample_library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def source(library: Library) -> Counting:
    return Counting(library)


@pytest.fixture
def model(source: Counting) -> PaperListModel:
    return PaperListModel(source)


def test_an_answer_is_shown_in_its_order(model: PaperListModel, library: Library) -> None:
    found = library.find("", sort="title")
    model.show(found)
    titles = [model.index(row).data() for row in range(model.rowCount())]
    assert titles == [paper.title for paper in library.papers(found.ids)]
    assert [model.index(row).data(ID_ROLE) for row in range(3)] == list(found.ids[:3])


def test_qt_finds_nothing_wrong_with_the_model(
    model: PaperListModel, library: Library, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    model.show(library.find("attention"))
    qtmodeltester.check(model)
    model.show(library.find(""))
    model.forget(library.find("").ids[:2])
    model.show(library.find("nothing-like-this"))
    qtmodeltester.check(model)
    assert model.rowCount() == 0


def test_showing_a_long_answer_reads_no_paper(model: PaperListModel, library: Library, source: Counting) -> None:
    model.show(many(library.find(""), 100_000))
    assert model.rowCount() == 100_000
    assert source.asked == []


def test_a_page_of_rows_is_read_at_once_and_kept(model: PaperListModel, library: Library, source: Counting) -> None:
    model.show(many(library.find(""), 1000))
    for row in range(PAGE, PAGE * 2):
        model.paper_at(row)
    assert [len(ids) for ids in source.asked] == [PAGE]
    model.show(many(library.find(""), 900))
    model.paper_at(PAGE)
    assert len(source.asked) == 1, "another answer with the same papers reads none again"


def test_only_so_many_papers_are_kept(model: PaperListModel, library: Library, source: Counting) -> None:
    model.show(many(library.find(""), MOST * 3))
    for row in range(0, MOST * 3, PAGE):
        model.paper_at(row)
    before = len(source.asked)
    model.paper_at(0)
    assert len(source.asked) == before + 1, "the first page was let go"
    assert model.paper_at(0) is not None


def test_a_changed_paper_is_read_again_when_it_is_forgotten(model: PaperListModel, library: Library) -> None:
    found = library.find("")
    model.show(found)
    assert model.paper_at(0) == library.papers(found.ids[:1])[0]
    library.star(found.ids[:1])
    model.forget(found.ids[:1])
    paper = model.paper_at(0)
    assert paper is not None
    assert paper.starred


def test_only_rows_of_changed_papers_are_painted_again(model: PaperListModel, library: Library) -> None:
    found = library.find("")
    model.show(found)
    painted: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: painted.append((first.row(), last.row())))
    model.forget({found.ids[3], 987_654})
    model.renew(library.find(""))
    assert painted == [(3, 3)]
    model.forget(found.ids)
    assert painted[1:] == [(0, len(found.ids) - 1)]


def test_rows_are_painted_again_when_other_words_are_looked_for(model: PaperListModel, library: Library) -> None:
    found = library.find("attention")
    model.show(found)
    painted: list[int] = []
    model.dataChanged.connect(lambda first, last: painted.append(last.row() - first.row() + 1))
    model.renew(library.find("attention"))
    assert painted == []
    model.renew(library.find("attention", typing=True))
    assert painted == [len(found.ids)]


def test_a_paper_that_is_gone_leaves_an_empty_row(model: PaperListModel, library: Library) -> None:
    model.show(many(library.find(""), 50))
    gone = model.index(49)
    assert gone.data(PAPER_ROLE) is None
    assert gone.data() is None
    assert gone.data(Qt.ItemDataRole.AccessibleTextRole) is None


def test_a_screen_reader_hears_state_and_title(model: PaperListModel, library: Library) -> None:
    found = library.find("")
    library.star(found.ids[:1])
    library.set_state(found.ids[:1], ReadingState.TO_READ)
    model.show(found)
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"starred, new, To read, {library.papers(found.ids[:1])[0].title}")


def test_an_index_of_nothing_has_no_data_and_no_rows(model: PaperListModel, library: Library) -> None:
    model.show(library.find(""))
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(0), Qt.ItemDataRole.DecorationRole) is None


def test_rows_dragged_out_are_ids_bibtex_and_a_file(model: PaperListModel, library: Library) -> None:
    found = library.find("")
    model.show(found)
    dragged = model.mimeData([model.index(1), model.index(0)])
    ids = [found.ids[1], found.ids[0]]
    bibtex = library.export(ids, "bibtex")
    assert bytes(dragged.data(IDS).data()).decode() == f"{ids[0]},{ids[1]}"
    assert dragged.text() == bibtex
    (url,) = dragged.urls()
    assert url.isLocalFile()
    path = Path(url.toLocalFile())
    assert path.suffix == ".bib"
    assert path.read_text(encoding="utf-8") == bibtex


def test_the_file_of_one_paper_is_called_by_its_citation_key(model: PaperListModel, library: Library) -> None:
    found = library.find("")
    model.show(found)
    (url,) = model.mimeData([model.index(0)]).urls()
    assert Path(url.toLocalFile()).stem == library.papers(found.ids[:1])[0].citation_key


@pytest.mark.parametrize("key", ["a" * 5000, "\u8a9e" * 300, "../../x", "CON"])
def test_whatever_the_key_the_file_that_is_dragged_lies_in_its_own_folder(
    model: PaperListModel, library: Library, key: str
) -> None:
    paper = library.papers(library.find("").ids[:1])[0]
    change = Change("Key", (FieldChanged("citation_key", (paper.id,), (paper.citation_key,), (key,)),))
    library._store.record(change, datetime(2026, 3, 1, tzinfo=UTC))
    (one,) = model.mime_data_of([paper.id]).urls()
    (two,) = model.mime_data_of(library.find("").ids[:2]).urls()
    path = Path(one.toLocalFile())
    assert path.is_file()
    assert path.parent == Path(two.toLocalFile()).parent


def test_rows_dragged_over_their_own_window_are_no_files_to_import(model: PaperListModel, library: Library) -> None:
    assert importable(model.mime_data_of(library.find("").ids[:2])) == []


def test_very_many_papers_are_dragged_as_ids_only(model: PaperListModel) -> None:
    dragged = model.mime_data_of(range(1, MOST_AS_TEXT + 2))
    assert dragged.formats() == [IDS]
    assert not dragged.hasFormat(TEXT)
    assert not dragged.hasUrls()
    assert not dragged.hasFormat(FILES)
    assert bytes(dragged.data(IDS).data()).count(b",") == MOST_AS_TEXT
