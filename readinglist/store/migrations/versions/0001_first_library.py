"""The first library: papers, where they were seen, what the reader did to them, and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_table(
        "library",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_library")),
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("entry_type", sa.Text(), nullable=False),
        sa.Column("citation_key", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("doi", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("arxiv_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("upvotes", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.Integer(), nullable=True),
        sa.Column("trashed", sa.Integer(), nullable=True),
        sa.Column("seen", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("has_code", sa.Boolean(), nullable=False),
        sa.Column("listed_day", sa.Date(), nullable=False),
        sa.Column("listed_id", sa.Integer(), nullable=True),
        sa.Column("listed_position", sa.Integer(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_papers_added", "papers", ["added"], unique=False)
    op.create_index("ix_papers_arxiv_id", "papers", ["arxiv_id"], unique=False, sqlite_where=sa.text("arxiv_id != ''"))
    op.create_index("ix_papers_doi", "papers", ["doi"], unique=False, sqlite_where=sa.text("doi != ''"))
    op.create_index("ix_papers_has_code", "papers", ["id"], unique=False, sqlite_where=sa.text("has_code = 1"))
    op.create_index("ix_papers_rating", "papers", ["rating"], unique=False)
    op.create_index("ix_papers_seen", "papers", ["seen"], unique=False)
    op.create_index("ix_papers_starred", "papers", ["trashed"], unique=False, sqlite_where=sa.text("starred = 1"))
    op.create_index("ix_papers_state", "papers", ["state", "trashed"], unique=False)
    op.create_index("ix_papers_title_key", "papers", ["title_key"], unique=False)
    op.create_index(
        "ix_papers_trashed", "papers", ["trashed"], unique=False, sqlite_where=sa.text("trashed IS NOT NULL")
    )
    op.create_index(
        "uq_papers_citation_key", "papers", ["citation_key"], unique=True, sqlite_where=sa.text("citation_key != ''")
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sources_digest"), "sources", ["digest"], unique=False)
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("color", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name", name=op.f("uq_tags_name")),
    )
    op.create_table(
        "to_index",
        sa.Column("revision", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_to_index")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_to_index_paper_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change_parts",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_change_parts_change_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", "number", name=op.f("pk_change_parts")),
    )
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_listings_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_listings_day"), "listings", ["day"], unique=False)
    op.create_index(op.f("ix_listings_source_id"), "listings", ["source_id"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_notes_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_paper_id"), "notes", ["paper_id"], unique=False)
    op.create_table(
        "paper_tags",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_tags_paper_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_paper_tags_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("paper_id", "tag_id", name=op.f("pk_paper_tags")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_paper_tags_tag_id"), "paper_tags", ["tag_id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_sightings_listing_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_sightings_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("paper_id", "listing_id", "position", name=op.f("pk_sightings")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sightings_listing_id_position", "sightings", ["listing_id", "position"], unique=False)
    op.create_index(
        "ix_papers_listed",
        "papers",
        [sa.text("listed_day DESC"), sa.text("listed_id DESC"), "listed_position", "id"],
        sqlite_where=sa.text("trashed IS NULL"),
    )
    op.create_index(
        "ix_papers_title", "papers", [sa.text("title COLLATE NOCASE"), "id"], sqlite_where=sa.text("trashed IS NULL")
    )
    op.create_index("ix_papers_year", "papers", [sa.text("year DESC"), "id"], sqlite_where=sa.text("trashed IS NULL"))
    op.execute("PRAGMA user_version = 1")
