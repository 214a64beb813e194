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


def test_every_setting_is_in_the_table_once() -> None:
    named = [value for value in vars(all_settings).values() if isinstance(value, all_settings.Setting)]
    assert len(named) == len(SETTINGS) == len({setting.key for setting in SETTINGS})
    assert all(setting.default in setting.choices for setting in SETTINGS if setting.choices)


def test_settings_are_in_the_users_folder(home: Path) -> None:
    settings = Settings()
    settings.set(SORT, "title")
    settings.save()
    assert list(home.rglob("window.ini"))
