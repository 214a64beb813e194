"""The settings: every page from the table, what is chosen holds at once and after a restart, nothing in the way."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.compacting import Limits
from readinglist.library.library import Library
from readinglist.papers.query_values import SORT_WORDS
from readinglist.store.backup_set import DAILY, MONTHLY, OTHERS, WEEKLY
from readinglist.ui import settings as remembered
from readinglist.ui import theme
from readinglist.ui.backups_desk import BackupsDesk
from readinglist.ui.command_palette import CommandPalette
from readinglist.ui.history_desk import HistoryDesk
from readinglist.ui.key_help import KeyHelp
from readinglist.ui.key_page import KeysPage
from readinglist.ui.main_window import MainWindow
from readinglist.ui.settings import PAGES, SETTINGS, Setting, Settings
from readinglist.ui.settings_dialog import SettingsDialog
from readinglist.ui.settings_library import LibraryPage
from readinglist.ui.settings_links import LinksPage
from readinglist.ui.settings_pages import Control, TablePage
from readinglist.ui.settings_rows import Choice, Forget, Switch
from readinglist.ui.small_parts import KeyCaps, Words
from tests.ui.conftest import OpenWindow, desk_of, settle

EVERY_PAGE = (*PAGES, "links", "library", "keys")
INTERACTIVE = QAbstractButton | QAbstractItemView | QComboBox | QLineEdit


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """A window on an empty library, which is faster to make than one with papers."""
    return open_window()


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    made = window.show_settings()
    qtbot.waitUntil(made.isVisible)
    return made


def table_page(dialog: SettingsDialog, page: str) -> TablePage:
    shown = dialog.show_page(page)
    assert isinstance(shown, TablePage)
    return shown


def library_page(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> LibraryPage:
    shown = dialog.show_page("library")
    assert isinstance(shown, LibraryPage)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: bool(shown.journal.text()))
    return shown


def choose(control: Control, value: object) -> None:
    """Choose a value as a reader does."""
    if isinstance(control, Switch):
        assert control.isChecked() != value
        control.click()
        return
    assert isinstance(control, Choice)
    place = next(place for place in range(control.count()) if control._values[place] == value)
    control.setCurrentIndex(place)
    control.activated.emit(place)


def test_the_menu_and_its_key_open_it_and_the_palette_offers_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.panes.list, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialogs = window.findChildren(SettingsDialog)
    assert [each.isVisible() for each in dialogs] == [True]
    window.actions_.trigger("settings")
    assert window.findChildren(SettingsDialog) == dialogs
    dialogs[0].close()
    desk_of(window).deeds.open_palette()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.field, "settings")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(SettingsDialog)))


def test_it_is_not_loaded_at_the_start(tmp_path: Path) -> None:
    look = (
        "import sys; from readinglist.app import make_application\n"
        "app = make_application()\n"
        "from pathlib import Path; from readinglist.ui.main_window import MainWindow\n"
        "from readinglist.ui.settings import Settings; from readinglist.library.library import Library\n"
        "window = MainWindow(Settings(Path(sys.argv[1]))); window.attach(Library(Path(sys.argv[1]) / 'library'))\n"
        "window.close()\n"
        "print([name for name in sys.modules if '.settings_' in name or 'key_page' in name or 'key_field' in name])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_it_has_the_room_that_it_asks_for(dialog: SettingsDialog) -> None:
    assert dialog.size() == dialog.sizeHint()


def test_every_setting_with_words_stands_on_its_page(dialog: SettingsDialog) -> None:
    for page in PAGES:
        held = set(table_page(dialog, page).rows.controls)
        assert held == {setting.key for setting in SETTINGS if setting.page == page}
        assert held
    assert all(setting.words for setting in SETTINGS if setting.page)
    assert {setting.page for setting in SETTINGS} <= {"", *PAGES, "library"}


CHOSEN: tuple[tuple[Setting[Any], object], ...] = (
    (remembered.THEME, "dark"), (remembered.SORT, "title"), (remembered.SHOW_SIDEBAR, False),
    (remembered.SHOW_DETAILS, False), (remembered.LOOK_AT_IMPORTS, "always"), (remembered.EXPORT_FORMAT, "ris"),
    (remembered.CITATION_STYLE, "ieee"),
)  # fmt: skip


def test_what_is_chosen_is_remembered(dialog: SettingsDialog, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert {setting.key for setting, _ in CHOSEN} == {each.key for each in SETTINGS if each.page and not each.button}
    for setting, value in CHOSEN:
        control = table_page(dialog, setting.page).rows.controls[setting.key]
        settle(qtbot, window)
        if isinstance(control, Choice):
            qtbot.waitUntil(lambda control=control, value=value: value in control._values)  # type: ignore[misc]
        choose(control, value)
        assert window.settings.get(setting) == value
    window.settings.save()
    again = Settings(tmp_path / "settings")
    assert [again.get(setting) for setting, _value in CHOSEN] == [value for _setting, value in CHOSEN]


def test_what_is_chosen_shows_in_the_window_at_once(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    choose(table_page(dialog, "look").rows.controls[remembered.THEME.key], "dark")
    assert theme.current().dark
    assert window.actions_.action("theme-dark").isChecked()
    page = table_page(dialog, "list")
    choose(page.rows.controls[remembered.SHOW_SIDEBAR.key], value=False)
    assert not window.panes.sidebar.isVisible()
    assert not window.actions_.action("show-sidebar").isChecked()
    choose(page.rows.controls[remembered.SORT.key], "title")
    settle(qtbot, window)
    assert window.actions_.action("sort-title").isChecked()
    found = desk_of(window).found
    assert found is not None
    assert found.sort == "title"
    choose(table_page(dialog, "import").rows.controls[remembered.LOOK_AT_IMPORTS.key], "never")
    assert window.actions_.action("look-never").isChecked()


def test_what_is_chosen_in_the_menus_shows_in_the_dialog(dialog: SettingsDialog, window: MainWindow) -> None:
    shown = table_page(dialog, "look").rows.controls[remembered.THEME.key]
    window.actions_.trigger("theme-light")
    assert isinstance(shown, Choice)
    assert shown.value == "light"
    switch = table_page(dialog, "list").rows.controls[remembered.SHOW_DETAILS.key]
    assert isinstance(switch, Switch)
    window.actions_.trigger("show-details")
    assert not switch.isChecked()
    window.actions_.trigger("show-details")
    assert switch.isChecked()


def test_the_order_has_every_order_of_the_search_language(dialog: SettingsDialog) -> None:
    shown = table_page(dialog, "list").rows.controls[remembered.SORT.key]
    assert isinstance(shown, Choice)
    assert {value or "best" for value in shown._values} == set(SORT_WORDS)


def test_values_that_cannot_be_meant_are_shown_as_the_default(
    tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    folder = tmp_path / "settings"
    folder.mkdir()
    (folder / "window.ini").write_text(
        "[look]\ntheme=purple\n[list]\nsort=best\n[files]\nexport-format=clay\nlook-at-imports=@Invalid()\n"
        "[cite]\nstyle=a, b\n[links]\nhosts=x, y\n[window]\nsidebar=perhaps\n[keys]\nstar=Foo\n"
    )
    window = open_window()
    dialog = window.show_settings()
    for page in EVERY_PAGE:
        dialog.show_page(page)
    settle(qtbot, window)
    for setting in SETTINGS:
        if setting.page not in PAGES:
            continue
        control = table_page(dialog, setting.page).rows.controls[setting.key]
        if isinstance(control, Choice):
            qtbot.waitUntil(lambda control=control, setting=setting: control.value == setting.default)  # type: ignore[misc]
        elif isinstance(control, Switch):
            assert control.isChecked() == setting.default


def test_what_was_learned_is_forgotten(dialog: SettingsDialog, window: MainWindow) -> None:
    library = dialog.show_page("library")
    assert isinstance(library, LibraryPage)
    for setting, rows in (
        (remembered.TABLE_COLUMNS, table_page(dialog, "import").rows), (remembered.SEEN_NOTICES, library.rows),
    ):  # fmt: skip
        button = rows.controls[setting.key]
        assert isinstance(button, Forget)
        assert not button.isEnabled()
        window.settings.set(setting, "something")
        assert button.isEnabled()
        button.click()
        assert window.settings.get(setting) == ""
        assert not button.isEnabled()


def test_the_wheel_chooses_nothing(dialog: SettingsDialog, window: MainWindow) -> None:
    control = table_page(dialog, "list").rows.controls[remembered.SORT.key]
    assert isinstance(control, Choice)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt's
    )  # fmt: skip
    QApplication.sendEvent(control, event)
    assert control.value == ""
    assert window.settings.get(remembered.SORT) == ""


# links


def test_places_are_listed_and_can_be_taken_off(
    window: MainWindow, dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    page = dialog.show_page("links")
    assert isinstance(page, LinksPage)
    assert not page.remove_button.isEnabled()
    window.settings.set(remembered.LINK_HOSTS, "openreview.net github.com")
    assert [page.list.model().index(row, 0).data() for row in range(2)] == ["github.com", "openreview.net"]
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert window.settings.get(remembered.LINK_HOSTS) == "github.com"
    page.remove_button.click()
    window.settings.save()
    assert Settings(tmp_path / "settings").get(remembered.LINK_HOSTS) == ""
    assert not page.remove_button.isEnabled()


# the library


def test_the_library_says_where_it_lies_and_is_shown_in_its_folder(
    dialog: SettingsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    class Opener(QObject):
        opened: QUrl | None = None

        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            self.opened = url

    page, opener = library_page(dialog, window, qtbot), Opener()
    folder = desk_of(window).library.folder
    assert page.place.text() == str(folder)
    assert page.place.isReadOnly()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type] # its types want bytes
    page.show_button.click()
    QDesktopServices.unsetUrlHandler("file")
    assert opener.opened == QUrl.fromLocalFile(str(folder))
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == str(folder)


def test_how_long_changes_are_kept_lies_in_the_library(
    dialog: SettingsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    page = library_page(dialog, window, qtbot)
    library = desk_of(window).library
    assert (page.days.value, page.megabytes.value) == (730, 64)
    assert page.days.currentText() == "2 years"
    choose(page.days, 90)
    qtbot.waitUntil(lambda: library.journal_limits() == Limits(64, 90))
    choose(page.megabytes, 256)
    qtbot.waitUntil(lambda: library.journal_limits() == Limits(256, 90))
    folder = library.folder
    window.close()
    with Library(folder) as again:
        assert again.journal_limits() == Limits(256, 90)


def test_nothing_below_30_days_is_offered_and_what_was_set_elsewhere_is(
    dialog: SettingsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    desk_of(window).library.set_journal_limits(Limits(100, 400))
    page = library_page(dialog, window, qtbot)
    assert (page.days.currentText(), page.megabytes.currentText()) == ("400 days", "100 MB")
    assert all(isinstance(days, int) and days >= 30 for days in page.days._values)
    said = " ".join(words.text() for words in page.findChildren(Words))
    assert "Changes of the last 30 days always stay" in said
    assert "30 days in the trash" in said


def test_what_is_said_of_backups_is_what_is_done(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    page = library_page(dialog, window, qtbot)
    said = " ".join(words.text() for words in page.findChildren(Words))
    assert f"each of the last {DAILY} days, {WEEKLY} weeks and {MONTHLY} months" in said
    assert f"the newest {OTHERS} of each kind" in said
    assert "There is no backup of the library yet." in said
    page.backups_button.click()
    assert desk_of(window).findChildren(BackupsDesk)


def test_a_library_that_is_read_only_keeps_its_limits(window: MainWindow, qtbot: QtBot) -> None:
    with desk_of(window).library.as_of("today") as earlier:
        other = MainWindow(Settings(earlier.folder / "settings"))
        qtbot.addWidget(other)
        other.attach(earlier)
        other.show()
        settle(qtbot, other)
        page = library_page(other.show_settings(), other, qtbot)
        assert not page.days.isEnabled()
        assert not page.megabytes.isEnabled()
        assert earlier.read_only in page.journal.text()
        other.close()


def test_without_a_library_all_else_can_be_set(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    dialog = window.show_settings()
    for page in EVERY_PAGE:
        dialog.show_page(page)
    closed = dialog.show_page("library")
    assert any(words.text() == "The library is not open." for words in closed.findChildren(Words))
    choose(table_page(dialog, "list").rows.controls[remembered.SORT.key], "year")
    choose(table_page(dialog, "import").rows.controls[remembered.LOOK_AT_IMPORTS.key], "never")
    assert window.settings.get(remembered.SORT) == "year"
    assert window.settings.get(remembered.LOOK_AT_IMPORTS) == "never"
    window.close()


# keys in the window


def test_changed_keys_show_everywhere_at_once_and_after_a_restart(
    sample_folder: Path, window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    assert sample_folder
    dialog = window.show_settings()
    window.show_keys()
    page = dialog.show_page("keys")
    assert isinstance(page, KeysPage)
    for action, key in (("star", Qt.Key.Key_W), ("commands", Qt.Key.Key_F6)):
        page.choose(action)
        page.editor.begin()
        qtbot.keyClick(page.editor.field, key)
    help_ = window.findChild(KeyHelp)
    assert help_ is not None
    for each in (window, open_window()):
        assert each.actions_.tip("star") == "Star (W)"
        assert each.actions_.action("star").shortcut().toString() == "W"
        caps = [caps.accessibleName() for caps in each.panes.status_line.findChildren(KeyCaps)]
        assert caps == ["Ctrl Z", "F6"]
    help_.field.setText("star")
    assert ("W",) in [help_.list.model().index(row, 0).data(Qt.ItemDataRole.UserRole).keys
                      for row in range(help_.list.model().rowCount())]  # fmt: skip
    papers = window.panes.list
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    papers.setFocus()
    papers.step(1)
    library, chosen = desk_of(window).library, papers.selected_ids()[0]
    qtbot.keyClick(papers, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: library.papers([chosen])[0].starred)


def test_the_page_of_an_empty_library_shows_its_keys(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.panes.welcome is not None)
    welcome = window.panes.welcome
    assert welcome is not None

    def keys() -> list[str]:
        return [caps.accessibleName() for caps in welcome.findChildren(KeyCaps)]

    assert keys() == ["Ctrl I", "Ctrl V", ""]
    window.actions_.bindings.give("import-files", ["F6"])
    window.actions_.show_keys()
    assert keys() == ["F6", "Ctrl V", ""]
    desk_of(window).in_and_out.import_sample()
    qtbot.waitUntil(lambda: window.panes.welcome is None)
    settle(qtbot, window)
    window.actions_.bindings.reset_all()
    window.actions_.show_keys()


# for everyone


def test_all_of_every_page_is_reached_by_keyboard_has_a_name_and_fits(
    dialog: SettingsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    window.settings.set(remembered.LINK_HOSTS, "github.com")
    dialog.resize(900, 600)
    for page in EVERY_PAGE:
        shown = dialog.show_page(page)
        settle(qtbot, window)
        qtbot.waitUntil(lambda shown=shown: shown.inner.width() <= shown.viewport().width())  # type: ignore[misc]
        controls = [each for each in dialog.findChildren(QWidget) if _can_be_used(each)]
        assert len(controls) >= 3
        assert [each for each in controls if not _name(each)] == []
        assert {id(each) for each in controls} <= {id(each) for each in _tabbed_through(dialog)}
        held = shown.inner
        for each in held.findChildren(QWidget):
            assert not each.isVisible() or each.mapTo(held, QPoint(each.width(), 0)).x() <= held.width(), each


def _can_be_used(widget: QWidget) -> bool:
    usable = isinstance(widget, INTERACTIVE) and widget.isVisible() and widget.isEnabled()
    return usable and not isinstance(widget.parent(), QLineEdit | QComboBox)


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _tabbed_through(dialog: SettingsDialog) -> list[QWidget]:
    """All that Tab comes to."""
    dialog.activateWindow()
    dialog.list.setFocus()
    reached: list[QWidget] = []
    step: Callable[[], bool] = lambda: dialog.focusNextPrevChild(True)  # noqa: E731, FBT003
    while step() and (focused := dialog.focusWidget()) is not None and focused not in reached:
        reached.append(focused)
    return reached


def test_the_page_of_all_keys_leads_to_where_they_are_changed(window: MainWindow) -> None:
    window.show_keys()
    help_ = window.findChild(KeyHelp)
    assert help_ is not None
    help_.change_button.click()
    assert isinstance(window.show_settings().page, KeysPage)


def test_closed_before_all_was_looked_up_it_leaves_nothing_behind(window: MainWindow, qtbot: QtBot) -> None:
    broken: list[BaseException] = []
    window.background.broke.connect(broken.append)
    held_up = Event()
    for channel in ("settings-library", "settings-styles"):
        window.background.ask(channel, held_up.wait, lambda _: None)
    dialog = window.show_settings()
    for page in EVERY_PAGE:
        dialog.show_page(page)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(gone))
    held_up.set()
    window.settings.set(remembered.LINK_HOSTS, "github.com")
    window.actions_.show_keys()
    theme.use(QApplication.instance(), "dark")  # type: ignore[arg-type]
    qtbot.wait(100)
    assert broken == []


def test_a_window_of_another_day_has_the_same_keys_and_leads_to_the_same_settings(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_.bindings.give("star", ["W"])
    history = window.findChild(HistoryDesk)
    assert history is not None
    history.open_day("today")
    qtbot.waitUntil(lambda: bool(history.windows))
    other = history.windows[0]
    settle(qtbot, other)
    assert other.actions_.keys("star") == ("W",)
    other.actions_.trigger("settings")
    assert [each.parent() for each in window.findChildren(SettingsDialog)] == [window]
    assert other.findChildren(SettingsDialog) == []
    other.close()


def test_closing_the_window_closes_the_dialog(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    window.close()
    qtbot.waitUntil(lambda: bool(gone))
