"""The line at the foot of the window: counts, what was just done with Undo, and running work with Cancel."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from readinglist.ui import theme
from readinglist.ui.background import Work
from readinglist.ui.small_parts import ElidedWords, KeyCaps, LinkButton, Words
from readinglist.ui.wording import number, papers

MESSAGE_MS = 8000
UNDOABLE_MS = 15000  # long enough to read, decide and reach for it


class RunningWork:
    """A piece of work on the status line: tell it how far it is, and when it is over."""

    def __init__(self, line: "StatusLine", title: str) -> None:
        self._line = line
        self.title = title
        self.done = 0
        self.total = 0

    def progress(self, done: int, total: int) -> None:
        """So much is done of so much; a total of 0 means that it is not known."""
        before = self._step()
        self.done, self.total = done, total
        if self._step() != before:
            self._line.show_work()

    def finished(self) -> None:
        """The work is over, well or not."""
        self._line.forget(self)

    def _step(self) -> tuple[int, int]:
        """What a reader can tell apart: a thousandth of the whole."""
        return (self.total, self.done * 1000 // self.total if self.total else 0)


class StatusLine(QWidget):
    """Left the counts, right the work that runs; between them what was just done, for a while, with Undo."""

    undo_requested = Signal()
    cancel_requested = Signal(object)
    """The `RunningWork` to be cancelled."""
    commands_requested = Signal()
    care_requested = Signal()
    """The reader wants to know more of what `show_care` said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Status"))
        self._works: list[RunningWork] = []
        self._cancels: dict[RunningWork, Callable[[], None]] = {}
        self._undoable = False
        self._counts = Words(tone="quiet", step=-1)
        self._make_message()
        self._make_work()
        self._care = LinkButton(tone="quiet")
        self._care.clicked.connect(self.care_requested)
        self._commands = LinkButton(self.tr("commands"), tone="quiet")
        self._commands.setAccessibleName(self.tr("Commands"))
        self._commands.clicked.connect(self.commands_requested)
        self._commands_key = KeyCaps("")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end_message)
        self.set_counts(0, 0)
        self.clear_message()
        self.show_work()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def _make_message(self) -> None:
        self._message = ElidedWords(tone="text", step=-1)
        self._message.least = 40
        self._undo = LinkButton(self.tr("Undo"))
        self._undo.clicked.connect(self._ask_undo)
        self._undo_key = KeyCaps("")

    def _make_work(self) -> None:
        self._title = ElidedWords(tone="quiet", step=-1)
        self._title.elide = Qt.TextElideMode.ElideMiddle
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._done = Words(tone="quiet", step=-1)
        self._cancel = QToolButton()
        self._cancel.setIcon(theme.icon("clear"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cancel.clicked.connect(self._ask_cancel)

    def _fit(self) -> None:
        """Leave out what matters least where not all of it has room."""
        work = bool(self._works)
        counted = work and self._works[0].total > 0
        undo = self._undoable and bool(self._message.text())
        shown: dict[QWidget, bool] = {
            self._counts: True,
            self._message: bool(self._message.text()),
            self._undo: undo,
            self._title: work,
            self._cancel: work,
            self._bar: counted,
            self._done: counted,
            self._undo_key: undo,
            self._care: bool(self._care.text()),
            self._commands_key: True,
            self._commands: True,
        }
        for least in (
            (self._care,),
            (self._commands_key, self._commands),
            (self._undo_key,),
            (self._done,),
            (self._bar,),
        ):
            if self._needed(shown) <= self.width():
                break
            shown.update(dict.fromkeys(least, False))
        for widget, visible in shown.items():
            widget.setVisible(visible)

    def _needed(self, shown: dict[QWidget, bool]) -> int:
        """The width at which the shown parts can be read, long words shortened."""
        gap, words = theme.spacing(3), theme.spacing(40)
        return sum(min(part.sizeHint().width(), words) + gap for part, visible in shown.items() if visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as has room."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._counts)
        row.addStretch(1)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self._message, self._undo, self._undo_key),
            (self._title, self._bar, self._done, self._cancel),
            (self._care,),
            (self._commands_key, self._commands),
        )
        for group in groups:
            inner = QHBoxLayout()
            inner.setSpacing(theme.spacing(2))
            for widget in group:
                inner.addWidget(widget)
            row.addLayout(inner)

    def _apply_theme(self) -> None:
        self._row.setContentsMargins(theme.spacing(3.5), 1, theme.spacing(3), 0)
        self._row.setSpacing(theme.spacing(5))
        self._bar.setFixedWidth(theme.spacing(28))
        self._cancel.setIconSize(theme.icon_size() * 0.8)
        for button in (self._undo, self._care, self._commands):
            button.setFont(theme.font(-1))
        self._care.setIconSize(theme.icon_size() * 0.8)
        self.update()

    def sizeHint(self) -> QSize:
        """One line of small text with some air."""
        return QSize(super().sizeHint().width(), theme.spacing(6.5))

    def minimumSizeHint(self) -> QSize:
        """As high as it is, and narrow enough for any window."""
        return QSize(theme.spacing(60), theme.spacing(6.5))

    def show_keys(self, undo: str, commands: str) -> None:
        """Show the keys of Undo and of the command palette; "" where there is none."""
        self._undo_key.set_key(undo)
        self._commands_key.set_key(commands)
        self._fit()

    def set_counts(self, shown: int, selected: int) -> None:
        """Say how many papers the list shows, and how many of them are selected."""
        parts = [papers(shown)]
        if selected:
            parts.append(self.tr("{count} selected").format(count=number(selected)))
        self._counts.setText(" · ".join(parts))
        self._fit()

    def show_message(self, text: str, undoable: bool = False) -> None:
        """Say for a while what was just done; with Undo beside it where it can be taken back."""
        self._message.setText(text)
        self._undoable = undoable
        self._fit()
        self._timer.start(UNDOABLE_MS if undoable else MESSAGE_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._message, text))

    def show_care(self, words: str, tip: str, *, failed: bool = False) -> None:
        """Say, until it is said anew, how the library is looked after, in some words ("" for none) and a tip.

        What `failed` has a mark.
        """
        self._care.setText(words)
        self._care.setToolTip(tip)
        self._care.setAccessibleDescription(tip)
        self._care.setIcon(theme.icon("warning", theme.current().warning) if failed else QIcon())
        self._fit()

    def clear_message(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._message.clear()
        self._undoable = False
        self._fit()

    def message(self) -> str:
        """The message that is shown; "" where there is none."""
        return self._message.text()

    def work_started(self, title: str) -> RunningWork:
        """Show that a piece of work runs."""
        work = RunningWork(self, title)
        self._works.append(work)
        self.show_work()
        return work

    def follow(self, work: Work) -> RunningWork:
        """Show a piece of background work until it is over; Cancel stops it."""
        running = self.work_started(work.title)
        self._cancels[running] = work.cancel
        work.progressed.connect(running.progress)
        work.ended.connect(running.finished)
        return running

    def forget(self, work: RunningWork) -> None:
        """Show a piece of work no more; twice does no harm."""
        self._cancels.pop(work, None)
        if work in self._works:
            self._works.remove(work)
            self.show_work()

    def show_work(self) -> None:
        """Show the oldest work that runs, and how many others do."""
        if self._works:
            self._show(self._works[0])
        self._fit()

    def _show(self, work: RunningWork) -> None:
        others = len(self._works) - 1
        title = work.title if not others else self.tr("{title} and %Ln more", "", others).format(title=work.title)
        self._title.setText(title)
        self._cancel.setAccessibleName(self.tr("Cancel: {title}").format(title=work.title))
        self._cancel.setToolTip(self.tr("Cancel"))
        if work.total:
            self._bar.setRange(0, work.total)
            self._bar.setValue(work.done)
            self._done.setText(self.tr("{done} of {total}").format(done=number(work.done), total=number(work.total)))

    def _ask_cancel(self) -> None:
        if not self._works:
            return
        shown = self._works[0]
        self._cancels.get(shown, lambda: None)()
        self.cancel_requested.emit(shown)

    def _ask_undo(self) -> None:
        self.clear_message()
        self.undo_requested.emit()

    def _end_message(self) -> None:
        """A message that is being reached for stays until it is left."""
        if self._undo.hasFocus() or self._undo.underMouse():
            self._timer.start(MESSAGE_MS)
        else:
            self.clear_message()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the hairline above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().sidebar)
        painter.fillRect(0, 0, self.width(), 1, theme.current().line)
