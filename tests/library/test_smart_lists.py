import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import News
from readinglist.library.library import Library
from readinglist.papers.change import SmartListAdded
from readinglist.papers.smart_list import DEFAULTS
from tests.library.listings import TITLES, listing


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        yield opened


def save(library: Library, name: str, query: str, parent: str = "") -> str:
    (step,) = library.save_smart_list(name, query, parent=parent).steps
    assert isinstance(step, SmartListAdded)
    return step.smart_list.id


def names(library: Library) -> list[str]:
    return [each.name for each in library.smart_lists()]


def test_a_saved_search_finds_what_the_search_finds(library: Library) -> None:
    save(library, "Attention", "attention -tokens")
    kept = library.smart_list("attention")
    assert library.find(kept.query).ids == library.find("attention -tokens").ids
    assert library.count_found(kept.query) == 1


def test_counts_follow_the_library(library: Library) -> None:
    ids = library.find("").ids
    assert library.count_found("is:starred is:unread") == 0
    library.star(ids[:3])
    assert library.count_found("is:starred is:unread") == 3
    library.trash(ids[:1])
    assert library.count_found("is:starred is:unread") == 2
    library.undo()
    assert library.count_found("is:starred is:unread") == 3


def test_a_count_is_that_of_the_question_asked(library: Library) -> None:
    for typing in (True, False):
        assert library.count_found("atten", typing=typing) == len(library.find("atten", typing=typing).ids)
    assert library.count_found("atten", typing=True) > library.count_found("atten")


def test_the_counts_name_all_lists_in_their_order_uncounted(library: Library) -> None:
    save(library, "Starred hippos", "hippos is:starred", parent=DEFAULTS[1].id)
    shown = library.counts().smart_lists
    assert [each.smart_list.name for each in shown] == names(library)
    assert [each.papers for each in shown] == [None] * 6
    assert names(library)[2] == "Starred hippos"


def test_edits_are_undone_across_a_restart(library: Library, library_folder: Path) -> None:
    kept = save(library, "Robots", "robots")
    library.edit_smart_list(kept, "Robots", "robots kitchen", "star")
    library.rename_smart_list(kept, "Kitchen robots")
    library.move_smart_list(kept, DEFAULTS[0].id, 0)
    library.delete_smart_list(DEFAULTS[0].id)
    assert names(library)[0] == "Kitchen robots"
    library.close()
    with Library(library_folder) as again:
        labels = []
        while (label := again.undo_label()) != "" and "smart list" in label:
            labels.append(label)
            again.undo()
        assert labels == [
            "Delete smart list “New this week”",
            "Move smart list “Kitchen robots”",
            "Rename smart list “Robots”",
            "Edit smart list “Robots”",
            "Save smart list “Robots”",
        ]
        assert again.smart_lists() == list(DEFAULTS)
        for _ in labels:
            again.redo()
        assert again.smart_list("Kitchen robots").query == "robots kitchen"
        assert len(names(again)) == 5


def test_listeners_hear_that_counts_changed_and_no_paper(library: Library) -> None:
    heard: list[News] = []
    library.listen(heard.append)
    kept = save(library, "Robots", "robots")
    library.delete_smart_list(kept)
    library.undo()
    assert heard == [News()] * 3


def test_lists_go_from_one_library_to_another(library: Library, tmp_path: Path) -> None:
    parent = save(library, "Robots", "robots")
    below = save(library, "Starred robots", "robots is:starred", parent)
    text = json.dumps(library.export_smart_lists())
    with Library(tmp_path / "other") as other:
        other.edit_smart_list(DEFAULTS[0].id, "Mine", "is:new", "star")
        assert other.import_smart_lists(text).label == "Import 2 smart lists"
        assert other.smart_list("robots/starred robots") == library.smart_list(below)
        assert names(other) == ["Mine", *names(library)[1:]]
        assert not other.import_smart_lists(text)
        other.undo()
        assert len(names(other)) == 5


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"smart_lists": 3}', '{"smart_lists": [{"id": "a"}]}', '{"smart_lists": ["a"]}',
     '{"smart_lists": [{"id": 1, "name": "a", "query": "b"}]}',
     '{"smart_lists": [{"id": "a", "name": "", "query": "b"}]}',
     '{"smart_lists": [{"id": "\\ud800", "name": "a", "query": "b"}]}'],
)  # fmt: skip
def test_what_is_no_export_is_refused_and_changes_nothing(library: Library, text: str) -> None:
    with pytest.raises(UsageError):
        library.import_smart_lists(text)
    assert library.smart_lists() == list(DEFAULTS)


def test_an_icon_of_a_later_version_is_replaced(library: Library) -> None:
    row = {"id": "x", "name": "X", "query": "x", "icon": "hologram", "position": None, "colour": "red"}
    library.import_smart_lists(json.dumps({"smart_lists": [row]}))
    assert library.smart_list("x").icon == "search"
