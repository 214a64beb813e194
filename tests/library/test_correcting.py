from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import InputText, News
from readinglist.library.library import Library
from readinglist.papers.paper import Author

LISTING = "Mar 14\n\n" + "\n\n".join(
    f"{name} in Parts\n\nWe show that {name.lower()} suffices here, and where it fails, with code and with data."
    for name in ("Attention", "Recurrence")
)


@pytest.fixture
def library(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")
    with Library(library_folder) as opened:
        opened.import_texts([InputText("march.txt", LISTING.encode())])
        yield opened


def test_several_details_are_one_undo_step(library: Library) -> None:
    before = library.paper("1")
    told: list[News] = []
    library.listen(told.append)
    change = library.edit_fields(
        1, {"year": "2017", "authors": "Vaswani, Ashish\n{Google Brain}", "title": before.title}
    )
    paper = library.paper("1")
    assert (paper.year, paper.authors) == (2017, (Author("Vaswani", "Ashish"), Author(literal="Google Brain")))
    assert change.label == f"Edit year and authors of “{before.title}”"
    assert [news.paper_ids for news in told] == [{1}]
    library.undo()
    assert library.paper("1") == before
    library.redo()
    assert library.paper("1") == paper


def test_one_bad_text_changes_nothing(library: Library) -> None:
    before, label = library.paper("1"), library.undo_label()
    with pytest.raises(UsageError, match="four digits"):
        library.edit_fields(1, {"venue": "NeurIPS", "year": "17"})
    assert (library.paper("1"), library.undo_label()) == (before, label)


def test_a_citation_key_belongs_to_one_paper(library: Library) -> None:
    other, own = library.paper("2"), library.paper("1").citation_key
    with pytest.raises(UsageError, match=f"belongs to “{other.title}”"):
        library.edit_fields(1, {"citation_key": other.citation_key.swapcase()})
    assert "belongs to" in library.check_field(1, "citation_key", other.citation_key)
    assert library.check_field(1, "citation_key", own.upper()) == ""
    library.edit_fields(1, {"citation_key": own.upper()})
    assert library.paper("1").citation_key == own.upper()


def test_an_empty_citation_key_asks_for_a_new_one(library: Library) -> None:
    library.edit_fields(2, {"citation_key": "Vaswani2017"})
    library.edit_fields(1, {"authors": "Vaswani, Ashish", "year": "2017", "citation_key": ""})
    assert library.paper("1").citation_key == "Vaswani2017a"
    library.edit_fields(1, {"citation_key": " "})
    assert library.paper("1").citation_key == "Vaswani2017a"


def test_new_words_are_found_and_the_old_ones_are_not(library: Library) -> None:
    library.index_pending()
    library.edit_fields(1, {"title": "Hungry Hippos", "authors": "Dao, Tri"})
    for _ in range(2):
        assert list(library.find("hippos author:dao").ids) == [1]
        assert list(library.find("title:attention").ids) == []
        library.index_pending()


def test_bibtex_names_authors_and_year(library: Library) -> None:
    library.edit_fields(1, {"authors": "Dao, Tri\nLudwig van Beethoven", "year": "2022", "citation_key": "Dao2022"})
    text = library.export([1], "bibtex")
    assert "{Dao2022,\n" in text
    assert "author = {Dao, Tri and van Beethoven, Ludwig}" in text
    assert "year = {2022}" in text


def test_what_is_wrong_is_said_before_it_is_saved(library: Library) -> None:
    assert library.check_field(1, "year", "2017") == ""
    assert "four digits" in library.check_field(1, "year", "17")
