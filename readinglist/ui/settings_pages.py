"""The pages of the settings that are built from their table."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from readinglist.ui.actions import BY_ID
from readinglist.ui.settings import CITATION_STYLE, EXPORT_FORMAT, PAGES, SETTINGS, Setting
from readinglist.ui.settings_rows import Choice, Forget, Offered, Page, Switch
from readinglist.ui.wording import without_mnemonic

if TYPE_CHECKING:
    from readinglist.ui.main_window import MainWindow

translate = QCoreApplication.translate
Control = Choice | Forget | Switch


class SettingRows(QObject):
    """Rows for settings of the table on a page. What is chosen holds at once."""

    def __init__(self, page: Page, window: "MainWindow") -> None:
        super().__init__(page)
        self._page = page
        self._window = window
        self._settings = window.settings
        self.controls: dict[str, Control] = {}
        window.settings.changed.connect(self._show)

    def add(self, setting: Setting[Any]) -> None:
        """Put a row at the end of the page."""
        words = translate("Settings", setting.words)
        control = _control(setting, words)
        remark = translate("Settings", setting.remark) if setting.remark else ""
        self._page.add_row("" if isinstance(control, Switch) else words, control, remark)
        self.controls[setting.key] = control
        control.chosen.connect(partial(self._choose, setting))
        self._show(setting.key)
        if setting.key == CITATION_STYLE.key:
            self._window.background.ask("settings-styles", _styles, self._offer_styles)

    def _choose(self, setting: Setting[Any], value: object) -> None:
        """Let a value hold: by the action that does so, where it can be done now."""
        if setting.action:
            action = self._window.actions_.action(_action_id(setting, value))
            if action.isEnabled() and not (isinstance(value, bool) and action.isChecked() == value):
                action.trigger()
        self._settings.set(setting, value)

    def _show(self, key: str) -> None:
        control = self.controls.get(key)
        if control is None:
            return
        setting = _BY_KEY[key]
        value = self._settings.get(setting)
        match control:
            case Switch():
                control.setChecked(bool(value))
            case Forget():
                control.setEnabled(value != setting.default)
            case Choice():
                control.show_value(value, setting.default)

    def _offer_styles(self, known: Offered) -> None:
        control = self.controls[CITATION_STYLE.key]
        if isinstance(control, Choice):
            control.offer(known)
            self._show(CITATION_STYLE.key)


class TablePage(Page):
    """The settings of one page of the table."""

    def __init__(self, page: str, window: "MainWindow", parent: QWidget | None = None) -> None:
        super().__init__(translate("Settings", PAGES[page]), parent=parent)
        self.rows = SettingRows(self, window)
        for setting in SETTINGS:
            if setting.page == page:
                self.rows.add(setting)
        self.fill()


def _control(setting: Setting[Any], words: str) -> Control:
    if isinstance(setting.default, bool):
        return Switch(words)
    if setting.button:
        return Forget(words, translate("Settings", setting.button), setting.default)
    return Choice(words, _offered(setting))


def _action_id(setting: Setting[Any], value: object) -> str:
    """The action that sets a value."""
    return setting.action if isinstance(value, bool) else f"{setting.action}-{value or 'best'}"


def _offered(setting: Setting[Any]) -> Offered:
    """The values of a setting as they are called in the menus; none yet for what is still to be looked up."""
    if setting.key == EXPORT_FORMAT.key:
        from readinglist.library.export_formats import EXPORT_FORMATS
        from readinglist.ui.export_words import format_name

        return [(known.name, format_name(known)) for known in EXPORT_FORMATS]
    if setting.key == CITATION_STYLE.key:
        return [(setting.default, setting.default)]
    names = [translate("Actions", BY_ID[_action_id(setting, value)].words) for value in setting.choices]
    return [(value, without_mnemonic(name)) for value, name in zip(setting.choices, names, strict=True)]


def _styles() -> Offered:
    from readinglist.library.citation_styles import styles

    return [(style.name, style.title) for style in styles()]


_BY_KEY: dict[str, Setting[Any]] = {setting.key: setting for setting in SETTINGS}
