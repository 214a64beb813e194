"""Tags of a library renamed, merged, coloured and deleted; and all of it undone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.change import Change, FieldChanged
from readinglist.paths import resource


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        one, two, three, four = opened.find().ids[:4]
        opened.tag([one, two], ["nlp"])
        opened.tag([two, three], ["nlp/parsing"])
        opened.tag([four], ["vision"])
        opened.trash([three])
        yield opened


def held(library: Library) -> dict[str, tuple[str, int]]:
    return {tag.name: (tag.color, tag.papers) for tag in library.counts().tags}


def test_a_rename_reaches_the_trash_and_is_undone_and_done_again(library: Library) -> None:
    trashed = library.find("is:trashed").ids[0]
    before = held(library)
    library.rename_tag("NLP", "language")
    assert library.papers([trashed])[0].tags == ("language/parsing",)
    assert {name: papers for name, (_, papers) in held(library).items()} == {
        "language": 2, "language/parsing": 1, "vision": 1,
    }  # fmt: skip
    after = held(library)
    library.undo()
    assert held(library) == before
    library.redo()
    assert held(library) == after


def test_a_tag_is_respelled(library: Library) -> None:
    library.rename_tag("nlp", "NLP")
    assert [name for name in held(library) if "/" in name or name.isupper()] == ["NLP", "NLP/parsing"]
    library.undo()
    assert "nlp/parsing" in held(library)


def test_a_colour_holds_for_the_tags_below_and_survives_undo_and_redo(library: Library) -> None:
    usual = held(library)["nlp"]
    library.color_tag("nlp", "#123456")
    assert {color for name, (color, _) in held(library).items() if name.startswith("nlp")} == {"#123456"}
    library.undo()
    assert held(library)["nlp"] == usual
    library.redo()
    library.rename_tag("nlp", "language")
    assert held(library)["language"][0] == "#123456"


def test_a_deleted_tag_comes_back_by_undo(library: Library) -> None:
    before = held(library)
    assert library.delete_tag("nlp").label == "Delete tag nlp from 3 papers"
    assert list(held(library)) == ["vision"]
    library.undo()
    assert held(library) == before


@pytest.mark.parametrize(
    "edit",
    [
        lambda library: library.rename_tag("unknown", "x"),
        lambda library: library.delete_tag("nl"),
        lambda library: library.color_tag("unknown", "#000000"),
    ],
)
def test_a_tag_that_no_paper_has_is_said(library: Library, edit: Callable[[Library], object]) -> None:
    with pytest.raises(UsageError, match="No paper has the tag"):
        edit(library)


def test_a_tag_with_letters_beyond_ascii_is_respelled_and_all_of_it_undone(library: Library) -> None:
    """To the database, "Ü" and "ü" are two letters."""
    ids = library.find().ids[:2]
    library.tag(ids, ["Ünïcode", "Straße/eins"])
    before = held(library)
    library.rename_tag("Ünïcode", "üNÏCODE")
    assert "üNÏCODE" in held(library)
    library.tag(ids[:1], add=["x"], remove=["ÜNÏCODE"])
    library.tag(ids[:1], add=["Ünïcode"])
    library.rename_tag("STRASSE", "Gasse")
    assert "Gasse/eins" in held(library)
    for _ in range(4):
        library.undo()
    assert held(library) == before
    for _ in range(4):
        library.redo()
    assert "Gasse/eins" in held(library)


def test_letters_beyond_ascii_are_compared_without_case(library: Library) -> None:
    one, two = library.find("-has:tag").ids[:2]
    library.tag([one], ["Ünïcode"])
    library.tag([two], ["üNÏCODE"])
    assert [paper.tags for paper in library.papers([one, two])] == [("Ünïcode",)] * 2
    assert library.rename_tag("Ünïcode", "üNÏCODE").label == "Rename tag Ünïcode to üNÏCODE"


def test_two_spellings_stay_two_when_undo_brings_them_back(library: Library) -> None:
    one, two = library.find("-has:tag").ids[:2]
    steps = (FieldChanged("tags", (one, two), ((), ()), (("Ünïcode",), ("üNÏCODE",))),)
    library._record(Change("Tag as an earlier version of the program did", steps))
    assert [paper.tags for paper in library.papers([one, two])] == [("Ünïcode",), ("üNÏCODE",)]
    library.delete_tag("ünïcode")
    library.undo()
    assert [paper.tags for paper in library.papers([one, two])] == [("Ünïcode",), ("üNÏCODE",)]


def test_a_text_too_long_for_a_tag_is_none(library: Library) -> None:
    ids = library.find().ids[:2]
    library.tag(ids, ["x" * 200])
    with pytest.raises(UsageError, match="more than 200 characters"):
        library.tag(ids, ["x" * 1_000_000])
    with pytest.raises(UsageError, match="more than 200 characters"):
        library.rename_tag("x" * 200, "y" * 201)
    library.tag(ids, remove=["x" * 200])
    assert not library.find(f"tag:{'x' * 200}").ids
