"""A change put into rich text for the window: when it was, what it did, what came and went. All of it is escaped."""

from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from readinglist.library.history import Event
from readinglist.library.history_words import CAME, STAYED, Detail
from readinglist.ui import theme
from readinglist.ui.paper_wording import day
from readinglist.ui.small_parts import breakable

translate = QCoreApplication.translate
_MOST_LINES = 12  # of one detail; the rest of a long text is told by their number


def when_words(moment: datetime) -> str:
    """A moment in the reader's own time: "14 Mar 2025, 15:30"."""
    here = moment.astimezone()
    time = QLocale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)
    return f"{day(here.date())}, {time}"


def details_html(event: Event) -> str:
    """What a change did, each detail on lines of its own; its label where it has none."""
    return "<br>".join(map(detail_html, event.details)) or _shown(event.label)


def detail_html(detail: Detail) -> str:
    """One detail: its name, then before and after, or what came and went."""
    name = f"<b>{escape(detail.what)}</b>"
    if detail.lines:
        return _lines_html(name, detail)
    before, after = _shown(detail.before), _shown(detail.after)
    if before and after:
        return f"{name} {_colored(before, 'faint')} → {after}"
    if before:
        return f"{name} <s>{_colored(before, 'faint')}</s>"
    return f"{name} {after}" if after else name


def _lines_html(name: str, detail: Detail) -> str:
    """Short parts such as tags stand on one line, texts on lines of their own."""
    shown = [_line_html(sign, text) for sign, text in detail.lines[:_MOST_LINES]]
    left = len(detail.lines) - len(shown)
    more = [translate("HistoryWords", "and {count} more").format(count=left)] if left else []
    short = sum(len(text) for _, text in detail.lines) < 60
    return f"{name} {' '.join(shown)}" if short else "<br>".join([name, *shown, *more])


def _line_html(sign: str, text: str) -> str:
    if sign == STAYED:
        return _colored(f"&nbsp;&nbsp;{_shown(text)}", "faint")
    return _colored(f"{'+' if sign == CAME else '−'}&nbsp;{_shown(text)}", "new" if sign == CAME else "error")


def _shown(text: str) -> str:
    return escape(breakable(text))


def _colored(html: str, color: str) -> str:
    return f'<span style="color: {getattr(theme.current(), color).name()}">{html}</span>'
