from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


def paper(run: Run, name: str = "1") -> dict[str, Any]:
    shown: dict[str, Any] = run("show", name, "--json").json
    return shown


def test_stars_and_unstars(filled: Run) -> None:
    assert filled("star", "1", "2").out == "Starred 2 papers.\n"
    assert paper(filled)["starred"]
    assert filled("star", "1", "3").out == "Starred 1 paper. 1 paper had it already.\n"
    assert filled("star", "1").out == "Nothing to do: it was so already.\n"
    assert filled("unstar", "1").out == "Took the star off 1 paper.\n"
    assert not paper(filled)["starred"]


def test_papers_are_named_by_citation_key_too(filled: Run) -> None:
    key = paper(filled, "2")["citation_key"]
    assert key
    assert filled("star", key).code == 0
    assert paper(filled, "2")["starred"]


def test_one_wrong_name_changes_nothing(filled: Run) -> None:
    answer = filled("star", "1", "99", "nobody1999")
    assert answer.code == 1
    assert "99, nobody1999" in answer.err
    assert not paper(filled)["starred"]


def test_tags_go_on_and_off(filled: Run) -> None:
    assert filled("tag", "1", "2", "+nlp/parsing", "+to discuss").out == "Tagged 2 papers.\n"
    assert paper(filled)["tags"] == ["nlp/parsing", "to discuss"]
    assert filled("tag", "1", "-to discuss", "+sheep").code == 0
    assert paper(filled)["tags"] == ["nlp/parsing", "sheep"]
    assert filled("tag", "1", "-nlp/parsing", "-sheep").code == 0
    assert paper(filled)["tags"] == []
    assert paper(filled, "2")["tags"] == ["nlp/parsing", "to discuss"]


@pytest.mark.parametrize("state", ["inbox", "to-read", "reading", "read", "skipped"])
def test_sets_every_reading_state(filled: Run, state: str) -> None:
    assert filled("status", state, "1", "2").code == 0
    assert (paper(filled, "1")["status"], paper(filled, "2")["status"]) == (state, state)


def test_notes_come_from_words_and_from_standard_input(filled: Run) -> None:
    assert filled("note", "1", "Read", "*this*", "again").code == 0
    assert filled("note", "1", "- a point\n- and another").code == 0
    assert filled("note", "1", "-", stdin="Ein Zettel über Bäume\n".encode()).code == 0
    assert [note["text"] for note in paper(filled)["notes"]] == [
        "Read *this* again",
        "- a point\n- and another",
        "Ein Zettel über Bäume",
    ]


def test_undo_and_redo_say_what_they_did(filled: Run) -> None:
    filled("star", "1")
    filled("status", "read", "1")
    assert filled("undo").out.startswith("Undone: Move ")
    assert paper(filled)["status"] == "inbox"
    assert filled("undo").out.startswith("Undone: Star ")
    assert not paper(filled)["starred"]
    assert filled("redo").out.startswith("Redone: Star ")
    assert paper(filled)["starred"]


def test_nothing_to_undo_or_redo_is_told(run: Run, folder: Path) -> None:
    for verb in ("undo", "redo"):
        answer = run(verb)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err == f"readinglist: There is nothing to {verb}.\n"
    assert folder.exists()
