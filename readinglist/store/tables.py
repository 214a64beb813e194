"""The tables of a library's database, as SQLAlchemy tables with typed columns."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    text,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """A moment as whole microseconds since 1970."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def moment_of(microseconds: int) -> datetime:
    """The moment, in UTC, so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept as whole microseconds since 1970 in UTC, so that it sorts and survives exactly."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To microseconds."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, ANN401
        """From microseconds."""
        return None if value is None else moment_of(value)


# Names of constraints follow a rule, so that migrations can speak of them.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class PaperColumns(TypedColumns):
    """A paper. The last listing it was seen in stands here again, so that the usual order needs no join.

    `listed_day` is that listing's day, or the day the paper was added; `seen` counts the listings it stands in,
    bibliographies aside. The abstract and what stands behind it come last: what a scan asks for stands before them.
    """

    id: Named[int] = Column(Integer, primary_key=True, autoincrement=True)
    title: Named[str] = Column(Text)
    title_key: Named[str] = Column(Text)
    year: Named[int | None] = Column(Integer)
    entry_type: Named[str] = Column(Text)
    citation_key: Named[str] = Column(Text(collation="NOCASE"))
    doi: Named[str] = Column(Text(collation="NOCASE"))
    arxiv_id: Named[str] = Column(Text)
    url: Named[str] = Column(Text)
    venue: Named[str] = Column(Text)
    upvotes: Named[int | None] = Column(Integer)
    state: Named[str] = Column(Text)
    starred: Named[bool] = Column(Boolean)
    rating: Named[int] = Column(Integer)
    added: Named[datetime] = Column(UtcTime)
    looked_at: Named[datetime | None] = Column(UtcTime)
    read_at: Named[datetime | None] = Column(UtcTime)
    trashed: Named[datetime | None] = Column(UtcTime)
    seen: Named[int] = Column(Integer, server_default=text("0"))
    has_code: Named[bool] = Column(Boolean)
    listed_day: Named[date] = Column(Date)
    listed_id: Named[int | None] = Column(Integer)
    listed_position: Named[int | None] = Column(Integer)
    authors: Named[list[Any]] = Column(JSON)
    keywords: Named[list[Any]] = Column(JSON)
    links: Named[list[Any]] = Column(JSON)
    extra: Named[dict[str, Any]] = Column(JSON)
    abstract: Named[str] = Column(Text)
    attachments: Named[list[Any]] = Column(JSON, server_default=text("'[]'"))
    origins: Named[dict[str, Any]] = Column(JSON, server_default=text("'{}'"))


PAPERS = Table(
    "papers",
    METADATA,
    PaperColumns,
    Index("ix_papers_title_key", "title_key"),
    Index("ix_papers_doi", "doi", sqlite_where=text("doi != ''")),
    Index("ix_papers_arxiv_id", "arxiv_id", sqlite_where=text("arxiv_id != ''")),
    Index("uq_papers_citation_key", "citation_key", unique=True, sqlite_where=text("citation_key != ''")),
    Index("ix_papers_state", "state", "trashed"),
    Index("ix_papers_starred", "trashed", sqlite_where=text("starred = 1")),
    Index("ix_papers_has_code", "id", sqlite_where=text("has_code = 1")),
    Index("ix_papers_attachments", "id", sqlite_where=text("attachments != '[]'")),
    Index("ix_papers_trashed", "trashed", sqlite_where=text("trashed IS NOT NULL")),
    Index("ix_papers_seen", "seen"),
    Index("ix_papers_added", "added", "trashed"),
    Index("ix_papers_rating", "rating", "trashed"),
    Index(
        "ix_papers_listed",
        text("listed_day DESC"),
        text("listed_id DESC"),
        "listed_position",
        "id",
        sqlite_where=text("trashed IS NULL"),
    ),
    Index("ix_papers_title", text("title COLLATE NOCASE"), "id", sqlite_where=text("trashed IS NULL")),
    Index("ix_papers_year", text("year DESC"), "id", sqlite_where=text("trashed IS NULL")),
    sqlite_autoincrement=True,
)


class SourceColumns(TypedColumns):
    """A file or text that was imported, with its text (UTF-8, compressed by zlib)."""

    id: Named[int] = Column(Integer, primary_key=True, autoincrement=True)
    name: Named[str] = Column(Text)
    format: Named[str] = Column(Text)
    digest: Named[str] = Column(Text, index=True)
    imported: Named[datetime] = Column(UtcTime)
    raw: Named[bytes] = Column(LargeBinary)


SOURCES = Table(
    "sources",
    METADATA,
    SourceColumns,
    sqlite_autoincrement=True,
)


class ListingColumns(TypedColumns):
    """One day's list within a source."""

    id: Named[int] = Column(Integer, primary_key=True, autoincrement=True)
    source_id: Named[int] = Column(Integer, ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    name: Named[str] = Column(Text)
    day: Named[date | None] = Column(Date, index=True)
    number: Named[int] = Column(Integer)
    bibliography: Named[bool] = Column(Boolean, server_default=text("0"))


LISTINGS = Table(
    "listings",
    METADATA,
    ListingColumns,
    sqlite_autoincrement=True,
)


class SightingColumns(TypedColumns):
    """Where a paper was seen. Position and line count from 1."""

    paper_id: Named[int] = Column(Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True)
    listing_id: Named[int] = Column(Integer, ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True)
    position: Named[int] = Column(Integer, primary_key=True)
    line: Named[int] = Column(Integer)


SIGHTINGS = Table(
    "sightings",
    METADATA,
    SightingColumns,
    Index("ix_sightings_listing_id_position", "listing_id", "position"),
    sqlite_with_rowid=False,
)


class TagColumns(TypedColumns):
    """A tag; levels are separated by "/". An empty colour means the one that its name gives."""

    id: Named[int] = Column(Integer, primary_key=True)
    name: Named[str] = Column(Text(collation="NOCASE"), unique=True)
    color: Named[str] = Column(Text, server_default="")


TAGS = Table(
    "tags",
    METADATA,
    TagColumns,
)


class PaperTagColumns(TypedColumns):
    """A tag on a paper."""

    paper_id: Named[int] = Column(Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Named[int] = Column(Integer, ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)


PAPER_TAGS = Table(
    "paper_tags",
    METADATA,
    PaperTagColumns,
    sqlite_with_rowid=False,
)


class NoteColumns(TypedColumns):
    """A note on a paper."""

    id: Named[str] = Column(Text, primary_key=True)
    paper_id: Named[int] = Column(Integer, ForeignKey("papers.id", ondelete="CASCADE"), index=True)
    text: Named[str] = Column(Text)
    created: Named[datetime] = Column(UtcTime)
    changed: Named[datetime] = Column(UtcTime)


NOTES = Table(
    "notes",
    METADATA,
    NoteColumns,
)


class ChangeColumns(TypedColumns):
    """A change in the journal. `payload` holds its steps; those that did not fit follow in `change_parts`.

    status: "done" (undo takes the newest), "undone" (redo takes the oldest), "dropped" (undone, then something else
    was done), "pending" (an import under way; rolled back at the next opening if its program is gone).
    """

    id: Named[int] = Column(Integer, primary_key=True)
    made: Named[datetime] = Column(UtcTime)
    label: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    payload: Named[bytes] = Column(LargeBinary)


CHANGES = Table(
    "changes",
    METADATA,
    ChangeColumns,
)


class ChangePartColumns(TypedColumns):
    """Further steps of a change, written batch by batch."""

    change_id: Named[int] = Column(Integer, ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True)
    number: Named[int] = Column(Integer, primary_key=True)
    payload: Named[bytes] = Column(LargeBinary)


CHANGE_PARTS = Table(
    "change_parts",
    METADATA,
    ChangePartColumns,
)


class ToIndexColumns(TypedColumns):
    """A paper whose words changed since the full-text index last held them.

    `revision` grows with every such change; the row goes when the index has committed just this revision.
    """

    revision: Named[int] = Column(Integer, primary_key=True, autoincrement=True)
    paper_id: Named[int] = Column(Integer, unique=True)


TO_INDEX = Table(
    "to_index",
    METADATA,
    ToIndexColumns,
    sqlite_autoincrement=True,
)


class SmartListColumns(TypedColumns):
    """A search that is kept; `parent` is the id of the list above it, "" for none."""

    id: Named[str] = Column(Text, primary_key=True)
    name: Named[str] = Column(Text)
    query: Named[str] = Column(Text)
    icon: Named[str] = Column(Text)
    parent: Named[str] = Column(Text)
    position: Named[int] = Column(Integer)


SMART_LISTS = Table(
    "smart_lists",
    METADATA,
    SmartListColumns,
)


class MemoryColumns(TypedColumns):
    """Something that is remembered beside the papers: "different", "merge", "export" or "feed", as JSON."""

    kind: Named[str] = Column(Text, primary_key=True)
    id: Named[str] = Column(Text, primary_key=True)
    paper_id: Named[int | None] = Column(Integer, index=True)
    value: Named[dict[str, Any]] = Column(JSON)


MEMORIES = Table(
    "memories",
    METADATA,
    MemoryColumns,
)


class AttachmentTextColumns(TypedColumns):
    """The text of an attached file (UTF-8, compressed by zlib), so that it can be searched."""

    digest: Named[str] = Column(Text, primary_key=True)
    text: Named[bytes] = Column(LargeBinary)


ATTACHMENT_TEXTS = Table(
    "attachment_texts",
    METADATA,
    AttachmentTextColumns,
)


READ_ONLY = "read_only"


class LibraryColumns(TypedColumns):
    """What is true of the library as a whole: its identity ("library_id"), why it is read only, settings."""

    key: Named[str] = Column(Text, primary_key=True)
    value: Named[str] = Column(Text)


LIBRARY = Table(
    "library",
    METADATA,
    LibraryColumns,
)
