"""The look: colours from the theme files, the type scale, tinted icons. Everything that paints asks here."""

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QIcon, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from readinglist.paths import resource
from readinglist.ui.plain_tips import PlainTips
from readinglist.ui.tinted_icon import TintedIcon

Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark")

FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Italic.otf")
FONT_FAMILY = "Inter"
SMALLEST_POINTS = 8.25  # 11 px at 96 dpi
DISABLED = 0.45  # the opacity of what is drawn by hand and cannot be used
BODY_POINTS = 9.75  # 13 px at 96 dpi; a larger system font is kept

# How much larger than the body a step of the type scale is: -1 the faint line of a row, 1 a row's title, 2 a section
# of a page, 4 the title of the open paper.
_STEPS = {-1: 0.92, 0: 1.0, 1: 1.08, 2: 1.23, 3: 1.46, 4: 1.69}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours by what they are for; resources/themes/light.toml says where each stands."""

    dark: bool
    window: QColor
    sidebar: QColor
    surface: QColor
    hover: QColor
    selected: QColor
    selected_text: QColor
    text: QColor
    quiet: QColor
    faint: QColor
    line: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    star: QColor
    star_off: QColor
    mark: QColor
    mark_text: QColor
    new: QColor
    tag: QColor
    tag_text: QColor
    note: QColor
    error: QColor
    warning: QColor


class Notifier(QObject):
    """Tells when the theme or the application's font changed: paint again."""

    changed = Signal()


class _State:
    """What is in use now; there is one application, hence one theme."""

    name: str = "light"
    choice: Choice = "system"
    body: QFont | None = None
    line_height: float = 16.0


notifier = Notifier()
_state = _State()


@lru_cache(maxsize=2)
def load(name: str) -> Theme:
    """The theme in resources/themes/NAME.toml."""
    values = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
    colors = {item.name: QColor(values[item.name]) for item in fields(Theme) if item.name != "dark"}
    return Theme(dark=values["dark"], **colors)


def current() -> Theme:
    """The theme in use."""
    return load(_state.name)


def use(app: QApplication, choice: Choice) -> None:
    """Show the application in this theme from now on; "system" follows the system, also when it changes."""
    hints = app.styleHints()
    is_first = _state.body is None
    if is_first:
        app.setStyle(PlainTips("Fusion"))
        _load_fonts(app)
        hints.colorSchemeChanged.connect(lambda _scheme: _follow_system(app))
    _state.choice = choice
    wanted = _wanted(choice, hints)
    if is_first or wanted != _state.name:  # else all would be polished anew for nothing
        _show(app, wanted)


def font(step: int = 0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The application's font at a step of the type scale (-1, 0, 1, 2, 3 or 4), never below 11 px at 96 dpi."""
    sized = QFont(_state.body) if _state.body is not None else QFont(QApplication.font())
    sized.setPointSizeF(max(SMALLEST_POINTS, sized.pointSizeF() * _STEPS[step]))
    sized.setWeight(weight)
    return sized


def icon(name: str, color: QColor | None = None) -> QIcon:
    """The icon resources/icons/NAME.svg in this colour; without one, in the theme's own, also after it changed."""
    return _icon(name, color.name() if color is not None else "")


def spacing(blanks: float) -> int:
    """A distance in pixels that grows with the font: 1.0 is 4 px beside a body of 13 px."""
    return round(blanks * _state.line_height / 4)


@lru_cache(maxsize=512)
def _icon(name: str, color: str) -> QIcon:
    return QIcon(TintedIcon(name, lambda mode: QColor(color) if color else _icon_color(mode)))


def _icon_color(mode: QIcon.Mode) -> QColor:
    theme = current()
    return theme.star_off if mode is QIcon.Mode.Disabled else theme.quiet


def _wanted(choice: Choice, hints: QStyleHints) -> str:
    if choice != "system":
        return choice
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


def _follow_system(app: QApplication) -> None:
    wanted = _wanted(_state.choice, app.styleHints())
    if wanted != _state.name:
        _show(app, wanted)


def _show(app: QApplication, name: str) -> None:
    _state.name = name
    theme = load(name)
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))
    notifier.changed.emit()


def _load_fonts(app: QApplication) -> None:
    for file in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", file)))
    body = app.font()
    body.setFamilies([FONT_FAMILY, body.family()])
    body.setPointSizeF(max(BODY_POINTS, body.pointSizeF()))
    _state.body = body
    _state.line_height = QFontMetricsF(body).height()
    app.setFont(body)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(theme.text, theme.sidebar, theme.line, theme.line, theme.faint, theme.text, theme.window)
    for where, color in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.window,
        role.AlternateBase: theme.surface,
        role.Text: theme.text,
        role.PlaceholderText: theme.faint,
        role.Button: theme.window,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.window,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
    }.items():
        palette.setColor(where, color)
    for where in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, theme.faint)
    return palette


def _style_sheet(theme: Theme) -> str:
    sheet = resource("themes", "style.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@check", resource("themes", f"check-{'dark' if theme.dark else 'light'}.svg").as_posix())
    # Long names first, so that @tag does not eat the start of @tag_text.
    for name in sorted((item.name for item in fields(Theme) if item.name != "dark"), key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", getattr(theme, name).name())
    return sheet


def icon_size() -> QSize:
    """The size of an icon beside body text."""
    side = max(16, round(_state.line_height))
    return QSize(side, side)
