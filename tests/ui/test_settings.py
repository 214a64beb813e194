"""Settings: defaults, values that cannot be meant, what comes back from the file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from readinglist.ui import settings as all_settings
from readinglist.ui.settings import GEOMETRY, SETTINGS, SHOW_SIDEBAR, SORT, THEME, Settings


def test_what_was_never_set_has_its_default(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert settings.get(THEME) == "system"
    assert settings.get(SHOW_SIDEBAR) is True
    assert settings.get(GEOMETRY) == QByteArray()


def test_values_come_back_with_their_types(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set(THEME, "dark")
    settings.set(SHOW_SIDEBAR, value=False)
    settings.set(GEOMETRY, QByteArray(b"\x00\x01,\xff"))
    settings.save()
    again = Settings(tmp_path)
    assert again.get(THEME) == "dark"
    assert again.get(SHOW_SIDEBAR) is False
    assert again.get(GEOMETRY) == QByteArray(b"\x00\x01,\xff")


@pytest.mark.parametrize("line", ["theme=purple", "theme=", "theme=@Invalid()", "theme=a, b"])
def test_a_value_that_cannot_be_meant_counts_as_not_set(tmp_path: Path, line: str) -> None:
    (tmp_path / "window.ini").write_text(f"[look]\n{line}\n[window]\nsidebar=perhaps\ngeometry=12\n")
    settings = Settings(tmp_path)
    assert settings.get(THEME) == "system"
    assert settings.get(SHOW_SIDEBAR) is True
    assert settings.get(GEOMETRY) == QByteArray()


def test_a_change_is_told_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    told: list[str] = []
    settings.changed.connect(told.append)
    for theme in ("dark", "dark", "system"):
        settings.set(THEME, theme)
    assert told == ["look/theme", "look/theme"]


def test_settings_for_a_while_leave_those_they_came_from(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set(THEME, "dark")
    settings.set(GEOMETRY, QByteArray(b"somewhere"))
    settings.choose_keys("star", "Ctrl+;")
    beside = settings.for_a_while(tmp_path / "beside")
    assert beside.get(THEME) == "dark"
    assert beside.get(GEOMETRY) == QByteArray()
    assert beside.chosen_keys() == {"star": "Ctrl+;"}
    beside.set(THEME, "light")
    assert settings.get(THEME) == "dark"


@pytest.mark.parametrize(
    "keys", ["Ctrl+,", "Ctrl+;", 'Ctrl+"', "Ctrl+\\", "Ctrl+%", "Ctrl+=", "Ctrl+Ж", ",", "@", "", "F5 W"]
)
def test_every_key_comes_back_from_the_file(tmp_path: Path, keys: str) -> None:
    settings = Settings(tmp_path)
    settings.choose_keys("star", keys)
    settings.save()
    assert Settings(tmp_path).chosen_keys() == {"star": keys}
    settings.choose_keys("star", None)
    settings.save()
    assert Settings(tmp_path).chosen_keys() == {}


def test_every_setting_is_in_the_table_once() -> None:
    named = [value for value in vars(all_settings).values() if isinstance(value, all_settings.Setting)]
    assert len(named) == len(SETTINGS) == len({setting.key for setting in SETTINGS})
    assert all(setting.default in setting.choices for setting in SETTINGS if setting.choices)


def test_settings_are_in_the_users_folder(home: Path) -> None:
    settings = Settings()
    settings.set(SORT, "title")
    settings.save()
    assert list(home.rglob("window.ini"))
