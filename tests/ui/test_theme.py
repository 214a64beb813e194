"""The theme files: contrast, the type scale, icons that can be drawn."""

from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from readinglist.paths import resource
from readinglist.ui import theme, tinted_icon

THEMES = ("light", "dark")
# What is written on what.
TEXTS = (
    *product(("text", "quiet", "faint"), ("window", "sidebar", "surface", "hover", "selected", "note")),
    *product(("accent",), ("window", "sidebar", "accent_soft", "selected", "surface")),
    *product(("new", "error", "warning"), ("window", "surface", "selected")),
    ("selected_text", "selected"),
    ("on_accent", "accent"),
    ("mark_text", "mark"),
    ("tag_text", "tag"),
)
ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    weights = ((color.redF(), 0.2126), (color.greenF(), 0.7152), (color.blueF(), 0.0722))
    return sum(
        weight * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4) for value, weight in weights
    )


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    theme.use(qapp, "light")
    return qapp


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_what_it_is_written_on(name: str) -> None:
    chosen = theme.load(name)
    weak = {
        f"{text} on {ground}": round(contrast(getattr(chosen, text), getattr(chosen, ground)), 2)
        for text, ground in TEXTS
        if contrast(getattr(chosen, text), getattr(chosen, ground)) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("name", THEMES)
def test_a_star_can_be_told_from_the_list_behind_it(name: str) -> None:
    chosen = theme.load(name)
    assert contrast(chosen.star, chosen.window) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("edge", ["edge", "accent"])
def test_what_one_types_or_ticks_stands_out_from_what_is_behind_it(name: str, edge: str) -> None:
    chosen = theme.load(name)
    grounds = ("window", "sidebar", "surface", "hover")
    assert min(contrast(getattr(chosen, edge), getattr(chosen, ground)) for ground in grounds) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_a_tick_is_drawn_in_the_color_of_its_ground(app: QApplication, name: Literal["light", "dark"]) -> None:
    theme.use(app, name)
    box = QCheckBox("Tick")
    box.setChecked(True)
    image = box.grab().toImage()
    drawn = {image.pixelColor(x, y).name() for x in range(16) for y in range(image.height())}
    assert {theme.current().accent.name(), theme.current().on_accent.name()} <= drawn


@pytest.mark.parametrize("name", THEMES)
def test_every_color_of_the_style_sheet_is_one_of_the_theme(name: str) -> None:
    assert "@" not in theme._style_sheet(theme.load(name))


def test_a_theme_shows_in_palette_and_style_sheet(app: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.notifier.changed):
        theme.use(app, "dark")
    dark = theme.current()
    assert dark.dark
    assert app.palette().window().color() == dark.window
    assert dark.sidebar.name() in app.styleSheet()


def test_the_theme_in_use_is_not_put_on_again(app: QApplication, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.notifier.changed):
        theme.use(app, "light")


def test_the_system_choice_follows_the_system_while_running(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.use(app, "system")
    hints = app.styleHints()
    monkeypatch.setattr(theme, "_wanted", lambda *_: "dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().dark


def test_a_chosen_theme_stays_when_the_system_changes(app: QApplication) -> None:
    theme.use(app, "light")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.current().dark


def test_no_font_is_below_11_pixels() -> None:
    sizes = [theme.font(step).pointSizeF() for step in (-1, 0, 1, 2, 3, 4)]
    assert sizes == sorted(sizes)
    assert sizes[0] * 96 / 72 >= 11


def test_the_font_that_comes_with_the_program_is_used_and_the_systems_stands_behind_it(app: QApplication) -> None:
    families = app.font().families()
    assert families[0] == "Inter"
    assert len(families) == 2
    assert theme.font(1, QFont.Weight.DemiBold).weight() == QFont.Weight.DemiBold


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_its_color(name: str) -> None:
    image = tinted_icon.draw(name, "#3457d5", 32)
    drawn = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 250
    }
    assert "#3457d5" in drawn


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_takes_its_color_from_the_theme(name: str) -> None:
    assert "currentColor" in Path(resource("icons", f"{name}.svg")).read_text(encoding="utf-8")


def test_an_icon_without_a_color_follows_the_theme(app: QApplication) -> None:
    icon = theme.icon("read")
    before = icon.pixmap(QSize(16, 16)).toImage().pixelColor(8, 8)
    theme.use(app, "dark")
    assert before == theme.load("light").quiet
    assert icon.pixmap(QSize(16, 16)).toImage().pixelColor(8, 8) == theme.load("dark").quiet


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_with_all_pixels_of_the_screen(scale: float) -> None:
    pixmap = theme.icon("read").pixmap(QSize(16, 16), scale)
    assert pixmap.width() == round(16 * scale)
    assert pixmap.deviceIndependentSize().width() == 16


def test_an_icon_can_be_painted_and_copied() -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QIcon(theme.icon("read", QColor("#ff0000"))).paint(painter, QRect(0, 0, 40, 20))
    painter.end()
    assert image.pixelColor(20, 10).name() == "#ff0000"
    assert image.pixelColor(2, 10).name() == "#ffffff"


def test_every_theme_names_the_same_colors() -> None:
    names = {item.name for item in fields(theme.Theme)}
    import tomllib

    for name in THEMES:
        assert set(tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))) == names
