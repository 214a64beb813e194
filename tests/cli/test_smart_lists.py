"""The commands for smart lists, and `find --list`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def names(run: Run) -> list[str]:
    return [each["name"] for each in run("smart-lists", "--json").json["smart_lists"]]


def test_a_new_library_has_a_few_with_their_counts(filled: Run) -> None:
    assert filled("smart-lists").out.splitlines() == [
        "     4  New this week        added:last-7-days status:inbox",
        "     1  Seen in 2+ listings  seen:>=2",
        "     0  Has code, not read   has:code is:unread",
        "     0  Starred, not read    is:starred is:unread",
        "     0  With notes           has:note",
    ]


def test_a_search_is_kept_nested_found_and_taken_back(filled: Run) -> None:
    assert filled("smart-list", "add", "Robots", "robots").out == "Saved “Robots”. It finds 2 papers now.\n"
    added = filled("smart-list", "add", "Lost", "robots", "-language", "--parent", "robots", "--icon", "key")
    assert added.out == "Saved “Lost”. It finds 1 paper now.\n"
    assert filled("smart-lists").out.splitlines()[-2:] == [
        "     2  Robots               robots",
        "     1    Lost               robots -language",
    ]
    kept = filled("smart-lists", "--json").json["smart_lists"][-1]
    parent = filled("smart-lists", "--json").json["smart_lists"][-2]["id"]
    assert {name: kept[name] for name in ("name", "query", "icon", "parent", "position", "papers")} == {
        "name": "Lost",
        "query": "robots -language",
        "icon": "key",
        "parent": parent,
        "position": 0,
        "papers": 1,
    }
    assert "Maps for Lost Robots" in filled("find", "--list", "Robots/Lost").out
    assert filled("find", "--list", "robots", "atlas", "or", "maps", "--json").json["total"] == 2
    assert filled("undo").out == "Undone: Save smart list “Lost”.\n"
    assert names(filled)[-1] == "Robots"


def test_lists_are_renamed_edited_moved_and_deleted(filled: Run) -> None:
    assert filled("smart-list", "rename", "with notes", "Noted").out == "Renamed “With notes” to “Noted”.\n"
    assert filled("smart-list", "edit", "noted", "has:note", "is:starred", "--icon", "star").out == "Changed “Noted”.\n"
    assert filled("smart-list", "edit", "noted", "--icon", "star").out == "Nothing to do: it was so already.\n"
    assert filled("smart-list", "move", "noted", "--place", "1").out == "Moved “Noted”.\n"
    assert names(filled)[0] == "Noted"
    filled("smart-list", "move", "noted", "--parent", "new this week")
    assert names(filled)[:2] == ["New this week", "Noted"]
    filled("smart-list", "move", "noted", "--top")
    assert names(filled)[-1] == "Noted"
    filled("smart-list", "delete", "noted")
    assert "Noted" not in names(filled)
    for _ in range(6):
        filled("undo")
    assert names(filled)[-1] == "With notes"


def test_lists_go_from_one_library_to_another(filled: Run, tmp_path: Path) -> None:
    filled("smart-list", "add", "Robots", "robots")
    file = tmp_path / "lists.json"
    file.write_text(filled("smart-lists", "--json").out, encoding="utf-8")
    other = ("--library", tmp_path / "other")
    assert filled("smart-list", "import", file, *other).out == "Imported 1 smart list.\n"
    assert filled("smart-list", "import", file, *other).out == "Nothing to do: it was so already.\n"
    assert filled("smart-lists", "--json", *other).json["smart_lists"][-1]["name"] == "Robots"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("find", "--list", "nothing"), "There is no smart list 'nothing'"),
        (("smart-list", "add", "", "robots"), "needs a name"),
        (("smart-list", "add", "Robots", " "), "needs a search"),
        (("smart-list", "move", "with notes", "--parent", "with notes"), "below itself"),
        (("smart-list", "move", "with notes", "--parent", "new this week", "--top"), "exclude each other"),
        (("smart-list", "add", "Robots", "robots", "--icon", "goat"), "goat"),
        (("smart-list",), "Usage"),
    ],
)
def test_misuse_is_told_and_changes_nothing(filled: Run, words: tuple[str, ...], said: str) -> None:
    before = names(filled)
    answer = filled(*words)
    assert said in answer.err + answer.out
    assert answer.code == 2
    assert names(filled) == before


def test_a_file_that_holds_no_lists_is_told(filled: Run, tmp_path: Path, listings: list[Path]) -> None:
    assert "no export of smart lists" in filled("smart-list", "import", listings[0]).err
    assert "could not be read" in filled("smart-list", "import", tmp_path / "missing.json").err
