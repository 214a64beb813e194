"""The tables of a library's database, as SQLAlchemy typed mappings."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Dialect, ForeignKey, Index, Integer, LargeBinary, MetaData, Text, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

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


class Base(DeclarativeBase):
    """All tables. Names of constraints follow a rule, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, str: Text, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class PaperRow(Base):
    """A paper. The last listing it was seen in stands here again, so that the usual order needs no join.

    `listed_day` is that listing's day, or the day the paper was added; `seen` counts the listings it stands in,
    bibliographies aside. The abstract and what stands behind it come last: what a scan asks for stands before them.
    """

    __tablename__ = "papers"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    title: Mapped[str]
    title_key: Mapped[str]
    year: Mapped[int | None]
    entry_type: Mapped[str]
    citation_key: Mapped[str] = mapped_column(Text(collation="NOCASE"))
    doi: Mapped[str] = mapped_column(Text(collation="NOCASE"))
    arxiv_id: Mapped[str]
    url: Mapped[str]
    venue: Mapped[str]
    upvotes: Mapped[int | None]
    state: Mapped[str]
    starred: Mapped[bool]
    rating: Mapped[int]
    added: Mapped[datetime]
    looked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    trashed: Mapped[datetime | None]
    seen: Mapped[int] = mapped_column(server_default=text("0"))
    has_code: Mapped[bool]
    listed_day: Mapped[date]
    listed_id: Mapped[int | None]
    listed_position: Mapped[int | None]
    authors: Mapped[list[Any]]
    keywords: Mapped[list[Any]]
    links: Mapped[list[Any]]
    extra: Mapped[dict[str, Any]]
    abstract: Mapped[str]
    attachments: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    origins: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))

    __table_args__ = (
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
            "ix_papers_listed", text("listed_day DESC"), text("listed_id DESC"), "listed_position", "id",
            sqlite_where=text("trashed IS NULL"),
        ),
        Index("ix_papers_title", text("title COLLATE NOCASE"), "id", sqlite_where=text("trashed IS NULL")),
        Index("ix_papers_year", text("year DESC"), "id", sqlite_where=text("trashed IS NULL")),
        {"sqlite_autoincrement": True},
    )  # fmt: skip


class SourceRow(Base):
    """A file or text that was imported, with its text (UTF-8, compressed by zlib)."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str]
    format: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)
    imported: Mapped[datetime]
    raw: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_autoincrement": True},)


class ListingRow(Base):
    """One day's list within a source."""

    __tablename__ = "listings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    day: Mapped[date | None] = mapped_column(index=True)
    number: Mapped[int]
    bibliography: Mapped[bool] = mapped_column(server_default=text("0"))

    __table_args__ = ({"sqlite_autoincrement": True},)


class SightingRow(Base):
    """Where a paper was seen. Position and line count from 1."""

    __tablename__ = "sightings"

    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]

    __table_args__ = (
        Index("ix_sightings_listing_id_position", "listing_id", "position"),
        {"sqlite_with_rowid": False},
    )


class TagRow(Base):
    """A tag; levels are separated by "/". An empty colour means the one that its name gives."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text(collation="NOCASE"), unique=True)
    color: Mapped[str] = mapped_column(server_default="")


class PaperTagRow(Base):
    """A tag on a paper."""

    __tablename__ = "paper_tags"

    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class NoteRow(Base):
    """A note on a paper."""

    __tablename__ = "notes"

    id: Mapped[str] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    created: Mapped[datetime]
    changed: Mapped[datetime]


class ChangeRow(Base):
    """A change in the journal. `payload` holds its steps; those that did not fit follow in `change_parts`.

    status: "done" (undo takes the newest), "undone" (redo takes the oldest), "dropped" (undone, then something else
    was done), "pending" (an import under way; rolled back at the next opening if its program is gone).
    """

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[datetime]
    label: Mapped[str]
    status: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ChangePartRow(Base):
    """Further steps of a change, written batch by batch."""

    __tablename__ = "change_parts"

    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ToIndexRow(Base):
    """A paper whose words changed since the full-text index last held them.

    `revision` grows with every such change; the row goes when the index has committed just this revision.
    """

    __tablename__ = "to_index"

    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    paper_id: Mapped[int] = mapped_column(unique=True)

    __table_args__ = ({"sqlite_autoincrement": True},)


class SmartListRow(Base):
    """A search that is kept; `parent` is the id of the list above it, "" for none."""

    __tablename__ = "smart_lists"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    query: Mapped[str]
    icon: Mapped[str]
    parent: Mapped[str]
    position: Mapped[int]


class MemoryRow(Base):
    """Something that is remembered beside the papers: "different", "merge", "export" or "feed", as JSON."""

    __tablename__ = "memories"

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    paper_id: Mapped[int | None] = mapped_column(index=True)
    value: Mapped[dict[str, Any]]


class AttachmentTextRow(Base):
    """The text of an attached file (UTF-8, compressed by zlib), so that it can be searched."""

    __tablename__ = "attachment_texts"

    digest: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[bytes] = mapped_column(LargeBinary)


READ_ONLY = "read_only"


class LibraryRow(Base):
    """What is true of the library as a whole: its identity ("library_id"), why it is read only, settings."""

    __tablename__ = "library"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
