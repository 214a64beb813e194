"""What the sidebar shows: places, smart lists, listings, files and tags, each with its count, as a Qt model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from readinglist.library.answers import Counts, SmartListCount, TagCount
from readinglist.papers.paper import Listing, ReadingState
from readinglist.papers.query_chips import filter_text
from readinglist.papers.smart_list import by_parent, one_line
from readinglist.ui import wording
from readinglist.ui.filter_words import listing_filter, state_filter, tag_filter
from readinglist.ui.paper_mime_data import IDS
from readinglist.ui.paper_wording import STATE_ICONS, state_name
from readinglist.ui.plain_tips import tip_text

AnyIndex = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
translate = QCoreApplication.translate


class Kind(StrEnum):
    """What a row of the sidebar is."""

    SECTION = "section"
    ALL = "all"
    STATE = "state"
    STARRED = "starred"
    TRASH = "trash"
    SMART_LIST = "smart-list"
    LISTING = "listing"
    MONTH = "month"
    TAG = "tag"


LIST_ID = "application/x-readinglist-smart-list"
SMART_LISTS = "smart-lists"  # the name of their section
MOST_LISTINGS = 31  # more are put together by month
DROPPABLE = frozenset({Kind.STATE, Kind.STARRED, Kind.TRASH, Kind.TAG})


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it is, what it names ("to-read", an id, a tag), its words, its count, the rows below it.

    `filter` is what the query says for it, such as "status:inbox"; "" for all papers. A count of None is not known yet.
    `starts_closed`: the rows below it are hidden until the reader opens it.
    """

    kind: Kind
    name: str
    words: str
    filter: str = ""
    count: int | None = 0
    icon: str = ""
    color: str = ""
    starts_closed: bool = False
    below: tuple["Entry", ...] = field(default=(), repr=False, compare=False)

    @property
    def key(self) -> str:
        """What stays the same while words and counts change."""
        return f"{self.kind}:{self.name}"


def entries(counts: Counts) -> tuple[Entry, ...]:
    """The sections of the sidebar. A section without rows is left out: nothing dead is shown."""
    sections = (
        Entry(Kind.SECTION, "library", translate("Sidebar", "Library"), below=tuple(_places(counts))),
        Entry(Kind.SECTION, SMART_LISTS, translate("Sidebar", "Smart lists"), below=_smart_lists(counts.smart_lists)),
        Entry(Kind.SECTION, "listings", translate("Sidebar", "Listings"), below=_listings(counts.listings)),
        Entry(
            Kind.SECTION,
            "files",
            translate("Sidebar", "Files"),
            starts_closed=True,
            below=tuple(_listing(listing) for listing in counts.listings if listing.bibliography),
        ),
        Entry(Kind.SECTION, "tags", translate("Sidebar", "Tags"), below=_tags(counts.tags)),
    )
    return tuple(section for section in sections if section.below)


def _places(counts: Counts) -> Iterator[Entry]:
    yield Entry(Kind.ALL, "", translate("Sidebar", "All papers"), "", counts.all, "all-papers")
    for state in ReadingState:
        number = counts.states.get(state, 0)
        yield Entry(Kind.STATE, state.value, state_name(state), state_filter(state), number, STATE_ICONS[state])
    yield Entry(Kind.STARRED, "", translate("Sidebar", "Starred"), "is:starred", counts.starred, "star")
    yield Entry(Kind.TRASH, "", translate("Sidebar", "Trash"), "is:trashed", counts.trashed, "trash")


def _smart_lists(counted: Sequence[SmartListCount]) -> tuple[Entry, ...]:
    numbers = {each.smart_list.id: each.papers for each in counted}
    tree = by_parent([each.smart_list for each in counted])

    def level(parent: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(Kind.SMART_LIST, each.id, each.name, each.query, numbers[each.id], each.icon, below=level(each.id))
            for each in tree.get(parent, ())
        )

    return level("")


def _listings(listings: Sequence[Listing]) -> tuple[Entry, ...]:
    """The listings, newest day first; very many by month, of which the newest is open."""
    own = [listing for listing in listings if not listing.bibliography]
    if len(own) <= MOST_LISTINGS:
        return tuple(map(_listing, own))
    months: dict[str, list[Listing]] = {}
    for listing in own:
        if listing.day is not None:
            months.setdefault(f"{listing.day:%Y-%m}", []).append(listing)
    folded = [_month(name, each, is_newest=place == 0) for place, (name, each) in enumerate(months.items())]
    return (*folded, *(_listing(listing) for listing in own if listing.day is None))


def _month(name: str, listings: Sequence[Listing], *, is_newest: bool) -> Entry:
    first = listings[0].day or date.min
    below = tuple(map(_listing, listings))
    words = wording.month(first)
    name_here = f"{name}, newest" if is_newest else name  # what is told of the newest one is not kept for an old one
    return Entry(
        Kind.MONTH, name_here, words, filter_text("in", name), None, "listing", starts_closed=not is_newest, below=below
    )


def _listing(listing: Listing) -> Entry:
    words = wording.listing(listing)
    return Entry(Kind.LISTING, str(listing.id), words, listing_filter(listing), listing.papers, "listing")


def _tags(tags: Sequence[TagCount]) -> tuple[Entry, ...]:
    """The tags as a tree by the slashes in their names; a level that is no tag itself is shown like one."""
    all_levels: dict[str, TagCount] = {tag.name: tag for tag in tags}
    for tag in tags:
        for above in _levels_above(tag.name):
            all_levels.setdefault(above, TagCount(above, tag.color, tag.papers))
    below: dict[str, list[TagCount]] = {}
    for tag in sorted(all_levels.values(), key=lambda tag: tag.name.casefold()):
        below.setdefault(tag.name.rpartition("/")[0], []).append(tag)

    def entry(tag: TagCount) -> Entry:
        words = tag.name.rpartition("/")[2]
        inner = tuple(map(entry, below.get(tag.name, ())))
        return Entry(Kind.TAG, tag.name, words, tag_filter(tag.name), tag.papers, color=tag.color, below=inner)

    return tuple(map(entry, below.get("", ())))


def _levels_above(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


class SidebarModel(QAbstractItemModel):
    """The entries as a tree of one column. `data(ENTRY_ROLE)` is the `Entry`."""

    dropped = Signal(object, object)
    """Papers were dropped on an entry: the `Entry`, and a tuple of ids."""
    moved = Signal(str, str, int)
    """A smart list was dropped: its id, the one that it is to stand below ("" for none), and its place from 0."""
    renamed = Signal(str, str)
    """A smart list was given another name: its id, and the name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._parents: list[int] = []  # by number of entry: the number of the one above it, -1 at the top
        self._below: list[list[int]] = [[]]  # by number + 1: the numbers of the entries below it

    def show(self, counts: Counts) -> None:
        """Show these counts. Rows that stay keep their place, so that nothing jumps when a count changes."""
        fresh = _Flat(entries(counts))
        keys = [entry.key for entry in fresh.entries]
        if keys == [entry.key for entry in self._entries] and fresh.parents == self._parents:
            changed = [number for number, entry in enumerate(fresh.entries) if entry != self._entries[number]]
            self._entries = fresh.entries
            for number in changed:
                index = self._index_of(number)
                self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._entries, self._parents, self._below = fresh.entries, fresh.parents, fresh.below
        self.endResetModel()

    def entry(self, index: AnyIndex) -> Entry | None:
        """The entry of a row; None where there is none."""
        return self._entries[index.internalId()] if index.isValid() else None

    def find(self, place: str) -> QModelIndex:
        """The row of the entry with this filter; an invalid index where there is none."""
        wanted = place.casefold()
        for number, entry in enumerate(self._entries):
            if entry.kind is not Kind.SECTION and entry.filter.casefold() == wanted:
                return self._index_of(number)
        return QModelIndex()

    def all_rows(self) -> Iterator[QModelIndex]:
        """The rows of all levels, from top to bottom."""
        return map(self._index_of, range(len(self._entries)))

    def index(self, row: int, column: int, parent: AnyIndex | None = None) -> QModelIndex:
        """The row of a parent."""
        below = self._rows(parent)
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, below[row])

    def parent(self, child: AnyIndex | None = None) -> Any:  # noqa: ANN401 - QObject.parent() has the same name
        """The row above; without an index, the QObject above."""
        if child is None:
            return super().parent()
        number = self._parents[child.internalId()] if child.isValid() else -1
        return self._index_of(number) if number >= 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of rows below one."""
        return len(self._rows(parent))

    def columnCount(self, _parent: AnyIndex | None = None) -> int:
        """One."""
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """The entry, its words, or what a screen reader says of it."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return entry.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tool_tip(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            is_counted = entry.kind is not Kind.SECTION and entry.count is not None
            return f"{entry.words}, {wording.papers(entry.count or 0)}" if is_counted else entry.words
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take another name for a smart list, and tell it."""
        entry, name = self.entry(index), one_line(str(value))
        if entry is None or entry.kind is not Kind.SMART_LIST or role != Qt.ItemDataRole.EditRole or not name:
            return False
        if name != entry.words:
            self._entries[index.internalId()] = replace(entry, words=name)
            self.dataChanged.emit(index, index)
            self.renamed.emit(entry.name, name)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen; papers and smart lists can be dropped where that means something."""
        entry = self.entry(index)
        if entry is None or entry.kind is Kind.SECTION:
            is_theirs = entry is not None and entry.name == SMART_LISTS
            return Qt.ItemFlag.ItemIsDropEnabled if is_theirs else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if entry.kind is Kind.SMART_LIST:
            moves = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
            return flags | moves | Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsDropEnabled if entry.kind in DROPPABLE else flags

    def mimeTypes(self) -> list[str]:
        """What can be dropped here."""
        return [IDS, LIST_ID]

    def mimeData(self, indexes: Sequence[AnyIndex]) -> QMimeData:
        """A smart list that is dragged."""
        data = QMimeData()
        for index in indexes:
            entry = self.entry(index)
            if entry is not None and entry.kind is Kind.SMART_LIST:
                data.setData(LIST_ID, QByteArray(entry.name.encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Dropping never takes papers away from where they are."""
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: AnyIndex
    ) -> bool:
        """Papers, onto an entry that says something about them; a smart list among its like, but not below itself."""
        entry = self.entry(parent)
        if data.hasFormat(LIST_ID):
            return self._can_hold(parent, _list_id(data))
        return entry is not None and entry.kind in DROPPABLE and data.hasFormat(IDS)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        """Tell what was dropped on an entry."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        if data.hasFormat(LIST_ID):
            self._tell_moved(_list_id(data), row, parent)
            return True
        ids = tuple(int(part) for part in bytes(data.data(IDS).data()).decode("ascii").split(",") if part.isdigit())
        self.dropped.emit(self.entry(parent), ids)
        return True

    def smart_lists(self) -> list[Entry]:
        """The smart lists that are shown."""
        return [entry for entry in self._entries if entry.kind is Kind.SMART_LIST]

    def list_index(self, list_id: str) -> QModelIndex:
        """The row of a smart list."""
        for number, entry in enumerate(self._entries):
            if entry.kind is Kind.SMART_LIST and entry.name == list_id:
                return self._index_of(number)
        return QModelIndex()

    def _can_hold(self, parent: AnyIndex, list_id: str) -> bool:
        above = self.entry(parent)
        if above is None or not (above.kind is Kind.SMART_LIST or above.name == SMART_LISTS):
            return False
        while above is not None and above.name != list_id:
            parent = self.parent(parent)
            above = self.entry(parent)
        return above is None

    def _tell_moved(self, list_id: str, row: int, parent: AnyIndex) -> None:
        above, rows = self.entry(parent), self._rows(parent)
        place = row if row >= 0 else len(rows)
        stood = next((number for number, each in enumerate(rows) if self._entries[each].name == list_id), place)
        goal = above.name if above is not None and above.kind is Kind.SMART_LIST else ""
        self.moved.emit(list_id, goal, place - 1 if stood < place else place)

    def _rows(self, parent: AnyIndex | None) -> list[int]:
        return self._below[parent.internalId() + 1 if parent is not None and parent.isValid() else 0]

    def _index_of(self, number: int) -> QModelIndex:
        row = self._below[self._parents[number] + 1].index(number)
        return self.createIndex(row, 0, number)


def _tool_tip(entry: Entry) -> str | None:
    """A tag with all its levels; a smart list with its search."""
    if entry.kind is Kind.TAG:
        return tip_text(entry.name)
    return tip_text(f"{entry.words}\n{entry.filter}") if entry.kind is Kind.SMART_LIST else None


def _list_id(data: QMimeData) -> str:
    return bytes(data.data(LIST_ID).data()).decode("utf-8", "replace")


class _Flat:
    """Entries of all levels in one list, so that an index needs only a number."""

    def __init__(self, top: Sequence[Entry]) -> None:
        self.entries: list[Entry] = []
        self.parents: list[int] = []
        self.below: list[list[int]] = [[]]
        self._add(top, -1)

    def _add(self, level: Sequence[Entry], parent: int) -> None:
        for entry in level:
            number = len(self.entries)
            self.entries.append(entry)
            self.parents.append(parent)
            self.below[parent + 1].append(number)
            self.below.append([])
            self._add(entry.below, number)
