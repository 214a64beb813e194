"""The head of the details: title, who, when and where, and the controls for star, state, rating, tags and citing."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readinglist.papers.identifiers import arxiv_page, doi_page
from readinglist.papers.paper import LinkKind, Paper, ReadingState
from readinglist.ui import paper_wording as wording
from readinglist.ui import theme
from readinglist.ui.plain_tips import tip_text
from readinglist.ui.rating import Rating
from readinglist.ui.readable_text import readable
from readinglist.ui.segmented import SegmentedControl
from readinglist.ui.small_parts import Words, breakable
from readinglist.ui.tag_chips import TagChips, counted_tags
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.true_address import true_address
from readinglist.ui.wording import papers as papers_words

MOST_AUTHORS = 12
_TURNS = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")  # marks that last until another one ends them
_LONG_TITLE = 90  # characters; a longer one is set smaller, so that it leaves room for the rest
T = TypeVar("T")


class PaperHeader(QWidget):
    """Shows one paper or several; says what the reader asks for, and changes nothing itself."""

    star_requested = Signal(bool)
    state_requested = Signal(object)  # ReadingState
    rating_requested = Signal(int)
    tags_requested = Signal(object, object)  # names to add, names to take off
    link_requested = Signal(str)
    copy_requested = Signal(str)  # "citation", "key", "bibtex", or "cite" for the dialog
    edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers: Sequence[Paper] = ()
        self._count = 0
        self._files: Mapping[int, str] = {}
        self._known_tags: tuple[str, ...] = ()
        self._title = Words("", "text", 4, QFont.Weight.DemiBold).wrapping()
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = _line_of_links(self)
        self._links = _line_of_links(self)
        self._star = self._make_star()
        self._state = SegmentedControl([(state, wording.state_name(state)) for state in ReadingState])
        self._rating = Rating(self)
        self._edit = _framed(self.tr("Edit"), self)
        self._cite = _framed(self.tr("Cite") + " ▾", self)
        self._chips = TagChips(self)
        self._editor = TagEditor(self)
        self._lay_out()
        self._connect()
        self._apply_theme()

    def show_papers(self, papers: Sequence[Paper], count: int) -> None:
        """Show one paper, or the controls for `count` papers, of which `papers` are the first."""
        self._papers, self._count = papers, count
        one = papers[0] if count == 1 else None
        self._title.setText(
            (readable(one.title) or self.tr("Untitled")) if one else self.tr("{} selected").format(papers_words(count))
        )
        self._title.set_step(3 if len(self._title.text()) > _LONG_TITLE else 4)
        for_several = self.tr("What you set here is set for all of them.")
        self._show_line(self._about, about(one, self._files) if one else for_several)
        self._show_line(self._links, links(one) if one else "")
        self._edit.setVisible(one is not None)
        self._show_controls()
        self._chips.show_tags(papers, count)

    @property
    def title(self) -> QWidget:
        """What shows the paper's title."""
        return self._title

    @property
    def tag_button(self) -> QWidget:
        """What opens the tag editor."""
        return self._chips.add_button

    def set_known_tags(self, names: Iterable[str]) -> None:
        """The names of all tags of the library, to choose from."""
        self._known_tags = tuple(names)

    def set_files(self, names: Mapping[int, str]) -> None:
        """The names of bibliographies, by the ids of their listings."""
        if names != self._files:
            self._files = names
            self.show_papers(self._papers, self._count)

    def set_changeable(self, *, on: bool) -> None:
        """Let the paper be changed, or only be read, copied and cited."""
        for control in (self._star, self._state, self._rating, self._edit):
            control.setEnabled(on)
        self._chips.set_changeable(on=on)

    def edit_tags(self) -> None:
        """Open the tag editor below its button."""
        button = self._chips.add_button
        at = button.mapToGlobal(QPoint(0, button.height() + theme.spacing(1)))
        self._editor.open(at, self._known_tags, counted_tags(self._papers), self._count)

    def _lay_out(self) -> None:
        self._chips.put_first(self._star, self._state, self._rating, self._edit, self._cite)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.spacing(2))
        for widget in (self._title, self._about, self._links, self._chips):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _make_star(self) -> QToolButton:
        star = QToolButton(self)
        star.setCheckable(True)
        star.setIconSize(QSize(theme.spacing(5), theme.spacing(5)))
        star.setAccessibleName(self.tr("Starred"))
        star.setStyleSheet("QToolButton { padding: 3px 0; } QToolButton:checked { background: transparent; }")
        return star

    def _connect(self) -> None:
        self._star.clicked.connect(self._ask_for_star)
        self._state.chosen.connect(self._ask_for_state)
        self._rating.chosen.connect(self._ask_for_rating)
        self._state.setAccessibleName(self.tr("Reading state"))
        self._chips.add_requested.connect(self.edit_tags)
        self._chips.removed.connect(lambda tag: self.tags_requested.emit((), (tag,)))
        self._editor.toggled.connect(self._tag_toggled)
        self._edit.clicked.connect(self.edit_requested)
        self._edit.setAccessibleName(self.tr("Edit details"))
        self._edit.setToolTip(self.tr("Correct the title, add authors and the year"))
        self._about.linkActivated.connect(self.link_requested)
        self._links.linkActivated.connect(self.link_requested)
        menu = QMenu(self._cite)
        copy = self.tr("Copy formatted citation")
        menu.addAction(theme.icon("cite"), copy, lambda: self.copy_requested.emit("citation"))
        menu.addAction(theme.icon("key"), self.tr("Copy citation key"), lambda: self.copy_requested.emit("key"))
        menu.addAction(theme.icon("copy"), self.tr("Copy as BibTeX"), lambda: self.copy_requested.emit("bibtex"))
        menu.addSeparator()
        menu.addAction(self.tr("Cite…"), lambda: self.copy_requested.emit("cite"))
        self._cite.setMenu(menu)
        self._cite.setAccessibleName(self.tr("Cite"))
        self._cite.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.notifier.changed.connect(self._apply_theme)

    def _ask_for_star(self) -> None:
        self.star_requested.emit(not self._all_starred())
        self._show_controls()

    def _ask_for_state(self, state: ReadingState) -> None:
        self.state_requested.emit(state)
        self._show_controls()

    def _ask_for_rating(self, stars: int | None) -> None:
        self.rating_requested.emit(stars or 0)
        self._show_controls()

    def _tag_toggled(self, name: str, on: bool) -> None:
        self.tags_requested.emit(*(((name,), ()) if on else ((), (name,))))

    def _all_starred(self) -> bool:
        return bool(self._papers) and all(paper.starred for paper in self._papers)

    def _show_controls(self) -> None:
        """Show what the papers say, also after a click: what was asked for may not have come about."""
        self._show_star()
        self._state.set_value(_common({paper.state for paper in self._papers}))
        self._rating.set_value(_common({paper.rating for paper in self._papers}) or None)

    def _show_star(self) -> None:
        starred, colors = self._all_starred(), theme.current()
        self._star.setChecked(starred)
        self._star.setIcon(theme.icon("star", colors.star) if starred else theme.icon("star-outline"))
        self._star.setToolTip(self.tr("Take the star off") if starred else self.tr("Star"))

    def _show_line(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _apply_theme(self) -> None:
        for label in (self._about, self._links):
            label.setFont(theme.font())
            label.setStyleSheet(f"color: {theme.current().quiet.name()}")
            words = label.text()
            label.clear()  # the same words again would keep their links in the old colour
            label.setText(words)
        self._show_star()


def about(paper: Paper, files: Mapping[int, str]) -> str:
    """Authors, year, venue, identifiers and sightings as rich text; all that papers hold is escaped.

    `files` are the names of bibliographies by the ids of their listings.
    """
    names = [author.display for author in paper.authors[:MOST_AUTHORS]]
    if len(paper.authors) > MOST_AUTHORS:
        names.append("…")
    arxiv = _link(arxiv_page(paper.arxiv_id), f"arXiv {paper.arxiv_id}") if paper.arxiv_id else ""
    doi = _link(doi_page(paper.doi), f"doi {paper.doi}") if paper.doi else ""
    parts = [
        escape(breakable(", ".join(names))),
        str(paper.year or ""),
        escape(breakable(readable(paper.venue))),
        arxiv,
        doi,
        escape(wording.seen_words(paper)),
        escape(breakable(wording.files_words(paper, files))),
    ]
    return " · ".join(map(_by_itself, filter(None, parts)))


def _by_itself(html: str) -> str:
    """A part in which marks of direction turn nothing around that stands behind it (UAX #9, FSI and PDI)."""
    return html if html.isascii() or _TURNS.isdisjoint(html) else f"\u2068{html}\u2069"


def links(paper: Paper) -> str:
    """The paper's page and the links found in its text, each with the place that it leads to."""
    names = {
        LinkKind.CODE: wording.translate("PaperHeader", "Code"),
        LinkKind.DATA: wording.translate("PaperHeader", "Data"),
        LinkKind.PROJECT: wording.translate("PaperHeader", "Project"),
    }
    parts = [f"{names[link.kind]}&nbsp;{_link(link.url)}" for link in paper.links]
    if paper.url and all(paper.url != link.url for link in paper.links):
        parts.insert(0, f"{wording.translate('PaperHeader', 'Page')}&nbsp;{_link(paper.url)}")
    return " &nbsp; ".join(parts)


def _link(url: str, words: str = "") -> str:
    """A link that shows where it leads; an address that is not of the web is only text."""
    shown = url if url.isascii() else true_address(url)
    place = shown.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    words = escape(breakable(words or (place if len(place) <= 60 else place[:59] + "…")))
    if not url.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(url)}" title="{escape(url)}" style="text-decoration: none">{words}</a>'


def _line_of_links(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    flags = Qt.TextInteractionFlag.TextSelectableByMouse
    flags |= Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    label.setTextInteractionFlags(flags)
    label.linkHovered.connect(lambda link: label.setToolTip(tip_text(true_address(link))))
    return label


def _framed(words: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName("framed")
    button.setText(words)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _common(values: set[T]) -> T | None:
    """The value that all share; None where they differ."""
    return next(iter(values)) if len(values) == 1 else None
