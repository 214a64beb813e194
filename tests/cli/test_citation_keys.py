"""Citation keys on the command line."""

import pytest

from tests.cli.conftest import Run


def test_the_pattern_is_shown_and_kept(filled: Run) -> None:
    assert filled("keys").out == "[auth][year]\n"
    assert filled("keys", "--set", "--pattern", "[veryshorttitle:lower]").out == "[veryshorttitle:lower]\n"
    assert filled("keys").out == "[veryshorttitle:lower]\n"


def test_keys_are_listed_before_they_are_changed(filled: Run) -> None:
    listed = filled("keys", "--pattern", "[veryshorttitle:lower]", "sheep")
    assert "CountingSheepSmall  ->  counting" in listed.out
    assert listed.out.endswith("1 key would change. --regenerate does it.\n")
    assert "CountingSheepSmall" in filled("show", "CountingSheepSmall").out
    changed = filled("keys", "--pattern", "[veryshorttitle:lower]", "--regenerate", "sheep")
    assert "Changed 1 key." in changed.out
    assert filled("show", "counting").code == 0
    filled("undo")
    assert filled("show", "CountingSheepSmall").code == 0


def test_keys_that_fit_stay(filled: Run) -> None:
    assert filled("keys", "--all", "--regenerate").out == "All keys fit the pattern.\n"


def test_json(filled: Run) -> None:
    answer = filled("keys", "--all", "--pattern", "[camel:abbr:lower]", "--json").json
    assert answer["changed"] is False
    assert {key["new"] for key in answer["keys"]} == {"gofp", "cswslm", "mflr", "aaob"}


@pytest.mark.parametrize(
    "words", [("--regenerate",), ("--set",), ("--pattern", "[nonsense]", "sheep"), ("--pattern", "[auth", "--set")]
)
def test_misuse(filled: Run, words: tuple[str, ...]) -> None:
    assert filled("keys", *words).code == 2
