"""Keys that the reader chose: kept, never two actions on one, and sound whatever the settings hold."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from readinglist.ui.actions import ACTIONS, BY_ID
from readinglist.ui.key_bindings import Clash, KeyBindings, KeyClashError, default_keys
from readinglist.ui.settings import Settings

KEYS = st.sampled_from(["Ctrl+E", "Ctrl+I", "S", "T", "W", "Ctrl+Alt+W", "F5", "?", "/", "Del", "Ctrl+,", "Ctrl+;"])
IDS = st.sampled_from(["export", "star", "tag", "search", "trash", "settings", "merge", "keys", "import-folder"])


@pytest.fixture
def bindings(tmp_path: Path) -> KeyBindings:
    return KeyBindings(Settings(tmp_path))


def again(folder: Path) -> KeyBindings:
    """The keys after a restart."""
    return KeyBindings(Settings(folder))


def written(folder: Path, **keys: str) -> None:
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    for action, text in keys.items():
        store.setValue(f"keys/{action.replace('_', '-')}", text)
    store.sync()


def shared(bindings: KeyBindings) -> list[str]:
    """Keys that several actions have."""
    counts = Counter(key for action in ACTIONS for key in bindings.keys(action.id))
    return [key for key, count in counts.items() if count > 1]


def test_at_first_the_keys_are_those_of_the_table_and_none_is_shared(bindings: KeyBindings) -> None:
    for action in ACTIONS:
        assert bindings.everywhere(action.id) == action.keys
        assert bindings.in_list(action.id) == action.list_keys
        assert not bindings.is_changed(action.id)
    assert shared(bindings) == []


def test_a_new_key_is_there_after_a_restart(bindings: KeyBindings, tmp_path: Path) -> None:
    bindings.give("merge", ["W", "Ctrl+Alt+W"])
    for each in (bindings, again(tmp_path)):
        assert each.keys("merge") == ("Ctrl+Alt+W", "W")
        assert each.everywhere("merge") == ("Ctrl+Alt+W",)
        assert each.in_list("merge") == ("W",)
        assert each.is_changed("merge")


def test_a_clash_is_told_and_cannot_be_saved(bindings: KeyBindings, tmp_path: Path) -> None:
    assert bindings.clashes("merge", ["F5", "Ctrl+E", "S"]) == [Clash("Ctrl+E", "export"), Clash("S", "star")]
    with pytest.raises(KeyClashError):
        bindings.give("merge", ["F5", "Ctrl+E"])
    for each in (bindings, again(tmp_path)):
        assert each.keys("merge") == ()
        assert each.keys("export") == ("Ctrl+E",)


def test_a_key_that_is_taken_leaves_its_action_the_others(bindings: KeyBindings, tmp_path: Path) -> None:
    bindings.give("merge", ["/"], take=True)
    for each in (bindings, again(tmp_path)):
        assert each.keys("merge") == ("/",)
        assert each.keys("search") == ("Ctrl+F",)


def test_an_action_can_have_no_key(bindings: KeyBindings, tmp_path: Path) -> None:
    bindings.give("export", [])
    assert again(tmp_path).keys("export") == ()
    assert again(tmp_path).is_changed("export")


def test_the_keys_of_the_table_are_not_kept_so_that_they_follow_it(bindings: KeyBindings, tmp_path: Path) -> None:
    bindings.give("export", ["F5"])
    bindings.give("export", default_keys("export"))
    assert Settings(tmp_path).chosen_keys() == {}


def test_resetting_all_brings_the_table_back(bindings: KeyBindings, tmp_path: Path) -> None:
    bindings.give("merge", ["Ctrl+E"], take=True)
    bindings.give("star", ["W"])
    bindings.reset_all()
    for each in (bindings, again(tmp_path)):
        assert not any(each.is_changed(action.id) for action in ACTIONS)
    assert Settings(tmp_path).chosen_keys() == {}


@pytest.mark.parametrize("text", ["Foo", "Ctrl+K, Ctrl+S", "Ctrl+E nonsense", "Tab", "Up", "Alt+F", "Ctrl+"])
def test_a_text_that_is_no_key_counts_as_not_chosen(tmp_path: Path, text: str) -> None:
    written(tmp_path, export=text)
    assert again(tmp_path).keys("export") == ("Ctrl+E",)


def test_a_list_of_values_counts_as_not_chosen(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[keys]\nexport=F5, F6\nstar=@Invalid()\nno-such-action=F7\n")
    keys = again(tmp_path)
    assert keys.keys("export") == ("Ctrl+E",)
    assert keys.keys("star") == ("S",)
    assert shared(keys) == []


def test_a_key_written_for_two_actions_belongs_to_the_first(tmp_path: Path) -> None:
    written(tmp_path, star="F5", export="F5 F6")
    keys = again(tmp_path)
    assert keys.keys("export") == ("F5", "F6")
    assert keys.keys("star") == ()


def test_a_chosen_key_goes_before_the_table(tmp_path: Path) -> None:
    written(tmp_path, star="Ctrl+E")
    keys = again(tmp_path)
    assert keys.keys("star") == ("Ctrl+E",)
    assert keys.keys("export") == ()


def test_a_letter_written_by_hand_works_in_the_list_alone(tmp_path: Path) -> None:
    written(tmp_path, export="x")
    assert again(tmp_path).everywhere("export") == ()
    assert again(tmp_path).in_list("export") == ("X",)


@settings(max_examples=20)  # each writes and reads a file
@given(st.lists(st.tuples(IDS, st.lists(KEYS, max_size=3), st.booleans()), max_size=12))
def test_whatever_is_given_no_key_does_two_things_and_a_restart_changes_nothing(
    steps: list[tuple[str, list[str], bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        keys = KeyBindings(Settings(Path(folder)))
        for action, wanted, take in steps:
            if take or not keys.clashes(action, wanted):
                keys.give(action, wanted, take=take)
                assert set(keys.keys(action)) == set(wanted)
            else:
                with pytest.raises(KeyClashError):
                    keys.give(action, wanted)
            assert shared(keys) == []
        after = again(Path(folder))
        assert {each: after.keys(each) for each in BY_ID} == {each: keys.keys(each) for each in BY_ID}


@settings(max_examples=20)  # each writes and reads a file
@given(st.dictionaries(IDS, st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=6))
def test_whatever_the_settings_hold_no_key_does_two_things(texts: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        for action, text in texts.items():
            settings.choose_keys(action, text)
        settings.save()
        assert shared(again(Path(folder))) == []
