from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_editing import paper

TWICE = """Mar 16

Maps for Lost Robot

Robots that forget where they are can ask a passer-by. We measure how often the answer helps.
"""


@pytest.fixture
def twice(filled: Run, tmp_path: Path) -> Run:
    """The library with "Maps for Lost Robots" (3) in it once more (5), its title misspelt."""
    file = tmp_path / "sunday.txt"
    file.write_text(TWICE, encoding="utf-8")
    assert filled("import", file).code == 0
    return filled


def test_duplicates_are_shown_with_what_can_be_done(twice: Run) -> None:
    answer = twice("duplicates")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Perhaps one paper:"
    assert [line.split()[0] for line in lines[1:3]] == ["3", "5"]
    assert lines[1].endswith("Maps for Lost Robots")
    assert lines[-1] == "`readinglist merge ID ID` two of them, `readinglist different ID ID` keeps them apart."


def test_duplicates_as_json(twice: Run) -> None:
    (group,) = twice("duplicates", "--json").json
    assert group["match"] == "probable"
    assert [each["id"] for each in group["papers"]] == [3, 5]
    assert group["papers"][1]["title"] == "Maps for Lost Robot"


def test_papers_are_merged_and_come_back(twice: Run) -> None:
    before = paper(twice, "3"), paper(twice, "5")
    merged = twice("merge", "3", "5")
    assert (merged.code, merged.out) == (0, "Merged 2 papers into “Maps for Lost Robots” (3).\n")
    assert len(paper(twice, "3")["sightings"]) == 2
    assert twice("show", "5").code == 1
    assert paper(twice, before[1]["citation_key"])["id"] == 3  # the key that went leads to the paper
    assert [each["id"] for each in twice("find", f"key:{before[1]['citation_key']}", "--json").json["papers"]] == [3]
    assert twice("duplicates").out == "No paper is here twice.\n"
    back = twice("unmerge", "3")
    assert back.out == "“Maps for Lost Robot” is a paper of its own again (5).\n"
    assert (paper(twice, "3"), paper(twice, "5")) == before
    twice("undo")
    twice("undo")
    assert (paper(twice, "3"), paper(twice, "5")) == before


def test_papers_are_kept_apart(twice: Run) -> None:
    assert twice("different", "3", "5").out == "Kept 2 papers apart.\n"
    assert twice("different", "5", "3").out == "Nothing to do: it was so already.\n"
    assert twice("duplicates").out == "No paper is here twice.\n"


def test_all_sure_ones_are_merged_in_one_step(twice: Run) -> None:
    assert twice("merge", "--sure").out == "No papers are surely one.\n"
    twice("edit", "5", "--title", "Maps for Lost Robots")
    assert twice("duplicates").out.startswith("Surely one paper:\n")
    assert twice("merge", "--sure").out == "Merged 2 papers into 1. `readinglist undo` takes it back.\n"
    assert twice("undo").out == "Undone: Merge 2 papers into 1.\n"


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("merge",), 2, "or say --sure"),
        (("merge", "3"), 2, "or say --sure"),
        (("merge", "3", "3"), 2, "two papers"),
        (("merge", "3", "99"), 1, "99"),
        (("merge", "--sure", "3", "5"), 2, "or say --sure"),
        (("unmerge", "3"), 2, "nothing to take apart"),
        (("different", "3"), 2, "two papers"),
    ],
)
def test_what_cannot_be_is_told(twice: Run, words: tuple[str, ...], code: int, why: str) -> None:
    answer = twice(*words)
    assert (answer.code, answer.out) == (code, "")
    assert why in answer.err
