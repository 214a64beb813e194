"""Citation keys by the library's pattern: for new papers, for old ones on demand, and never by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import InputText
from readinglist.library.library import Library

BIB = """
@article{smithfirst, title={Alpha Beasts}, author={Smith, Ann and Jones, Bo}, year=2020, journal={J}}
@article{Smith2020, title={Gamma Delta}, author={Smith, Ann}, year=2020, journal={J}}
@article{key:3, title={Epsilon Zeta}, author={Smith, Ann}, year=2020, journal={J}}
@article{jones1999, title={Eta Theta}, author={Jones, Bo}, year=1999, journal={J}}
"""


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([InputText("mine.bib", BIB.encode())])
        yield opened


def keys(library: Library) -> dict[int, str]:
    return {paper.id: paper.citation_key for paper in library.papers(sorted(library.find().ids))}


def test_a_plan_keeps_keys_that_fit_and_makes_others_unique(library: Library) -> None:
    changes = library.plan_keys(sorted(library.find().ids))
    assert [(each.old, each.new) for each in changes] == [
        ("smithfirst", "Smith2020a"), ("key:3", "Smith2020b"), ("jones1999", "Jones1999"),
    ]  # fmt: skip
    assert changes[0].title == "Alpha Beasts"
    assert keys(library) == {1: "smithfirst", 2: "Smith2020", 3: "key:3", 4: "jones1999"}


def test_keys_are_given_in_one_step_and_taken_back(library: Library) -> None:
    before = keys(library)
    change = library.change_keys(library.plan_keys(sorted(before)))
    assert change.label == "Generate 3 citation keys"
    assert keys(library) == {1: "Smith2020a", 2: "Smith2020", 3: "Smith2020b", 4: "Jones1999"}
    assert library.plan_keys(sorted(before)) == []
    library.undo()
    assert keys(library) == before
    library.redo()
    assert keys(library)[3] == "Smith2020b"


def test_a_plan_that_is_out_of_date_is_carried_out_as_far_as_it_is_not(library: Library) -> None:
    changes = library.plan_keys([1, 3])
    library.edit_fields(1, {"citation_key": "mine"})
    library.change_keys(changes)
    assert keys(library) == {1: "mine", 2: "Smith2020", 3: "Smith2020b", 4: "jones1999"}
    assert not library.change_keys([])


def test_another_pattern_for_one_time(library: Library) -> None:
    changes = library.plan_keys([1, 2], "[authEtAl:lower]:[shortyear]-[veryshorttitle:lower]")
    assert [each.new for each in changes] == ["smithjones:20-alpha", "smith:20-gamma"]
    assert library.citation_key_pattern() == "[auth][year]"


def test_the_library_has_a_pattern_for_all_that_comes(library: Library, library_folder: Path) -> None:
    library.set_citation_key_pattern("[auth:lower][shortyear]")
    with Library(library_folder) as again:
        assert again.citation_key_pattern() == "[auth:lower][shortyear]"
        again.import_texts([InputText("more.ris", b"TY  - JOUR\nTI  - New\nAU  - Doe, Jo\nPY  - 2021\nER  - \n")])
        assert again.paper("doe21").title == "New"
    library.edit_fields(1, {"citation_key": ""})
    assert keys(library)[1] == "smith20"
    library.set_citation_key_pattern("")
    assert library.citation_key_pattern() == "[auth][year]"


@pytest.mark.parametrize("pattern", ["[auth", "[nonsense]", "key", '[auth:regex("(","")]'])
def test_a_pattern_that_cannot_be_meant_is_refused(library: Library, pattern: str) -> None:
    with pytest.raises(UsageError):
        library.set_citation_key_pattern(pattern)
    with pytest.raises(UsageError):
        library.plan_keys([1], pattern)
    assert library.citation_key_pattern() == "[auth][year]"


def test_keys_never_change_by_themselves(library: Library) -> None:
    before = keys(library)
    library.set_citation_key_pattern("[auth:upper]_[year]")
    library.export([1, 2, 3, 4], "bibtex")
    library.import_texts(
        [
            InputText(
                "same.bib", b"@article{other, title={Gamma Delta}, author={Smith, Ann}, year=2020, doi={10.1/x}}"
            ),
            InputText("mine.bib", BIB.replace("journal={J}", "journal={J}, volume={1}").encode()),
        ]
    )
    assert keys(library) == before
    library.edit_fields(1, {"authors": "Other, Name", "year": "1990", "title": "Quite Another"})
    assert keys(library) == before
    library.merge([2, 4], {})
    assert library.paper("Smith2020").id == 2
    assert keys(library)[2] == "Smith2020"
    library.undo()
    assert keys(library) == before


def test_another_spelling_of_its_own_key_is_free(library: Library) -> None:
    library.edit_fields(2, {"citation_key": "SMITH2020"})
    assert [(each.old, each.new) for each in library.plan_keys([2])] == [("SMITH2020", "Smith2020")]
    library.change_keys(library.plan_keys([2]))
    assert keys(library)[2] == "Smith2020"
