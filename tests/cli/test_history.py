"""What was changed when, from the command line; take back, earlier days, the trash, the journal's size."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def change_of(run: Run, label: str) -> str:
    changes = run("history", "--json").json["changes"]
    return next(str(change["change"]) for change in changes if change["label"].startswith(label))


def test_changes_are_listed_newest_first(filled: Run) -> None:
    filled("star", "1", "2")
    filled("tag", "1", "+nlp")
    filled("undo")
    lines = filled("history").out.splitlines()
    assert [line.split("  ")[-1] for line in lines] == [
        "Tag “Gardens of Forking Parsers” (undone)", "Star 2 papers", "Import 4 papers from 2 files",
    ]  # fmt: skip
    assert len(filled("history", "--limit", "1").out.splitlines()) == 1
    assert filled("history", "--since", "today").out.count("\n") == 3
    assert filled("history", "--until", "2020").out == "Nothing was changed then.\n"


def test_the_life_of_a_paper_is_told(filled: Run) -> None:
    filled("tag", "1", "2", "+nlp")
    filled("edit", "1", "--year", "1999")
    told = filled("history", "1").out
    assert "Year: 1999" in told
    assert "+ nlp" in told
    assert "Came into the library" in told
    shown = filled("history", "1", "--json").json["changes"]
    assert shown[1]["details"] == [
        {"what": "Tags", "before": None, "after": None, "lines": [{"sign": "+", "text": "nlp"}]}
    ]
    assert len(filled("history", "1", "--since", "today", "--json").json["changes"]) == 3


def test_a_wrong_day_is_misuse(filled: Run) -> None:
    answer = filled("history", "--since", "whenever")
    assert answer.code == 2
    assert "is no date" in answer.err


def test_one_papers_part_is_taken_back(filled: Run) -> None:
    filled("tag", "1", "2", "+nlp")
    filled("star", "1")
    number = change_of(filled, "Tag 2 papers")
    assert filled("take-back", number, "1", "--dry-run").out == "Would take back: Tag 2 papers.\n"
    assert filled("show", "1", "--json").json["tags"] == ["nlp"]
    assert filled("take-back", number, "1").out == "Took back: Tag 2 papers.\n"
    assert filled("show", "1", "--json").json["tags"] == []
    assert filled("show", "2", "--json").json["tags"] == ["nlp"]
    again = filled("take-back", number, "1")
    assert (again.code, again.err) == (1, "readinglist: Nothing of “Tag 2 papers” was taken back.\n")


def test_a_conflict_is_said_and_can_be_taken_back_too(filled: Run) -> None:
    filled("edit", "1", "--year", "1999", "--venue", "ICLR")
    number = change_of(filled, "Edit year and venue")
    filled("edit", "1", "--year", "2001")
    said = filled("take-back", number).out
    assert "The year of “Gardens of Forking Parsers” was changed again later by “Edit year of" in said
    assert "With --with-later, that is taken back too." in said
    assert filled("show", "1", "--json").json["year"] == 2001
    filled("undo")
    assert "changed again" not in filled("take-back", number, "--with-later").out
    assert filled("show", "1", "--json").json["year"] is None


@pytest.mark.parametrize("words", [("take-back", "999"), ("take-back", "2", "4")])
def test_what_is_no_change_is_said(filled: Run, words: tuple[str, ...]) -> None:
    filled("star", "1")
    assert filled(*words).code == 2


def test_the_library_of_another_day_can_be_asked_but_not_changed(filled: Run, folder: Path) -> None:
    filled("star", "1")
    assert len(filled("find", "--as-of", "today", "--json").json["papers"]) == 4
    assert filled("--as-of", "yesterday", "find", "--json").json["papers"] == []
    answer = filled("star", "2", "--as-of", "today")
    assert answer.code == 1
    assert "Read only." in answer.err
    assert "Gardens" in filled("export", "--as-of", "today").out
    assert filled("find", "is:starred", "--json").json["total"] == 1
    assert folder.exists()


def test_without_a_command_the_window_of_that_day_opens(filled: Run, windows: list[Path], folder: Path) -> None:
    assert filled("--as-of", "today").code == 0
    (window,) = windows
    assert window != folder
    assert not window.exists()


def test_the_trash_is_filled_shown_and_brought_back_from(filled: Run) -> None:
    assert filled("trash").out == "The trash is empty.\n"
    assert filled("trash", "1", "2").out == "Moved 2 papers to the trash.\n"
    assert all("until" in line for line in filled("trash").out.splitlines())
    (one, two) = filled("trash", "--json").json["papers"]
    assert {one["id"], two["id"]} == {1, 2}
    assert filled("trash", "--bring-back", "1").out == "Brought 1 paper back from the trash.\n"
    assert filled("trash", "--delete", "2", "--yes").code == 0
    assert filled("find", "--json").json["total"] == 3
    assert filled("undo").out == "Undone: Delete 1 paper for good.\n"


def test_the_trash_is_emptied_after_asking(filled: Run) -> None:
    filled("trash", "1", "2")
    asked = filled("trash", "--empty", stdin=b"n\n")
    assert asked.code == 130
    assert "Delete 2 papers for good?" in asked.out
    assert len(filled("trash", "--json").json["papers"]) == 2
    assert "Deleted 2 papers for good." in filled("trash", "--empty", stdin=b"y\n").out
    assert filled("trash", "--empty").out == "The trash is empty.\n"
    assert filled("trash", "--delete", "3", "--yes").out == "None of these papers is in the trash.\n"


@pytest.mark.parametrize("words", [("--delete",), ("--empty", "1"), ("--bring-back", "--delete", "1")])
def test_what_does_not_go_together_is_misuse(filled: Run, words: tuple[str, ...]) -> None:
    assert filled("trash", *words).code == 2


def test_the_journal_tells_its_size_and_keeps_other_limits(filled: Run) -> None:
    assert "The journal holds 1 change," in filled("compact").out
    said = filled("compact", "--keep-days", "100", "--keep-megabytes", "5").out
    assert "Changes are kept for 100 days, and up to 5 MB." in said
    said = filled("compact", "--older-than", "30").out
    assert re.match(r"Forgot 0 changes made before \d+ \w{3} \d{4}; 0\.0 MB less\.\n", said)
    assert filled("compact", "--older-than", "3").code == 2
    assert filled("compact", "--keep-days", "0").code == 2


def test_a_tag_is_renamed_coloured_and_deleted_everywhere(filled: Run) -> None:
    filled("tag", "1", "2", "+nlp")
    assert filled("tag", "--rename", "nlp", "language").out == "Rename tag nlp to language.\n"
    assert filled("tag", "--color", "language", "#aabbcc").code == 0
    assert filled("tags", "--json").json["tags"] == [{"tag": "language", "color": "#aabbcc", "papers": 2}]
    assert filled("tag", "--color", "language", "-").code == 0
    assert filled("tag", "--color", "language", "-").out == "Nothing to do: it was so already.\n"
    assert filled("tag", "--delete", "language").out == "Delete tag language from 2 papers.\n"
    assert filled("tag", "--delete", "language").code == 2
    assert filled("tag", "1", "--delete", "language").code == 2
