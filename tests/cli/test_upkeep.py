from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_check_of_a_whole_library_says_so(filled: Run) -> None:
    assert filled("check", "--json").json == {"papers": 4, "waiting": 4, "differences": []}
    filled("reindex")
    answer = filled("check")
    assert answer.code == 0
    assert answer.out.splitlines() == ["Compared 4 papers with the full-text index.", "All is well."]


@pytest.mark.expects_log
def test_check_tells_what_differs_and_what_repairs_it(filled: Run, folder: Path) -> None:
    filled("reindex")
    for path in (folder / "index").rglob("*.seg"):
        path.write_bytes(path.read_bytes()[:100])
    answer = filled("check")
    assert answer.code == 1
    assert "reindex" in answer.err
    assert "All is well" not in answer.out
    (difference,) = filled("check", "--json").json["differences"]
    assert set(difference) == {"kind", "message", "repair", "papers"}
    assert filled("reindex", "--pending").code == 0
    assert filled("check").code == 0


def test_indexing_what_is_pending_makes_no_library_where_it_was_removed(run: Run, folder: Path) -> None:
    assert run("reindex", "--pending").code == 0
    assert not folder.exists()


def test_a_second_version_that_a_sync_left_is_told(filled: Run, folder: Path) -> None:
    assert "second version" not in filled("find", "sheep").err
    copy = folder / "library.sync-conflict-20260314-101500-ABCDEFG.sqlite"
    copy.write_bytes((folder / "library.sqlite").read_bytes())
    answer = filled("find", "sheep", "--json")
    assert answer.code == 0
    assert answer.err.count(f"There is a second version of this library: {copy}.") == 1
    assert answer.json
